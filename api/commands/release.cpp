// release — POST /v1/{form}/{id}/release and /v1/{form}/release: back into a pool, with the reason.
#include "api/commands/pool_action.hpp"
#include "api/handlers.hpp"

namespace highseas::api {
namespace {

domain::Command read_release(ObjectReader& body, domain::PoolTargets targets) {
  domain::ReleaseRecords command{.targets = std::move(targets), .pool = {}, .reason = {}, .note = {}};
  command.pool = body.id<base::PoolTag>("pool", domain::RefusalCode::unknown_pool);
  command.reason = body.text("reason", kReasonMax).value_or("");
  command.note = body.text("note", kNoteMax, true).value_or("");
  return command;
}

}  // namespace

void release_record(App&, const CallPtr& call) {
  act_on_one(call, domain::kPool | domain::kAssign, read_release);
}
void release_records(App&, const CallPtr& call) {
  act_on_many(call, domain::kPool | domain::kAssign, read_release);
}

}  // namespace highseas::api
