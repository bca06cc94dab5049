// record_view — values out of the columns; a contact's owner and pool out of its customer's.
#include "projections/record_view.hpp"

#include "base/assert.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/image.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {
namespace {

namespace facts = domain::facts;

template <class Id>
std::optional<Id> typed(std::optional<base::Ulid> ulid) {
  if (!ulid) return std::nullopt;
  return Id{*ulid};
}

template <class Id>
base::Value as_value(const std::optional<Id>& id) {
  if (!id) return {};
  return base::Reference{id->ulid};
}

}  // namespace

bool owner_is_the_roots(domain::FormNumber form) {
  return form == domain::shipped::kContacts;
}

domain::RecordStanding Standing::get() const {
  domain::RecordStanding standing{.owner = owner, .pool = pool, .collaborators = collaborators};
  if (has_root) {
    root_ = {.owner = root_owner, .pool = root_pool, .collaborators = root_collaborators};
    standing.root = &root_;
    standing.root_form = root_form;
  }
  return standing;
}

base::RecordId RecordView::id() const {
  return table_->id(row_);
}
domain::FormNumber RecordView::form() const {
  return table_->form();
}

const domain::FormDefinition& RecordView::definition() const {
  return image_->workspace().forms.at(form());
}

std::uint64_t RecordView::version() const {
  return static_cast<std::uint64_t>(table_->number(facts::kVersion, row_).value_or(0));
}

bool RecordView::deleted() const {
  return table_->deleted(row_);
}

std::optional<base::MemberId> RecordView::owner() const {
  if (owner_is_the_roots(form())) {
    const auto on = root();
    return on ? on->owner() : std::nullopt;
  }
  return typed<base::MemberId>(table_->reference(facts::kOwner, row_));
}

std::optional<base::PoolId> RecordView::pool() const {
  if (owner_is_the_roots(form())) {
    const auto on = root();
    return on ? on->pool() : std::nullopt;
  }
  return typed<base::PoolId>(table_->reference(facts::kPool, row_));
}

std::optional<base::PoolId> RecordView::home_pool() const {
  return typed<base::PoolId>(table_->reference(facts::kHomePool, row_));
}

std::vector<base::MemberId> RecordView::collaborators() const {
  std::vector<base::MemberId> members;
  const auto value = table_->value(facts::kCollaborators, row_);
  if (const auto* references = std::get_if<base::References>(&value)) {
    for (const auto id : references->ids) members.push_back({id});
  }
  return members;
}

std::uint32_t RecordView::ownership_period() const {
  return static_cast<std::uint32_t>(table_->hidden(Hidden::period).get_or(row_, 0));
}

std::optional<base::Instant> RecordView::instant(domain::FieldNumber field) const {
  const auto found = value(field);
  const auto* at = std::get_if<base::Instant>(&found);
  return at ? std::optional(*at) : std::nullopt;
}

base::Value RecordView::value(std::uint32_t field) const {
  if (field == facts::kId) return base::Reference{id().ulid};
  if (field == facts::kOwner) return as_value(owner());
  if (field == facts::kPool) return as_value(pool());
  return table_->value(field, row_);
}

std::vector<domain::FieldValue> RecordView::values() const {
  std::vector<domain::FieldValue> values;
  for (const auto& field : definition().fields) {
    if (field.retired) continue;
    auto found = value(field.number);
    if (!base::is_null(found)) values.push_back({field.number, std::move(found)});
  }
  return values;
}

Standing RecordView::standing() const {
  Standing standing;
  standing.owner = owner();
  standing.pool = pool();
  standing.collaborators = collaborators();
  if (const auto on = root()) {
    standing.has_root = true;
    standing.root_form = on->form();
    standing.root_owner = on->owner();
    standing.root_pool = on->pool();
    standing.root_collaborators = on->collaborators();
  }
  return standing;
}

std::optional<RecordView> RecordView::root() const {
  const auto form = table_->hidden(Hidden::root_form).get(row_);
  if (!form) return std::nullopt;
  const auto* on = image_->table(static_cast<domain::FormNumber>(*form));
  HS_ASSERT(on != nullptr);
  return RecordView(*image_, *on, static_cast<Row>(table_->hidden(Hidden::root_row).get_or(row_, 0)));
}

}  // namespace highseas::projections
