#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "paginate/frames.h"

// Inside paginate/ only: the body's pages, one after the other, with what floats to their tops and feet and the notes that their text links to.
namespace handout::paginate {

struct FilledPage {
  const Frame* frame = nullptr;
  std::vector<Placed> items;   // from the body's top left corner
};

class PageFiller {
 public:
  PageFiller(const styled::StyledDocument& document, const DocumentTree& tree, const Frames& frames, Context& context);

  // All of the document. Each page makes progress.
  [[nodiscard]] std::vector<FilledPage> fill();

 private:
  // Where the document goes on, and what waits for a later page.
  struct State {
    TokenPtr token;
    bool finished = false;                // the body has ended
    Forced forced = Forced::No;           // how the page before ended
    std::deque<const Node*> waiting;      // floats
    std::set<const Node*> floated;        // placed, or waiting
    std::set<std::string> noted;          // printed
    [[nodiscard]] bool is_done() const { return finished && waiting.empty(); }
  };
  // What the body leaves room for on a page.
  struct Reserved {
    std::vector<const Node*> top, bottom;
    std::vector<std::string> notes;
  };

  void add_page(std::vector<FilledPage>& pages);
  FilledPage fill_page(const Frame& frame, State& state);
  void take_waiting(Reserved& reserved, State& state) const;
  Part fill_body(const Frame& frame, State& state, Reserved& reserved);
  bool add_notes(const Part& body, const State& state, Reserved& reserved);
  Part try_body(const Frame& frame, const State& state, const Reserved& reserved);
  void collect_notes(const std::vector<Placed>& items, std::vector<std::string>& found) const;
  [[nodiscard]] FilledPage assemble(const Frame& frame, Part body, const Reserved& reserved, State& state);
  [[nodiscard]] Length height_of(const Reserved& reserved) const;
  [[nodiscard]] Length float_height(const Node& node) const;
  [[nodiscard]] Length notes_height(const std::vector<std::string>& notes) const;
  void place_notes(FilledPage& page, Length bottom, const std::vector<std::string>& notes) const;

  const styled::StyledDocument& document_;
  const DocumentTree& tree_;
  const Frames& frames_;
  Context& context_;
  State state_;
};

}  // namespace handout::paginate
