// if_match — the header If-Match (RFC 9110 13.1.1), as far as it names versions of a record.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace highseas::api {

struct IfMatch {
  // Nothing: `*`. Of several the greatest, for versions only rise: who has seen it can't be looking at a lesser one.
  // 0, which no record has: none of them is a version.
  std::optional<std::uint64_t> version;
};

// Nothing where it is neither `*` nor entity tags parted by commas. A weak tag matches nothing.
std::optional<IfMatch> parse_if_match(std::string_view text);

}  // namespace highseas::api
