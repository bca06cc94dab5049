// target.hpp — a request target taken apart: path and query, percent-decoded strictly.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/fault.hpp"
#include "api/http/message.hpp"

namespace highseas::api::http {

struct Target {
  std::string path;
  Query query;
};

/// Takes the forms `/path?query` and `http://host/path?query`. A fault is `bad_target` or `bad_path`.
std::expected<Target, FaultKind> parse_target(std::string_view target);

/// `text` with `%XX` decoded (and `+` as a space in a query); nothing when it is malformed, not UTF-8, or has a NUL.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace highseas::api::http
