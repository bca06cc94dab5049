// decimal — parsing, rounding and arithmetic in 128 bits.
#include "base/decimal.hpp"

#include <algorithm>
#include <limits>

namespace highseas::base {
namespace {

using Wide = __int128;

constexpr std::int64_t kPowers[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};

// What 128 bits hold whatever the digits.
constexpr int kMostDigits = 37;

Wide power(int exponent) {
  Wide value = 1;
  for (; exponent > 0; --exponent) value *= 10;
  return value;
}

Wide at_scale(Decimal value, int scale) {
  return static_cast<Wide>(value.mantissa) * kPowers[scale - value.scale];
}

// Half away from zero.
Wide divide_rounded(Wide value, Wide divisor) {
  if (divisor < 0) {
    value = -value;
    divisor = -divisor;
  }
  const Wide half = divisor / 2;
  const Wide quotient = value / divisor;
  const Wide rest = value % divisor;
  const Wide size = rest < 0 ? -rest : rest;
  const bool up = size > half || (size == half && divisor % 2 == 0);
  if (!up) return quotient;
  return value < 0 ? quotient - 1 : quotient + 1;
}

bool is_narrow(Wide mantissa) {
  return mantissa >= std::numeric_limits<std::int64_t>::min() && mantissa <= std::numeric_limits<std::int64_t>::max();
}

std::optional<Decimal> narrow(Wide mantissa, int scale) {
  if (!is_narrow(mantissa)) return std::nullopt;
  return Decimal{static_cast<std::int64_t>(mantissa), static_cast<std::uint8_t>(scale)};
}

// Drops zeros at the end where only they keep it from fitting: a whole 10^16 needs no six places.
std::optional<Decimal> narrow_trimmed(Wide mantissa, int scale) {
  while (!is_narrow(mantissa) && scale > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    --scale;
  }
  return narrow(mantissa, scale);
}

// Beyond it nothing but zero fits, however many digits stand before the exponent (a JSON number has at most 400).
constexpr int kLargeExponent = 10'000;

struct Exponent {
  int value = 0;
  bool ok = true;
};

Exponent read_exponent(std::string_view text) {
  bool negative = false;
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) negative = text[at++] == '-';
  if (at == text.size()) return {0, false};
  int value = 0;
  for (; at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') return {0, false};
    if (value < kLargeExponent) value = value * 10 + (text[at] - '0');
  }
  return {negative ? -value : value, true};
}

}  // namespace

std::strong_ordering operator<=>(Decimal left, Decimal right) {
  return at_scale(left, kMaxScale) <=> at_scale(right, kMaxScale);
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++at;
  // The value is mantissa × 10^(zeros - scale): zeros at the end are only counted, so that any number of them fits.
  Wide mantissa = 0;
  int zeros = 0;
  int scale = 0;
  bool any = false;
  bool point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point && any) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (point) ++scale;
    ++zeros;
    if (c == '0') continue;
    if (mantissa != 0 && (zeros > kMostDigits || mantissa > power(kMostDigits) / power(zeros))) return std::nullopt;
    mantissa = mantissa == 0 ? c - '0' : mantissa * power(zeros) + (c - '0');
    zeros = 0;
  }
  if (!any || (point && scale == 0)) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    const auto exponent = read_exponent(text.substr(at + 1));
    if (!exponent.ok) return std::nullopt;
    scale -= exponent.value;
  }
  if (mantissa == 0) return Decimal{0, static_cast<std::uint8_t>(std::clamp(scale, 0, kMaxScale))};
  for (; scale > kMaxScale && zeros > 0; --scale) --zeros;
  for (; scale < 0 && zeros <= kMostDigits; ++scale) ++zeros;
  if (scale > kMaxScale || zeros > kMostDigits || mantissa > power(kMostDigits) / power(zeros)) return std::nullopt;
  mantissa *= power(zeros);
  return narrow_trimmed(negative ? -mantissa : mantissa, scale);
}

std::string format_decimal(Decimal value) {
  const bool negative = value.mantissa < 0;
  const auto size =
      negative ? 0 - static_cast<std::uint64_t>(value.mantissa) : static_cast<std::uint64_t>(value.mantissa);
  std::string digits = std::to_string(size);
  if (value.scale > 0) {
    if (digits.size() <= value.scale) digits.insert(0, value.scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - value.scale, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

std::optional<Decimal> rescale(Decimal value, int scale) {
  if (scale >= value.scale) return narrow(at_scale(value, scale), scale);
  return narrow(divide_rounded(value.mantissa, kPowers[value.scale - scale]), scale);
}

bool fits_places(Decimal value, int places) {
  return value.scale <= places || value.mantissa % kPowers[value.scale - places] == 0;
}

std::optional<Decimal> add(Decimal left, Decimal right) {
  const int scale = left.scale > right.scale ? left.scale : right.scale;
  return narrow_trimmed(at_scale(left, scale) + at_scale(right, scale), scale);
}

std::optional<Decimal> subtract(Decimal left, Decimal right) {
  const int scale = left.scale > right.scale ? left.scale : right.scale;
  return narrow_trimmed(at_scale(left, scale) - at_scale(right, scale), scale);
}

std::optional<Decimal> multiply(Decimal left, Decimal right) {
  const Wide product = static_cast<Wide>(left.mantissa) * right.mantissa;
  const int scale = left.scale + right.scale;
  if (scale <= kMaxScale) return narrow_trimmed(product, scale);
  return narrow_trimmed(divide_rounded(product, power(scale - kMaxScale)), kMaxScale);
}

std::optional<Decimal> divide(Decimal left, Decimal right) {
  if (right.mantissa == 0) return std::nullopt;
  const Wide numerator = static_cast<Wide>(left.mantissa) * power(kMaxScale + right.scale - left.scale + kMaxScale);
  return narrow_trimmed(divide_rounded(numerator, static_cast<Wide>(right.mantissa) * power(kMaxScale)), kMaxScale);
}

std::optional<Decimal> from_integer(std::int64_t value) {
  return Decimal{value, 0};
}

}  // namespace highseas::base
