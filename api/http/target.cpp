// target.cpp — splits and decodes a request target.
#include "api/http/target.hpp"

#include "base/text.hpp"

namespace highseas::api::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return c - 'A' + 10;
  }
  return -1;
}

// RFC 9112 3.2.2: a server must take the absolute form too. The authority is not looked at: Host decides nothing here.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() >= scheme.size() && same_name(target.substr(0, scheme.size()), scheme)) {
      const auto end = target.find_first_of("/?", scheme.size());
      return end == std::string_view::npos ? std::string_view("/") : target.substr(end);
    }
  }
  return target;
}

bool has_dot_segment(std::string_view path) {
  std::size_t begin = 0;
  while (begin <= path.size()) {
    auto end = path.find('/', begin);
    if (end == std::string_view::npos) {
      end = path.size();
    }
    const auto segment = path.substr(begin, end - begin);
    if (segment == "." || segment == "..") {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

bool decode_query(std::string_view text, Query& query) {
  std::size_t begin = 0;
  while (begin <= text.size()) {
    auto end = text.find('&', begin);
    if (end == std::string_view::npos) {
      end = text.size();
    }
    const auto pair = text.substr(begin, end - begin);
    begin = end + 1;
    if (pair.empty()) {
      continue;
    }
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::string() : percent_decode(pair.substr(equals + 1), true);
    if (!name || !value) {
      return false;
    }
    query.add(std::move(*name), std::move(*value));
  }
  return true;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) {
        return std::nullopt;
      }
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') {
      return std::nullopt;
    }
    out.push_back(c);
  }
  if (!base::is_valid_utf8(out)) {
    return std::nullopt;
  }
  return out;
}

std::expected<Target, FaultKind> parse_target(std::string_view whole) {
  const auto target = without_authority(whole);
  if (target.find('#') != std::string_view::npos) {
    return std::unexpected(FaultKind::bad_target);
  }
  const auto question = target.find('?');
  const auto raw_path = target.substr(0, question);
  // `http://host?query` has an empty path, which stands for the root.
  const bool absolute = target.data() != whole.data();
  auto path = percent_decode(raw_path.empty() && absolute ? std::string_view("/") : raw_path, false);
  if (!path || path->empty() || path->front() != '/') {
    return std::unexpected(FaultKind::bad_target);
  }
  if (has_dot_segment(*path)) {
    return std::unexpected(FaultKind::bad_path);
  }
  Target result;
  result.path = std::move(*path);
  if (question != std::string_view::npos && !decode_query(target.substr(question + 1), result.query)) {
    return std::unexpected(FaultKind::bad_target);
  }
  return result;
}

}  // namespace highseas::api::http
