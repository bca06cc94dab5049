// multipart.cpp — cuts a multipart/form-data body at its boundary and reads each part's head.
#include "api/http/multipart.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "api/http/message.hpp"
#include "base/text.hpp"

namespace highseas::api::http {
namespace {

using Refusal = std::unexpected<MultipartFault>;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

struct Parameterised {
  std::string_view value;
  std::vector<std::pair<std::string_view, std::string>> parameters;

  const std::string* find(std::string_view name) const {
    const auto found =
        std::ranges::find_if(parameters, [&](const auto& parameter) { return same_name(parameter.first, name); });
    return found == parameters.end() ? nullptr : &found->second;
  }
};

// Takes the text after an opening quote up to the closing one. Browsers write a quote in a name as %22; others
// escape it by a backslash. A backslash before anything else is itself: old browsers sent Windows paths.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string out;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return out;
    }
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) {
      ++i;
    }
    out.push_back(rest[i]);
  }
  return std::nullopt;
}

// `value; name=token; name="quoted"`; a parameter named twice is refused.
std::optional<Parameterised> parse_parameters(std::string_view text) {
  Parameterised result;
  const auto first = text.find(';');
  result.value = trim(text.substr(0, first));
  auto rest = first == std::string_view::npos ? std::string_view() : text.substr(first + 1);
  while (!trim(rest).empty()) {
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) {
      return std::nullopt;
    }
    const auto name = trim(rest.substr(0, equals));
    rest = rest.substr(equals + 1);
    std::string value;
    if (rest.starts_with('"')) {
      rest.remove_prefix(1);
      auto quoted = take_quoted(rest);
      if (!quoted) {
        return std::nullopt;
      }
      value = std::move(*quoted);
      rest = trim(rest);
      if (!rest.empty() && rest.front() != ';') {
        return std::nullopt;
      }
    } else {
      value = std::string(trim(rest.substr(0, rest.find(';'))));
    }
    const auto next = rest.find(';');
    rest = next == std::string_view::npos ? std::string_view() : rest.substr(next + 1);
    if (name.empty() || result.find(name)) {
      return std::nullopt;
    }
    result.parameters.emplace_back(name, std::move(value));
  }
  return result;
}

// RFC 2046 5.1.1.
bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= 70 && text.back() != ' ' && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
  });
}

bool is_text(std::string_view text) {
  return base::is_valid_utf8(text) && std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// RFC 5987: UTF-8''percent-encoded. Only UTF-8 is taken.
std::optional<std::string> decode_extended(std::string_view text) {
  const auto first = text.find('\'');
  const auto second = first == std::string_view::npos ? first : text.find('\'', first + 1);
  if (second == std::string_view::npos || !same_name(text.substr(0, first), "utf-8")) {
    return std::nullopt;
  }
  std::string out;
  const auto encoded = text.substr(second + 1);
  const auto digit = [](char c) { return std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20)); };
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] != '%') {
      out.push_back(encoded[i]);
      continue;
    }
    if (i + 2 >= encoded.size()) {
      return std::nullopt;
    }
    const auto high = digit(encoded[i + 1]);
    const auto low = digit(encoded[i + 2]);
    if (high == std::string_view::npos || low == std::string_view::npos) {
      return std::nullopt;
    }
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::expected<void, MultipartFault> read_disposition(std::string_view value, Part& part,
                                                     const MultipartLimits& limits) {
  const auto parsed = parse_parameters(value);
  if (!parsed || !same_name(parsed->value, "form-data") || !parsed->find("name")) {
    return Refusal(MultipartFault::malformed);
  }
  part.name = *parsed->find("name");
  if (const auto* filename = parsed->find("filename")) {
    part.is_file = true;
    part.filename = *filename;
  }
  if (const auto* extended = parsed->find("filename*")) {
    auto decoded = decode_extended(*extended);
    if (!decoded) {
      return Refusal(MultipartFault::malformed);
    }
    part.is_file = true;
    part.filename = std::move(*decoded);
  }
  if (part.name.size() > limits.name_bytes || part.filename.size() > limits.filename_bytes) {
    return Refusal(MultipartFault::name_too_long);
  }
  if (!is_text(part.name) || !is_text(part.filename)) {
    return Refusal(MultipartFault::not_utf8);
  }
  return {};
}

