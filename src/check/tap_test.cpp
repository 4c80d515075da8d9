#include "check/tap_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/numbers.h"
#include "check/ink.h"

namespace handout::check {
namespace {

using display::Page;
using postal::Window;

std::string millimetres(Length length) { return decimal_text(length.points() * 25.4 / 72, 1); }

// From a lower left corner, upwards.
struct Box { Length left, bottom, right, top; };
Box box_of(const Rect& placed) { return {placed.x, placed.y, placed.right(), placed.y + placed.height}; }
Box box_of(const Window& window, Length grown) { return {window.left - grown, window.bottom - grown, window.left + window.width + grown, window.bottom + window.height + grown}; }

// How far the packet moves from the lower left corner, and the angle by which it turns.
struct Play { Length x, y; double turn = 0; };

// The largest angle at which a packet lies in the room, by halving: both its width and its height grow with it as long as it is small.
double largest_turn(Size packet, Size room) {
  const auto fits = [&](double angle) {
    const double s = std::sin(angle), c = std::cos(angle), w = packet.width.points(), h = packet.height.points();
    return w * c + h * s <= room.width.points() && w * s + h * c <= room.height.points();
  };
  double least = 0, most = std::acos(0.0) / 2;
  for (int i = 0; i < 40; ++i) {
    const double middle = (least + most) / 2;
    (fits(middle) ? least : most) = middle;
  }
  return least;
}

std::string text(const Play& play) {
  std::string shift;
  if (play.x > Length{}) shift += fmt::format("{} mm to the right", millimetres(play.x));
  if (play.y > Length{}) shift += fmt::format("{}{} mm up", shift.empty() ? "" : " and ", millimetres(play.y));
  return shift.empty() ? "with the sheet in the envelope's lower left corner" : fmt::format("with the sheet {}", shift);
}

// The shift from 0 to `play` at which [from, to] and [least, most] have most in common; the smallest of them.
struct Common { Length shift, length; };
Common most_common(Length from, Length to, Length least, Length most, Length play) {
  Common best{Length{}, std::min(to, most) - std::max(from, least)};
  for (const Length wanted : {least - from, most - to, play}) {
    const Length shift = std::clamp(wanted, Length{}, play);
    const Length length = std::min(to + shift, most) - std::max(from + shift, least);
    if (length > best.length || (length == best.length && shift < best.shift)) best = {shift, length};
  }
  return best;
}

// How far [from, to] leaves [least, most] at one end of the play.
struct Outside { Length by; Play at; };

// One finding, the worst of its block.
struct Found {
  enum class What : std::uint8_t { Shows, Leaves, Near } what = What::Shows;
  std::size_t window = 0;
  Ink::Kind kind = Ink::Kind::Text;
  std::string region;
  std::size_t page = 0;
  Span at;
  Length by;
  Play shift;
};

class Test {
 public:
  Test(const display::DisplayDocument& document, const Mailing& mailing, const fonts::Fonts& fonts, Diagnostics& diags) : document_(document), mailing_(mailing), fonts_(fonts), diags_(diags) {}

  void run() {
    if (document_.pages.empty() || !folds_are_on_paper()) return;
    packet_ = fold(document_.pages.front().size, mailing_.folds, mailing_.folded, document_.duplex);
    if (!find_play()) return;
    for (const Face& face : packet_.faces) test(face);
    for (const auto& [key, found] : found_) tell(found);
  }

 private:
  bool folds_are_on_paper() {
    const Length height = document_.pages.front().size.height;
    if (mailing_.folds.empty() || mailing_.folds.back() < height) return true;
    diags_.error(mailing_.at, fmt::format("a fold is {} mm from the upper edge of paper that is {} mm high", millimetres(mailing_.folds.back()), millimetres(height)));
    return false;
  }

  bool find_play() {
    const Size room = mailing_.envelope->room;
    play_ = {room.width - packet_.size.width, room.height - packet_.size.height};
    if (play_.x < Length{} || play_.y < Length{}) {
      diags_.error(mailing_.at, fmt::format("the folded sheet is {} x {} mm, and envelope '{}' has room for {} x {} mm", millimetres(packet_.size.width), millimetres(packet_.size.height), mailing_.envelope->id, millimetres(room.width), millimetres(room.height)))
          .hint("fold it elsewhere, or name another envelope");
      return false;
    }
    play_.turn = largest_turn(packet_.size, room);
    slack_ = std::max(packet_.size.width, packet_.size.height).scaled(1 - std::cos(play_.turn));
    return true;
  }

  [[nodiscard]] bool is_first(const Face& face) const { return &face == &packet_.faces.front(); }

  // The page's rows on this face that may come into some window; all of what belongs in one.
  [[nodiscard]] Wanted wanted(const Face& face, const Page& page) const {
    Wanted wanted{face.bottom, face.top};
    for (const Window& window : mailing_.envelope->windows) {
      const Box seen = box_of(window, window.tolerance + slack_);
      const Length low = seen.bottom - play_.y, high = seen.top;
      wanted.top = std::min(wanted.top, std::max(face.top, face.head_up ? face.zero - high : low - face.zero));
      wanted.bottom = std::max(wanted.bottom, std::min(face.bottom, face.head_up ? face.zero - low : high - face.zero));
    }
    if (!is_first(face)) return wanted;
    for (const display::Origin& origin : page.origins) wanted.whole.push_back(!origin.region.empty() && (origin.region == mailing_.address || origin.region == mailing_.return_address || origin.region == mailing_.code));
    return wanted;
  }

