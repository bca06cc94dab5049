// text — Unicode: validity, normal forms, and the form in which dedup compares.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace highseas::base {

// Strict: no surrogates, no overlong forms, nothing beyond U+10FFFF.
bool is_valid_utf8(std::string_view text);
// Nothing in it can be seen: spaces, controls, format characters, fillers.
bool is_blank(std::string_view text);
std::size_t code_points(std::string_view valid_utf8);

// NFC, the form in which text is stored.
std::string nfc(std::string_view valid_utf8);
// NFKC (for passwords, before hashing).
std::string nfkc(std::string_view valid_utf8);

// normal_form_1 (log.md, Values): how dedup compares. Versioned: what it gives for a text never changes; another rule
// is another function.
enum class NormalFormKind { text, company, phone, credit_code, email };
// Empty where nothing is left to compare: an empty form never hits.
std::string normal_form_1(NormalFormKind kind, std::string_view valid_utf8);

// A phone's digits in its normal form and its extension ("021-1234 转 8" = "0211234", "8").
struct PhoneParts {
  std::string digits;
  std::string extension;
};
PhoneParts phone_parts(std::string_view valid_utf8);

// For matching headers: NFKC case folded, without spaces.
std::string header_form(std::string_view valid_utf8);

// Orders Chinese text by pinyin (ICU's zh collation). Derived: keys are never stored in an event.
std::string collation_key_zh(std::string_view valid_utf8);

// Of the library that all of this rests on ("72.1"): normal forms and collation may differ between two of them.
std::string unicode_version();

}  // namespace highseas::base
