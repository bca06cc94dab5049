// decimal — exact decimals: a 64-bit mantissa and at most six places, compared and added in 128 bits.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace highseas::base {

inline constexpr int kMaxScale = 6;

// mantissa × 10^-scale. 1.50 and 1.5 are equal; the scale is kept as given.
struct Decimal {
  std::int64_t mantissa = 0;
  std::uint8_t scale = 0;

  friend std::strong_ordering operator<=>(Decimal left, Decimal right);
  friend bool operator==(Decimal left, Decimal right) { return (left <=> right) == 0; }
};

// "-12.50", "1e3", "1.5E-2": any JSON number's text that has at most six places and fits; else nothing.
std::optional<Decimal> parse_decimal(std::string_view text);
std::string format_decimal(Decimal value);

// Half away from zero; nothing where it does not fit.
std::optional<Decimal> rescale(Decimal value, int scale);
// True where the value has no digit beyond `places`.
bool fits_places(Decimal value, int places);

std::optional<Decimal> add(Decimal left, Decimal right);
std::optional<Decimal> subtract(Decimal left, Decimal right);
std::optional<Decimal> multiply(Decimal left, Decimal right);  // rounded to six places
std::optional<Decimal> divide(Decimal left, Decimal right);    // rounded to six places; nothing for division by zero
std::optional<Decimal> from_integer(std::int64_t value);

}  // namespace highseas::base
