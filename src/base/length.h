#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace handout {

__extension__ using Int128 = __int128;

// A distance on paper: a 64-bit count of 1/65536 pt (1 pt = 1/72 in). Exact and deterministic; only pdf/ makes a double of it.
class Length {
 public:
  static constexpr std::int64_t kUnitsPerPoint = 65536;

  constexpr Length() = default;
  [[nodiscard]] static constexpr Length from_units(std::int64_t units) { return Length(units); }
  // Rounds half away from zero to the nearest unit.
  [[nodiscard]] static constexpr Length from_points(double points) {
    const double units = points * static_cast<double>(kUnitsPerPoint);
    return Length(static_cast<std::int64_t>(units < 0 ? units - 0.5 : units + 0.5));
  }
  [[nodiscard]] static constexpr Length from_millimetres(double mm) { return from_points(mm * 72.0 / 25.4); }

  [[nodiscard]] constexpr std::int64_t units() const { return units_; }
  [[nodiscard]] constexpr double points() const { return static_cast<double>(units_) / static_cast<double>(kUnitsPerPoint); }

  friend constexpr auto operator<=>(Length, Length) = default;
  constexpr Length& operator+=(Length other) { units_ += other.units_; return *this; }
  constexpr Length& operator-=(Length other) { units_ -= other.units_; return *this; }
  friend constexpr Length operator+(Length a, Length b) { return Length(a.units_ + b.units_); }
  friend constexpr Length operator-(Length a, Length b) { return Length(a.units_ - b.units_); }
  friend constexpr Length operator-(Length a) { return Length(-a.units_); }
  friend constexpr Length operator*(Length a, std::int64_t n) { return Length(a.units_ * n); }
  friend constexpr Length operator*(std::int64_t n, Length a) { return Length(a.units_ * n); }
  friend constexpr Length operator/(Length a, std::int64_t n) { return Length(a.units_ / n); }
  // a * numerator / denominator without overflow for any length on paper.
  [[nodiscard]] constexpr Length scaled(std::int64_t numerator, std::int64_t denominator) const {
    return Length(static_cast<std::int64_t>(static_cast<Int128>(units_) * numerator / denominator));
  }
  [[nodiscard]] constexpr Length scaled(double factor) const { return from_points(points() * factor); }

 private:
  constexpr explicit Length(std::int64_t units) : units_(units) {}
  std::int64_t units_ = 0;
};

constexpr Length operator""_pt(unsigned long long n) { return Length::from_points(static_cast<double>(n)); }
constexpr Length operator""_pt(long double n) { return Length::from_points(static_cast<double>(n)); }
constexpr Length operator""_mm(unsigned long long n) { return Length::from_millimetres(static_cast<double>(n)); }
constexpr Length operator""_mm(long double n) { return Length::from_millimetres(static_cast<double>(n)); }
constexpr Length operator""_in(unsigned long long n) { return Length::from_points(72.0 * static_cast<double>(n)); }
constexpr Length operator""_in(long double n) { return Length::from_points(72.0 * static_cast<double>(n)); }

// Points with three decimals at most and no trailing zeros ("12", "-0.35"): the form of every dump.
std::string to_text(Length length);

}  // namespace handout
