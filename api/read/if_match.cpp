// if_match — one tag after another.
#include "api/read/if_match.hpp"

#include <algorithm>
#include <charconv>

namespace highseas::api {
namespace {

std::uint64_t version_of(std::string_view digits) {
  std::uint64_t version = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  return error == std::errc{} && end == digits.data() + digits.size() ? version : 0;
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// What lies before the next comma that stands in no tag; an opaque tag may contain one.
std::string_view take_element(std::string_view& text) {
  bool in_tag = false;
  std::size_t at = 0;
  for (; at < text.size() && (in_tag || text[at] != ','); ++at) in_tag ^= text[at] == '"';
  const auto element = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return trimmed(element);
}

}  // namespace

std::optional<IfMatch> parse_if_match(std::string_view text) {
  if (trimmed(text) == "*") return IfMatch{};
  IfMatch match;
  while (!text.empty()) {
    auto tag = take_element(text);
    if (tag.empty()) continue;  // RFC 9110 5.6.1: an empty element is none
    const bool weak = tag.starts_with("W/");
    if (weak) tag.remove_prefix(2);
    const bool whole = tag.size() >= 2 && tag.front() == '"' && tag.find('"', 1) == tag.size() - 1;
    if (!whole) return std::nullopt;
    const auto version = weak ? 0 : version_of(tag.substr(1, tag.size() - 2));
    match.version = std::max(match.version.value_or(0), version);
  }
  if (!match.version) return std::nullopt;
  return match;
}

}  // namespace highseas::api
