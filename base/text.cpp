// text — normal forms by ICU; the only file of this room that sees it.
#include "base/text.hpp"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unicode/uvernum.h>

#include <array>
#include <memory>

#include "base/assert.hpp"

namespace highseas::base {
namespace {

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* instance = get(status);
  HS_ASSERT(U_SUCCESS(status));
  return *instance;
}

std::string normalize(const icu::Normalizer2& by, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  by.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr, status);
  HS_ASSERT(U_SUCCESS(status));
  return out;
}

// Characters of the categories P (punctuation), Z (separators) and Cf (format) are left out.
bool is_left_out(UChar32 c) {
  constexpr std::uint32_t kLeftOut = U_GC_P_MASK | U_GC_Z_MASK | U_GC_CF_MASK;
  return (U_GET_GC_MASK(c) & kLeftOut) != 0 || c == '\t' || c == '\n' || c == '\r';
}

// Leaves nothing on the page: separators, controls, format characters, what is ignored where it can't be drawn, and the
// empty pattern of Braille.
bool is_invisible(UChar32 c) {
  constexpr std::uint32_t kInvisible = U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK;
  constexpr UChar32 kBrailleBlank = 0x2800;
  return (U_GET_GC_MASK(c) & kInvisible) != 0 || c == kBrailleBlank ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

template <class LeftOut>
std::string without(std::string_view text, LeftOut left_out) {
  std::string out;
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t start = at;
    UChar32 c;
    U8_NEXT(text.data(), at, length, c);
    if (c >= 0 && !left_out(c))
      out.append(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start)));
  }
  return out;
}

std::string folded(std::string_view text) {
  return normalize(normalizer(&icu::Normalizer2::getNFKCCasefoldInstance), text);
}

// What is left out may have stood between a letter and its accent: folded again, so that they join.
std::string without_marks(std::string_view folded_text) {
  return folded(without(folded_text, is_left_out));
}

std::string without_spaces(std::string_view folded_text) {
  const auto left_out = [](UChar32 c) { return is_left_out(c) && (U_GET_GC_MASK(c) & U_GC_P_MASK) == 0; };
  return folded(without(folded_text, left_out));
}

// The closed list of legal endings, longest first; one of them is taken off, once.
constexpr std::array<std::string_view, 5> kLegalEndings = {"有限责任公司", "股份有限公司", "集团有限公司", "有限公司",
                                                           "公司"};

std::string company_form(std::string_view text) {
  std::string form = without_marks(folded(text));
  for (auto ending : kLegalEndings) {
    if (form.size() > ending.size() && form.ends_with(ending)) {
      form.resize(form.size() - ending.size());
      break;
    }
  }
  return form;
}

std::string upper_ascii(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// Where an extension begins: 转, "ext", "x" or "#".
std::size_t extension_at(std::string_view text) {
  std::size_t first = text.size();
  for (std::string_view mark : {"转", "分机", "ext", "x", "#"}) {
    const auto at = text.find(mark);
    if (at != std::string_view::npos && at < first) first = at;
  }
  return first;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(text.data(), at, length, c);
    if (c < 0) return false;
  }
  return true;
}

bool is_blank(std::string_view text) {
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT(text.data(), at, length, c);
    if (c < 0 || !is_invisible(c)) return false;
  }
  return true;
}

std::size_t code_points(std::string_view valid_utf8) {
  std::size_t count = 0;
  for (char c : valid_utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string nfc(std::string_view valid_utf8) {
  return normalize(normalizer(&icu::Normalizer2::getNFCInstance), valid_utf8);
}

std::string nfkc(std::string_view valid_utf8) {
  return normalize(normalizer(&icu::Normalizer2::getNFKCInstance), valid_utf8);
}

PhoneParts phone_parts(std::string_view valid_utf8) {
  const std::string form = folded(valid_utf8);
  const std::size_t cut = extension_at(form);
  const std::string_view main_part = std::string_view(form).substr(0, cut);
  PhoneParts parts{digits_of(main_part), digits_of(std::string_view(form).substr(cut))};
  const auto plus = main_part.find('+');
  if (plus != std::string_view::npos && parts.digits.starts_with("86")) {
    parts.digits.erase(0, 2);
  } else if (parts.digits.starts_with("0086")) {
    parts.digits.erase(0, 4);
  } else if (parts.digits.size() == 13 && parts.digits.starts_with("861")) {
    parts.digits.erase(0, 2);  // a bare 86 only before a mobile number
  }
  return parts;
}

std::string normal_form_1(NormalFormKind kind, std::string_view valid_utf8) {
  switch (kind) {
    case NormalFormKind::text:
      return without_marks(folded(valid_utf8));
    case NormalFormKind::email:  // a dot tells two mailboxes apart
      return without_spaces(folded(valid_utf8));
    case NormalFormKind::company:
      return company_form(valid_utf8);
    case NormalFormKind::phone: {
      const auto parts = phone_parts(valid_utf8);
      if (parts.digits.empty()) return {};
      return parts.extension.empty() ? parts.digits : parts.digits + "x" + parts.extension;
    }
    case NormalFormKind::credit_code:
      return upper_ascii(without_marks(folded(valid_utf8)));
  }
  HS_ASSERT(!"normal form kind");
  return {};
}

std::string header_form(std::string_view valid_utf8) {
  return without_spaces(folded(valid_utf8));
}

std::string collation_key_zh(std::string_view valid_utf8) {
  static const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale::getChinese(), status));
    HS_ASSERT(U_SUCCESS(status));
    return made;
  }();
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(valid_utf8.data(), static_cast<std::int32_t>(valid_utf8.size())));
  std::string key(96, '\0');
  auto* out = reinterpret_cast<std::uint8_t*>(key.data());
  const auto length = collator->getSortKey(text, out, static_cast<std::int32_t>(key.size()));
  if (static_cast<std::size_t>(length) > key.size()) {
    key.resize(static_cast<std::size_t>(length));
    collator->getSortKey(text, reinterpret_cast<std::uint8_t*>(key.data()), length);
  }
  key.resize(static_cast<std::size_t>(length) - 1);  // without the closing zero
  return key;
}

std::string unicode_version() {
  return U_ICU_VERSION;
}

}  // namespace highseas::base
