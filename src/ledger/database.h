#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/diagnostics.h"

struct sqlite3;
struct sqlite3_stmt;

// SQLite as the ledger uses it: every code it returns becomes a fault in plain words.
namespace handout::ledger {

class Database;

// A prepared statement, for one run after another. Texts and blobs that are bound must live until the next reset.
class Statement {
 public:
  enum class Step : std::uint8_t { Found, End, Failed };

  Statement();
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // Parameters and columns count from 1 and from 0, as in SQLite.
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind_blob(int parameter, std::string_view bytes);
  void bind_null(int parameter);

  // Failed: told. It ends by itself then, and at the end.
  [[nodiscard]] Step step(Diagnostics& diags);
  // Runs a statement without rows.
  [[nodiscard]] bool run(Diagnostics& diags);
  void reset();

  enum class Type : std::uint8_t { Null, Integer, Text, Blob };
  [[nodiscard]] Type type(int column) const;
  [[nodiscard]] bool is_null(int column) const { return type(column) == Type::Null; }
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t count(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  // Of a text or a blob; valid until the next step.
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }

 private:
  friend class Database;
  struct State;
  std::unique_ptr<State> state_;
};

enum class Access : std::uint8_t {
  Read,
  Immutable,  // nobody writes, and nothing can be written: a read-only medium
  Write
};

class Database {
 public:
  // `shown`: the file in messages. A file is never made: create_private() does that.
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, std::string_view shown, Access access, Diagnostics& diags);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // Statements without parameters and rows.
  Result<std::monostate> run(const std::string& sql, Diagnostics& diags) const;
  Result<Statement> prepare(const std::string& sql, Diagnostics& diags) const;
  // The first column of the first row; 0 without one.
  Result<std::int64_t> ask(const std::string& sql, Diagnostics& diags) const;
  // Calls `take` with each row; false when something failed, which is told.
  template <typename Take>
  bool each(const std::string& sql, Take take, Diagnostics& diags) const {
    auto statement = prepare(sql, diags);
    if (!statement) return false;
    for (;;) {
      const Statement::Step step = statement->step(diags);
      if (step != Statement::Step::Found) return step == Statement::Step::End;
      take(static_cast<const Statement&>(*statement));
    }
  }
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] const Span& shown() const;

 private:
  struct State;
  friend class Statement;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// An empty file that only its owner may read. It must not be there yet.
Result<std::monostate> create_private(const std::filesystem::path& file, std::string_view shown, Diagnostics& diags);

// The damage that a reader found, and what to do.
Diagnostics::Added report_damage(const Span& ledger, std::string_view what, Diagnostics& diags);

}  // namespace handout::ledger
