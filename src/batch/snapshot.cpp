#include "batch/snapshot.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "base/ascii.h"
#include "base/descriptor.h"
#include "base/digest.h"
#include "base/files.h"
#include "content/article.h"
#include "request/request.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

// An OpenType table directory lies in the first bytes; of a collection there are several.
constexpr std::size_t kFontHead = 1u << 12, kCollectionHead = 1u << 14;
constexpr std::string_view kCollection = "ttcf";
constexpr std::string_view kFontList = "fonts.xml", kFontListName = "fonts/fonts.xml";  // as an input is named
// What is larger is copied, not kept.
constexpr std::uintmax_t kMostKept = 1u << 20;

ledger::Input font_input(const fs::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::string head;
  const auto read_to = [&](std::size_t size) {
    for (ssize_t got = 1; got > 0 && head.size() < size;) {
      const std::size_t before = head.size();
      head.resize(size);
      got = ::read(in.get(), head.data() + before, size - before);
      head.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    }
  };
  struct stat info {};
  if (in.get() >= 0 && ::fstat(in.get(), &info) == 0) {
    read_to(kFontHead);
    if (head.starts_with(kCollection)) read_to(kCollectionHead);
  }
  return {"font", file.generic_string(), Sha256().of(head), static_cast<std::uint64_t>(info.st_size), "", ledger::Personal::No};
}

// What articles and layouts name: of a folder that holds other things as well, nothing else is copied.
bool is_of_documents(const fs::path& file) {
  static constexpr std::array<std::string_view, 5> kKinds{".xml", ".svg", ".png", ".jpg", ".jpeg"};
  const std::string kind = file.extension().string();
  return std::any_of(kKinds.begin(), kKinds.end(), [&](std::string_view known) { return std::equal(known.begin(), known.end(), kind.begin(), kind.end(), [](char a, char b) { return a == ascii_lower(b); }); });
}

// Readable by their owner only, whatever the originals are.
constexpr mode_t kOwnersOnly = S_IRUSR | S_IWUSR;

Descriptor new_for_owner(const fs::path& to) { return Descriptor(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnersOnly)); }

std::error_code write_for_owner(const fs::path& to, std::string_view bytes) {
  Descriptor out = new_for_owner(to);
  if (out.get() < 0) return {errno, std::generic_category()};
  const int error = write_all(out.get(), bytes), at_end = out.close();
  return {error != 0 ? error : at_end, std::generic_category()};
}

// Not std::filesystem::copy_file(): libstdc++ calls whatever ends its copying EIO, a full disk too.
std::error_code copy_to_owner(const fs::path& from, const fs::path& to) {
  constexpr std::size_t kAtOnce = 1u << 20;
  const Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.get() < 0) return {errno, std::generic_category()};
  Descriptor out = new_for_owner(to);
  if (out.get() < 0) return {errno, std::generic_category()};
  std::vector<char> buffer(kAtOnce);
  int error = 0;
  while (error == 0) {
    const ssize_t got = ::read(in.get(), buffer.data(), buffer.size());
    if (got == 0) break;
    if (got > 0) error = write_all(out.get(), {buffer.data(), static_cast<std::size_t>(got)});
    else if (errno != EINTR) error = errno;
  }
  const int at_end = out.close();
  return {error != 0 ? error : at_end, std::generic_category()};
}

constexpr std::string_view kFieldOption = "--field", kRejectsOption = "--rejects";

// Stands in the copies until the ledger is there: who finds it may remove them.
constexpr std::string_view kUnfinished = "unfinished.part";

class Collector {
 public:
  Collector(const fs::path& job, Diagnostics& diags) : job_(job.empty() ? job : fs::absolute(job).lexically_normal()), diags_(diags) {}

