#include "fonts/library.h"

#include <fmt/format.h>
#include <hb.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <string>
#include <system_error>
#include <tuple>

#include "base/expects.h"
#include "fonts/characters.h"
#include "fonts/memory.h"

namespace handout::fonts {

namespace stdfs = std::filesystem;

namespace {

// CSS Fonts Level 4, section 5.2, font-weight: smaller is nearer.
std::pair<int, int> weight_distance(int wanted, int weight) {
  const int distance = std::abs(weight - wanted);
  if (wanted > 500) return {weight >= wanted ? 0 : 1, distance};
  if (wanted < 400) return {weight <= wanted ? 0 : 1, distance};
  if (weight >= wanted && weight <= 500) return {0, distance};
  return {weight < wanted ? 1 : 2, distance};
}

void append_new(std::vector<FamilyId>& list, FamilyId family) {
  if (std::find(list.begin(), list.end(), family) == list.end()) list.push_back(family);
}

// 0: not for this language; otherwise the better the more it says. A line without a language serves all.
int language_match(const Fallback& fallback, const std::optional<unicode::Locale>& language) {
  if (!fallback.language) return 1;
  if (!language || fallback.language->language() != language->language() || fallback.language->script() != language->script()) return 0;
  if (fallback.language->region().empty()) return 2;
  return fallback.language->region() == language->region() ? 3 : 0;
}

std::string lower_extension(const stdfs::path& file) {
  std::string extension = file.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

}  // namespace

Library::Library(Catalogue catalogue, std::span<const stdfs::path> roots)
    : catalogue_(std::move(catalogue)), files_(roots, catalogue_.search) {
  for (const DeclaredFace& face : catalogue_.faces) {
    faces_.emplace_back(face, catalogue_.families[face.family.value()]);
    family_of_.push_back(face.family);
  }
}

const Face& Library::face(FaceId face) const {
  EXPECTS(face.value() < faces_.size());
  return faces_[face.value()];
}

void Library::add_clinic_folder(const stdfs::path& folder, Diagnostics& diags) {
  std::error_code error;
  std::vector<stdfs::path> files;
  for (stdfs::recursive_directory_iterator each(folder, error); !error && each != stdfs::recursive_directory_iterator(); each.increment(error)) {
    files.push_back(each->path());
  }
  if (error) {
    diags.error(Span::of_file(folder.string()), fmt::format("can't list the folder of fonts: {}", error.message()));
    return;
  }
  std::sort(files.begin(), files.end());
  for (const stdfs::path& file : files) {
    const std::string extension = lower_extension(file);
    if (extension == ".woff" || extension == ".woff2") {
      diags.warning(Span::of_file(file.string()), "a web font is not used").hint("put the .ttf or .otf file of the font here");
    }
    constexpr std::array<std::string_view, 4> kFonts = {".ttf", ".otf", ".ttc", ".otc"};
    if (std::find(kFonts.begin(), kFonts.end(), extension) != kFonts.end()) add_clinic_file(file, diags);
  }
}

void Library::add_clinic_file(const stdfs::path& file, Diagnostics& diags) {
  const auto refuse = [&](const Refusal& reason) {
    diags.error(Span::of_file(file.string()), fmt::format("this font can't be used: {}", reason)).hint("replace the file, or take it out of the folder");
  };
  const auto blob = with_memory([&] { return open_font_file(file); });
  if (!blob) return refuse(blob.error());
  const unsigned count = std::max(1U, count_faces(blob->get()));  // for 0, load_program says what is wrong
  for (unsigned index = 0; index < count; ++index) {
    auto program = with_memory([&] { return load_program(blob->get(), index, file); });
    if (!program) return refuse(program.error());
    if (program->info.family.empty()) return refuse("it doesn't name its family");
    add_clinic_face(std::move(*program), file, index);
  }
}

// Every instance of a variable font is a face, loaded when it is asked for.
void Library::add_clinic_face(Program program, const stdfs::path& file, unsigned index) {
  std::vector<Instance> instances = instances_of(hb_font_get_face(program.font.get()));
  if (instances.empty()) {
    family_of_.push_back(join_family(program.info));
    faces_.emplace_back(std::move(program));
    return;
  }
  std::error_code error;
  const stdfs::path absolute = stdfs::absolute(file, error);
  for (Instance& instance : instances) {
    const FamilyId family = join_family(program.info);
    family_of_.push_back(family);
    faces_.emplace_back(DeclaredFace{.file = error ? file.string() : absolute.string(),
                                     .index = index,
                                     .family = family,
                                     .weight = instance.weight,
                                     .slant = instance.slant,
                                     .variations = std::move(instance.variations),
                                     .at = Span::of_file(file.string())},
                        catalogue_.families[family.value()]);
  }
}

FamilyId Library::join_family(const FaceInfo& info) {
  auto id = catalogue_.find(info.family);
  if (!id) {
    id = FamilyId{catalogue_.families.size()};
    catalogue_.families.push_back({.name = info.family, .license = info.license, .scripts = {}, .faces = {}});
  }
  std::vector<FaceId>& faces = catalogue_.families[id->value()].faces;
  std::size_t& count = clinic_count_[*id];
  faces.insert(faces.begin() + static_cast<std::ptrdiff_t>(count++), FaceId{faces_.size()});
  return *id;
}

std::vector<FaceId> Library::by_nearness(FamilyId family, int weight, Slant slant) const {
  std::vector<FaceId> faces = catalogue_.families[family.value()].faces;
  const auto rank = [&](FaceId id) {
    const FaceInfo& declared = face(id).declared();
    return std::pair(declared.slant != slant, weight_distance(weight, declared.weight));
  };
  std::stable_sort(faces.begin(), faces.end(), [&](FaceId a, FaceId b) { return rank(a) < rank(b); });
  return faces;
}

// Parsing a tag asks ICU for likely subtags, which is slow beside choosing a face: each tag is parsed once.
std::optional<unicode::Locale> Library::locale_of(std::string_view language) const {
  const std::lock_guard lock(locales_mutex_);
  auto found = locales_.find(language);
  if (found == locales_.end()) found = locales_.emplace(language, unicode::Locale::parse(language)).first;
  return found->second;
}

void Library::add_fallbacks(std::string_view script, const std::optional<unicode::Locale>& language, std::vector<FamilyId>& chain) const {
  for (int match = 3; match >= 1; --match) {
    for (const Fallback& fallback : catalogue_.fallbacks) {
      if (fallback.script != script || language_match(fallback, language) != match) continue;
      for (const FamilyId family : fallback.families) append_new(chain, family);
    }
  }
}

const std::vector<FamilyId>& Library::family_chain(std::string_view script, const FaceRequest& request) const {
  std::string key(script);
  key.append(1, '\n').append(request.language).append(1, '\n').append(request.family);
  const std::lock_guard lock(chains_mutex_);
  const auto [entry, is_new] = chains_.try_emplace(std::move(key));
  if (is_new) entry->second = make_chain(script, request);
  return entry->second;
}

const std::vector<FaceId>& Library::face_chain(std::string_view script, const FaceRequest& request) const {
  const std::hash<std::string_view> hash;
  std::atomic<const FaceChain*>& list = face_chains_[(hash(script) * 31 + hash(request.language) + static_cast<std::size_t>(request.weight)) % kFaceChainLists];
  const auto known = [&]() -> const FaceChain* {
    const FaceChain* each = list.load(std::memory_order_acquire);
    while (each != nullptr && !each->is_for(script, request)) each = each->next;
    return each;
  };
  if (const FaceChain* const chain = known()) return chain->faces;
  std::vector<FaceId> faces = make_face_chain(script, request);
  const std::lock_guard lock(chains_mutex_);
  // Another thread may have made it meanwhile.
  if (const FaceChain* const chain = known()) return chain->faces;
  const FaceChain& made = kept_face_chains_.emplace_back(FaceChain{std::string(script), std::string(request.language), std::string(request.family), request.weight, request.slant, std::move(faces), list.load()});
  list.store(&made, std::memory_order_release);
  return made.faces;
}

std::vector<FaceId> Library::make_face_chain(std::string_view script, const FaceRequest& request) const {
  std::vector<FaceId> faces;
  for (const FamilyId family : family_chain(script, request)) {
    for (const FaceId face : by_nearness(family, request.weight, request.slant)) faces.push_back(face);
  }
  return faces;
}

std::vector<FamilyId> Library::make_chain(std::string_view script, const FaceRequest& request) const {
  std::vector<FamilyId> chain;
  const auto requested = request.family.empty() ? std::nullopt : catalogue_.find(request.family);
  chain.push_back(requested.value_or(catalogue_.default_family));
  const auto language = locale_of(request.language);
  if (script != "Zyyy") add_fallbacks(script, language, chain);
  // Digits and signs of another script stand among the language's letters: "٣" in an Arabic list of Latin names of drugs.
  if (language) add_fallbacks(base_script(language->script()), language, chain);
  add_fallbacks("Zyyy", language, chain);
  append_new(chain, catalogue_.default_family);
  return chain;
}

std::vector<FamilyId> Library::remaining_families(std::string_view script, std::span<const FamilyId> chain) const {
  std::vector<FamilyId> made_for, others;
  for (std::size_t i = 0; i < catalogue_.families.size(); ++i) {
    const FamilyId id{i};
    if (std::find(chain.begin(), chain.end(), id) != chain.end()) continue;
    const std::vector<std::string>& scripts = catalogue_.families[i].scripts;
    (std::find(scripts.begin(), scripts.end(), script) != scripts.end() ? made_for : others).push_back(id);
  }
  made_for.insert(made_for.end(), others.begin(), others.end());
  return made_for;
}

}  // namespace handout::fonts
