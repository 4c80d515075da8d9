#include "batch/snapshot.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <set>
#include <system_error>

#include "base/digest.h"
#include "request/request.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

// An OpenType table directory, of a collection several, lies in the first bytes.
constexpr std::size_t kFontHead = 1u << 16;

class Collector {
 public:
  explicit Collector(Diagnostics& diags) : diags_(diags) {}

  // `shown` names it in the ledger.
  void add(std::string_view kind, const fs::path& from, const std::string& shown, const fs::path& copy, ledger::Personal personal = ledger::Personal::No) {
    if (!seen_.insert({std::string(kind), shown}).second) return;
    const auto digest = digest_of_file(from, Span::of_file(from.string()), diags_);
    if (!digest) {
      good_ = false;
      return;
    }
    files_.push_back({from, {std::string(kind), shown, digest->digest, digest->size, copy.generic_string(), personal}});
  }

  // Of a whole folder, in the order of names.
  void add_folder(std::string_view kind, const fs::path& folder, const fs::path& shown, const fs::path& copy) {
    std::set<fs::path> found;
    std::error_code failed;
    for (fs::recursive_directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
      if (each->is_regular_file(failed)) found.insert(each->path());
    }
    for (const fs::path& file : found) {
      const fs::path inside = file.lexically_relative(folder);
      add(kind, file, (shown / inside).generic_string(), copy / inside);
    }
  }

  void add_font(const fs::path& file) {
    if (!seen_.insert({"font", file.generic_string()}).second) return;
    std::ifstream in(file, std::ios::binary);
    std::string head(kFontHead, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (failed) return;
    files_.push_back({file, {"font", file.generic_string(), Sha256Maker().of(head), size, "", ledger::Personal::No}});
  }

  Result<std::vector<InputFile>> take() {
    if (!good_) return tl::unexpected<Failure>(Failure{});
    return std::move(files_);
  }

 private:
  Diagnostics& diags_;
  std::vector<InputFile> files_;
  std::set<std::pair<std::string, std::string>> seen_;
  bool good_ = true;
};

fs::path whole_path(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

// Files outside the installation keep their places relative to one another.
fs::path mirrored(const fs::path& file) { return fs::path(kJobFolder) / "inputs" / file.relative_path(); }

void add_outside(Collector& collector, std::string_view kind, const fs::path& file, ledger::Personal personal = ledger::Personal::No) {
  const fs::path path = whole_path(file);
  collector.add(kind, path, path.generic_string(), mirrored(path), personal);
}

}  // namespace

bool is_path(std::string_view name) { return name.find('/') != std::string_view::npos || name.ends_with(".xml"); }

fs::path path_of(const mailings::Mailing& mailing, const std::string& name) {
  std::error_code ignored;
  for (const fs::path& file : mailing.files) {
    fs::path beside = file.parent_path() / name;
    if (fs::exists(beside, ignored)) return beside;
  }
  return name;
}

Result<std::vector<InputFile>> collect_inputs(const fs::path& mailing, const mailings::Mailing& read, const fs::path& recipients, Pipeline& pipeline, Diagnostics& diags) {
  Collector collector(diags);
  const Installation& own = pipeline.installation();
  const fs::path root = own.layouts.parent_path();
  add_outside(collector, "mailing", mailing);
  for (const fs::path& file : read.files) add_outside(collector, "mailing", file);
  add_outside(collector, "recipients", recipients, ledger::Personal::Yes);
  for (const mailings::Suppression& each : read.suppressions) add_outside(collector, "suppression", mailings::resolve(each.file, root), ledger::Personal::Yes);
  for (const mailings::ArticleChoice& article : read.articles) {
    if (!is_path(article.ref)) continue;
    const fs::path path = whole_path(path_of(read, article.ref));
    std::error_code ignored;
    const fs::path folder = fs::is_directory(path, ignored) ? path : path.parent_path();
    collector.add_folder("article", folder, folder, mirrored(folder));
  }
  const request::Clinic* clinic = nullptr;
  std::optional<request::Clinic> read_clinic;
  if (read.clinic) {
    const fs::path path = whole_path(mailings::resolve(*read.clinic, root));
    auto found = request::read_clinic(path, diags);
    if (!found) return tl::unexpected<Failure>(Failure{});
    read_clinic = std::move(*found);
    clinic = &*read_clinic;
    add_outside(collector, "clinic", path);
    if (!clinic->logo.empty()) add_outside(collector, "clinic", clinic->logo);
    for (const fs::path& fonts : clinic->fonts) collector.add_folder("clinic", whole_path(fonts), whole_path(fonts), mirrored(whole_path(fonts)));
  }
  if (is_path(read.layout.name)) {
    const fs::path layouts = whole_path(path_of(read, read.layout.name)).parent_path();
    collector.add_folder("layout", layouts, layouts, mirrored(layouts));
  }
  const fs::path data = fs::path(kJobFolder) / "data";
  collector.add_folder("data", own.content, "content", data / "content");
  collector.add_folder("data", own.layouts, "layouts", data / "layouts");
  collector.add_folder("data", own.fonts, "fonts", data / "fonts");
  collector.add("profile", own.srgb_profile, own.srgb_profile.filename().string(), data / "srgb.icc");
  const auto fonts = pipeline.fonts(clinic, diags);
  if (!fonts) return tl::unexpected<Failure>(Failure{});
  for (std::size_t i = 0; i < (*fonts)->face_count(); ++i) {
    if ((*fonts)->available(fonts::FaceId(i))) collector.add_font((*fonts)->info(fonts::FaceId(i)).file);
  }
  return collector.take();
}

Result<std::monostate> copy_inputs(const std::vector<InputFile>& files, const fs::path& folder, Diagnostics& diags) {
  for (const InputFile& file : files) {
    if (file.input.copy.empty()) continue;
    const fs::path to = folder / file.input.copy;
    std::error_code failed;
    fs::create_directories(to.parent_path(), failed);
    if (!failed) fs::copy_file(file.from, to, fs::copy_options::overwrite_existing, failed);
    // Readable by its owner only, whatever the original is.
    if (!failed) fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, failed);
    if (failed) return diags.machine_error(Span::of_file(to.string()), fmt::format("could not be copied into the job's folder: {}", failed.message()));
  }
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::syncfs(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return diags.machine_error(Span::of_file(folder.string()), fmt::format("could not be synced: {}", std::strerror(error)));
  return std::monostate{};
}

Snapshot::Snapshot(fs::path folder, const std::vector<ledger::Input>& inputs) : folder_(std::move(folder)) {
  for (const ledger::Input& input : inputs) {
    if (input.copy.empty()) continue;
    copies_.emplace(fs::path(input.name), folder_ / input.copy);
    first_.emplace(input.kind, folder_ / input.copy);
  }
}

fs::path Snapshot::locate(const fs::path& original) const {
  const auto found = copies_.find(whole_path(original));
  if (found != copies_.end()) return found->second;
  // A folder of an article.
  const fs::path copy = folder_ / mirrored(whole_path(original));
  std::error_code ignored;
  return fs::exists(copy, ignored) ? copy : original;
}

fs::path Snapshot::first(std::string_view kind) const {
  const auto found = first_.find(kind);
  return found != first_.end() ? found->second : fs::path();
}

Installation Snapshot::installation(const Installation& own) const {
  const fs::path data = folder_ / kJobFolder / "data";
  Installation copies = own;
  copies.content = data / "content";
  copies.layouts = data / "layouts";
  copies.fonts = data / "fonts";
  copies.srgb_profile = data / "srgb.icc";
  return copies;
}

}  // namespace handout::batch
