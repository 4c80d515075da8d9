#include <algorithm>
#include <array>
#include <charconv>

#include "inspect/parts.h"

namespace handout::inspect {

namespace {

bool is_type(QPDFObjectHandle object, const char* type) { return object.isDictionary() && object.getKey("/Type").isNameAndEquals(type); }

// Says of every object what it is for: first those that say it themselves, then what these lead to.
class Classifier {
 public:
  explicit Classifier(QPDF& pdf) : pdf_(pdf) {}

  std::map<QPDFObjGen, Kind> run(const std::vector<QPDFObjectHandle>& objects) {
    for (const QPDFObjectHandle& object : objects) claim_by_type(object);
    for (const QPDFObjectHandle& object : objects) {
      if (is_type(object, "/Font")) claim_below(object, Kind::Font);
    }
    QPDFObjectHandle catalog = pdf_.getRoot();
    claim_below(catalog.getKey("/OutputIntents"), Kind::ColorProfile);
    claim_below(pdf_.getTrailer().getKey("/Info"), Kind::Metadata);
    claim_below(catalog.getKey("/StructTreeRoot"), Kind::Structure);
    claim_below(catalog, Kind::Page);
    for (const QPDFObjectHandle& object : objects) {
      if (is_type(object, "/Page")) claim_below(object, Kind::Page);
    }
    return std::move(kinds_);
  }

 private:
  void claim(QPDFObjectHandle object, Kind kind) {
    if (object.isIndirect()) kinds_.emplace(object.getObjGen(), kind);
  }

  void claim_by_type(QPDFObjectHandle object) {
    if (object.isStream()) return claim_stream(object);
    if (is_type(object, "/Page")) {
      claim(object, Kind::Page);
      claim_contents(object.getKey("/Contents"));
      // Links point into the structure and the structure at them: they are claimed before it.
      claim_annotations(object.getKey("/Annots"));
    }
    if (is_type(object, "/Pages") || is_type(object, "/Catalog") || is_type(object, "/Annot")) claim(object, Kind::Page);
    if (is_type(object, "/Filespec")) claim(object, Kind::Attachment);
  }

  void claim_stream(QPDFObjectHandle stream) {
    QPDFObjectHandle dict = stream.getDict(), type = dict.getKey("/Type"), subtype = dict.getKey("/Subtype");
    if (type.isNameAndEquals("/XRef")) claim(stream, Kind::Reference);
    else if (type.isNameAndEquals("/Metadata")) claim(stream, Kind::Metadata);
    else if (type.isNameAndEquals("/EmbeddedFile")) claim(stream, Kind::Attachment);
    else if (subtype.isNameAndEquals("/Image")) claim(stream, Kind::Image);
    else if (subtype.isNameAndEquals("/Form")) claim(stream, Kind::Content);
  }

  void claim_contents(QPDFObjectHandle contents) {
    claim(contents, Kind::Content);
    if (!contents.isArray()) return;
    for (QPDFObjectHandle& part : contents.getArrayAsVector()) claim(part, Kind::Content);
  }

  void claim_annotations(QPDFObjectHandle annotations) {
    claim(annotations, Kind::Page);
    if (!annotations.isArray()) return;
    for (QPDFObjectHandle& annotation : annotations.getArrayAsVector()) claim(annotation, Kind::Page);
  }

  // All that nobody has claimed yet among what an object leads to.
  void claim_below(QPDFObjectHandle root, Kind kind) {
    std::vector<QPDFObjectHandle> open;
    claim(root, kind);
    add_children(root, open);
    while (!open.empty()) {
      QPDFObjectHandle object = open.back();
      open.pop_back();
      if (object.isIndirect() && !kinds_.emplace(object.getObjGen(), kind).second) continue;
      add_children(object, open);
    }
  }

  static void add_children(QPDFObjectHandle object, std::vector<QPDFObjectHandle>& open) {
    QPDFObjectHandle dict = object.isStream() ? object.getDict() : object;
    const auto add = [&](const QPDFObjectHandle& child) {
      if (QPDFObjectHandle(child).isIndirect() || QPDFObjectHandle(child).isArray() || QPDFObjectHandle(child).isDictionary()) open.push_back(child);
    };
    if (dict.isDictionary()) {
      for (const auto& [key, value] : dict.getDictAsMap()) add(value);
    } else if (object.isArray()) {
      for (const QPDFObjectHandle& item : object.getArrayAsVector()) add(item);
    }
  }

