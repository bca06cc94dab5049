// assign — POST /v1/{form}/{id}/assign and /v1/{form}/assign: from the pool to a member, or to one of several in turn.
#include "api/commands/pool_action.hpp"
#include "api/handlers.hpp"

namespace highseas::api {
namespace {

using domain::AssignStrategy;
using domain::RefusalCode;

void read_strategy(ObjectReader& body, const json::Json& strategy, domain::AssignRecords& command) {
  const auto* word = strategy.as_string();
  if (!word) {
    body.fault("strategy", RefusalCode::wrong_type);
  } else if (*word == "round_robin") {
    command.strategy = AssignStrategy::round_robin;
  } else if (*word == "least_loaded") {
    command.strategy = AssignStrategy::least_loaded;
  } else {
    body.fault("strategy", RefusalCode::unknown_choice);
  }
  body.required("members");
  if (auto members = body.ids<base::MemberTag>("members", RefusalCode::unknown_member)) {
    if (members->empty()) body.fault("members", RefusalCode::required);
    command.members = std::move(*members);
  }
}

domain::Command read_assign(ObjectReader& body, domain::PoolTargets targets) {
  domain::AssignRecords command{.targets = std::move(targets), .members = {}};
  const auto* strategy = body.given("strategy");
  const auto owner = body.id<base::MemberTag>("owner", RefusalCode::unknown_member);
  if (strategy) {
    if (body.given("owner")) body.fault("owner", RefusalCode::invalid_value);  // one or the other
    read_strategy(body, *strategy, command);
    return command;
  }
  if (body.given("members")) body.fault("strategy", RefusalCode::required);
  if (body.required("owner") && owner) command.members = {*owner};
  return command;
}

}  // namespace

void assign_record(App&, const CallPtr& call) {
  act_on_one(call, domain::kAssign, read_assign);
}
void assign_records(App&, const CallPtr& call) {
  act_on_many(call, domain::kAssign, read_assign);
}

}  // namespace highseas::api
