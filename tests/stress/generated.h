#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rendered/rendering.h"

// Generated articles, as handouts that must keep the promises.
namespace handout::stress {

class GeneratedHandouts : public Rendering {
 protected:
  void SetUp() override;

  // What an article is tried with goes by its number: its language, profile, paper, fields. The layout's own fit is lifted: few generated articles are of the length that it is for.
  request::Request request_for(std::size_t number, const std::string& layout);

  // Every promise that holds for any layout, but for words of the article that it leaves out. Returns how many pages there are, 0 after a fault.
  std::size_t expect_promises(Pipeline& pipeline, const request::Request& request);
  // The same, and that each block of the article is there.
  std::size_t expect_all(Pipeline& pipeline, const request::Request& request);
  // The finished file, read back by another reader.
  static void check_file(Pipeline& pipeline, const request::Request& request, const styled::StyledDocument& styled);

  // Documents with something that is taller than a page by itself: that was told, and has to go somewhere.
  std::size_t too_tall_ = 0;

 private:
  enum class Printed { Whole, InPart };
  std::size_t expect(Pipeline& pipeline, const request::Request& request, Printed printed);
};

[[nodiscard]] bool told(const Diagnostics& diags, std::string_view words);

}  // namespace handout::stress
