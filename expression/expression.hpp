// expression — the one expression language: from text to a checked expression, or an error that points at a character.
//
// The syntax is CEL's: literals (`12`, `1.5`, "text" or 'text', true, false, null, lists), fields and the parts of a
// region (`region.province`), `== != < <= > >= in`, `&& || !`, `c ? a : b`, `+ - * / %`, calls. By name: `now`
// (instant), `today` (date), `me` (reference), days(n), hours(n), date("2026-01-01"),
// timestamp("2026-01-01T00:00:00Z"), and contains, startsWith, endsWith, size as functions or methods.
//
// String literals take the type of what they meet: a date, an RFC 3339 instant, a choice's key, an id; one that does
// not fit is an error at its own offset. `/` gives a decimal of at most six places; `%` takes integers.
//
// Null: `==` and `!=` compare it like a value (null == null); order, `in` and text tests with it are false; arithmetic
// and size with it are null; where a boolean is wanted it is false. A fault (division by zero, overflow) is an error of
// the whole evaluation, but `false && fault` is false and `true || fault` is true: the left side is judged first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/schema.hpp"

namespace highseas::expression {

inline constexpr std::size_t kMaxLength = 4'000;  // code points
inline constexpr int kMaxDepth = 50;              // of nesting; chains of && and || count once
inline constexpr int kMaxCost = 2'000;            // one a node, ten a text test

enum class ErrorCode : std::uint8_t {
  bad_expression,    // "bad-expression"
  not_allowed_here,  // "not-allowed-here": now, today or me where Options forbid it
};
std::string_view code_text(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::bad_expression;
  std::size_t offset = 0;  // in code points from the start of the text
  std::string message_zh;
  std::string message_en;
};

struct Options {
  bool allow_now = true;  // `now` and `today`
  bool allow_me = true;
  // What it must give; an integer also passes where a decimal is wanted. Nothing: whatever it gives, which
  // Compiled::result() tells (a formula).
  std::optional<Type> result = Type::boolean;
};

class Program;  // expression/program.hpp: only this room reads it

// A choice that an expression names.
struct UsedChoice {
  std::uint32_t slot = 0;
  std::uint32_t number = 0;
  auto operator<=>(const UsedChoice&) const = default;
};

// A checked expression: immutable, cheap to copy, used from any thread. Its schema may be gone.
class Compiled {
 public:
  explicit Compiled(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

  std::string_view text() const;
  Type result() const;
  std::span<const std::uint32_t> slots() const;  // of the fields that it names: rising, each once
  std::span<const UsedChoice> choices() const;   // that it names: rising, each once
  bool uses_now() const;                         // or today
  bool uses_me() const;
  int cost() const;
  const Program& program() const { return *program_; }

 private:
  std::shared_ptr<const Program> program_;
};

std::expected<Compiled, Error> compile(std::string_view text, const Schema& schema, const Options& options = {});

// The fields that a text names, without a schema (for "field-in-use"): the first part of dotted names, sorted, each
// once.
std::expected<std::vector<std::string>, Error> field_names(std::string_view text);

}  // namespace highseas::expression
