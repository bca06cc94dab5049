// small_list — one page of a list that is short enough to be looked up whole: newest first, with an opaque cursor.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <vector>

#include "api/call.hpp"
#include "api/json/writer.hpp"
#include "base/ids.hpp"

namespace highseas::api {

// What `limit` and `cursor` ask for.
struct SmallPage {
  std::size_t limit = 50;
  std::optional<base::Ulid> after;  // the last key of the page before
};

// bad-parameter, out-of-range, bad-cursor.
std::expected<SmallPage, Problem> small_page(const Call& call);

// `{"items", "next_cursor", "position"}`. `keys`: one for each item, in any order, each once; the greatest comes first
// (ids are ordered by time). `write` writes the item of a key.
http::Response small_list_answer(const SmallPage& page, std::vector<base::Ulid> keys,
                                 const std::function<void(json::Writer&, base::Ulid)>& write,
                                 eventstore::Position position);

}  // namespace highseas::api
