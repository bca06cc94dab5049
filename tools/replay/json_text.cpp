// json_text — where commas and escapes go.
#include "tools/replay/json_text.hpp"

#include <cstdio>
#include <utility>

namespace highseas::replay {

void JsonText::key(std::string_view name) {
  put(quoted(name) + ':');
  first_ = true;
}

void JsonText::put(std::string_view text) {
  if (!std::exchange(first_, false)) out_ += ',';
  out_ += text;
}

void JsonText::begin(char bracket) {
  put(std::string_view(&bracket, 1));
  first_ = true;
}

void JsonText::end(char bracket) {
  out_ += bracket;
  first_ = false;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

}  // namespace highseas::replay
