#include "base/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace handout {

std::string to_text(const Span& span) {
  if (!span.file) return "";
  if (span.line == 0) return *span.file;
  return fmt::format("{}:{}:{}", *span.file, span.line, span.column);
}

Diagnostics::Added& Diagnostics::Added::hint(std::string text) {
  owner_->all_[index_].hint = std::move(text);
  return *this;
}

Diagnostics::Added& Diagnostics::Added::meaning() {
  owner_->all_[index_].aspect = Aspect::Meaning;
  return *this;
}

Diagnostics::Added& Diagnostics::Added::about(std::string field) {
  owner_->all_[index_].about = std::move(field);
  return *this;
}

Diagnostics::Added Diagnostics::add(Severity severity, Cause cause, const Span& at, std::string message) {
  all_.push_back({severity, cause, at, std::move(message), {}, Aspect::Form});
  if (severity == Severity::Error) ++errors_;
  return {*this, all_.size() - 1};
}

void Diagnostics::append(const Diagnostics& others) {
  all_.insert(all_.end(), others.all_.begin(), others.all_.end());
  errors_ += others.errors_;
}

void Diagnostics::rename(std::string_view from, std::string_view to) {
  const auto renamed = [&](std::string& text) {
    bool found = false;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
      found = true;
    }
    return found;
  };
  for (Diagnostic& each : all_) {
    renamed(each.message);
    renamed(each.hint);
    if (!each.at.file) continue;
    std::string file = *each.at.file;
    if (renamed(file)) each.at.file = Span::of_file(std::move(file)).file;
  }
}

void Diagnostics::place(const Span& at) {
  for (Diagnostic& each : all_) {
    if (!each.at.file) each.at = at;
  }
}

void Diagnostics::append(const Diagnostics& others, std::string_view about) {
  const std::size_t first = all_.size();
  append(others);
  for (std::size_t i = first; i < all_.size(); ++i) {
    if (all_[i].about.empty()) all_[i].about = about;
  }
}

int Diagnostics::exit_code() const {
  int code = 0;
  for (const Diagnostic& each : all_) {
    if (each.severity != Severity::Error) continue;
    code = std::max(code, each.cause == Cause::Machine ? 3 : each.cause == Cause::Usage ? 2 : 1);
  }
  return code;
}

std::string to_text(const Diagnostic& diagnostic) {
  const char* severity = diagnostic.severity == Severity::Error ? "error" : diagnostic.severity == Severity::Warning ? "warning" : "note";
  const std::string place = to_text(diagnostic.at);
  std::string text = place.empty() ? fmt::format("{}: {}\n", severity, diagnostic.message)
                                   : fmt::format("{}: {}: {}\n", place, severity, diagnostic.message);
  if (!diagnostic.hint.empty()) text += fmt::format("  hint: {}\n", diagnostic.hint);
  return text;
}

std::string to_text(const Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> file_rank;
  std::vector<std::pair<std::size_t, const Diagnostic*>> order;
  for (const Diagnostic& each : diagnostics.all()) {
    const std::string name = each.at.file ? *each.at.file : std::string();
    order.emplace_back(file_rank.try_emplace(name, file_rank.size()).first->second, &each);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first, a.second->at.line, a.second->at.column) < std::tuple(b.first, b.second->at.line, b.second->at.column);
  });
  std::set<std::string> said;
  std::erase_if(order, [&](const auto& each) { return !said.insert(to_text(*each.second)).second; });
  std::string text;
  for (std::size_t i = 0; i < order.size(); ++i) {
    Diagnostic each = *order[i].second;
    // A hint for several messages of one place stands behind the last of them.
    const bool goes_on = i + 1 < order.size() && order[i + 1].first == order[i].first && order[i + 1].second->hint == each.hint && order[i + 1].second->at.line == each.at.line && order[i + 1].second->at.column == each.at.column;
    if (goes_on) each.hint.clear();
    text += to_text(each);
  }
  return text;
}

namespace {

// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest_word(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > 64) return "";
  std::size_t best = std::max<std::size_t>(1, (word.size() + 1) / 3) + 1;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > 64) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return std::string(found);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string nearest = nearest_word(word, candidates);
  return nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest);
}

}  // namespace handout
