// record_reader — the body of a record's creation or change: its fields flat, and the keys of its envelope.
#pragma once

#include <string>

#include "api/call.hpp"
#include "domain/faults.hpp"
#include "domain/records/record_commands.hpp"

namespace highseas::api {

// Reads values, new words, collaborators and, of a creation, owner or pool. Faults: unknown-field (also for what is
// hidden from her everywhere), read-only-field (facts and envelope), use-action (owner and pool of a change), and those
// of values. `pointer`: of the object, "" or "/operations/3/data".
domain::RecordItem read_record(const Call& call, const domain::FormDefinition& form, domain::RecordOperation operation,
                               const json::Json& body, const std::string& pointer, domain::Faults& faults);

// Of a batch's item that could not be read whole and is not sent to the decider: the faults that it would find in the
// rest.
void check_rest(const domain::Workspace& workspace, const domain::FormDefinition& form, const domain::RecordItem& item,
                const std::string& pointer, domain::Faults& faults);

// manual, or api where a key writes.
domain::Origin origin_of(const Call& call);

}  // namespace highseas::api