  void test(const Face& face) {
    const bool duplex = document_.duplex != display::Duplex::No;
    for (std::size_t i = 0; i < document_.pages.size(); ++i) {
      const Face::Side side = duplex && i % 2 == 1 ? Face::Side::Back : Face::Side::Front;
      if (side != face.side || (is_first(face) && i > 0)) continue;
      for_each_ink(document_.pages[i], wanted(face, document_.pages[i]), fonts_, [&](const Ink& ink) { test(face, i, ink); });
    }
  }

  void test(const Face& face, std::size_t page, const Ink& ink) {
    const auto& origins = document_.pages[page].origins;
    const display::Origin* origin = ink.placement < origins.size() ? &origins[ink.placement] : nullptr;
    const Length top = std::max(ink.area.y, face.top), bottom = std::min(ink.area.bottom(), face.bottom);
    const Box whole = box_of(face.place(ink.area)), box = box_of(face.place({ink.area.x, top, ink.area.width, bottom - top}));
    for (std::size_t i = 0; i < mailing_.envelope->windows.size(); ++i) {
      // An address that another panel shows is where it doesn't belong.
      if (origin != nullptr && is_first(face) && belongs(*origin, mailing_.envelope->windows[i])) test_inside(whole, i, page, ink, *origin);
      else if (top < bottom) test_outside(box, i, page, ink, origin);
    }
  }

  [[nodiscard]] bool belongs(const display::Origin& origin, const Window& window) const {
    if (origin.region.empty()) return false;
    return (window.shows.address && (origin.region == mailing_.address || origin.region == mailing_.code)) || (window.shows.return_address && origin.region == mailing_.return_address);
  }

  void test_outside(const Box& box, std::size_t window, std::size_t page, const Ink& ink, const display::Origin* origin) {
    const Box seen = box_of(mailing_.envelope->windows[window], mailing_.envelope->windows[window].tolerance + slack_);
    const Common x = most_common(box.left, box.right, seen.left, seen.right, play_.x), y = most_common(box.bottom, box.top, seen.bottom, seen.top, play_.y);
    if (x.length > Length{} && y.length > Length{}) note(Found::What::Shows, window, page, ink, origin, {std::min(x.length, y.length), {x.shift, y.shift}});
  }

  void test_inside(const Box& box, std::size_t window, std::size_t page, const Ink& ink, const display::Origin& origin) {
    const Window& at = mailing_.envelope->windows[window];
    const Outside out = leaves(box, box_of(at, -(at.tolerance + slack_)));
    if (out.by > Length{}) return note(Found::What::Leaves, window, page, ink, &origin, out);
    if (at.clear == Length{} || origin.region != mailing_.address) return;
    const Outside near = leaves(box, box_of(at, -at.clear));
    if (near.by > Length{}) note(Found::What::Near, window, page, ink, &origin, near);
  }

  // At its worst.
  [[nodiscard]] Outside leaves(const Box& box, const Box& within) const {
    Outside worst{within.left - box.left, {}};
    const auto consider = [&](Length by, Play shift) {
      if (by > worst.by) worst = {by, shift};
    };
    consider(within.bottom - box.bottom, {});
    consider(box.right + play_.x - within.right, {play_.x, {}});
    consider(box.top + play_.y - within.top, {{}, play_.y});
    return worst;
  }

  void note(Found::What what, std::size_t window, std::size_t page, const Ink& ink, const display::Origin* origin, const Outside& outside) {
    const Span& at = origin != nullptr ? origin->at : mailing_.at;
    const std::string region = origin != nullptr ? origin->region : "";
    const std::string key = fmt::format("{} {} {} {} {}", window, static_cast<int>(what), page, region, region.empty() ? to_text(at) + std::to_string(static_cast<int>(ink.kind)) : "");
    auto [entry, added] = found_.try_emplace(key);
    if (added || outside.by > entry->second.by) entry->second = {what, window, ink.kind, region, page, at, outside.by, outside.at};
  }

  [[nodiscard]] std::string name_of(const Found& found) const {
    if (!found.region.empty()) return fmt::format("region '{}'", found.region);
    const char* kind = found.kind == Ink::Kind::Text ? "text" : found.kind == Ink::Kind::Picture ? "a picture" : found.kind == Ink::Kind::Line ? "a line" : "a background";
    return fmt::format("{} of page {}", kind, found.page + 1);
  }

  void tell(const Found& found) {
    const Window& window = mailing_.envelope->windows[found.window];
    const std::string where = fmt::format("window '{}' of envelope '{}'", window.name, mailing_.envelope->id);
    const std::string room = fmt::format("the sheet can move {} mm to the right and {} mm up, and turn by {}°", millimetres(play_.x), millimetres(play_.y), decimal_text(play_.turn * 180 / std::acos(-1.0), 1));
    switch (found.what) {
      case Found::What::Shows:
        diags_.error(found.at, fmt::format("{} shows in {}: {} mm of it {}", name_of(found), where, millimetres(found.by), text(found.shift))).hint(room);
        return;
      case Found::What::Leaves:
        diags_.error(found.at, fmt::format("{} stands {} mm outside {} {}", name_of(found), millimetres(found.by), where, text(found.shift))).hint(room);
        return;
      case Found::What::Near:
        diags_.warning(found.at, fmt::format("{} is {} mm from the edge of {} {}; its post wants {} mm", name_of(found), millimetres(window.clear - found.by), where, text(found.shift), millimetres(window.clear))).hint(room);
        return;
    }
  }

  const display::DisplayDocument& document_;
  const Mailing& mailing_;
  const fonts::Fonts& fonts_;
  Diagnostics& diags_;
  Packet packet_;
  Play play_;
  Length slack_;
  std::map<std::string, Found> found_;
};

}  // namespace

void tap_test(const display::DisplayDocument& document, const Mailing& mailing, const fonts::Fonts& fonts, Diagnostics& diags) { Test(document, mailing, fonts, diags).run(); }

}  // namespace handout::check
