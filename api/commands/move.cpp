// move — POST /v1/{form}/{id}/move and /v1/{form}/move: from one pool into another.
#include "api/commands/pool_action.hpp"
#include "api/handlers.hpp"

namespace highseas::api {
namespace {

domain::Command read_move(ObjectReader& body, domain::PoolTargets targets) {
  domain::MoveRecords command{.targets = std::move(targets), .pool = {}};
  body.required("pool");
  if (const auto pool = body.id<base::PoolTag>("pool", domain::RefusalCode::unknown_pool)) command.pool = *pool;
  return command;
}

}  // namespace

void move_record(App&, const CallPtr& call) {
  act_on_one(call, domain::kAssign, read_move);
}
void move_records(App&, const CallPtr& call) {
  act_on_many(call, domain::kAssign, read_move);
}

}  // namespace highseas::api
