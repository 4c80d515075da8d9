#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.h"
#include "base/sink.h"
#include "display/display.h"
#include "fonts/fonts.h"

// Door to libharu: DisplayDocument -> bytes, PDF 1.7.
namespace handout::pdf {

struct Resources {
  const fonts::Fonts& fonts;
  std::string_view srgb_profile;  // the ICC profile of the output intent
};

// Screen: tagged in reading order, with links; PDF/UA-1 and PDF/A-2a. Print: for print streams; no tags and no links; PDF/A-2b.
enum class Purpose : std::uint8_t { Screen, Print };
// Yes: what recurs from page to page is one content stream, which the pages name between streams of their own (ISO 32000-1, 7.8.2).
enum class Sharing : std::uint8_t { No, Yes };
// Many: each piece is a part of the file's document, and links lead to places rather than to names, which would not be unique.
enum class Pieces : std::uint8_t { One, Many };

// Yes: the file's catalog names a tree of document parts with one for each piece (ISO 16612-2, ISO 32000-2), by which print servers find pieces. PDF/A lets readers pass over it; no claim is made for it.
enum class Parts : std::uint8_t { No, Yes };
// All: under each piece's bookmark its own. Pieces: the pieces' only. For pieces without an id there is no bookmark of their own.
enum class Bookmarks : std::uint8_t { All, Pieces };

// What a file of many pieces says of one of them, in bookmarks, page labels and document parts. Anybody who opens the file reads it.
struct PieceEntry {
  std::string id;           // "": nothing is said
  std::string title;        // of its bookmark; "": its id
  std::size_t sheets = 0;   // of paper; 0: not known
};

// What a file says of itself. Of many pieces: the language, keywords, edition and direction that all of them have take the place of these, which are for pieces that differ.
struct FileInfo {
  display::Metadata metadata;
  bool right_to_left = false;
  display::Duplex duplex = display::Duplex::No;
};

FileInfo file_info(const display::DisplayDocument& document);

// A file inside the file, which then is PDF/A-3 (ISO 19005-3, 6.8).
struct Attachment {
  std::string name;         // "knee.xml"
  std::string description;
  std::string media_type;   // "application/xml"
  std::string bytes;
};

constexpr int kDefaultCompression = 6;  // larger levels make a handout 0.3 % smaller and take twice the time

struct Options {
  Purpose purpose = Purpose::Screen;
  Pieces pieces = Pieces::One;
  Sharing sharing = Sharing::No;
  Parts parts = Parts::No;
  Bookmarks bookmarks = Bookmarks::All;
  int compression = kDefaultCompression;  // libdeflate's levels, 1 to 12
  std::vector<Attachment> attachments;
};

// Writes a file piece by piece. What was added is in the sink, and of each page a few dozen bytes stay in memory. The same input gives the same bytes. A field's text stands in
// streams and font subsets of its own: what a piece shares with others holds only text of TextSource::Fixed.
// Faults: a document without title, language or with a date that is none; a link to nowhere; a font that cannot be subset; more objects than PDF/A allows; libharu's
// errors and the sink's (machine). After a failure nothing more is written and the sink's bytes are no file.
class Writer {
 public:
  // `resources` and the sink outlive it.
  Writer(Sink& sink, const FileInfo& info, const Resources& resources, Options options);
  ~Writer();
  Writer(Writer&&) noexcept;
  // All pages of one piece, with its part of the structure, bookmarks and page labels.
  Result<std::monostate> add(const display::DisplayDocument& piece, Diagnostics& diags) { return add(piece, {}, diags); }
  // With its id in bookmarks, labels ("A17-1") and document parts.
  Result<std::monostate> add(const display::DisplayDocument& piece, const PieceEntry& entry, Diagnostics& diags);
  Result<std::monostate> finish(Diagnostics& diags);

  struct State;
  explicit Writer(std::unique_ptr<State> state);

 private:
  std::unique_ptr<State> state_;
};

class Recurring;

// Files of one piece each, one after another: what they have in common (content without text of fields, its fonts' programs, the colour profile) is painted, subset and packed once.
// Not shared between threads.
class FileMaker {
 public:
  // Sharing and pieces are its own.
  explicit FileMaker(Options options);
  FileMaker(const FileMaker&) = delete;
  FileMaker& operator=(const FileMaker&) = delete;
  ~FileMaker();
  // The bytes of write_pdf() with Sharing::Yes, whatever was written before. `resources.fonts` outlives the maker.
  Result<std::string> write(const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags);

 private:
  Options options_;
  std::unique_ptr<Recurring> recurring_;
};

// A file of one piece in memory.
Result<std::string> write_pdf(const display::DisplayDocument& document, const Resources& resources, Diagnostics& diags, const Options& options = {});

}  // namespace handout::pdf
