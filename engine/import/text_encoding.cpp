// text_encoding — ICU's converters, which stop at what they can't read instead of replacing it.
#include "engine/import/text_encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>

#include "base/text.hpp"

namespace highseas::engine {
namespace {

std::optional<std::string> convert(const char* charset, std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset, &status), &ucnv_close);
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string utf8;
  text.toUTF8String(utf8);
  if (!base::is_valid_utf8(utf8)) return std::nullopt;
  return utf8;
}

}  // namespace

std::optional<DecodedText> decode_text(std::string_view bytes) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  if (base::is_valid_utf8(bytes)) return DecodedText{std::string(bytes), Encoding::utf8};
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    if (auto text = convert("UTF-16", bytes)) return DecodedText{std::move(*text), Encoding::utf16};
    return std::nullopt;
  }
  if (auto text = convert("GB18030", bytes)) return DecodedText{std::move(*text), Encoding::gb18030};
  return std::nullopt;
}

std::string_view encoding_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::utf16:
      return "UTF-16";
    case Encoding::gb18030:
      return "GB18030";
  }
  return "";
}

}  // namespace highseas::engine
