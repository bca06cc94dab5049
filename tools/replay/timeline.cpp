// timeline — every event of a record and of what stands on it, oldest first.
#include <algorithm>
#include <cstdio>
#include <limits>

#include "codec/readable.hpp"
#include "tools/replay/commands.hpp"
#include "tools/replay/text.hpp"

namespace highseas::replay {
namespace {

void print(const projections::ReadCommit& read, std::uint32_t index, const std::string& slug,
           const projections::ImageNames& names, Output output, bool covered) {
  const auto& commit = read.commit;
  const auto& event = commit.content.events[index];
  const auto type = codec::shown_type(event, slug);
  const auto summary = codec::summary(event, output.english ? codec::Lang::en : codec::Lang::zh, names);
  const auto actor = actor_text(commit.actor, names);
  if (output.json) {
    std::printf("{\"position\":%llu,\"index\":%u,\"type\":%s,\"at\":%s,\"actor\":%s,\"summary\":%s,\"covered\":%s}\n",
                static_cast<unsigned long long>(commit.position), index, quoted(type).c_str(),
                quoted(base::format_instant(commit.time)).c_str(), quoted(actor).c_str(), quoted(summary).c_str(),
                covered ? "true" : "false");
    return;
  }
  std::printf("%8llu.%-3u %s  %-22s %-12s %s%s\n", static_cast<unsigned long long>(commit.position), index,
              base::format_instant(commit.time).c_str(), type.c_str(), actor.c_str(), summary.c_str(),
              covered ? "" : "  (not yet covered by the head file)");
}

}  // namespace

int timeline(const Archive& archive, const std::string& record, Output output) {
  const auto state = fold(archive, 0);
  if (!state) {
    std::fprintf(stderr, "highseas-replay: %s\n", state.error().c_str());
    return 2;
  }
  const auto& image = (*state)->image();
  const auto view = projections::record_by_text(image, record);
  if (!view) {
    std::fprintf(stderr, "highseas-replay: no record %s: ids look like cus_01J…\n", record.c_str());
    return 2;
  }
  const projections::ImageNames names(image, output.english ? codec::Lang::en : codec::Lang::zh);
  auto places = image.history(view->id(), std::numeric_limits<std::size_t>::max());
  std::ranges::reverse(places);
  for (const auto& place : places) {
    const auto read = projections::read_commit(*archive.log, archive.vault.get(), archive.workspace, place.position);
    if (!read) {
      std::fprintf(stderr, "highseas-replay: %s\n", eventstore::describe(read.error()).c_str());
      return 2;
    }
    print(*read, place.index, view->definition().slug, names, output, place.position <= archive.covered);
  }
  return 0;
}

}  // namespace highseas::replay
