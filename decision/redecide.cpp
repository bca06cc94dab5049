// redecide — the same decide() as the running server's, given time, seed and actor of the commit.
#include "decision/redecide.hpp"

#include "decision/decide.hpp"

namespace highseas::decision {

bool is_admission(const domain::Command& command) {
  return std::holds_alternative<domain::OpenWorkspace>(command) ||
         std::holds_alternative<domain::AcceptInvitation>(command);
}

bool decides_the_same(const projections::State& before, const domain::Commit& commit, base::WorkspaceId workspace) {
  const auto& content = commit.content;
  const auto again = decide(before, {.actor = commit.actor,
                                     .command = content.command,
                                     .now = commit.time,
                                     .seed = content.seed,
                                     .workspace = workspace,
                                     .recorded = &content.outcomes});
  return again && again->content.events == content.events;
}

}  // namespace highseas::decision
