// fold_follow_ups — a follow-up is a record of its own, and moves the facts of the customer or lead that it stands on.
#include "base/assert.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/chains.hpp"
#include "projections/fold.hpp"

namespace highseas::projections {
namespace {

namespace facts = domain::facts;
namespace fields = domain::shipped::follow_ups;
using domain::shipped::kFollowUps;

std::optional<std::uint32_t> method_of(const RecordTable& records, Row row) {
  const auto value = records.value(fields::kMethod, row);
  const auto* choice = std::get_if<base::Choice>(&value);
  return choice ? std::optional(choice->number) : std::nullopt;
}

std::int64_t occurred_at(const RecordTable& records, Row row) {
  return std::get<base::Instant>(records.value(fields::kOccurredAt, row)).ms;
}

std::optional<std::int64_t> next_at(const RecordTable& records, Row row) {
  const auto value = records.value(fields::kNextAt, row);
  const auto* at = std::get_if<base::Instant>(&value);
  return at ? std::optional(at->ms) : std::nullopt;
}

// Who wrote says how: the event itself does not.
domain::Origin origin_of(domain::ActorKind actor) {
  if (actor == domain::ActorKind::importer) return domain::Origin::import;
  return actor == domain::ActorKind::api_key ? domain::Origin::api : domain::Origin::manual;
}

}  // namespace

void Fold::operator()(const domain::FollowedUp& e) {
  auto subject = place(e.subject_form, e.subject);
  auto& records = table(kFollowUps);
  const Row row = add_row(records, e.follow_up);
  records.references(facts::kOwner).put(row, e.author.ulid);
  set_values(records, row, e.values);
  set_values(records, row, {{fields::kOccurredAt, e.occurred_at}});
  const auto link = e.subject_form == domain::shipped::kCustomers ? fields::kCustomer
                    : e.subject_form == domain::shipped::kLeads   ? fields::kLead
                                                                  : domain::FieldNumber{0};
  if (link != 0) set_values(records, row, {{link, base::Reference{e.subject.ulid}}});
  records.numbers(facts::kRecordedAt).set(row, commit_.time.ms);
  records.numbers(facts::kOrigin).set(row, static_cast<std::int64_t>(origin_of(commit_.actor.kind)));
  records.numbers(facts::kEffective).set(row, e.effective ? 1 : 0);
  records.hidden(Hidden::root_form).set(row, e.subject_form);
  records.hidden(Hidden::root_row).set(row, subject.row);

  auto& last = subject.table.hidden(Hidden::last_follow_up);
  records.hidden(Hidden::previous_follow_up).put(row, last.get(subject.row));
  last.set(subject.row, row);
  auto& counts = subject.table.numbers(facts::kFollowUpCount);
  const bool first = counts.get_or(subject.row, 0) == 0;
  counts.set(subject.row, counts.get_or(subject.row, 0) + 1);

  auto told = moment(MomentKind::followed_up, subject.table, subject.row);
  told.at = e.occurred_at;
  told.member = e.author;
  told.department = department_of(e.author);
  told.method = method_of(records, row);
  told.first = first;
  records.hidden(Hidden::moment).set(row, image_.moments_->add(told));
  if (first && domain::carries_fact(definition(e.subject_form), *domain::fact_field(facts::kFirstResponseAt))) {
    subject.table.numbers(facts::kFirstResponseAt).set(subject.row, e.occurred_at.ms);
  }
  history(subject.table, subject.row);
  refresh_follow_ups(subject);
}

void Fold::operator()(const domain::FollowUpCorrected& e) {
  auto subject = place(e.subject_form, e.subject);
  auto [records, row] = place(kFollowUps, e.follow_up);
  set_values(records, row, e.values);
  set_values(records, row, {{fields::kOccurredAt, e.occurred_at}});
  records.numbers(facts::kEffective).set(row, e.effective ? 1 : 0);
  changed(records, row);
  history(records, row);
  const auto told = records.hidden(Hidden::moment).get(row);
  HS_ASSERT(told.has_value());
  image_.moments_->correct(static_cast<std::uint32_t>(*told), e.occurred_at, method_of(records, row));
  history(subject.table, subject.row);
  refresh_follow_ups(subject);
}

// What the record shows of its follow-ups, and what the rules count, from the whole chain: short, and right after a
// correction too.
void Fold::refresh_follow_ups(Place subject) {
  const auto& records = table(kFollowUps);
  auto& [on, on_row] = subject;
  std::optional<Row> latest, planned;
  std::optional<std::int64_t> effective;
  auto next = on.hidden(Hidden::last_follow_up).get(on_row);
  for (; next; next = records.hidden(Hidden::previous_follow_up).get(static_cast<std::size_t>(*next))) {
    const Row row = static_cast<Row>(*next);
    const auto at = occurred_at(records, row);
    if (!latest || at > occurred_at(records, *latest)) latest = row;  // of equal ones the one written last
    if (next_at(records, row) && (!planned || at > occurred_at(records, *planned))) planned = row;
    if (records.number(facts::kEffective, row).value_or(0) != 0) effective = std::max(effective.value_or(at), at);
  }
  HS_ASSERT(latest.has_value());
  on.numbers(facts::kLastFollowUpAt).set(on_row, occurred_at(records, *latest));
  on.references(facts::kLastFollowUpBy).put(on_row, records.reference(facts::kOwner, *latest));
  on.fact(facts::kLastFollowUpMethod).set(on_row, records.value(fields::kMethod, *latest));
  // An appointment stands until a later follow-up makes another, or takes place once it has come: a quick note in
  // between loses none.
  const bool kept = planned && planned != latest && occurred_at(records, *latest) >= *next_at(records, *planned);
  on.fact(facts::kNextFollowUpAt)
      .set(on_row, planned && !kept ? records.value(fields::kNextAt, *planned) : base::Value{});
  on.hidden(Hidden::last_effective).put(on_row, effective);
  indexes_.touch(on.form(), on_row);
}

}  // namespace highseas::projections
