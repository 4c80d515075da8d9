#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/catalogue.h"
#include "fonts/files.h"
#include "fonts/fonts.h"
#include "fonts/program.h"
#include "unicode/locale.h"

namespace handout::fonts {

// What Fonts holds: the catalogue with the clinic's families, and the faces, each loaded on first use. Only loading changes it, behind
// locks, so threads may share it.
class Library {
 public:
  Library(Catalogue catalogue, std::span<const std::filesystem::path> roots);

  // Adds every font of the folder and those below it; a broken one is a fault.
  void add_clinic_folder(const std::filesystem::path& folder, Diagnostics& diags);

  [[nodiscard]] std::size_t face_count() const { return faces_.size(); }
  [[nodiscard]] const Face& face(FaceId face) const;
  [[nodiscard]] const FaceInfo& info(FaceId id) const { return face(id).info(files_); }
  [[nodiscard]] std::optional<std::filesystem::path> file(FaceId id) const { return files_.find(face(id).declared().file); }
  [[nodiscard]] hb_font_t* font(FaceId id) const { return face(id).font(files_); }
  // Nothing when the face isn't available.
  [[nodiscard]] const Program* program(FaceId id) const { return face(id).program(files_); }
  [[nodiscard]] bool passes_over_spaces(FaceId id) const { return face(id).passes_over_spaces(files_); }
  [[nodiscard]] const std::string& problem(FaceId id) const { return face(id).problem(files_); }

  [[nodiscard]] FamilyId family_of(FaceId face) const { return family_of_[face.value()]; }
  [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
  [[nodiscard]] std::span<const Family> families() const { return catalogue_.families; }

  // The faces of a family, nearest first (CSS Fonts Level 4, section 5.2: slant before weight).
  [[nodiscard]] std::vector<FaceId> by_nearness(FamilyId family, int weight, Slant slant) const;
  // The requested family, then the fallback of the script, of the language's own script, of symbols, then the default family.
  [[nodiscard]] const std::vector<FamilyId>& family_chain(std::string_view script, const FaceRequest& request) const;
  // The faces of that chain, each family's nearest first.
  [[nodiscard]] const std::vector<FaceId>& face_chain(std::string_view script, const FaceRequest& request) const;
  // Every other family: first those that are made for the script.
  [[nodiscard]] std::vector<FamilyId> remaining_families(std::string_view script, std::span<const FamilyId> chain) const;

 private:
  void add_clinic_file(const std::filesystem::path& file, Diagnostics& diags);
  void add_clinic_face(Program program, const std::filesystem::path& file, unsigned index);
  // The place for a face of the clinic's in its family, which is made when it is new.
  FamilyId join_family(const FaceInfo& info);
  struct FaceChain {
    std::string script, language, family;
    int weight = 0;
    Slant slant = Slant::Upright;
    std::vector<FaceId> faces;
    const FaceChain* next = nullptr;  // of its list

    [[nodiscard]] bool is_for(std::string_view of_script, const FaceRequest& request) const {
      return script == of_script && weight == request.weight && slant == request.slant && language == request.language && family == request.family;
    }
  };
  [[nodiscard]] std::vector<FaceId> make_face_chain(std::string_view script, const FaceRequest& request) const;
  std::optional<unicode::Locale> locale_of(std::string_view language) const;
  [[nodiscard]] std::vector<FamilyId> make_chain(std::string_view script, const FaceRequest& request) const;
  void add_fallbacks(std::string_view script, const std::optional<unicode::Locale>& language, std::vector<FamilyId>& chain) const;

  Catalogue catalogue_;
  FontFiles files_;
  std::deque<Face> faces_;                      // a deque: faces never move
  std::vector<FamilyId> family_of_;             // by face
  std::map<FamilyId, std::size_t> clinic_count_;  // how many of a family's faces are the clinic's; they stand first
  mutable std::mutex chains_mutex_;
  mutable std::map<std::string, std::vector<FamilyId>, std::less<>> chains_;  // by script, language and family; entries stay where they are
  // By weight and slant as well: lists by a hash, which only grow, so that threads look things up without waiting for one another.
  static constexpr std::size_t kFaceChainLists = 64;
  mutable std::array<std::atomic<const FaceChain*>, kFaceChainLists> face_chains_{};
  mutable std::deque<FaceChain> kept_face_chains_;
  mutable std::mutex locales_mutex_;
  mutable std::map<std::string, std::optional<unicode::Locale>, std::less<>> locales_;
};

}  // namespace handout::fonts
