#include "batch/press.h"

#include <algorithm>

#include "base/expects.h"
#include "marks/marks.h"

namespace handout::batch {

namespace {

constexpr int kMachineFailed = 3;  // Diagnostics::exit_code()

bool has_address(const request::Request& request) { return request.recipient && (request.recipient->postal || !request.recipient->address.empty()); }

}  // namespace

Refused refused_because(std::uint64_t row, const Diagnostics& diags) {
  const auto found = std::find_if(diags.all().begin(), diags.all().end(), [](const Diagnostic& each) { return each.severity == Severity::Error; });
  EXPECTS(found != diags.all().end());
  return {row, found->about, found->message};
}

Press::Press(merge::Merger& merger, Pipeline& pipeline, Anybody& anybody, const PressOptions& options, std::string_view srgb_profile) : merger_(merger), pipeline_(pipeline), anybody_(anybody), options_(options), srgb_profile_(srgb_profile), own_(pipeline, options.file) {
  for (std::size_t i = 1; i < options.threads; ++i) threads_.emplace_back([this] { work(); });
}

Press::~Press() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    waiting_.clear();
  }
  wanted_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Press::put(std::vector<Task> tasks) {
  auto lot = std::make_shared<Lot>();
  lot->tasks = std::move(tasks);
  lots_.push_back(lot);
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(lot));
  }
  wanted_.notify_one();
}

bool Press::make_one() {
  std::unique_lock lock(mutex_);
  if (waiting_.empty()) return false;
  make_waiting(lock, own_);
  return true;
}

std::vector<Made> Press::take() {
  EXPECTS(!lots_.empty());
  const std::shared_ptr<Lot> first = std::move(lots_.front());
  lots_.pop_front();
  std::unique_lock lock(mutex_);
  while (!first->done) {
    if (waiting_.empty()) ready_.wait(lock);
    else make_waiting(lock, own_);
  }
  if (first->failure) std::rethrow_exception(first->failure);
  return std::move(first->made);
}

void Press::work() {
  Tools tools(pipeline_, options_.file);
  std::unique_lock lock(mutex_);
  for (;;) {
    wanted_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    make_waiting(lock, tools);
    ready_.notify_one();
  }
}

void Press::make_waiting(std::unique_lock<std::mutex>& lock, Tools& tools) {
  const std::shared_ptr<Lot> lot = std::move(waiting_.front());
  waiting_.pop_front();
  lock.unlock();
  make(*lot, tools);
  lock.lock();
  lot->done = true;
}

void Press::make(Lot& lot, Tools& tools) {
  try {
    lot.made.reserve(lot.tasks.size());
    for (Task& task : lot.tasks) lot.made.push_back(make(std::move(task), tools));
  } catch (...) {
    lot.failure = std::current_exception();
  }
}

marks::PieceIdentity Press::widest_identity(const Task& task, const display::DisplayDocument& pages) const {
  const MarksToCome& to_come = *options_.marks;
  return marks::widest_identity(to_come.job, std::to_string(task.row), to_come.most_number, marks::sheet_count(pages), to_come.alone);
}

Made Press::make(Task task, Tools& tools) {
  Diagnostics diags;
  const auto not_made = [&](const Task& whose) -> Made {
    if (diags.exit_code() == kMachineFailed) return Failed{std::move(diags), std::nullopt};
    const auto has_room = [&](const Stations& stations, const fonts::Fonts& fonts, Diagnostics& told) {
      return !options_.marks || marks::Marker(stations.styled.marks, fonts).check(stations.display, widest_identity(whose, stations.display), told);
    };
    if (auto fault = anybody_.fault_of_mailing(whose.wanted.request, merger_, has_room)) return Failed{std::move(*fault), refused_because(whose.row, diags)};
    return refused_because(whose.row, diags);
  };
  auto merged = merger_.merge(task.wanted.request, tools.hands, diags);
  // What is told of a handout that was made is wrong with it all the same.
  if (!merged || diags.has_errors()) return not_made(task);
  if (merged->like->sources.layout->envelope && !has_address(task.wanted.request)) return Refused{task.row, "address", "is empty, and the layout shows it in an envelope's window"};
  if (options_.fill_sheets) marks::fill_last_sheet(merged->display);
  if (options_.marks && !merged->like->styled.marks.empty() && !tools.markers.of(merged->like, merged->fonts()).check(merged->display, widest_identity(task, merged->display), diags)) return not_made(task);
  Piece piece{std::move(task), std::move(*merged), {}, {}, {}};
  piece.digest = tools.digest.of(piece.merged.display, piece.merged.like);
  if (options_.own_files) {
    auto bytes = tools.files.write(piece.merged.display, {piece.merged.fonts(), srgb_profile_}, diags);
    if (!bytes) return not_made(piece.task);
    piece.file = std::move(*bytes);
  }
  piece.told = diags.all();
  return piece;
}

}  // namespace handout::batch
