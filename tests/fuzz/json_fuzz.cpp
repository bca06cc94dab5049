// json_fuzz — any text is a value or a fault at its place; a value is written so that it is read back the same.
#include "api/json/parse.hpp"
#include "api/json/writer.hpp"
#include "tests/fuzz/target.hpp"

namespace highseas::fuzz {

std::vector<std::string> dictionary() {
  return {"{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"\"",
          "\"a\":",
          "null",
          "true",
          "false",
          "1e400",
          "-0",
          "0.10",
          "\\u0000",
          "\\ud83d",
          "\\ude00",
          "\\u00e9",
          "公海",
          "\xC3\x28",
          "[[[[[[[[",
          "]]]]]]]]",
          "12345678901234567890123",
          "\\\"",
          "\xEF\xBB\xBF",
          "\xED\xA0\x80"};
}
std::string input_of(const std::string& file_text) {
  return file_text;
}

}  // namespace highseas::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace highseas::api;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = json::parse(text);
  if (!value) {
    FUZZ_CHECK(value.error().offset <= size);
    FUZZ_CHECK(value.error().line >= 1 && value.error().column >= 1);
    FUZZ_CHECK(!value.error().detail().en.empty());
    return 0;
  }
  std::string written;
  json::append_json(written, *value);
  const auto again = json::parse(written);
  FUZZ_CHECK(again.has_value());
  FUZZ_CHECK(*again == *value);
  return 0;
}
