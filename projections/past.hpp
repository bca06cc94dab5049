// past — the state as an earlier commit left it, as far as that commit's own answer shows it: folded from the few
// commits that made it, not from the whole log.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>

#include "eventstore/commit_reader.hpp"
#include "projections/state.hpp"

namespace highseas::projections {

// Forms, directory, pools and rules as the commit at `position` left them (0: before the first). What the image has
// kept of them is enough; the log is not read.
std::shared_ptr<const domain::Workspace> design_at(const Image& now, std::uint64_t position);

// The commit at a position, with its events at least.
using CommitAt = std::function<std::expected<domain::Commit, eventstore::ReadError>(std::uint64_t position)>;

// Design, rules, files and jobs as `commit` left them, jobs so far as it started or ended them; and where
// `with_records`, the records that its events tell of, with those that their facts are made of (follow-ups, a contact's
// customer). All other records are missing, and what is counted over records. `now` is a snapshot that holds the
// commit. It costs what these records and the design have been through.
std::expected<std::unique_ptr<State>, eventstore::ReadError> state_after(const domain::Commit& commit, const Image& now,
                                                                         bool with_records, const CommitAt& read);

}  // namespace highseas::projections
