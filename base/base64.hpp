// base64 — bytes as text (RFC 4648): with padding for what is to be checked, URL-safe and bare for secrets.
#pragma once

#include <string>
#include <string_view>

namespace highseas::base {

std::string base64(std::string_view bytes);
std::string base64_url(std::string_view bytes);  // without padding

}  // namespace highseas::base