  // `shown` names it in the ledger.
  void add(std::string_view kind, const fs::path& from, const std::string& shown, const fs::path& copy, ledger::Personal personal = ledger::Personal::No) {
    if (!seen_.insert({std::string(kind), shown}).second) return;
    std::error_code failed;
    const Span at = Span::of_file(from.string());
    std::optional<std::string> bytes;
    std::optional<FileDigest> digest;
    if (const auto size = fs::file_size(from, failed); !failed && size <= kMostKept) {
      if (auto read = read_file(from, at, kMostKept, diags_)) {
        digest = FileDigest{hash_.of(*read), read->size()};
        bytes = std::move(*read);
      }
    } else if (const auto found = digest_of_file(from, at, diags_)) {
      digest = *found;
    }
    if (!digest) {
      good_ = false;
      return;
    }
    (personal == ledger::Personal::Yes ? personal_ : copied_).insert(from);
    files_.push_back({from, {std::string(kind), shown, digest->digest, digest->size, copy.generic_string(), personal}, std::move(bytes)});
  }

  // Of a whole folder, in the order of names, without the folders in it of that name.
  void add_folder(std::string_view kind, const fs::path& folder, const fs::path& shown, const fs::path& copy, std::span<const std::string> without = {}) {
    std::set<fs::path> found;
    std::error_code failed;
    for (fs::recursive_directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
      const bool left_out = std::find(without.begin(), without.end(), each->path().filename().string()) != without.end();
      if (each->is_directory(failed) && (left_out || is_job(each->path()))) each.disable_recursion_pending();
      else if (each->is_regular_file(failed) && !personal_.contains(each->path()) && (kind == "clinic" || (is_of_documents(each->path()) && (kind == "data" || !copied_.contains(each->path()))))) found.insert(each->path());
    }
    for (const fs::path& file : found) {
      const fs::path inside = file.lexically_relative(folder);
      add(kind, file, (shown / inside).generic_string(), copy / inside);
    }
  }

  void add_option(const std::string& name, std::string_view value) { files_.push_back({"", {"option", name, Sha256().of(value), value.size(), "", ledger::Personal::No}}); }

  // Fields have a name each: "--field dose".
  void add_override(const mailings::Override& said) {
    const std::string name = said.option == kFieldOption ? said.option + ' ' + said.value.substr(0, said.value.find('=')) : said.option;
    const fs::path copy = fs::path(kJobFolder) / "options" / std::to_string(++overrides_);
    files_.push_back({"", {"option", name, hash_.of(said.value), said.value.size(), copy.generic_string(), ledger::Personal::No}, said.value});
  }

  Result<std::vector<InputFile>> take() {
    if (!good_) return tl::unexpected<Failure>(Failure{});
    return std::move(files_);
  }

 private:
  [[nodiscard]] bool is_job(const fs::path& folder) const { return ledger::Ledger::exists(folder) || (!job_.empty() && folder.lexically_normal() == job_); }

