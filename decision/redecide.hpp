// redecide — a recorded commit decided again on the state in front of it: the auditor's question whether the log says
// what the deciders say.
#pragma once

#include "domain/commit_content.hpp"
#include "projections/state.hpp"

namespace highseas::decision {

// Admission by a token that was checked beside the log: nobody can decide it again.
bool is_admission(const domain::Command& command);

// Whether its command, on the state at its position − 1, gives the very events that it recorded. The items that left
// none are taken as recorded: their values are in no commit. Only for a commit that was read whole (nothing erased or
// sealed) and of the generation that this program decides by.
bool decides_the_same(const projections::State& before, const domain::Commit& commit, base::WorkspaceId workspace);

}  // namespace highseas::decision
