// record_decider — decides one item of a write: create, update, remove or restore a record of any form but follow-ups
// (follow_ups/follow_up_decider), except that their removal is refused here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/decision.hpp"
#include "domain/permissions/permissions.hpp"
#include "domain/records/record_commands.hpp"

namespace highseas::domain {

// A customer or lead as far as what hangs on it is judged by it.
struct RootFacts {
  FormNumber form = 0;
  base::RecordId record;
  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  std::vector<base::MemberId> collaborators;
};

// What is true of the record that is written. Default: there is none yet (create).
struct RecordFacts {
  bool exists = false;
  bool deleted = false;
  std::uint64_t version = 0;
  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  std::optional<base::PoolId> home_pool;  // of a pooled form
  std::vector<base::MemberId> collaborators;
  std::vector<FieldValue> values;
};

// What the decision asks of the tables, each answer as of this item (with what items before it in its commit did).
struct RecordQuestions {
  // Live records that share a dedup key with a record of these values, the record itself left out. Empty: none.
  std::function<std::vector<DuplicateHit>(const std::vector<FieldValue>& values)> duplicates;
  // True where the record (of field.reference) or file exists, is live, and may be read by her. Empty: none does.
  std::function<bool(const FieldDefinition& field, base::Ulid id)> reference_exists;
  // A live customer or lead by id. Empty: none.
  std::function<std::optional<RootFacts>(FormNumber form, base::RecordId record)> root;
  // How many records of this home pool the member owns, those that holding_excludes leaves out not counted. Empty: 0.
  std::function<std::uint64_t(base::PoolId pool, base::MemberId member)> held;
  // True where the pool's holding_excludes leaves out a record with these values. Empty: false.
  std::function<bool(const PoolDefinition& pool, const std::vector<FieldValue>& values)> not_counted_as_held;
};

struct RecordContext {
  const Workspace& workspace;
  const Rights& rights;
  const FormDefinition& form;  // in force for this item, with the choices that items before it added
  base::RecordId fresh;        // the id of a record to be created
  Origin origin = Origin::manual;
  std::string pointer;  // of the values: "" or "/operations/3/data"
};

// Events: ChoiceAdded for each new word of an open list, then one event of the record; and a second where it comes back
// from the bin and its owner has left (Released) or its pool is gone (MovedToPool).
Decision decide(const RecordFacts& facts, const RecordItem& item, const RecordQuestions& questions,
                const RecordContext& context);

}  // namespace highseas::domain
