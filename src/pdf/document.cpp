#include "pdf/document.h"

#include <utility>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::pdf {

Writer::State::State(Sink& sink, const FileInfo& file_info, const Resources& file_resources, Options file_options, Saver::Keep keep, Recurring* known)
    : info(file_info),
      resources(file_resources),
      options(std::move(file_options)),
      recurring(known),
      saver(haru, sink, options.compression, std::move(keep)),
      catalog(saver.reserve()),
      content(haru, saver, resources, options, recurring),
      pages(haru, saver),
      navigation(haru, saver, options) {
  if (options.parts == Parts::Yes) parts.emplace(haru, saver);
  if (options.purpose == Purpose::Screen) structure.emplace(haru, saver, options.pieces, info.metadata.language);
}

Writer::Writer(Sink& sink, const FileInfo& info, const Resources& resources, Options options)
    : Writer(std::make_unique<State>(sink, info, resources, std::move(options), Saver::Keep{})) {}

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}

Writer::Writer(Writer&&) noexcept = default;

Writer::~Writer() = default;

namespace {

// What the pages paint, told to the structure in the order of reading.
void add_content(PieceStructure& structure, std::span<const PageContent> content) {
  for (std::size_t page = 0; page < content.size(); ++page) {
    for (const Stretch& stretch : content[page].stretches) {
      const Painted& painted = *stretch.painted;
      for (std::size_t i = 0; i < painted.marks.size(); ++i) {
        structure.add_content(display::PageIndex(page), stretch.owners[painted.marks[i]], narrow<std::uint32_t>(stretch.first_mcid + i));
      }
      for (const PaintedArea& area : painted.areas) structure.add_area(display::PageIndex(page), stretch.owners[area.owner].element, area.box);
    }
  }
}

HPDF_Dict page_dict(Haru& haru, const display::Page& page, const PageContent& content, ObjectId parent) {
  HPDF_Dict dict = haru.dict();
  haru.put_name(dict, "Type", "Page");
  haru.put(dict, "Parent", parent);
  haru.put(dict, "MediaBox", haru.numbers({0, 0, page.size.width.points(), page.size.height.points()}));
  if (content.streams.size() == 1) {
    haru.put(dict, "Contents", content.streams.front());
  } else if (!content.streams.empty()) {
    HPDF_Array streams = haru.array();
    for (const ObjectId stream : content.streams) haru.push(streams, stream);
    haru.put(dict, "Contents", streams);
  }
  haru.put(dict, "Resources", content.resources);
  if (content.transparent) {
    // ISO 19005-2, 6.2.10: where transparency is blended, the page says in which space.
    HPDF_Dict group = haru.dict();
    haru.put_name(group, "S", "Transparency");
    haru.put_name(group, "CS", "DeviceRGB");
    haru.put(dict, "Group", group);
  }
  return dict;
}

}  // namespace

void Writer::State::write_pages(const PiecePages& written, const PieceStructure* elements, std::span<const std::vector<ObjectId>> annotations) {
  std::optional<ObjectId> part;
  for (std::size_t i = 0; i < written.content.size(); ++i) {
    const ObjectId id = written.first + i;
    if (i == 0 && parts) part = parts->add(written.first, written.content.size(), written.entry);
    HPDF_Dict dict = page_dict(haru, written.piece.pages[i], written.content[i], pages.add(id));
    if (part) haru.put(dict, "DPart", *part);
    if (elements != nullptr) {
      // ISO 14289-1, 7.18.3.
      haru.put_name(dict, "Tabs", "S");
      if (elements->has_content(display::PageIndex(i))) haru.put_number(dict, "StructParents", elements->page_key(display::PageIndex(i)));
      if (!annotations[i].empty()) {
        HPDF_Array array = haru.array();
        for (const ObjectId annotation : annotations[i]) haru.push(array, annotation);
        haru.put(dict, "Annots", array);
      }
    }
    saver.write(id, dict);
  }
}

