#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace handout {

enum class Severity { Note, Warning, Error };

// Whose fault an error is; decides the exit code (1, 2, 3).
enum class Cause { Input, Usage, Machine };

// Form: a schema can say it too, from the document alone. Meaning: only the program knows it, such as a name that is nowhere declared or a file that is
// not there. A test holds the readers' faults of form against the schemas.
enum class Aspect { Form, Meaning };

struct Diagnostic {
  Severity severity = Severity::Error;
  Cause cause = Cause::Input;
  Span at;
  std::string message;  // lower case, found and expected, no final period; never a patient's data
  std::string hint;
  Aspect aspect = Aspect::Form;
  std::string about{};  // the field whose value it is about (dose, patient.address), or what of an address it is (postcode); "" for none
};

// Collects what is wrong with what people wrote. Reading goes on after an error, so that all are told at once.
class Diagnostics {
 public:
  // The diagnostic just added; converts to a failed Result, so that `return diags.error(at, "...").hint("...");` works.
  class Added {
   public:
    Added(Diagnostics& owner, std::size_t index) : owner_(&owner), index_(index) {}
    Added& hint(std::string text);
    // It is about meaning: no schema refuses it.
    Added& meaning();
    Added& about(std::string field);
    template <typename T>
    operator tl::expected<T, Failure>() const { return tl::unexpected<Failure>(Failure{}); }  // NOLINT: implicit by design

   private:
    Diagnostics* owner_;
    std::size_t index_;
  };

  Added error(const Span& at, std::string message) { return add(Severity::Error, Cause::Input, at, std::move(message)); }
  Added usage_error(std::string message) { return add(Severity::Error, Cause::Usage, {}, std::move(message)); }
  // Disk full, no permission, a library out of memory.
  Added machine_error(const Span& at, std::string message) { return add(Severity::Error, Cause::Machine, at, std::move(message)); }
  Added warning(const Span& at, std::string message) { return add(Severity::Warning, Cause::Input, at, std::move(message)); }
  Added note(const Span& at, std::string message) { return add(Severity::Note, Cause::Input, at, std::move(message)); }

  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  // Adds what others tell, in its order.
  void append(const Diagnostics& others);
  // Paths that begin with `from` begin with `to`, in places and in words: what was read of a copy is told of what was copied.
  void rename(std::string_view from, std::string_view to);
  // What has no place gets this one.
  void place(const Span& at);
  // And says of those that name no field that they are about this one.
  void append(const Diagnostics& others, std::string_view about);
  // 0 without errors; else the gravest: 3 machine, 2 usage, 1 input.
  [[nodiscard]] int exit_code() const;

 private:
  Added add(Severity severity, Cause cause, const Span& at, std::string message);
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

// "file:12:18: error: message\n  hint: hint\n"
std::string to_text(const Diagnostic& diagnostic);
// All of them, by file (in the order first met), line and column; a message said twice of one place is printed once.
std::string to_text(const Diagnostics& diagnostics);

// The candidate nearest to `word` within a third of its length (Damerau-Levenshtein), or "" if none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string_view>& candidates);
// "; did you mean 'x'?" or "".
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace handout
