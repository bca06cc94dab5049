// text_encoding — bytes of a file from outside as UTF-8: a byte order mark, else strict UTF-8, else GB18030.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace highseas::engine {

enum class Encoding : std::uint8_t { utf8, utf16, gb18030 };

struct DecodedText {
  std::string utf8;
  Encoding encoding = Encoding::utf8;
};

// Nothing where the bytes are none of them. Detectors that guess by frequency err on short headers, so none is asked.
std::optional<DecodedText> decode_text(std::string_view bytes);

std::string_view encoding_name(Encoding encoding);  // "UTF-8"

}  // namespace highseas::engine
