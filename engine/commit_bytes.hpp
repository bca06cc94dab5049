// commit_bytes — between a commit as the folds see it and as the log takes it: where codec and eventstore meet.
#pragma once

#include <expected>

#include "domain/commit_content.hpp"
#include "domain/workspace/workspace.hpp"
#include "eventstore/commit_reader.hpp"

namespace highseas::engine {

// `design`: the forms as of before the commit, which say what is personal.
eventstore::PlainCommit commit_bytes(const domain::Commit& commit, eventstore::WorkspaceNumber number,
                                     base::WorkspaceId workspace, const domain::Workspace& design);

}  // namespace highseas::engine
