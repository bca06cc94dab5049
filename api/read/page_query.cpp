// page_query — numbers, choices and lists of the query string.
#include "api/read/page_query.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace highseas::api {

std::expected<std::size_t, Problem> page_limit(const Call& call) {
  const auto text = call.query("limit");
  if (!text) return kDefaultPage;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
  const bool digits = end == text->data() + text->size() && !text->empty();
  if (digits && (error == std::errc::result_out_of_range || limit > kLargestPage)) {
    auto problem = Problem::of("out-of-range");
    problem.extras.emplace_back("parameter", "limit");
    problem.extras.emplace_back("limit", kLargestPage);
    return std::unexpected(std::move(problem));
  }
  if (!digits || error != std::errc{} || limit == 0) return std::unexpected(bad_parameter("limit"));
  return limit;
}

std::vector<std::string_view> comma_list(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

std::expected<projections::Among, Problem> among(const Call& call) {
  const auto bin = call.query("bin");
  if (!bin || *bin == "false") return projections::Among::live;
  if (*bin != "true") return std::unexpected(bad_parameter("bin"));
  return projections::Among::bin;
}

Problem bad_parameter(std::string_view name) {
  auto problem = Problem::of("bad-parameter");
  problem.extras.emplace_back("parameter", name);
  return problem;
}

}  // namespace highseas::api