std::expected<void, MultipartFault> read_head(std::string_view head, Part& part, const MultipartLimits& limits) {
  bool named = false;
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const auto line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view() : head.substr(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      return Refusal(MultipartFault::malformed);
    }
    const auto value = trim(line.substr(colon + 1));
    if (same_name(line.substr(0, colon), "Content-Disposition")) {
      if (std::exchange(named, true)) {
        return Refusal(MultipartFault::malformed);
      }
      if (auto read = read_disposition(value, part, limits); !read) {
        return read;
      }
    } else if (same_name(line.substr(0, colon), "Content-Type")) {
      if (!is_text(value)) {
        return Refusal(MultipartFault::not_utf8);
      }
      part.media_type = std::string(value);
    } else if (same_name(line.substr(0, colon), "Content-Transfer-Encoding") && !same_name(value, "binary") &&
               !same_name(value, "8bit") && !same_name(value, "7bit")) {
      return Refusal(MultipartFault::malformed);  // RFC 7578 4.7: no longer used, and never decoded here
    }
  }
  if (!named) {
    return Refusal(MultipartFault::malformed);
  }
  return {};
}

}  // namespace

base::Bilingual describe(MultipartFault fault) {
  switch (fault) {
    case MultipartFault::not_multipart:
      return {"正文不是带 boundary 的 multipart/form-data。", "The body is not multipart/form-data with a boundary."};
    case MultipartFault::malformed:
      return {"正文与其 boundary 不符，或某一部分格式错误。",
              "The body does not follow its boundary or has a malformed part."};
    case MultipartFault::too_many_parts:
      return {"正文的部分过多。", "The body has too many parts."};
    case MultipartFault::head_too_long:
      return {"某一部分的头过长。", "The header lines of a part are too long."};
    case MultipartFault::name_too_long:
      return {"部分名或文件名过长。", "The name of a part or of its file is too long."};
    case MultipartFault::not_utf8:
      return {"名称不是有效的 UTF-8，或含控制字符。", "A name is not valid UTF-8 or has control characters."};
    case MultipartFault::no_such_part:
      return {"缺少所需的部分。", "The expected part is missing."};
    case MultipartFault::several_such_parts:
      return {"所需的部分出现了多次。", "The expected part is there more than once."};
    case MultipartFault::not_a_file:
      return {"所需的部分不是文件。", "The expected part is not a file."};
  }
  std::unreachable();
}

std::expected<std::vector<Part>, MultipartFault> parse_multipart(std::string_view content_type, std::string_view body,
                                                                 const MultipartLimits& limits) {
  const auto type = parse_parameters(content_type);
  const std::string* boundary =
      type && same_name(type->value, "multipart/form-data") ? type->find("boundary") : nullptr;
  if (boundary == nullptr || !is_boundary(*boundary)) {
    return Refusal(MultipartFault::not_multipart);
  }
  const std::string delimiter = "\r\n--" + *boundary;
  std::vector<Part> parts;
  // The first delimiter may stand at the very beginning; a preamble before it is allowed and ignored.
  std::size_t at = 0;
  if (body.starts_with(std::string_view(delimiter).substr(2))) {
    at = delimiter.size() - 2;
  } else if (const auto found = body.find(delimiter); found != std::string_view::npos) {
    at = found + delimiter.size();
  } else {
    return Refusal(MultipartFault::malformed);
  }
  while (true) {
    auto rest = body.substr(at);
    if (rest.starts_with("--")) {
      return parts;  // what follows the closing delimiter is an epilogue
    }
    const auto line_end = rest.find("\r\n");
    if (line_end == std::string_view::npos || !trim(rest.substr(0, line_end)).empty()) {
      return Refusal(MultipartFault::malformed);
    }
    if (parts.size() == limits.parts) {
      return Refusal(MultipartFault::too_many_parts);
    }
    rest = rest.substr(line_end + 2);
    const auto head_end = rest.substr(0, limits.part_head_bytes + 4).find("\r\n\r\n");
    if (head_end == std::string_view::npos) {
      return Refusal(rest.size() > limits.part_head_bytes ? MultipartFault::head_too_long : MultipartFault::malformed);
    }
    Part part;
    if (auto read = read_head(rest.substr(0, head_end), part, limits); !read) {
      return Refusal(read.error());
    }
    // From the head's last line end on: an empty part has its delimiter right there.
    const auto content_end = rest.find(delimiter, head_end + 2);
    if (content_end == std::string_view::npos) {
      return Refusal(MultipartFault::malformed);
    }
    const auto begin = head_end + 4;
    part.content = content_end < begin ? std::string_view() : rest.substr(begin, content_end - begin);
    parts.push_back(std::move(part));
    at = static_cast<std::size_t>(rest.data() - body.data()) + content_end + delimiter.size();
  }
}

std::expected<Part, MultipartFault> find_file(const std::vector<Part>& parts, std::string_view name) {
  const auto count = std::ranges::count(parts, name, &Part::name);
  if (count != 1) {
    return Refusal(count == 0 ? MultipartFault::no_such_part : MultipartFault::several_such_parts);
  }
  const auto found = std::ranges::find(parts, name, &Part::name);
  if (!found->is_file) {
    return Refusal(MultipartFault::not_a_file);
  }
  return *found;
}

}  // namespace highseas::api::http
