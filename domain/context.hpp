// context — what a decider is told besides the facts: the moment, whose rights count, the company, fresh ids.
#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "domain/permissions/permissions.hpp"

namespace highseas::domain {

// Lives as long as one decision. `rights` are those of the actor, or of the member on whose behalf it acts; the ids
// are the commit's: taken in a fixed order, so that the same command gives the same ones again.
struct DecisionContext {
  base::Instant now;
  const Rights& rights;
  const Workspace& workspace;
  base::IdSource& ids;
};

}  // namespace highseas::domain
