// commit_bytes — between a commit as the folds see it and as the log takes it: where codec and eventstore meet.
#pragma once

#include <expected>

#include "domain/commit_content.hpp"
#include "domain/workspace/workspace.hpp"
#include "eventstore/commit_reader.hpp"

namespace highseas::engine {

eventstore::PlainCommit commit_bytes(const domain::Commit& commit, eventstore::WorkspaceNumber number,
                                     const domain::Workspace& workspace);

}  // namespace highseas::engine
