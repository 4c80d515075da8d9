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

  // Takes in the columns of a file that it does not know yet; cheap when there are none. Columns that are nothing are told once, as warnings, by number where their names may be somebody's data. Faults: two columns that are one thing (where
  // more may come it is a warning, and objects in which they differ are refused), and (All) a column that was named and is not there.
  Result<std::monostate> bind(const std::vector<std::string>& columns, Columns extent, const Span& file, Diagnostics& diags);

  [[nodiscard]] std::optional<std::size_t> column(Target target) const { return targets_[static_cast<std::size_t>(target)].column; }
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  // Of an object whose columns are bound. Of two keys that are one thing the one that the options name as it is written counts, else that which has a value. "name" is a part of the name where the object has the other part alone and "name" doesn't hold its words.
  [[nodiscard]] OfObject of_object(const Row& row) const;
  // Whether the options say which column it is.
  [[nodiscard]] bool is_named(Target target) const;
  // "name.given: First Name", one a line, as `--check` shows it.
  [[nodiscard]] std::string describe(const std::vector<std::string>& columns) const;
  // The column of a record that a reader rejected, as messages name it: by its number where the first line may be no header, and in JSON where its name is no identifier.
  [[nodiscard]] std::string told_column(const std::string& column, const std::vector<std::string>& columns) const;
  // The name of the target's column, or its number where the first line may be no header, or the name of the target when it has none.
  [[nodiscard]] std::string column_name(Target target) const;
  [[nodiscard]] std::string column_name(std::size_t column) const;

 private:
  // How sure it is that a CSV's first line is a header. Some: few columns are known, which may be chance (Ho is a header and a family name): columns are then told by their numbers, never by what stands there.
  enum class Evidence : std::uint8_t { None, Some, Sure };
  struct Bound {
    std::optional<std::size_t> column;
    std::string header;
    bool named = false;  // by the options
  };

  [[nodiscard]] Evidence evidence(const std::vector<std::string>& columns) const;
  [[nodiscard]] bool is_said(const std::string& column) const;
  [[nodiscard]] bool may_show(const std::string& column) const;
  [[nodiscard]] std::string title(const std::string& column, std::size_t index) const;
  bool bind_named(const std::string& column, std::size_t index);
  [[nodiscard]] std::string field_of(const std::string& column) const;
  bool bind_field(const std::string& column, std::size_t index);
  void bind_known(const std::string& column, std::size_t index, Columns extent, const Span& file, Diagnostics& diags);
  void settle_name();
  void tell_unknown(const std::string& column, std::size_t index, const Span& file, Diagnostics& diags);
  void tell_missing(const Span& file, Diagnostics& diags) const;

  // What a column is where an object has it. A name that is merely like the one that the options say counts less.
  enum class Rank : std::uint8_t { Like, Exact };
  struct AnyName {};
  struct Role { std::variant<Target, AnyName, std::string> what; Rank rank = Rank::Like; };
  [[nodiscard]] std::vector<Role> roles_of(const std::string& column) const;

  ColumnMapOptions options_;
  std::array<Bound, kTargets> targets_;
  std::vector<Field> fields_;
  std::vector<std::vector<Role>> roles_;  // by column; where more may come
  std::vector<std::string> names_;        // of these columns
  std::optional<std::size_t> any_name_;  // a column that may be the whole name or a part of it
  std::string any_name_header_;
  std::size_t known_ = 0, told_ = 0;
  Evidence evidence_ = Evidence::Sure;
  Columns extent_ = Columns::SoFar;  // of the file; until it is known names are taken for those of JSON
};

}  // namespace handout::recipients
