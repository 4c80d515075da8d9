#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "batch/anybody.h"
#include "batch/markers.h"
#include "batch/people.h"
#include "batch/request_maker.h"
#include "display/canonical.h"
#include "merge/merge.h"
#include "pdf/pdf.h"

namespace handout::batch {

// Somebody whose handout is to be made.
struct Task {
  std::uint64_t row = 0;
  std::string key;
  Wanted wanted;
  Household household{};
};

// A handout that is made.
struct Piece {
  Task task;
  merge::Merged merged;
  ledger::Digest digest{};
  std::string file;                       // as a file of its own, where that is wanted
  std::vector<Diagnostic> told;           // warnings
  std::vector<const std::string*> warned{};  // what is told of it at the end; keys of Outcome::warnings
};
// The machine failed, or the mailing: no handout can be made, for nobody.
struct Failed {
  Diagnostics why;
  std::optional<Refused> row;             // the mailing's fault, which may be that of one language only: what is to be said of the row otherwise
};
using Made = std::variant<Piece, Refused, Failed>;

// Marks that pieces get in their print files: one that has no room for them is refused before.
struct MarksToCome {
  std::string job;                        // its id
  std::uint64_t most_number = 0;          // of a piece in its file
  marks::Alone alone = marks::Alone::Yes;
};

// What each piece is made into beside its pages.
struct PressOptions {
  std::size_t threads = 1;                // the caller's among them
  bool own_files = false;
  pdf::Options file;                      // of such files
  bool fill_sheets = true;                // blank backs, so that each piece begins on a front side
  std::optional<MarksToCome> marks{};
};

// Threads that make handouts; the caller's, which writes what is made, makes some where it would wait. What is put in comes out in the same order, however many threads there are.
class Press {
 public:
  // `anybody` is asked by all threads.
  Press(merge::Merger& merger, Pipeline& pipeline, Anybody& anybody, const PressOptions& options, std::string_view srgb_profile);
  ~Press();
  Press(const Press&) = delete;
  Press& operator=(const Press&) = delete;

  void put(std::vector<Task> tasks);
  // As much is under way as memory should hold.
  [[nodiscard]] bool is_full() const { return lots_.size() >= kMostUnderWay * (threads_.size() + 1); }
  [[nodiscard]] bool is_empty() const { return lots_.empty(); }
  // Makes one of those of which nobody has begun. False: there is none.
  bool make_one();
  // The oldest, when it is done. There is one. Throws what a thread threw (std::bad_alloc).
  std::vector<Made> take();

  static constexpr std::size_t kTasksAtOnce = 32;

 private:
  static constexpr std::size_t kMostUnderWay = 4;  // lots for each thread
  struct Lot { std::vector<Task> tasks; std::vector<Made> made; std::exception_ptr failure; bool done = false; };
  using Lots = std::deque<std::shared_ptr<Lot>>;
  // One thread's.
  struct Tools {
    Tools(const Pipeline& pipeline, const pdf::Options& options) : hands(pipeline), files(options) {}
    merge::Hands hands;
    display::CanonicalDigest digest;
    pdf::FileMaker files;
    Markers markers;
  };

  void work();
  void make(Lot& lot, Tools& tools);
  // By the caller, with the lock, which it lets go meanwhile; one is waiting.
  void make_waiting(std::unique_lock<std::mutex>& lock, Tools& tools);
  Made make(Task task, Tools& tools);
  // Whose marks take as much room as those of any place in a file that the piece may get.
  [[nodiscard]] marks::PieceIdentity widest_identity(const Task& task, const display::DisplayDocument& pages) const;

  merge::Merger& merger_;
  Pipeline& pipeline_;
  Anybody& anybody_;
  PressOptions options_;
  std::string srgb_profile_;
  Tools own_;                            // the caller's
  Lots lots_;                            // in order; the caller's
  std::mutex mutex_;
  std::condition_variable wanted_, ready_;
  Lots waiting_;                         // of which nobody has begun
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

// The reason for which no handout can be made, without any value: the first error, and the field that it is about in place of a column (People::column_of).
Refused refused_because(std::uint64_t row, const Diagnostics& diags);

}  // namespace handout::batch
