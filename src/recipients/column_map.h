#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostics.h"
#include "recipients/reader_options.h"
#include "recipients/row.h"
#include "recipients/targets.h"

namespace handout::recipients {

// Who says what columns are, for the hints of messages: the options of `handout recipients`, or a mailing's <recipients>.
enum class NamedBy : std::uint8_t { Options, Mailing };

struct ColumnMapOptions {
  std::vector<std::pair<std::string, std::string>> columns;  // target ("name.given", "field:dose") and the column that it is; before what headers mean
  std::vector<std::string> fields;                           // the article's own: columns of these names are their values
  std::vector<std::string> ignored;                          // columns that are known to be of no use here
  NamedBy named_by = NamedBy::Options;
};

// Whether more columns may come (JSON Lines).
enum class Columns : std::uint8_t { All, SoFar };

// Which column is what. Headers mean what targets.cpp says, without regard to case, spaces, "_" and "-"; "field:NAME" is a field. A header that may be the whole name ("name", "nom", "nome") is the given or the
// family name where only the other one has a column.
// Of JSON Lines each object is read by its own keys alone (of_object), so that it means the same whatever stands before and behind it.
class ColumnMap {
 public:
  struct Field { std::string name; std::size_t column = 0; };
  // What the keys of one object are.
  struct OfObject {
    std::array<std::optional<std::size_t>, kTargets> targets;
    std::vector<Field> fields;
    struct Twice { std::size_t first = 0, second = 0; std::string what; };
    std::optional<Twice> twice;  // two columns are one thing and say different things
  };

  // Faults: targets that are not known, one that is given twice.
  static Result<ColumnMap> make(ColumnMapOptions options, Diagnostics& diags);

  // Whether the first line of a CSV names columns; told at its place when it does not. A header has two things that are known, or what the options name, or the name or key of a person and nothing else. Of a line that is none,
  // which most likely is somebody's row, no word is told, nor of one that is perhaps a header: where as much is unknown as known, or many cells have digits.
  [[nodiscard]] IsHeader check_header(const std::vector<std::string>& columns, const Span& at, Diagnostics& diags) const;

  // Takes in the columns of a file that it does not know yet; cheap when there are none. What the options say counts before what a header means, and a name as it is written before one that is like it. Columns that are nothing, or would be what another
  // one is, are told once, as warnings, by number where their names may be somebody's data. Faults: two columns that are one thing alike (where more may come it is a warning, and objects in which they differ are refused), and (All) a column that was named
  // and is not there; one that is to be ignored and is not there is a warning.
  Result<std::monostate> bind(const std::vector<std::string>& columns, Columns extent, const Span& file, Diagnostics& diags);
  // Of a list whose columns came one by one, when all of it is read: warns of columns that the options name and no object had.
  void tell_unmet(const Span& file, Diagnostics& diags) const;

  [[nodiscard]] std::optional<std::size_t> column(Target target) const { return targets_[static_cast<std::size_t>(target)]; }
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  // Of an object whose columns are bound. Of two keys that are one thing the one that the options name as it is written counts, else that which has a value. "name" is a part of the name where the object has the other part alone and "name" doesn't hold its words.
  [[nodiscard]] OfObject of_object(const Row& row) const;
  // Whether the options say which column it is.
  [[nodiscard]] bool is_named(Target target) const;
  // "name.given: First Name", one a line, as `--check` shows it.
  [[nodiscard]] std::string describe() const;
  // The column of a record that a reader rejected, as messages name it: by its number where the first line may be no header, and in JSON where nobody knows the name; of a path that is no column as much as is known.
  [[nodiscard]] std::string told_column(const std::string& column, const std::vector<std::string>& columns) const;
  // The name of the target's column, or its number where the first line may be no header, or the name of the target when it has none.
  [[nodiscard]] std::string column_name(Target target) const;
  [[nodiscard]] std::string column_name(std::size_t column) const;

 private:
  // How sure it is that a CSV's first line is a header. Some: few columns are known, which may be chance (Ho is a header and a family name): columns are then told by their numbers, never by what stands there.
  enum class Evidence : std::uint8_t { None, Some, Sure };
  // How a column's name is that which was looked for; a header that is known is like its target. The greater counts.
  enum class Rank : std::uint8_t { Like, Exact };
  struct AnyName {};
  using Thing = std::variant<Target, AnyName, std::string>;  // a text: the field
  struct Role { Thing what; Rank rank = Rank::Like; };
  // What a column is, whatever the others are. None: it is to be ignored, or nothing; `instead` is then what it would be if the options did not say that another column is it.
  struct Meaning {
    std::vector<Role> roles;
    enum class None : std::uint8_t { Ignored, Unknown } none = None::Unknown;
    std::optional<Thing> instead;
  };
  // The columns that are one thing, as they were met.
  struct Slot {
    struct Candidate { std::size_t column; Rank rank; };
    std::vector<Candidate> candidates;
    [[nodiscard]] std::optional<Candidate> best() const;
  };
  struct FieldSlot { std::string name; Slot slot; };

  [[nodiscard]] Evidence evidence(const std::vector<std::string>& columns) const;
  [[nodiscard]] bool is_said(const std::string& column) const;
  [[nodiscard]] bool is_ignored(const std::string& column) const;
  [[nodiscard]] bool may_show(const std::string& column) const;
  [[nodiscard]] std::string title(std::size_t column) const;
  [[nodiscard]] std::string field_of(const std::string& column) const;
  // The column that the options name for it; null: none.
  [[nodiscard]] const std::string* said_for(const Thing& thing) const;
  // As the options write it: "name.given", "field:dose", in a mailing "dose".
  [[nodiscard]] std::string written(const Thing& thing) const;
  [[nodiscard]] Meaning meaning_of(const std::string& column) const;
  Slot& slot_of(const Thing& thing);
  void settle();
  // What a column that is just "name" is beside the others.
  [[nodiscard]] Target meant_by_name() const;
  // Of what the options name: that which no column is.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> unmet() const;
  // Of the columns from `first` on.
  void tell_losers(const Slot& slot, const Thing& thing, std::size_t first, const Span& file, Diagnostics& diags);
  void tell_name(const Span& file, Diagnostics& diags);
  void tell_both(std::size_t a, std::size_t b, const Thing& thing, const Span& file, Diagnostics& diags) const;
  // `why` stands behind it: "", or which column is what this one would be.
  void tell_unused(std::size_t column, const std::string& why, const Span& file, Diagnostics& diags);
  void tell_meaningless(std::size_t column, const Meaning& meaning, const Span& file, Diagnostics& diags);
  void tell_missing(const Span& file, Diagnostics& diags) const;
  void tell_unmet_ignored(const Span& file, Diagnostics& diags) const;

  ColumnMapOptions options_;
  std::vector<std::string> names_;        // of the columns
  bool is_complete_ = false;  // all columns are known, and what is missing was told
  std::vector<std::vector<Role>> roles_;  // by column
  std::array<Slot, kTargets> slots_;
  Slot any_name_;  // columns that may be the whole name or a part of it
  std::vector<FieldSlot> field_slots_;
  // What came of these.
  std::array<std::optional<std::size_t>, kTargets> targets_;
  std::vector<Field> fields_;
  std::size_t told_ = 0;
  bool told_numbers_ = false;
  Evidence evidence_ = Evidence::Sure;
  Columns extent_ = Columns::SoFar;  // of the file; until it is known names are taken for those of JSON
};

}  // namespace handout::recipients