  fs::path job_;
  Diagnostics& diags_;
  std::vector<InputFile> files_;
  Sha256 hash_;
  std::set<fs::path> personal_, copied_;
  std::set<std::pair<std::string, std::string>> seen_;
  std::size_t overrides_ = 0;
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

fs::path path_of(const mailings::Mailing& mailing, const std::string& name) {
  std::error_code ignored;
  for (const fs::path& file : mailing.files) {
    fs::path beside = file.parent_path() / name;
    if (fs::exists(beside, ignored)) return beside;
  }
  return name;
}

FontInputs read_font_inputs(const Installation& own, const std::vector<fs::path>& clinic_folders) {
  FontInputs inputs;
  const fs::path list = own.fonts / kFontList;
  const auto digest = [&] {
    Diagnostics ignored;  // what is wrong with the list is told when it is opened
    const auto found = digest_of_file(list, Span::of_file(list.string()), ignored);
    return found ? found->digest : Sha256Digest{};
  };
  const Sha256Digest before = digest();
  auto opened = fonts::Fonts::open(list, clinic_folders, inputs.told);
  if (!opened) return inputs;
  if (before == digest()) inputs.list = before;
  inputs.fonts = std::move(*opened);
  std::set<fs::path> known;
  for (std::size_t i = 0; i < inputs.fonts->face_count(); ++i) {
    if (auto file = inputs.fonts->file(fonts::FaceId(i)); file && known.insert(*file).second) inputs.files.push_back({std::move(*file), {}});
  }
  for (InputFile& each : inputs.files) each.input = font_input(each.from);
  return inputs;
}

Result<Collected> collect_inputs(const InputsFrom& from, const mailings::Mailing& read, const Installation& own, Diagnostics& diags) {
  Collector collector(from.job, diags);
  const fs::path root = own.layouts.parent_path();
  add_outside(collector, "mailing", from.mailing);
  for (const fs::path& file : read.files) {
    if (whole_path(file) != whole_path(from.mailing)) add_outside(collector, "mailing-base", file);
  }
  if (std::error_code ignored; from.recipients == "-" || fs::is_fifo(from.recipients, ignored) || fs::is_socket(from.recipients, ignored) || fs::is_character_file(from.recipients, ignored)) {
    return diags.error(Span::of_file(from.recipients.string()), "can be read only once, and a job reads its list again: when it goes on, and when pieces are printed again").hint("write the list to a file first, and name that");
  }
  if (std::error_code ignored; !fs::exists(from.recipients, ignored)) return diags.error(Span::of_file(from.recipients.string()), "no such file");
  add_outside(collector, "recipients", from.recipients, ledger::Personal::Yes);
  for (const mailings::Suppression& each : read.suppressions) add_outside(collector, "suppression", mailings::resolve(each.file, root), ledger::Personal::Yes);
  for (const mailings::ArticleChoice& article : read.articles) {
    if (!is_path(article.ref)) continue;
    const fs::path path = whole_path(path_of(read, article.ref));
    std::error_code ignored;
    const fs::path folder = fs::is_directory(path, ignored) ? path : path.parent_path();
    collector.add_folder("article", folder, folder, mirrored(folder));
  }
  std::vector<fs::path> clinic_fonts;
  if (read.clinic) {
    const fs::path path = whole_path(mailings::resolve(*read.clinic, root));
    const auto clinic = request::read_clinic(path, diags);
    if (!clinic) return tl::unexpected<Failure>(Failure{});
    clinic_fonts = clinic->fonts;
    add_outside(collector, "clinic", path);
    if (!clinic->logo.empty()) add_outside(collector, "clinic", clinic->logo);
    for (const fs::path& fonts : clinic->fonts) collector.add_folder("clinic", whole_path(fonts), whole_path(fonts), mirrored(whole_path(fonts)));
  }
  if (is_path(read.layout.name)) {
    const fs::path layouts = whole_path(path_of(read, read.layout.name)).parent_path();
    collector.add_folder("layout", layouts, layouts, mirrored(layouts));
  }
  const fs::path data = fs::path(kJobFolder) / "data";
  // What authors begin with and learn from goes into no handout, nor do articles of other mailings.
  const std::vector<std::string> for_authors{"templates", "tutorial"};
  std::vector<std::string> not_of_content = for_authors;
  Diagnostics told_by_who_reads_them;
  for (content::ArticleEntry& each : content::list_articles(own.content, told_by_who_reads_them)) {
    const bool is_named = std::any_of(read.articles.begin(), read.articles.end(), [&](const mailings::ArticleChoice& article) { return article.ref == each.id; });
    if (!is_named) not_of_content.push_back(std::move(each.id));
  }
  collector.add_folder("data", own.content, "content", data / "content", not_of_content);
  collector.add_folder("data", own.layouts, "layouts", data / "layouts", for_authors);
  collector.add_folder("data", own.fonts, "fonts", data / "fonts");
  collector.add("profile", own.srgb_profile, own.srgb_profile.filename().string(), data / "srgb.icc");
  collector.add_option("as", read.output.as == mailings::OutputAs::Files ? "files" : read.output.as == mailings::OutputAs::Stream ? "stream" : "both");
  // How many rows may be refused changes no piece: a job may go on with more.
  for (const mailings::Override& each : from.overrides) {
    if (each.option != kRejectsOption) collector.add_override(each);
  }
  auto files = collector.take();
  if (!files) return tl::unexpected<Failure>(Failure{});
  return Collected{std::move(*files), std::move(clinic_fonts), std::nullopt};
}

Result<std::monostate> add_fonts(Collected& inputs, const Installation& own, std::future<FontInputs> ahead, Diagnostics& diags) {
  const bool of_clinic = !inputs.clinic_fonts.empty();
  FontInputs fonts = of_clinic ? read_font_inputs(own, inputs.clinic_fonts) : ahead.get();
  diags.append(fonts.told);
  if (!fonts.fonts) return tl::unexpected<Failure>(Failure{});
  const bool is_copied = std::any_of(inputs.files.begin(), inputs.files.end(), [&](const InputFile& each) { return each.input.kind == "data" && each.input.name == kFontListName && each.input.digest == fonts.list; });
  inputs.files.insert(inputs.files.end(), std::make_move_iterator(fonts.files.begin()), std::make_move_iterator(fonts.files.end()));
  if (is_copied && !of_clinic) inputs.fonts = std::move(fonts.fonts);
  return std::monostate{};
}

namespace {

// Its folder is there.
bool copy_input(const InputFile& file, const fs::path& folder, Diagnostics& diags) {
  if (file.input.copy.empty()) return true;
  const fs::path to = folder / file.input.copy;
  const std::error_code failed = file.bytes ? write_for_owner(to, *file.bytes) : copy_to_owner(file.from, to);
  if (failed) return diags.machine_error(Span::of_file(to.string()), fmt::format("could not be copied into the job's folder: {}", failed.message())), false;
  if (file.bytes) return true;
  const auto copied = digest_of_file(to, Span::of_file(to.string()), diags);
  if (copied && copied->digest != file.input.digest) diags.error(Span::of_file(file.from.string()), "changed while the job was begun").hint("begin the job when nobody writes into its inputs");
  return copied && copied->digest == file.input.digest;
}

}  // namespace

Result<std::monostate> copy_inputs(const std::vector<InputFile>& files, const fs::path& folder, Diagnostics& diags) {
  const fs::path job = folder / kJobFolder, unfinished = job / kUnfinished;
  std::error_code ignored;
  if (fs::exists(job, ignored) && !fs::is_empty(job, ignored) && !fs::exists(unfinished, ignored)) return diags.error(Span::of_file(job.string()), "is there and belongs to no job").hint("name a new folder: a job's files stand alone");
  // What says that nothing here is whole stays while the rest goes: this may be killed too.
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(job, ignored)) {
    if (entry.path() != unfinished) left.push_back(entry.path());
  }
  for (const fs::path& each : left) fs::remove_all(each, ignored);
  // One by one: a job's folder that somebody removed is not made anew.
  std::error_code not_made;
  for (const fs::path& each : {job, unfinished}) {
    if (!not_made) fs::create_directory(each, not_made);
  }
  if (not_made) return diags.machine_error(Span::of_file(job.string()), fmt::format("could not be made: {}", not_made.message()));
  std::set<fs::path> folders;
  for (const InputFile& file : files) {
    // Those above come before those below.
    fs::path each = folder;
    for (const fs::path& part : fs::path(file.input.copy).parent_path()) {
      each /= part;
      if (folders.insert(each).second) fs::create_directory(each, not_made);
      if (not_made) return diags.machine_error(Span::of_file(each.string()), fmt::format("could not be made: {}", not_made.message()));
    }
  }
  if (!std::all_of(files.begin(), files.end(), [&](const InputFile& file) { return copy_input(file, folder, diags); })) return tl::unexpected<Failure>(Failure{});
  return std::monostate{};
}

