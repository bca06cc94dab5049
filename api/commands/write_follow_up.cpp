// write_follow_up — POST /v1/{form}/{id}/follow-ups: what was done with this customer or lead.
#include "api/handlers.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_reader.hpp"
#include "api/render/created_record.hpp"
#include "api/submit.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {
namespace {

namespace fields = domain::shipped::follow_ups;

// The subject stands in the path; the body may say it again.
void name_subject(domain::RecordItem& item, const RecordAddress& subject) {
  const auto field = subject.form->number == domain::shipped::kCustomers ? fields::kCustomer : fields::kLead;
  if (domain::find_value(item.values, field)) return;
  item.values.push_back({.field = field, .value = base::Reference{subject.record.ulid}});
}

domain::Command command_of(const Call& call, const RecordAddress& subject, domain::RecordItem item) {
  if (item.new_choices.empty()) {
    return domain::WriteFollowUp{
        .subject_form = subject.form->number, .subject = subject.record, .values = std::move(item.values)};
  }
  // A word that an admin's open list does not have yet travels with an item of a write.
  name_subject(item, subject);
  domain::WriteRecords command{
      .form = domain::shipped::kFollowUps, .atomic = true, .origin = origin_of(call), .items = {}};
  command.items.push_back(std::move(item));
  return command;
}

}  // namespace

void write_follow_up(App&, const CallPtr& call) {
  const auto subject = record_address(*call, domain::kRead);
  if (!subject) return call->refuse(subject.error());
  const auto* form = call->design().form(domain::shipped::kFollowUps);
  if (!form || !subject->form->behaviours.followed) return call->refuse(Problem::of("not-found"));
  if (!call->rights().opens(form->number, domain::kCreate)) return call->refuse(Problem::of("forbidden"));
  domain::Faults faults;
  auto item = read_record(*call, *form, domain::RecordOperation::create, call->body(), "", faults);
  if (item.owner) faults.add("/owner", domain::RefusalCode::read_only_field);
  if (item.pool) faults.add("/pool", domain::RefusalCode::read_only_field);
  auto command = command_of(*call, *subject, std::move(item));
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  submit(call, std::move(command),
         [call, form](const projections::State& state, const engine::CommandOutcome& outcome) {
           return created_answer(*call, state, *form, outcome);
         });
}

}  // namespace highseas::api
