// common_passwords — the list of common_passwords.txt, asked for one of them.
#include <algorithm>
#include <unordered_set>

#include "api/read/password_rules.hpp"
#include "base/text.hpp"

namespace highseas::api {
namespace {

constexpr std::string_view kLines =
#include "generated/api/read/common_passwords.txt.inc"
    ;

std::unordered_set<std::string_view> words() {
  std::unordered_set<std::string_view> found;
  auto rest = kLines;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    if (!line.empty() && line.front() != '#') found.insert(line);
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return found;
}

}  // namespace

bool is_common_password(std::string_view nfkc_password) {
  static const auto common = words();
  return common.contains(base::header_form(nfkc_password));
}

}  // namespace highseas::api
