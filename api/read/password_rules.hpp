// password_rules — which passwords are taken (security.md, Who is there).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/read/object_reader.hpp"

namespace highseas::api {

inline constexpr std::size_t kPasswordMin = 8;  // code points, after NFKC
inline constexpr std::size_t kPasswordMax = 128;

// Too short, too long, one of the commonest, or with the local part of the e-mail (of four characters or more) in it.
bool is_weak_password(std::string_view nfkc_password, std::string_view email);
// Among the commonest, whatever its case and blanks.
bool is_common_password(std::string_view nfkc_password);

// The member as a password in NFKC, blanks and all; its absence is a fault, and so is what is no text.
std::optional<std::string> read_password(ObjectReader& body, std::string_view name);

// What `faults` say, and that the password at `pointer` is weak.
Problem weak_password(const domain::Faults& faults, std::string pointer, Language language);

}  // namespace highseas::api
