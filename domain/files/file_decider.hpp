// file_decider — makes a file known whose bytes lie sealed on disk.
#pragma once

#include "domain/context.hpp"
#include "domain/decision.hpp"
#include "domain/files/file_commands.hpp"

namespace highseas::domain {

inline constexpr std::uint64_t kFileBytesMax = 32ull << 20;
inline constexpr std::uint32_t kFileNameLengthMax = 255;  // code points

// Who may create or change records of some form: a file is there to be named by one.
bool may_add_files(const Workspace& workspace, const Rights& rights);

// Any active member who may add files; the actor is the one who added it. `known`: the id has a FileAdded already:
// nothing. forbidden; faults: required, too_long, invalid_value (the name), out_of_range (the size).
Decision decide_add_file(bool known, const AddFile& command, const DecisionContext& context);

}  // namespace highseas::domain