void Writer::State::join_info(const display::DisplayDocument& piece) {
  if (options.pieces == Pieces::One) return;
  const bool first = !of_all;
  if (first) of_all = info;
  const auto join = [&](auto& all, const auto& own, const auto& otherwise) {
    if (first) all = own;
    else if (all != own) all = otherwise;
  };
  join(of_all->metadata.language, piece.metadata.language, info.metadata.language);
  join(of_all->metadata.keywords, piece.metadata.keywords, info.metadata.keywords);
  join(of_all->metadata.edition, piece.metadata.edition, info.metadata.edition);
  join(of_all->right_to_left, piece.right_to_left, info.right_to_left);
}

Result<std::monostate> Writer::State::add(const display::DisplayDocument& piece, const PieceEntry& entry, Diagnostics& diags) {
  if (!saver.good()) return saver.report(diags);
  if (pages.count() == 0 && !check_metadata(info.metadata, diags)) return tl::unexpected<Failure>(Failure{});
  join_info(piece);
  std::optional<PieceStructure> elements;
  if (structure) elements.emplace(piece, structure->next_key());
  const PieceStructure* told = elements ? &*elements : nullptr;
  content.begin_piece(piece);
  std::vector<PageContent> written;
  for (const display::Page& page : piece.pages) written.push_back(content.write(page, told));

  const PiecePages piece_pages{piece, entry, written, saver.reserve(piece.pages.size()), pages.count()};
  std::vector<std::vector<ObjectId>> annotations;
  if (elements) {
    add_content(*elements, written);
    auto links = navigation.add_links(piece_pages, *elements, diags);
    if (!links) return tl::unexpected<Failure>(Failure{});
    annotations = std::move(*links);
  }
  write_pages(piece_pages, told, annotations);
  if (elements) elements->write(haru, saver, *structure, piece_pages.first);
  navigation.add_outline(piece_pages, told);
  navigation.add_page_labels(piece_pages);
  if (!saver.good()) return saver.report(diags);
  return std::monostate{};
}

Result<std::monostate> Writer::State::finish(Diagnostics& diags) {
  if (!saver.good()) return saver.report(diags);
  if (!embed_fonts(haru, saver, content.fonts(), resources.fonts, content.known_fonts(), diags)) return tl::unexpected<Failure>(Failure{});
  HPDF_Dict root = haru.dict();
  haru.put_name(root, "Type", "Catalog");
  haru.put(root, "Pages", pages.finish());
  if (structure) haru.put(root, "StructTreeRoot", structure->finish());
  if (parts) parts->finish(root);
  HPDF_Dict names = haru.dict();
  navigation.finish(root, names);
  const FileInfo& said = of_all ? *of_all : info;
  write_metadata(haru, saver, said, options, recurring != nullptr ? recurring->packed(resources.srgb_profile, saver) : saver.pack(resources.srgb_profile), root, names);
  if (names != nullptr && names->list->count > 0) haru.put(root, "Names", names);
  else haru.release(names);
  saver.write(catalog, root);
  saver.finish(catalog, write_info(haru, saver, said.metadata));
  if (!saver.good()) return saver.report(diags);
  return std::monostate{};
}

Result<std::monostate> Writer::add(const display::DisplayDocument& piece, const PieceEntry& entry, Diagnostics& diags) { return state_->add(piece, entry, diags); }

Result<std::monostate> Writer::finish(Diagnostics& diags) { return state_->finish(diags); }

FileInfo file_info(const display::DisplayDocument& document) { return {document.metadata, document.right_to_left, document.duplex}; }

FileMaker::FileMaker(Options options) : options_(std::move(options)), recurring_(std::make_unique<Recurring>()) {
  options_.sharing = Sharing::Yes;
  options_.pieces = Pieces::One;
}

FileMaker::~FileMaker() = default;

Result<std::string> FileMaker::write(const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags) {
  StringSink sink;
  Writer::State state(sink, file_info(document), resources, options_, Saver::Keep{}, recurring_.get());
  if (!state.add(document, {}, diags) || !state.finish(diags)) return tl::unexpected<Failure>(Failure{});
  return sink.take();
}

Result<std::string> write_pdf(const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags, const Options& options) {
  StringSink sink;
  Writer writer(sink, file_info(document), resources, options);
  if (!writer.add(document, diags) || !writer.finish(diags)) return tl::unexpected<Failure>(Failure{});
  return sink.take();
}

}  // namespace handout::pdf
