// record_events — what happens to any form's records. Old values are never in an event: history computes them.
#pragma once

#include <optional>
#include <vector>

#include "domain/forms/form_definition.hpp"

namespace highseas::domain {

enum class Origin : std::uint8_t { manual = 1, import = 2, api = 3, conversion = 4, rule = 5 };

struct RecordCreated {
  base::RecordId record;
  FormNumber form = 0;
  std::optional<base::MemberId> owner;  // of a pooled form: owner or pool, never both
  std::optional<base::PoolId> pool;
  std::optional<base::PoolId> home_pool;  // pooled forms
  Origin origin = Origin::manual;
  std::vector<base::MemberId> collaborators;
  std::vector<FieldValue> values;
  bool operator==(const RecordCreated&) const = default;
};

struct RecordChanged {
  base::RecordId record;
  FormNumber form = 0;
  std::optional<std::vector<base::MemberId>> collaborators;  // absent: unchanged
  std::vector<FieldValue> values;                            // only what changed, new values
  bool operator==(const RecordChanged&) const = default;
};

struct RecordDeleted {
  base::RecordId record;
  FormNumber form = 0;
  bool operator==(const RecordDeleted&) const = default;
};

struct RecordRestored {
  base::RecordId record;
  FormNumber form = 0;
  bool operator==(const RecordRestored&) const = default;
};

}  // namespace highseas::domain
