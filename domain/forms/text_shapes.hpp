// text_shapes — what a phone, an e-mail address, a web address and a line of text look like. Sensible, not strict:
// people type what they have.
#pragma once

#include <string_view>

namespace highseas::domain {

// All take valid UTF-8.
bool is_blank(std::string_view text);  // nothing in it can be seen
// A control character; tab and line ends are let through where there may be several lines.
bool has_control_characters(std::string_view text, bool multi_line);
bool looks_like_phone(std::string_view text);
bool looks_like_email(std::string_view text);
bool looks_like_url(std::string_view text);  // http or https, or a bare host

}  // namespace highseas::domain
