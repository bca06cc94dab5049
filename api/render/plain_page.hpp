// plain_page — a page without scripts or styles, until the web client stands here.
#pragma once

#include <string>

#include "api/call.hpp"

namespace highseas::api {

// `main`: what stands in its <main>, in the caller's language and made of the program's own words alone.
http::Response plain_page(const Call& call, std::string_view title, const std::string& main);

}  // namespace highseas::api