Result<std::monostate> sync_copies(const fs::path& folder, Diagnostics& diags) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::syncfs(opened.get()) != 0) return diags.machine_error(Span::of_file(folder.string()), fmt::format("could not be synced: {}", std::strerror(errno)));
  return std::monostate{};
}

Result<mailings::Overrides> read_overrides(const fs::path& folder, const std::vector<ledger::Input>& inputs, Diagnostics& diags) {
  mailings::Overrides overrides;
  for (const ledger::Input& input : inputs) {
    if (input.kind != "option" || input.copy.empty()) continue;
    const fs::path file = folder / input.copy;
    auto value = read_file(file, Span::of_file(file.string()), kMostKept, diags);
    if (!value) return tl::unexpected<Failure>(Failure{});
    std::string option = input.name.substr(0, input.name.find(' '));
    if (!mailings::is_override_option(option)) return diags.error(Span::of_file(file.string()), "holds the value of an option that the program does not know").hint("print with the program that the job was begun with");
    overrides.push_back({std::move(option), std::move(*value)});
  }
  return overrides;
}

void tell_of_originals(const fs::path& folder, const Installation& own, Diagnostics& diags) {
  for (const fs::path& job : {whole_path(folder) / kJobFolder, folder / kJobFolder}) {
    diags.rename((job / "inputs").generic_string() + "/", "/");
    diags.rename((job / "data" / "content").generic_string() + "/", own.content.generic_string() + "/");
    diags.rename((job / "data" / "layouts").generic_string() + "/", own.layouts.generic_string() + "/");
    diags.rename((job / "data" / "fonts").generic_string() + "/", own.fonts.generic_string() + "/");
  }
}

