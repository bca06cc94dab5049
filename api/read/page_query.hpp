// page_query — `limit`, `bin` and comma lists of a query string.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>
#include <vector>

#include "api/call.hpp"
#include "projections/query/list.hpp"

namespace highseas::api {

inline constexpr std::size_t kDefaultPage = 50;
inline constexpr std::size_t kLargestPage = 500;

// 50 where none is named. bad-parameter for what is no number of 1 or more, out-of-range beyond 500.
std::expected<std::size_t, Problem> page_limit(const Call& call);

// The parts of "a,b,c"; none for an empty text.
std::vector<std::string_view> comma_list(std::string_view text);

// `bin=true`: what lies in the bin; else, or without it, what is live. bad-parameter for another value.
std::expected<projections::Among, Problem> among(const Call& call);

// bad-parameter, naming it.
Problem bad_parameter(std::string_view name);

}  // namespace highseas::api
