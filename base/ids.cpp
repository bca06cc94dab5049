// ids — ULID text form and the fresh ids of a commit.
#include "base/ids.hpp"

namespace highseas::base {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kUlidLength = 26;

int digit(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  const auto at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string format_ulid(Ulid ulid) {
  std::string text(kUlidLength, '0');
  unsigned __int128 bits = (static_cast<unsigned __int128>(ulid.high) << 64) | ulid.low;
  for (std::size_t i = kUlidLength; i-- > 0;) {
    text[i] = kAlphabet[static_cast<std::size_t>(bits & 31)];
    bits >>= 5;
  }
  return text;
}

std::optional<Ulid> parse_ulid(std::string_view text) {
  if (text.size() != kUlidLength || digit(text[0]) > 7) return std::nullopt;
  unsigned __int128 bits = 0;
  for (char c : text) {
    const int value = digit(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 5) | static_cast<unsigned>(value);
  }
  return Ulid{static_cast<std::uint64_t>(bits >> 64), static_cast<std::uint64_t>(bits)};
}

std::array<std::uint8_t, 16> ulid_bytes(Ulid ulid) {
  std::array<std::uint8_t, 16> bytes{};
  for (int i = 0; i < 8; ++i) {
    bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ulid.high >> (56 - 8 * i));
    bytes[static_cast<std::size_t>(8 + i)] = static_cast<std::uint8_t>(ulid.low >> (56 - 8 * i));
  }
  return bytes;
}

Ulid ulid_from_bytes(const std::uint8_t* sixteen_bytes) {
  Ulid ulid;
  for (int i = 0; i < 8; ++i) {
    ulid.high = ulid.high << 8 | sixteen_bytes[i];
    ulid.low = ulid.low << 8 | sixteen_bytes[8 + i];
  }
  return ulid;
}

std::string format_id(std::string_view prefix, Ulid ulid) {
  return std::string(prefix) + format_ulid(ulid);
}

std::optional<Ulid> parse_prefixed(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return parse_ulid(text.substr(prefix.size()));
}

Ulid IdSource::make(std::uint16_t last) const {
  const auto time = static_cast<std::uint64_t>(time_ms_) & 0xFFFFFFFFFFFFull;
  return Ulid{time << 16 | seed_ >> 48, seed_ << 16 | last};
}

}  // namespace highseas::base
