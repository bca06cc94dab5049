// redecide — decides every recorded command again on the state in front of it, and compares the plaintext.
#include <algorithm>
#include <cstdio>

#include "codec/codec.hpp"
#include "decision/basis.hpp"
#include "decision/decide.hpp"
#include "decision/redecide.hpp"
#include "tools/replay/commands.hpp"
#include "tools/replay/json_text.hpp"

namespace highseas::replay {
namespace {

struct Counts {
  std::uint64_t commits = 0;
  std::uint64_t equal = 0;
  std::uint64_t different = 0;
  std::uint64_t not_comparable = 0;
  std::uint64_t erased = 0;
  std::uint64_t sealed = 0;
};

std::uint32_t generation_in(const domain::DecisionBasisChanged& basis, std::uint16_t type) {
  const auto found = std::ranges::find(basis.generations, type, &domain::DecisionGeneration::command_type);
  return found == basis.generations.end() ? 1 : found->generation;
}

bool comparable(const domain::DecisionBasisChanged& basis, const domain::Command& command) {
  const auto type = codec::command_type(command);
  const auto raised = decision::raised_generations().find(type);
  const auto here = raised == decision::raised_generations().end() ? 1 : raised->second;
  const auto current = decision::current_basis();
  return generation_in(basis, type) == here && basis.unicode_version == current.unicode_version &&
         basis.zone_version == current.zone_version;
}

void report(const projections::ReadCommit& read, Output output) {
  const auto position = static_cast<unsigned long long>(read.commit.position);
  const auto command = std::string(domain::command_name(read.commit.content.command));
  if (output.json)
    std::printf("{\"position\":%llu,\"command\":%s,\"different\":true}\n", position, quoted(command).c_str());
  else
    std::printf("position %llu: %s would be decided otherwise\n", position, command.c_str());
}

void print(const Counts& counts, Output output) {
  const auto n = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
  if (output.json) {
    std::printf(
        "{\"commits\":%llu,\"equal\":%llu,\"different\":%llu,\"not_comparable\":%llu,\"erased\":%llu,\"sealed\":%llu}"
        "\n",
        n(counts.commits), n(counts.equal), n(counts.different), n(counts.not_comparable), n(counts.erased),
        n(counts.sealed));
    return;
  }
  std::printf("%llu commits decided again: %llu equal, %llu different, %llu not comparable, %llu erased, %llu sealed\n",
              n(counts.commits), n(counts.equal), n(counts.different), n(counts.not_comparable), n(counts.erased),
              n(counts.sealed));
}

}  // namespace

int redecide(const Archive& archive, Output output) {
  Counts counts;
  const auto state = fold(archive, 0, [&](const projections::State& before, const projections::ReadCommit& each) {
    if (decision::is_admission(each.commit.content.command)) return true;
    ++counts.commits;
    if (each.erased) {
      ++counts.erased;
    } else if (each.sealed) {
      ++counts.sealed;
    } else if (!comparable(before.workspace().basis, each.commit.content.command)) {
      ++counts.not_comparable;
    } else if (decision::decides_the_same(before, each.commit, each.workspace)) {
      ++counts.equal;
    } else {
      ++counts.different;
      report(each, output);
    }
    return true;
  });
  if (!state) {
    std::fprintf(stderr, "highseas-replay: %s\n", state.error().c_str());
    return 2;
  }
  print(counts, output);
  return counts.different == 0 ? 0 : 1;
}

}  // namespace highseas::replay
