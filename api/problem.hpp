// problem — every refusal as a problem document (RFC 9457) with a stable code, in the language that was asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/message.hpp"
#include "api/http/server.hpp"
#include "api/json/value.hpp"
#include "base/bilingual.hpp"
#include "domain/refusal.hpp"

namespace highseas::api {

enum class Language { zh, en };

inline const std::string& in(Language language, const base::Bilingual& words) {
  return language == Language::zh ? words.zh : words.en;
}

// From Accept-Language: English where it is preferred to Chinese, else Chinese.
Language language_of(std::optional<std::string_view> accept_language);

struct ProblemError {
  std::string pointer;
  std::string code;
  std::string detail;
  std::optional<std::uint64_t> offset{};  // of an expression: where it is at fault, in code points
};

struct Problem {
  std::string code;
  std::string detail;  // empty: the code's own sentence
  std::vector<ProblemError> errors;
  std::vector<std::pair<std::string, json::Json>> extras;  // "owner", "until" …
  std::vector<std::pair<std::string, std::string>> headers;

  static Problem of(std::string_view code) { return {.code = std::string(code)}; }
};

// What the table says of a code; an unknown one is a fault of the program.
struct ProblemKind {
  std::string_view code;
  int status;
  std::string_view title_zh;
  std::string_view title_en;
  std::string_view detail_zh;  // with the next step
  std::string_view detail_en;
};
const ProblemKind& problem_kind(std::string_view code);
const std::vector<ProblemKind>& problem_kinds();

http::Response problem_response(const Problem& problem, Language language, std::string_view instance);

// Input faults get a pointer each; several of different codes have the top code `invalid-input`. What names records and
// members (owner, duplicates) is added by the caller, who knows what may be shown.
Problem problem_of(const domain::Refusal& refusal, Language language);
std::string detail_of(std::string_view code, Language language);
// The document of a fault that the HTTP server refuses by itself.
std::string fault_document(const http::Fault& fault);

}  // namespace highseas::api
