// decide_workspace — the first commit: all that ships with this program, as ordinary events.
#include "decision/commands.hpp"
#include "domain/forms/builtin_forms.hpp"
#include "domain/workspace/open_workspace.hpp"
#include "rules/calendar/shipped_calendars.hpp"

namespace highseas::decision {

Outcome decide_open(Situation& situation, const Request& request, const domain::OpenWorkspace& command) {
  const auto basis = current_basis();
  const domain::OpeningFacts facts{.already_open = situation.state().position() > 0,
                                   .workspace = request.workspace,
                                   .forms = domain::builtin_forms(),
                                   .calendar = rules::cn_public_holidays({}),
                                   .basis = {.generations = basis.generations,
                                             .unicode_version = basis.unicode_version,
                                             .zone_version = basis.zone_version}};
  return whole(situation, request, domain::decide_open_workspace(facts, command, situation.now(), situation.ids()));
}

}  // namespace highseas::decision
