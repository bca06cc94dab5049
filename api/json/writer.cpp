// writer.cpp — escaping, numbers and the nesting check of the JSON writer.
#include "api/json/writer.hpp"

#include <array>
#include <charconv>

#include "base/assert.hpp"

namespace highseas::api::json {
namespace {

// What each byte needs: 0 nothing, 'u' \u00XX, 'x' perhaps U+2028 or U+2029, else the letter after a backslash.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) {
    table[c] = 'u';
  }
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  table['<'] = 'u';
  table[0x7f] = 'u';
  table[0xe2] = 'x';
  return table;
}();

constexpr std::string_view kHex = "0123456789abcdef";

template <typename T>
void append_number(std::string& out, T value) {
  std::array<char, 24> text;
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  out.append(text.data(), result.ptr);
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = kEscapes[byte];
    if (escape == 0) {
      continue;
    }
    if (escape == 'x') {
      const auto rest = text.substr(i);
      if (rest.starts_with("\u2028") || rest.starts_with("\u2029")) {
        out.append(text.substr(plain, i - plain));
        out.append(rest[2] == '\xa8' ? "\\u2028" : "\\u2029");
        i += 2;
        plain = i + 1;
      }
      continue;
    }
    out.append(text.substr(plain, i - plain));
    plain = i + 1;
    out.push_back('\\');
    out.push_back(escape);
    if (escape == 'u') {
      out.append("00");
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
  }
  out.append(text.substr(plain));
  out.push_back('"');
}

void append_int(std::string& out, std::int64_t value) {
  append_number(out, value);
}
void append_uint(std::string& out, std::uint64_t value) {
  append_number(out, value);
}

void append_json(std::string& out, const Json& value) {
  switch (value.kind()) {
    case Kind::null:
      out.append("null");
      return;
    case Kind::boolean:
      out.append(*value.as_boolean() ? "true" : "false");
      return;
    case Kind::number:
      out.append(*value.as_number());
      return;
    case Kind::string:
      append_string(out, *value.as_string());
      return;
    case Kind::array: {
      char before = '[';
      for (const auto& item : *value.as_array()) {
        out.push_back(before);
        append_json(out, item);
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
      return;
    }
    case Kind::object: {
      char before = '{';
      for (const auto& [name, item] : *value.as_object()) {
        out.push_back(before);
        append_string(out, name);
        out.push_back(':');
        append_json(out, item);
        before = ',';
      }
      out.append(before == '{' ? "{}" : "}");
      return;
    }
  }
}

void Writer::before_value() {
  if (open_.empty()) {
    HS_ASSERT(!started_);  // one document, one value
    started_ = true;
    return;
  }
  auto& level = open_.back();
  if (level.object) {
    HS_ASSERT(level.named);
    level.named = false;
  } else if (!level.empty) {
    out_.push_back(',');
  }
  level.empty = false;
}

Writer& Writer::key(std::string_view name) {
  HS_ASSERT(!open_.empty() && open_.back().object && !open_.back().named);
  auto& level = open_.back();
  if (!level.empty) {
    out_.push_back(',');
  }
  level.named = true;
  append_string(out_, name);
  out_.push_back(':');
  return *this;
}

Writer& Writer::begin_object() {
  before_value();
  open_.push_back({.object = true});
  out_.push_back('{');
  return *this;
}

Writer& Writer::begin_array() {
  before_value();
  open_.push_back({.object = false});
  out_.push_back('[');
  return *this;
}

void Writer::end(bool object, char bracket) {
  HS_ASSERT(!open_.empty() && open_.back().object == object && !open_.back().named);
  open_.pop_back();
  out_.push_back(bracket);
}

Writer& Writer::end_object() {
  end(true, '}');
  return *this;
}

Writer& Writer::end_array() {
  end(false, ']');
  return *this;
}

Writer& Writer::string(std::string_view value) {
  before_value();
  append_string(out_, value);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  before_value();
  append_int(out_, value);
  return *this;
}

Writer& Writer::unsigned_integer(std::uint64_t value) {
  before_value();
  append_uint(out_, value);
  return *this;
}

Writer& Writer::boolean(bool value) {
  return raw(value ? "true" : "false");
}
Writer& Writer::null() {
  return raw("null");
}

Writer& Writer::raw(std::string_view json) {
  before_value();
  out_.append(json);
  return *this;
}

Writer& Writer::json(const Json& value) {
  before_value();
  append_json(out_, value);
  return *this;
}

}  // namespace highseas::api::json
