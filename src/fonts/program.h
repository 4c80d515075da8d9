#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/handle.h"
#include "base/result.h"
#include "fonts/catalogue.h"
#include "fonts/coverage.h"
#include "fonts/files.h"
#include "fonts/fonts.h"

struct hb_blob_t;
struct hb_font_t;

namespace handout::fonts {

void destroy_blob(hb_blob_t* blob);
void destroy_font(hb_font_t* font);
using HbBlob = Handle<hb_blob_t, destroy_blob>;
using HbFont = Handle<hb_font_t, destroy_font>;

// A font program that was found sound, immutable: HarfBuzz lets any number of threads shape with it.
struct Program {
  FaceInfo info;
  HbFont font;  // scaled to the face's units per em
  std::unique_ptr<const Coverage> coverage;
};

// Why a font program can't be used: "not a font", without the file's name.
using Refusal = std::string;

// Maps the file; nothing is read that is not needed.
[[nodiscard]] tl::expected<HbBlob, Refusal> open_font_file(const std::filesystem::path& file);
[[nodiscard]] unsigned count_faces(hb_blob_t* blob);

// Checks the face's tables as far as a PDF depends on them, and reads names, style and metrics. Family, weight and slant are the
// program's own; the caller who knows better sets others.
[[nodiscard]] tl::expected<Program, Refusal> load_program(hb_blob_t* blob, unsigned index, const std::filesystem::path& file, const Variations& variations = {});

// A face that is loaded when it is first asked for.
class Face {
 public:
  Face(DeclaredFace declared, const Family& family);
  explicit Face(Program program);
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;

  // What is declared, when the face can't be loaded.
  [[nodiscard]] const FaceInfo& info(const FontFiles& files) const { return loaded(files).info; }
  // Nothing when the face can't be loaded.
  [[nodiscard]] hb_font_t* font(const FontFiles& files) const { return loaded(files).font.get(); }
  // Nothing when the face can't be loaded.
  [[nodiscard]] const Program* program(const FontFiles& files) const {
    const Program& program = loaded(files);
    return program.font ? &program : nullptr;
  }
  // Why it can't be loaded, or "".
  [[nodiscard]] const std::string& problem(const FontFiles& files) const;
  // Fonts::passes_over_spaces; looked up once.
  [[nodiscard]] bool passes_over_spaces(const FontFiles& files) const;
  [[nodiscard]] const FaceInfo& declared() const { return declared_; }
  [[nodiscard]] const Span& at() const { return at_; }

 private:
  const Program& loaded(const FontFiles& files) const;
  void load(const FontFiles& files) const;

  FaceInfo declared_;
  unsigned index_ = 0;
  Variations variations_;
  Span at_;
  mutable Program program_;
  mutable std::string problem_;
  // No std::call_once: an exception that passes through it (out of memory) needs memory in glibc, and ends the process without.
  mutable std::mutex mutex_;
  mutable std::atomic<bool> loaded_ = false;
  enum class Passes : std::uint8_t { NotKnown, No, Yes };
  mutable std::atomic<Passes> passes_over_spaces_ = Passes::NotKnown;
};

}  // namespace handout::fonts
