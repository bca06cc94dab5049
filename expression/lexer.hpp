// lexer — the words of an expression, each with its place in code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "expression/expression.hpp"

namespace highseas::expression {

enum class TokenKind : std::uint8_t { end, name, integer, decimal, string, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;  // in code points
  std::string text;        // a name, a number or a symbol as written; a string decoded and in NFC
};

// Closed by one token of kind end. Refuses invalid UTF-8 and what is longer than kMaxLength.
std::expected<std::vector<Token>, Error> tokenize(std::string_view text);

inline std::unexpected<Error> bad_expression(std::size_t offset, std::string zh, std::string en) {
  return std::unexpected(Error{ErrorCode::bad_expression, offset, std::move(zh), std::move(en)});
}

}  // namespace highseas::expression
