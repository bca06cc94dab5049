// password_rules — length, the list of the commonest, and the owner's own name.
#include "api/read/password_rules.hpp"

#include "base/text.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kLocalPartMin = 4;

}  // namespace

bool is_weak_password(std::string_view nfkc_password, std::string_view email) {
  const auto length = base::code_points(nfkc_password);
  if (length < kPasswordMin || length > kPasswordMax) return true;
  if (is_common_password(nfkc_password)) return true;
  const auto local = base::header_form(email.substr(0, email.find('@')));
  if (base::code_points(local) < kLocalPartMin) return false;
  return base::header_form(nfkc_password).find(local) != std::string::npos;
}

std::optional<std::string> read_password(ObjectReader& body, std::string_view name) {
  const auto* member = body.required(name);
  if (!member) return std::nullopt;
  const auto* text = member->as_string();
  if (text && !text->empty()) return base::nfkc(*text);
  body.fault(name, text ? domain::RefusalCode::required : domain::RefusalCode::wrong_type);
  return std::nullopt;
}

Problem weak_password(const domain::Faults& faults, std::string pointer, Language language) {
  auto problem = faults.any() ? problem_of(faults, language) : Problem::of("weak-password");
  if (faults.any()) problem.code = "invalid-input";
  problem.errors.push_back({std::move(pointer), "weak-password", detail_of("weak-password", language)});
  return problem;
}

}  // namespace highseas::api
