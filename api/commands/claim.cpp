// claim — POST /v1/{form}/{id}/claim and /v1/{form}/claim: what lies in a pool becomes hers.
#include "api/commands/pool_action.hpp"
#include "api/handlers.hpp"

namespace highseas::api {
namespace {

domain::Command read_claim(ObjectReader&, domain::PoolTargets targets) {
  return domain::ClaimRecords{.targets = std::move(targets)};
}

}  // namespace

void claim_record(App&, const CallPtr& call) {
  act_on_one(call, domain::kPool, read_claim);
}
void claim_records(App&, const CallPtr& call) {
  act_on_many(call, domain::kPool, read_claim);
}

}  // namespace highseas::api
