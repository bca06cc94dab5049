// transfer — POST /v1/{form}/{id}/transfer and /v1/{form}/transfer: from one owner to another.
#include "api/commands/pool_action.hpp"
#include "api/handlers.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

domain::Command read_transfer(ObjectReader& body, domain::PoolTargets targets) {
  domain::TransferRecords command{.targets = std::move(targets), .owner = {}, .note = {}};
  body.required("owner");
  if (const auto owner = body.id<base::MemberTag>("owner", RefusalCode::unknown_member)) command.owner = *owner;
  command.note = body.text("note", kNoteMax, true).value_or("");
  // Contracts, which could go along, come with the sales process.
  const auto* with = body.array("with");
  if (with && !with->empty()) body.fault("with", RefusalCode::not_yet);
  return command;
}

}  // namespace

void transfer_record(App&, const CallPtr& call) {
  act_on_one(call, domain::kAssign, read_transfer);
}
void transfer_records(App&, const CallPtr& call) {
  act_on_many(call, domain::kAssign, read_transfer);
}

}  // namespace highseas::api