bool is_unfinished(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / kJobFolder / kUnfinished, ignored);
}

void mark_unfinished(const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder / kJobFolder / kUnfinished, ignored);
}

void mark_whole(const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(folder / kJobFolder / kUnfinished, ignored);
}

Result<std::vector<ledger::InputDifference>> compare_snapshot(const fs::path& folder, const std::vector<ledger::Input>& inputs, Diagnostics& diags) {
  using What = ledger::InputDifference::What;
  std::vector<ledger::InputDifference> differences;
  std::error_code ignored;
  for (const ledger::Input& input : inputs) {
    const fs::path file = input.copy.empty() ? fs::path(input.name) : folder / input.copy;
    if (input.copy.empty() && input.kind != "font") continue;
    if (!fs::is_regular_file(file, ignored)) {
      differences.push_back({What::Gone, input.kind, file.generic_string()});
      continue;
    }
    ledger::Input now;
    if (input.copy.empty()) {
      now = font_input(file);
    } else {
      const auto digest = digest_of_file(file, Span::of_file(file.string()), diags);
      if (!digest) return tl::unexpected<Failure>(Failure{});
      now.digest = digest->digest;
      now.size = digest->size;
    }
    if (now.digest != input.digest || now.size != input.size) differences.push_back({What::Changed, input.kind, file.generic_string()});
  }
  return differences;
}

Snapshot::Snapshot(fs::path folder, const std::vector<ledger::Input>& inputs) : folder_(std::move(folder)), job_(folder_ / kJobFolder), inputs_(inputs) {
  for (const ledger::Input& input : inputs) {
    if (input.copy.empty()) continue;
    copies_.emplace(fs::path(input.name), folder_ / input.copy);
    first_.emplace(input.kind, folder_ / input.copy);
  }
  // DIR/job/data/srgb.icc
  if (const fs::path profile = first("profile"); !profile.empty()) job_ = profile.parent_path().parent_path();
}

fs::path Snapshot::original_of(const fs::path& copy) const {
  const fs::path inside = whole_path(copy).lexically_relative(whole_path(job_ / "inputs"));
  return inside.empty() || *inside.begin() == ".." ? copy : whole_path("/" / inside);
}

fs::path Snapshot::ending_with(std::string_view kind, const fs::path& name) const {
  const std::string end = "/" + name.lexically_normal().generic_string();
  for (const ledger::Input& input : inputs_) {
    if (input.kind != kind || input.copy.empty()) continue;
    if (input.name.ends_with(end)) return folder_ / input.copy;
    // Of a folder: without what stands behind it.
    const std::size_t at = input.name.find(end + "/");
    if (at != std::string::npos) return folder_ / input.copy.substr(0, input.copy.size() - (input.name.size() - at - end.size()));
  }
  return {};
}

fs::path Snapshot::locate(const fs::path& original) const {
  const auto found = copies_.find(whole_path(original));
  if (found != copies_.end()) return found->second;
  // A folder of an article.
  if (folder_.empty()) return original;
  const fs::path copy = job_ / "inputs" / whole_path(original).relative_path();
  std::error_code ignored;
  return fs::exists(copy, ignored) ? copy : original;
}

fs::path Snapshot::first(std::string_view kind) const {
  const auto found = first_.find(kind);
  return found != first_.end() ? found->second : fs::path();
}

Installation Snapshot::installation(const Installation& own) const {
  const fs::path data = job_ / "data";
  Installation copies = own;
  copies.content = data / "content";
  copies.layouts = data / "layouts";
  copies.fonts = data / "fonts";
  // Fonts are not copied.
  if (copies.font_files.empty()) copies.font_files = own.fonts;
  copies.srgb_profile = data / "srgb.icc";
  return copies;
}

}  // namespace handout::batch
