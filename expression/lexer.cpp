// lexer — splits a text by hand; every loop moves forward, so that its time is its length.
#include "expression/lexer.hpp"

#include <array>
#include <optional>

#include "base/text.hpp"

namespace highseas::expression {
namespace {

constexpr std::array<std::string_view, 6> kLongSymbols = {"==", "!=", "<=", ">=", "&&", "||"};
constexpr std::string_view kShortSymbols = "<>!?:+-*/%()[],.";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool begins_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_code_point(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

// The character that a one-letter escape stands for.
std::optional<char> simple_escape(char c) {
  switch (c) {
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case '\\':
    case '\'':
    case '"':
    case '`':
    case '?':
      return c;
    default:
      return std::nullopt;
  }
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::expected<std::vector<Token>, Error> run() {
    for (skip_space(); at_ < text_.size(); skip_space()) {
      auto token = next();
      if (!token) return std::unexpected(std::move(token.error()));
      tokens_.push_back(std::move(*token));
    }
    tokens_.push_back(Token{TokenKind::end, offset_, {}});
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void advance(std::size_t bytes) {
    for (; bytes > 0 && at_ < text_.size(); --bytes, ++at_) offset_ += begins_code_point(text_[at_]) ? 1 : 0;
  }

  void skip_space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r' || peek() == '\f') advance(1);
  }

  std::expected<Token, Error> next() {
    const char c = peek();
    if (begins_name(c)) return name();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '"' || c == '\'') return string();
    for (auto symbol : kLongSymbols) {
      if (text_.substr(at_).starts_with(symbol)) return take(TokenKind::symbol, symbol.size());
    }
    if (c != '\0' && kShortSymbols.find(c) != std::string_view::npos) return take(TokenKind::symbol, 1);
    if (c == '=') return bad_expression(offset_, "相等要写作 ==", "equality is written ==");
    if (c == '&' || c == '|') return bad_expression(offset_, "并且写作 &&,或者写作 ||", "write && for and, || for or");
    return bad_expression(offset_, "这里不能有这个字符", "this character has no place here");
  }

  Token take(TokenKind kind, std::size_t bytes) {
    Token token{kind, offset_, std::string(text_.substr(at_, bytes))};
    advance(bytes);
    return token;
  }

  Token name() {
    std::size_t size = 1;
    while (begins_name(peek(size)) || is_digit(peek(size))) ++size;
    return take(TokenKind::name, size);
  }

  std::expected<Token, Error> number() {
    std::size_t size = 0;
    while (is_digit(peek(size))) ++size;
    bool decimal = false;
    if (peek(size) == '.' && is_digit(peek(size + 1))) {
      decimal = true;
      ++size;
      while (is_digit(peek(size))) ++size;
    }
    if (peek(size) == 'e' || peek(size) == 'E') {
      decimal = true;
      ++size;
      if (peek(size) == '+' || peek(size) == '-') ++size;
      while (is_digit(peek(size))) ++size;
    }
    if (begins_name(peek(size))) {
      return bad_expression(offset_ + size, "数字后面不能紧跟字母", "a letter can't follow a number");
    }
    Token token = take(decimal ? TokenKind::decimal : TokenKind::integer, size);
    if (token.text.front() == '.') token.text.insert(0, 1, '0');
    return token;
  }

  std::expected<Token, Error> string() {
    Token token{TokenKind::string, offset_, {}};
    const char quote = peek();
    advance(1);
    while (at_ < text_.size() && peek() != quote) {
      if (peek() == '\n' || peek() == '\r') break;
      if (peek() == '\\') {
        if (auto done = escape(token.text); !done) return std::unexpected(std::move(done.error()));
        continue;
      }
      token.text.push_back(peek());
      advance(1);
    }
    if (peek() != quote || at_ >= text_.size()) {
      return bad_expression(token.offset, "文本缺少结束的引号", "the closing quote is missing");
    }
    advance(1);
    token.text = base::nfc(token.text);  // as stored text is
    return token;
  }

  std::expected<void, Error> escape(std::string& out) {
    const char c = peek(1);
    if (const auto simple = simple_escape(c)) {
      out.push_back(*simple);
      advance(2);
      return {};
    }
    if (c == 'x' || c == 'X') return code_point(out, 2, 2, 16);
    if (c == 'u') return code_point(out, 2, 4, 16);
    if (c == 'U') return code_point(out, 2, 8, 16);
    if (c >= '0' && c <= '3') return code_point(out, 1, 3, 8);
    return bad_expression(offset_, "没有这种转义", "there is no such escape");
  }

  // `digits` digits after `lead` bytes of the escape.
  std::expected<void, Error> code_point(std::string& out, std::size_t lead, std::size_t digits, std::uint32_t radix) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const int digit = hex_digit(peek(lead + i));
      if (digit < 0 || static_cast<std::uint32_t>(digit) >= radix || value > 0x10FFFF) {
        return bad_expression(offset_, "转义的数字不完整", "the digits of this escape are not complete");
      }
      value = value * radix + static_cast<std::uint32_t>(digit);
    }
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
      return bad_expression(offset_, "转义所指的字符不存在", "this escape names no character");
    }
    append_code_point(out, value);
    advance(lead + digits);
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::expected<std::vector<Token>, Error> tokenize(std::string_view text) {
  if (text.size() > 4 * kMaxLength || base::code_points(text) > kMaxLength) {
    return bad_expression(kMaxLength, "表达式不能超过 4000 个字符", "an expression has at most 4,000 characters");
  }
  if (!base::is_valid_utf8(text)) return bad_expression(0, "不是有效的 UTF-8", "not valid UTF-8");
  return Lexer(text).run();
}

}  // namespace highseas::expression
