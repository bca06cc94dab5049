// fold_records — records are created, changed, put into the bin and taken out of it.
#include "base/assert.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/file_uses.hpp"
#include "projections/fold.hpp"

namespace highseas::projections {
namespace {

namespace facts = domain::facts;

base::Value as_value(const std::vector<base::MemberId>& members) {
  if (members.empty()) return {};
  base::References references;
  for (const auto member : members) references.ids.push_back(member.ulid);
  return references;
}

}  // namespace

Row Fold::add_row(RecordTable& records, base::RecordId id) {
  const Row row = records.add(id);
  records.numbers(facts::kCreatedAt).set(row, commit_.time.ms);
  if (actor()) records.references(facts::kCreatedBy).put(row, actor()->ulid);
  const auto& form = definition(records.form());
  for (const auto count : domain::count_facts()) {
    if (domain::carries_fact(form, *domain::fact_field(count))) records.numbers(count).set(row, 0);
  }
  changed(records, row);
  history(records, row);
  return row;
}

void Fold::changed(RecordTable& records, Row row) {
  auto& versions = records.numbers(facts::kVersion);
  versions.set(row, versions.get_or(row, 0) + 1);
  records.numbers(facts::kUpdatedAt).set(row, commit_.time.ms);
  auto& by = records.references(facts::kUpdatedBy);
  const auto member = actor() ? std::optional(actor()->ulid) : std::nullopt;
  if (by.get(row) != member) by.put(row, member);
  indexes_.touch(records.form(), row);
}

void Fold::set_values(RecordTable& records, Row row, const std::vector<domain::FieldValue>& values) {
  const auto& form = definition(records.form());
  for (const auto& [number, value] : values) {
    const auto* field = form.field(number);
    HS_ASSERT(field != nullptr);
    auto& column = records.writable(number, field->type, field->many);
    if (holds_files(*field)) image_.file_uses_->note(column.value(row), value, records.form(), row);
    column.set(row, value);
    indexes_.touch_field(records.form(), row, number);
  }
}

void Fold::set_root_of_contact(RecordTable& records, Row row) {
  if (!owner_is_the_roots(records.form())) return;
  const auto customer = records.value(domain::shipped::contacts::kCustomer, row);
  std::optional<Row> root;
  if (const auto* reference = std::get_if<base::Reference>(&customer)) {
    root = table(domain::shipped::kCustomers).find({reference->id});
  }
  const auto number = [](std::optional<std::uint32_t> of) {
    return of ? std::optional<std::int64_t>(*of) : std::nullopt;
  };
  records.hidden(Hidden::root_form).put(row, root ? number(domain::shipped::kCustomers) : std::nullopt);
  records.hidden(Hidden::root_row).put(row, number(root));
}

void Fold::operator()(const domain::RecordCreated& e) {
  auto& records = table(e.form);
  const Row row = add_row(records, e.record);
  records.numbers(facts::kOrigin).set(row, static_cast<std::int64_t>(e.origin));
  if (!e.collaborators.empty()) records.fact(facts::kCollaborators).set(row, as_value(e.collaborators));
  set_values(records, row, e.values);
  set_root_of_contact(records, row);
  const bool pooled = definition(e.form).behaviours.pooled;
  if (e.home_pool) records.references(facts::kHomePool).put(row, e.home_pool->ulid);
  if (e.owner && pooled) {
    enter_ownership(records, row, *e.owner,
                    e.origin == domain::Origin::conversion ? domain::OwnedBy::converted : domain::OwnedBy::created);
  } else if (e.owner) {
    records.references(facts::kOwner).put(row, e.owner->ulid);
  }
  if (!e.pool) return;
  const bool imported = e.origin == domain::Origin::import;
  enter_pool(records, row, *e.pool, imported ? domain::PooledBy::imported : domain::PooledBy::created, {});
}

void Fold::operator()(const domain::RecordChanged& e) {
  auto [records, row] = place(e.form, e.record);
  const RecordView before(image_, records, row);
  const auto collaborators = before.collaborators();
  const bool by_its_people =
      actor() && (before.owner() == actor() || std::ranges::find(collaborators, *actor()) != collaborators.end());
  changed(records, row);
  history(records, row);
  if (e.collaborators) records.fact(facts::kCollaborators).set(row, as_value(*e.collaborators));
  set_values(records, row, e.values);
  set_root_of_contact(records, row);
  if (!definition(e.form).behaviours.pooled) return;
  for (const auto& value : e.values) records.changed_at()[value.field].set(row, commit_.time.ms);
  if (by_its_people && before.owner()) records.hidden(Hidden::last_data_change).set(row, commit_.time.ms);
}

void Fold::operator()(const domain::RecordDeleted& e) {
  auto [records, row] = place(e.form, e.record);
  HS_ASSERT(!records.deleted(row));
  records.hidden(Hidden::deleted).set(row, 1);
  changed(records, row);
  history(records, row);
  indexes_.touch(e.form, row, true);
  if (const auto pool = RecordView(image_, records, row).pool(); pool && !owner_is_the_roots(e.form)) {
    auto out = moment(MomentKind::deleted, records, row);
    out.pool = pool;
    image_.moments_->add(out);
  }
}

void Fold::operator()(const domain::RecordRestored& e) {
  auto [records, row] = place(e.form, e.record);
  HS_ASSERT(records.deleted(row));
  records.hidden(Hidden::deleted).clear(row);
  changed(records, row);
  history(records, row);
  indexes_.touch(e.form, row, true);
  if (const auto pool = RecordView(image_, records, row).pool(); pool && !owner_is_the_roots(e.form)) {
    auto in = moment(MomentKind::restored, records, row);
    in.pool = pool;
    image_.moments_->add(in);
  }
}

}  // namespace highseas::projections
