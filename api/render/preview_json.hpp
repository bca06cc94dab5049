// preview_json — the records of a preview, page by page.
#pragma once

#include "api/call.hpp"
#include "api/json/writer.hpp"
#include "api/previews.hpp"
#include "projections/image.hpp"

namespace highseas::api {

// Writes `items` and `next_cursor`: from the place `from` on, at most `limit`. An item is
// `{id, name, outcome, due_at, explanation}`.
void write_preview_page(json::Writer& writer, const Call& call, const projections::Image& image, const Preview& preview,
                        std::size_t from, std::size_t limit);

}  // namespace highseas::api
