// timeline — every event of a record and of what stands on it, oldest first.
#include <algorithm>
#include <cstdio>
#include <limits>

#include "codec/readable.hpp"
#include "eventstore/commit_reader.hpp"
#include "eventstore/crypto.hpp"
#include "projections/event_walk.hpp"
#include "tools/replay/commands.hpp"
#include "tools/replay/json_text.hpp"
#include "tools/replay/text.hpp"

namespace highseas::replay {
namespace {

int failed(const std::string& why) {
  std::fprintf(stderr, "highseas-replay: %s\n", why.c_str());
  return 2;
}

// One event of the record, and what the API's history says of it.
struct Told {
  const projections::ReadCommit& read;
  std::uint32_t index;
  std::string type;
  std::string summary;
  bool covered;  // by the head file
};

void print_json(const Told& told, const domain::Workspace& workspace, codec::Lang lang, const std::string& hash) {
  const auto& commit = told.read.commit;
  JsonText json;
  json.begin_object();
  json.key("position");
  json.unsigned_integer(commit.position);
  json.key("index");
  json.unsigned_integer(told.index);
  json.key("type");
  json.text(told.type);
  json.key("at");
  json.text(base::format_instant(commit.time));
  json.key("actor");
  projections::walk_actor(json, commit.actor, workspace, lang);
  json.key("summary");
  json.text(told.summary);
  json.key("data");
  projections::walk_event(json, commit.content.events[told.index], workspace);
  json.key("commit_hash");
  json.text(hash);
  json.key("covered");
  json.boolean(told.covered);
  json.end_object();
  std::printf("%s\n", json.take().c_str());
}

void print_line(const Told& told, const domain::Workspace& workspace, codec::Lang lang) {
  const auto& commit = told.read.commit;
  std::printf("%8llu.%-3u %s  %-22s %-12s %s%s\n", static_cast<unsigned long long>(commit.position), told.index,
              base::format_instant(commit.time).c_str(), told.type.c_str(),
              actor_text(commit.actor, workspace, lang).c_str(), told.summary.c_str(),
              told.covered ? "" : "  (not yet covered by the head file)");
}

}  // namespace

int timeline(const Archive& archive, const std::string& record, Output output) {
  const auto state = fold(archive, 0);
  if (!state) return failed(state.error());
  const auto& image = (*state)->image();
  const auto view = projections::record_by_text(image, record);
  if (!view) return failed("no record " + record + ": ids look like cus_01J…");
  const auto lang = output.english ? codec::Lang::en : codec::Lang::zh;
  const projections::ImageNames names(image, lang);
  auto places = image.history(view->id(), std::numeric_limits<std::size_t>::max());
  std::ranges::reverse(places);
  for (const auto& place : places) {
    const auto read = projections::read_commit(*archive.log, archive.vault.get(), archive.workspace, place.position);
    if (!read) return failed(eventstore::describe(read.error()));
    const auto& event = read->commit.content.events[place.index];
    const Told told{.read = *read,
                    .index = place.index,
                    .type = codec::shown_type(event, view->definition().slug),
                    .summary = codec::summary(event, lang, names),
                    .covered = place.position <= archive.covered};
    if (!output.json) {
      print_line(told, image.workspace(), lang);
      continue;
    }
    const auto hash = eventstore::leaf_hash(*archive.log, archive.workspace, place.position);
    if (!hash) return failed(eventstore::describe(hash.error()));
    print_json(told, image.workspace(), lang, eventstore::to_hex(*hash));
  }
  return 0;
}

}  // namespace highseas::replay