  QPDF& pdf_;
  std::map<QPDFObjGen, Kind> kinds_;
};

// Where the cross-reference begins; nothing when the file's end does not say it.
std::optional<std::size_t> cross_reference(std::string_view bytes) {
  constexpr std::string_view kWord = "startxref";
  const std::size_t at = bytes.rfind(kWord);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t digits = bytes.find_first_of("0123456789", at);
  std::size_t value = 0;
  if (digits == std::string_view::npos || std::from_chars(bytes.data() + digits, bytes.data() + bytes.size(), value).ec != std::errc()) return std::nullopt;
  return value < bytes.size() ? std::optional(value) : std::nullopt;
}

// An object has the bytes from its beginning to the next one's.
class Measurer {
 public:
  Measurer(std::string_view bytes, QPDF& pdf, std::map<QPDFObjGen, Kind> kinds) : bytes_(bytes), pdf_(pdf), kinds_(std::move(kinds)) {}

  std::vector<SizeShare> run() {
    for (const auto& [id, entry] : pdf_.getXRefTable()) {
      if (entry.getType() == 2) packed_[entry.getObjStreamNumber()].push_back(id);
      else if (entry.getType() == 1 && entry.getOffset() >= 0 && static_cast<std::size_t>(entry.getOffset()) < bytes_.size()) begins_.emplace(static_cast<std::size_t>(entry.getOffset()), id);
    }
    if (const auto at = cross_reference(bytes_)) begins_.emplace(*at, std::nullopt);
    std::size_t before = 0;
    std::optional<QPDFObjGen> owner;
    for (const auto& [begin, id] : begins_) {
      add(owner, begin - before);
      owner = id;
      before = begin;
    }
    add(owner, bytes_.size() - before);
    std::vector<SizeShare> shares(shares_.begin(), shares_.end());
    std::ranges::stable_sort(shares, [](const SizeShare& a, const SizeShare& b) { return a.bytes > b.bytes; });
    std::erase_if(shares, [](const SizeShare& share) { return share.bytes == 0 && share.objects == 0; });
    return shares;
  }

 private:
  SizeShare& share(Kind kind) {
    SizeShare& found = shares_[static_cast<std::size_t>(kind)];
    found.kind = kind;
    return found;
  }

  [[nodiscard]] Kind kind_of(const QPDFObjGen& id) const {
    const auto found = kinds_.find(id);
    return found == kinds_.end() ? Kind::Other : found->second;
  }

  void add(std::optional<QPDFObjGen> id, std::size_t size) {
    if (!id) {
      share(Kind::Reference).bytes += size;
      return;
    }
    const auto packed = packed_.find(id->getObj());
    if (packed != packed_.end()) return share_out(packed->second, size);
    SizeShare& own = share(kind_of(*id));
    ++own.objects;
    own.bytes += size;
  }

  void share_out(const std::vector<QPDFObjGen>& ids, std::size_t size) {
    std::array<double, kKinds> lengths{};
    double all = 0;
    for (const QPDFObjGen& id : ids) {
      const auto length = static_cast<double>(pdf_.getObject(id).unparseResolved().size());
      lengths[static_cast<std::size_t>(kind_of(id))] += length;
      all += length;
      ++share(kind_of(id)).objects;
    }
    std::size_t left = size;
    for (std::size_t i = 0; i < kKinds; ++i) {
      if (lengths[i] <= 0) continue;
      const auto part = std::min(left, static_cast<std::size_t>(lengths[i] / all * static_cast<double>(size)));
      share(static_cast<Kind>(i)).bytes += part;
      left -= part;
    }
    share(kind_of(ids.front())).bytes += left;  // what rounding left over
  }

  std::string_view bytes_;
  QPDF& pdf_;
  std::map<QPDFObjGen, Kind> kinds_;
  std::map<int, std::vector<QPDFObjGen>> packed_;  // by object stream
  std::map<std::size_t, std::optional<QPDFObjGen>> begins_;
  std::array<SizeShare, kKinds> shares_{};
};

}  // namespace

std::vector<SizeShare> read_sizes(std::string_view bytes, QPDF& pdf, const std::vector<QPDFObjectHandle>& objects) {
  return Measurer(bytes, pdf, Classifier(pdf).run(objects)).run();
}

}  // namespace handout::inspect
