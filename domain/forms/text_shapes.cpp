// text_shapes — by hand, without regular expressions: linear, and nothing to blow up.
#include "domain/forms/text_shapes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace highseas::domain {
namespace {

constexpr std::string_view kIdeographicSpace = "\u3000";
constexpr std::string_view kNoBreakSpace = "\u00A0";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool has_space(std::string_view text) {
  return text.find_first_of(" \t\r\n") != std::string_view::npos || text.find(kIdeographicSpace) != text.npos ||
         text.find(kNoBreakSpace) != text.npos;
}

// Labels of letters, digits and hyphens (anything beyond ASCII too), parted by dots, two at least.
bool is_host(std::string_view host) {
  bool dotted = false;
  std::size_t label = 0;
  for (char c : host) {
    if (c == '.') {
      if (label == 0) return false;
      dotted = true;
      label = 0;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (!letter) return false;
    ++label;
  }
  return dotted && label > 0;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

bool is_blank(std::string_view text) {
  return base::is_blank(text);
}

bool has_control_characters(std::string_view text, bool multi_line) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == 0x7F) {
      const bool layout = c == '\t' || c == '\n' || c == '\r';
      if (!layout || !multi_line) return true;
    }
    // U+0080 to U+009F.
    if (c == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
  }
  return false;
}

bool looks_like_phone(std::string_view text) {
  constexpr std::array<std::string_view, 4> kExtensionWords = {"转", "分机", "接", "ext"};
  constexpr std::string_view kMarks = "+-()./#*x \u2013";
  std::string rest = lower_ascii(base::nfkc(text));  // full-width digits and brackets become plain
  for (auto word : kExtensionWords) {
    if (const auto at = rest.find(word); at != std::string::npos) rest.erase(at, word.size());
  }
  const auto digits = std::ranges::count_if(rest, is_digit);
  const bool plain =
      std::ranges::all_of(rest, [&](char c) { return is_digit(c) || kMarks.find(c) != std::string_view::npos; });
  return plain && digits >= 3 && digits <= 24;
}

bool looks_like_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos) return false;
  const auto local = text.substr(0, at);
  return local.size() <= 64 && !has_space(local) && local.find_first_of("<>()[],;:\"\\") == std::string_view::npos &&
         is_host(text.substr(at + 1));
}

bool looks_like_url(std::string_view text) {
  if (has_space(text)) return false;
  const auto lower = lower_ascii(text);
  if (lower.starts_with("http://")) {
    text.remove_prefix(7);
  } else if (lower.starts_with("https://")) {
    text.remove_prefix(8);
  }
  auto authority = text.substr(0, text.find_first_of("/?#"));
  const auto colon = authority.rfind(':');
  if (colon != std::string_view::npos) {
    const auto port = authority.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, is_digit)) return false;
    authority = authority.substr(0, colon);
  }
  return is_host(authority);
}

}  // namespace highseas::domain
