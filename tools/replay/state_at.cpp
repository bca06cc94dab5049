// state_at — a record as it was: by a time, or by a position ("p:5210").
#include <charconv>
#include <cstdio>

#include "domain/forms/fact_fields.hpp"
#include "tools/replay/commands.hpp"
#include "tools/replay/json_text.hpp"
#include "tools/replay/text.hpp"

namespace highseas::replay {
namespace {

struct Moment {
  std::optional<base::Instant> time;
  eventstore::Position position = 0;
};

std::optional<Moment> parse_moment(const std::string& text) {
  if (text.starts_with("p:")) {
    Moment moment;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), moment.position);
    if (error != std::errc{} || end != text.data() + text.size() || moment.position == 0) return std::nullopt;
    return moment;
  }
  if (const auto at = base::parse_instant(text)) return Moment{.time = at};
  return std::nullopt;
}

void line(bool json, bool& first, const std::string& key, const std::string& value) {
  if (json)
    std::printf("%s%s:%s", first ? "" : ",", quoted(key).c_str(), value.c_str());
  else if (value != "null")
    std::printf("%-26s %s\n", key.c_str(), value.c_str());
  first = false;
}

void print(const projections::Image& image, const projections::RecordView& record, bool json) {
  const auto& workspace = image.workspace();
  bool first = true;
  if (json) std::printf("{");
  line(json, first, "form", quoted(record.definition().slug));
  for (const auto& fact : domain::fact_fields()) {
    if (!domain::carries_fact(record.definition(), fact)) continue;
    line(json, first, std::string(fact.key),
         fact_json(workspace, record.definition(), fact, record.value(fact.number)));
  }
  for (const auto& field : record.definition().fields) {
    line(json, first, field.key, value_json(workspace, field, record.value(field.number)));
  }
  line(json, first, "deleted", record.deleted() ? "true" : "false");
  line(json, first, "position", std::to_string(image.position()));
  if (json) std::printf("}\n");
}

}  // namespace

int state_at(const Archive& archive, const std::string& record, const std::string& at, Output output) {
  const auto moment = at.empty() ? std::optional(Moment{}) : parse_moment(at);
  if (!moment) {
    std::fprintf(stderr,
                 "highseas-replay: --at is neither a time like 2026-09-30T16:00:00Z nor a position like p:5210\n");
    return 2;
  }
  const auto state =
      fold(archive, moment->position, [&](const projections::State&, const projections::ReadCommit& each) {
        return !moment->time || each.commit.time <= *moment->time;
      });
  if (!state) {
    std::fprintf(stderr, "highseas-replay: %s\n", state.error().c_str());
    return 2;
  }
  const auto view = projections::record_by_text((*state)->image(), record);
  if (!view) {
    std::fprintf(stderr, "highseas-replay: there was no record %s at that moment\n", record.c_str());
    return 2;
  }
  print((*state)->image(), *view, output.json);
  return 0;
}

}  // namespace highseas::replay
