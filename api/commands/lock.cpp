// lock — POST /v1/{form}/{id}/lock and /v1/{form}/lock: kept from recycling until a moment; `"until": null` unlocks.
#include "api/commands/pool_action.hpp"
#include "api/handlers.hpp"

namespace highseas::api {
namespace {

domain::Command read_lock(ObjectReader& body, domain::PoolTargets targets) {
  domain::LockRecords command{.targets = std::move(targets), .until = {}, .reason = {}};
  // Null says that it is to be unlocked; nothing at all is more likely a slip.
  if (!body.find("until")) body.fault("until", domain::RefusalCode::required);
  command.until = body.instant("until");
  command.reason = body.text("reason", kReasonMax).value_or("");
  return command;
}

}  // namespace

void lock_record(App&, const CallPtr& call) {
  act_on_one(call, domain::kAssign, read_lock);
}
void lock_records(App&, const CallPtr& call) {
  act_on_many(call, domain::kAssign, read_lock);
}

}  // namespace highseas::api
