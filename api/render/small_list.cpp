// small_list — sorts the keys, cuts the page, and hands its last key out as the cursor of the next.
#include "api/render/small_list.hpp"

#include <algorithm>

#include "api/read/page_query.hpp"

namespace highseas::api {

std::expected<SmallPage, Problem> small_page(const Call& call) {
  const auto limit = page_limit(call);
  if (!limit) return std::unexpected(limit.error());
  SmallPage page{.limit = *limit, .after = std::nullopt};
  if (const auto cursor = call.query("cursor")) {
    page.after = base::parse_ulid(*cursor);
    if (!page.after) return std::unexpected(Problem::of("bad-cursor"));
  }
  return page;
}

http::Response small_list_answer(const SmallPage& page, std::vector<base::Ulid> keys,
                                 const std::function<void(json::Writer&, base::Ulid)>& write,
                                 eventstore::Position position) {
  if (page.after) std::erase_if(keys, [&](base::Ulid key) { return key >= *page.after; });
  std::ranges::sort(keys, std::ranges::greater{});
  const bool more = keys.size() > page.limit;
  if (more) keys.resize(page.limit);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("items").begin_array();
  for (const auto key : keys) write(writer, key);
  writer.end_array();
  if (more) {
    writer.member("next_cursor", base::format_ulid(keys.back()));
  } else {
    writer.null_member("next_cursor");
  }
  writer.member("position", position).end_object();
  return answer(200, std::move(text), position);
}

}  // namespace highseas::api
