// parse.cpp — Boost.JSON's basic_parser with a handler of our own: numbers by their text, doubled names refused.
#include "api/json/parse.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace highseas::api::json {
namespace {

namespace bj = boost::json;

/// Objects with more members than this are searched for doubled names by a hash set.
constexpr std::size_t kLinearSearch = 16;

class TreeBuilder {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  explicit TreeBuilder(const Limits& limits) : limits_(limits) {}

  std::optional<JsonFault> fault() const { return fault_; }
  Json take() { return std::move(root_); }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

  bool on_array_begin(bj::error_code& error) { return open(Level{.array = true}, error); }
  bool on_object_begin(bj::error_code& error) { return open(Level{.array = false}, error); }
  bool on_array_end(std::size_t, bj::error_code&) {
    Json value(std::move(levels_.back().items));
    levels_.pop_back();
    place(std::move(value));
    return true;
  }
  bool on_object_end(std::size_t, bj::error_code&) {
    Json value(std::move(levels_.back().members));
    levels_.pop_back();
    place(std::move(value));
    return true;
  }

  bool on_key_part(bj::string_view part, std::size_t size, bj::error_code& error) {
    text_.append(part.data(), part.size());
    return size <= limits_.key_bytes || refuse(JsonFault::key_too_long, error);
  }
  bool on_key(bj::string_view part, std::size_t size, bj::error_code& error) {
    if (!on_key_part(part, size, error)) {
      return false;
    }
    auto& level = levels_.back();
    if (level.members.size() == limits_.keys_per_object) {
      return refuse(JsonFault::too_many_keys, error);
    }
    if (is_doubled(level)) {
      return refuse(JsonFault::duplicate_key, error);
    }
    level.members.emplace_back(std::exchange(text_, {}), Json());
    return true;
  }

  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, bj::error_code& error) {
    text_.append(part.data(), part.size());
    return add(Json(std::exchange(text_, {})), error);
  }

  bool on_number_part(bj::string_view part, bj::error_code& error) {
    text_.append(part.data(), part.size());
    return text_.size() <= limits_.number_characters || refuse(JsonFault::number_too_long, error);
  }
  bool on_int64(std::int64_t, bj::string_view part, bj::error_code& error) { return on_number(part, error); }
  bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code& error) { return on_number(part, error); }
  bool on_double(double, bj::string_view part, bj::error_code& error) { return on_number(part, error); }
  bool on_bool(bool value, bj::error_code& error) { return add(Json(value), error); }
  bool on_null(bj::error_code& error) { return add(Json(), error); }

 private:
  struct Level {
    bool array = false;
    Json::Array items{};
    Json::Object members{};
    std::unordered_set<std::string> names{};
  };

  bool refuse(JsonFault fault, bj::error_code& error) {
    fault_ = fault;
    error = bj::error::input_error;
    return false;
  }
  bool count(bj::error_code& error) { return ++values_ <= limits_.values || refuse(JsonFault::too_many_values, error); }
  bool open(Level level, bj::error_code& error) {
    levels_.push_back(std::move(level));
    return count(error);
  }
  bool add(Json value, bj::error_code& error) {
    place(std::move(value));
    return count(error);
  }
  bool on_number(bj::string_view part, bj::error_code& error) {
    return on_number_part(part, error) && add(Json(Number{std::exchange(text_, {})}), error);
  }
  void place(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (levels_.back().array) {
      levels_.back().items.push_back(std::move(value));
    } else {
      HS_ASSERT(!levels_.back().members.empty());
      levels_.back().members.back().second = std::move(value);
    }
  }
  // Of the name in text_, which is not yet a member.
  bool is_doubled(Level& level) {
    if (level.members.size() < kLinearSearch) {
      return std::ranges::any_of(level.members, [&](const auto& member) { return member.first == text_; });
    }
    if (level.names.empty()) {
      for (const auto& member : level.members) {
        level.names.insert(member.first);
      }
    }
    return !level.names.insert(text_).second;
  }

  const Limits& limits_;
  std::vector<Level> levels_;
  std::string text_;
  Json root_;
  std::size_t values_ = 0;
  std::optional<JsonFault> fault_;
};

JsonFault fault_of(const bj::error_code& error, const TreeBuilder& builder, bool utf8) {
  if (builder.fault()) {
    return *builder.fault();
  }
  if (error == bj::error::too_deep) {
    return JsonFault::too_deep;
  }
  if (error == bj::error::exponent_overflow) {
    return JsonFault::number_too_long;
  }
  const bool lone_surrogate =
      error == bj::error::illegal_leading_surrogate || error == bj::error::illegal_trailing_surrogate;
  return !utf8 || lone_surrogate ? JsonFault::not_utf8 : JsonFault::malformed;
}

JsonError error_at(JsonFault fault, std::string_view text, std::size_t offset) {
  JsonError error;
  error.fault = fault;
  error.offset = std::min(offset, text.size());
  const auto before = text.substr(0, error.offset);
  error.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  const auto last_line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  error.column =
      1 + static_cast<std::size_t>(std::ranges::count_if(last_line, [](char c) { return (c & 0xc0) != 0x80; }));
  return error;
}

base::Bilingual words_of(JsonFault fault) {
  switch (fault) {
    case JsonFault::malformed:
      return {"正文不是 JSON", "The body is not JSON"};
    case JsonFault::not_utf8:
      return {"正文不是有效的 UTF-8", "The body is not valid UTF-8"};
    case JsonFault::duplicate_key:
      return {"同一对象中有重复的键", "An object names a member twice"};
    case JsonFault::too_deep:
      return {"数组和对象嵌套过深", "Arrays and objects are nested too deeply"};
    case JsonFault::too_many_keys:
      return {"一个对象的键过多", "An object has too many members"};
    case JsonFault::key_too_long:
      return {"键名过长", "The name of a member is too long"};
    case JsonFault::number_too_long:
      return {"数字位数过多", "A number has too many digits"};
    case JsonFault::too_many_values:
      return {"正文中的值过多", "The body has too many values"};
  }
  std::unreachable();
}

}  // namespace

std::string_view code_of(JsonFault fault) {
  switch (fault) {
    case JsonFault::malformed:
    case JsonFault::not_utf8:
      return "malformed-json";
    case JsonFault::duplicate_key:
      return "duplicate-key";
    case JsonFault::too_deep:
    case JsonFault::too_many_keys:
    case JsonFault::key_too_long:
    case JsonFault::number_too_long:
    case JsonFault::too_many_values:
      return "json-limit";
  }
  std::unreachable();
}

base::Bilingual JsonError::detail() const {
  auto words = words_of(fault);
  const auto at = std::to_string(line);
  const auto in = std::to_string(column);
  return {words.zh + "（第 " + at + " 行第 " + in + " 列）。", words.en + " (line " + at + ", column " + in + ")."};
}

std::expected<Json, JsonError> parse(std::string_view text, const Limits& limits) {
  bj::parse_options options;
  options.max_depth = limits.depth;
  bj::basic_parser<TreeBuilder> parser(options, limits);
  bj::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) {
    error = bj::error::extra_data;
  }
  if (error) {
    const auto fault = fault_of(error, parser.handler(), base::is_valid_utf8(text));
    return std::unexpected(error_at(fault, text, used));
  }
  return parser.handler().take();
}

}  // namespace highseas::api::json
