// problem — from codes and refusals to documents.
#include "api/problem.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "api/json/writer.hpp"
#include "base/assert.hpp"

namespace highseas::api {
namespace {

constexpr std::string_view kTypeBase = "https://highseas.dev/problems/";

// The weight that Accept-Language gives a language; less than nothing where it does not name it.
double weight_of(std::string_view header, std::string_view language) {
  double best = -1;
  while (!header.empty()) {
    const auto end = std::min(header.find(','), header.size());
    auto range = header.substr(0, end);
    header.remove_prefix(std::min(header.size(), end + 1));
    while (!range.empty() && range.front() == ' ') range.remove_prefix(1);
    const auto semicolon = range.find(";q=");
    double weight = 1;
    if (semicolon != std::string_view::npos) {
      std::from_chars(range.data() + semicolon + 3, range.data() + range.size(), weight);
    }
    if (range.starts_with(language) && weight > best) best = weight;
  }
  return best;
}

std::string_view pick(Language language, std::string_view zh, std::string_view en) {
  return language == Language::zh ? zh : en;
}

void write_errors(json::Writer& writer, const std::vector<ProblemError>& errors) {
  writer.key("errors").begin_array();
  for (const auto& error : errors) {
    writer.begin_object();
    writer.member("pointer", error.pointer).member("code", error.code).member("detail", error.detail);
    if (error.offset) writer.member("offset", *error.offset);
    writer.end_object();
  }
  writer.end_array();
}

// The token of an invitation lies in its path: whoever reads a problem in a log must not get in by it.
std::string without_secret(std::string_view path) {
  constexpr std::string_view kInvitations = "/v1/invitations/";
  if (!path.starts_with(kInvitations)) return std::string(path);
  const auto rest = path.substr(kInvitations.size());
  return std::string(kInvitations) + "{token}" + std::string(rest.substr(std::min(rest.find('/'), rest.size())));
}

// What can't be used in an expression is told in other words than what can't be set in a form.
std::string detail_of(const domain::InputFault& fault, Language language) {
  const bool in_expression = fault.expression && fault.code == domain::RefusalCode::not_allowed_here;
  auto detail = in_expression
                    ? std::string(pick(language, "该表达式只能使用记录自己的字段，不能使用 now、me 或其他记录。",
                                       "This expression may use the record's own fields alone: not now, me "
                                       "or other records."))
                    : api::detail_of(domain::refusal_key(fault.code), language);
  if (fault.expression) {
    detail += " (" + std::string(pick(language, fault.expression->zh, fault.expression->en)) + ")";
  } else if (!fault.detail.empty()) {
    detail += " (" + fault.detail + ")";
  }
  return detail;
}

std::string document(const ProblemKind& kind, const Problem& problem, Language language,
                     std::optional<std::string_view> instance) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.member("type", std::string(kTypeBase) + std::string(kind.code));
  writer.member("title", pick(language, kind.title_zh, kind.title_en));
  writer.member("status", kind.status);
  writer.member("detail", problem.detail.empty() ? pick(language, kind.detail_zh, kind.detail_en) : problem.detail);
  writer.member("code", kind.code);
  if (instance)
    writer.member("instance", without_secret(*instance));
  else
    writer.null_member("instance");
  if (!problem.errors.empty()) write_errors(writer, problem.errors);
  for (const auto& [name, value] : problem.extras) writer.member(name, value);
  writer.end_object();
  return text;
}

}  // namespace

Language language_of(std::optional<std::string_view> accept_language) {
  if (!accept_language) return Language::zh;
  return weight_of(*accept_language, "en") > weight_of(*accept_language, "zh") ? Language::en : Language::zh;
}

const ProblemKind& problem_kind(std::string_view code) {
  static const std::unordered_map<std::string_view, const ProblemKind*> by_code = [] {
    std::unordered_map<std::string_view, const ProblemKind*> made;
    for (const auto& kind : problem_kinds()) made.emplace(kind.code, &kind);
    return made;
  }();
  const auto found = by_code.find(code);
  HS_ASSERT(found != by_code.end());
  return *found->second;
}

http::Response problem_response(const Problem& problem, Language language, std::string_view instance) {
  const auto& kind = problem_kind(problem.code);
  http::Response response;
  response.status = kind.status;
  response.body = document(kind, problem, language, instance);
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Cache-Control", "no-store");
  for (const auto& [name, value] : problem.headers) response.headers.set(name, value);
  return response;
}

std::string detail_of(std::string_view code, Language language) {
  const auto& kind = problem_kind(code);
  return std::string(pick(language, kind.detail_zh, kind.detail_en));
}

Problem problem_of(const domain::Refusal& refusal, Language language) {
  Problem problem;
  bool same = true;
  for (const auto& fault : refusal.faults) {
    const auto code = domain::refusal_key(fault.code);
    same = same && fault.code == refusal.faults.front().code;
    problem.errors.push_back({.pointer = fault.pointer,
                              .code = std::string(code),
                              .detail = detail_of(fault, language),
                              .offset = fault.expression ? std::optional(fault.expression->offset) : std::nullopt});
  }
  auto code = refusal.code;
  if (code == domain::RefusalCode::none && !refusal.faults.empty() && same) code = refusal.faults.front().code;
  problem.code = code == domain::RefusalCode::none ? "invalid-input" : std::string(domain::refusal_key(code));
  if (refusal.until) problem.extras.emplace_back("until", base::format_instant(*refusal.until));
  if (refusal.version) problem.extras.emplace_back("version", *refusal.version);
  if (refusal.limit) problem.extras.emplace_back("limit", *refusal.limit);
  if (!refusal.names.empty()) {
    json::Json::Array names;
    for (const auto& name : refusal.names) names.emplace_back(name);
    problem.extras.emplace_back("names", std::move(names));
  }
  return problem;
}

std::string fault_document(const http::Fault& fault) {
  const auto language =
      language_of(fault.accept_language.empty() ? std::nullopt : std::optional(fault.accept_language));
  const auto instance = fault.path.empty() ? std::nullopt : std::optional(fault.path);
  return document(problem_kind(fault.code), Problem::of(fault.code), language, instance);
}

}  // namespace highseas::api
