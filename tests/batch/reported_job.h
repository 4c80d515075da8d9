#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "batch/batch.h"

// A small mailing in a folder of its own: an article in English and Spanish that asks for the field `side`.
namespace handout::batch {

class ReportedJob : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const;
  [[nodiscard]] std::string read(const std::filesystem::path& name) const;
  // mailing.xml: what every mailing here has, and `more`.
  void write_mailing(std::string_view more, std::string_view layout = "standard") const;
  [[nodiscard]] Order order(const std::string& out) const;
  // Stops after the first pieces where `stop_at_first` is set.
  enum class Stop : std::uint8_t { Never, AtFirst, Before };
  Result<Outcome> make(const Order& order, Stop stop = Stop::Never);
  Outcome done(const std::string& out);
  // Every file below a folder of the job, but those that are never the same twice, with its bytes.
  [[nodiscard]] std::map<std::string, std::string> files(const std::string& out) const;

  static constexpr std::string_view kHeader = "key,name.given,name.family,language,line1,line2,line3,city,state,postcode,country,large-print,side\n";

  std::filesystem::path folder_;
  Diagnostics diags_;
};

}  // namespace handout::batch
