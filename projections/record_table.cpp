// record_table — rows are added in the order of the log and never move.
#include "projections/record_table.hpp"

#include "base/assert.hpp"

namespace highseas::projections {

std::optional<Row> RecordTable::find(base::RecordId id) const {
  std::optional<Row> found;
  index_.find(base::UlidHash{}(id.ulid), [&](std::uint32_t row) {
    if (ids_[row] == id.ulid) found = row;
    return found.has_value();
  });
  return found;
}

Row RecordTable::add(base::RecordId id) {
  HS_ASSERT(!find(id));
  HS_ASSERT(ids_.size() < 0xFFFF'FFFFu);
  const Row row = static_cast<Row>(ids_.size());
  ids_.push_back(id.ulid);
  index_.insert(base::UlidHash{}(id.ulid), row, [this](std::uint32_t of) { return base::UlidHash{}(ids_[of]); });
  return row;
}

const RecordTable::Slot* RecordTable::slot(domain::FieldNumber field) const {
  if (domain::is_fact_number(field)) {
    const std::size_t at = field - domain::kFirstFactNumber;
    return at < kFacts ? &facts_[at] : nullptr;
  }
  return field < fields_.size() ? &fields_[field] : nullptr;
}

const Column* RecordTable::column(domain::FieldNumber field) const {
  const Slot* found = slot(field);
  return found ? found->column.get() : nullptr;
}

base::Value RecordTable::value(domain::FieldNumber field, Row row) const {
  const Column* found = column(field);
  return found ? found->value(row) : base::Value{};
}

Column& RecordTable::writable(domain::FieldNumber field, domain::FieldType type, bool many) {
  HS_ASSERT(!domain::is_fact_number(field));
  if (field >= fields_.size()) fields_.resize(field + 1);
  Slot& slot = fields_[field];
  if (!slot.column) slot = {type, many, make_column(type, many)};
  return *slot.column;
}

Column& RecordTable::fact(domain::FieldNumber fact) {
  HS_ASSERT(domain::is_fact_number(fact) && fact - domain::kFirstFactNumber < kFacts);
  Slot& slot = facts_[fact - domain::kFirstFactNumber];
  if (!slot.column) {
    const auto* definition = domain::fact_field(fact);
    HS_ASSERT(definition != nullptr);
    slot = {definition->type, definition->many, make_column(definition->type, definition->many)};
  }
  return *slot.column;
}

std::optional<std::int64_t> RecordTable::number(domain::FieldNumber fact, Row row) const {
  const Column* found = column(fact);
  return found ? static_cast<const ScalarColumn*>(found)->numbers().get(row) : std::nullopt;
}

std::optional<base::Ulid> RecordTable::reference(domain::FieldNumber fact, Row row) const {
  const Column* found = column(fact);
  return found ? static_cast<const ReferenceColumn*>(found)->get(row) : std::nullopt;
}

NumberColumn& RecordTable::numbers(domain::FieldNumber number) {
  return static_cast<ScalarColumn&>(fact(number)).numbers();
}

ReferenceColumn& RecordTable::references(domain::FieldNumber number) {
  return static_cast<ReferenceColumn&>(fact(number));
}

std::unique_ptr<RecordTable> RecordTable::share() const {
  auto copy = std::make_unique<RecordTable>(form_);
  copy->ids_ = ids_;
  copy->index_ = index_;
  for (std::size_t at = 0; at < kFacts; ++at) {
    const auto& from = facts_[at];
    if (from.column) copy->facts_[at] = {from.type, from.many, from.column->share()};
  }
  copy->fields_.resize(fields_.size());
  for (std::size_t at = 0; at < fields_.size(); ++at) {
    const auto& from = fields_[at];
    if (from.column) copy->fields_[at] = {from.type, from.many, from.column->share()};
  }
  copy->hidden_ = hidden_;
  copy->changed_at_ = changed_at_;
  copy->key_hashes_ = key_hashes_;
  copy->key_rules_ = key_rules_;
  return copy;
}

std::size_t RecordTable::bytes() const {
  std::size_t sum = sizeof *this + ids_.bytes() + index_.bytes() + fields_.capacity() * sizeof(Slot);
  for (const auto& slot : facts_) sum += slot.column ? slot.column->bytes() : 0;
  for (const auto& slot : fields_) sum += slot.column ? slot.column->bytes() : 0;
  for (const auto& column : hidden_) sum += column.bytes();
  for (const auto& [field, column] : changed_at_) sum += column.bytes();
  for (const auto& column : key_hashes_) sum += column.bytes();
  return sum;
}

void RecordTable::write(ByteWriter& out) const {
  ids_.write(out);
  for (const auto& column : hidden_) column.write(out);
  out.size(changed_at_.size());
  for (const auto& [field, column] : changed_at_) {
    out.raw(field);
    column.write(out);
  }
  out.size(key_rules_.size());
  for (std::size_t at = 0; at < key_rules_.size(); ++at) {
    out.size(key_rules_[at].size());
    for (const auto field : key_rules_[at]) out.raw(field);
    key_hashes_[at].write(out);
  }
  const auto write_slot = [&](domain::FieldNumber field, const Slot& slot) {
    if (!slot.column) return;
    out.raw(field);
    out.raw(slot.type);
    out.raw(static_cast<std::uint8_t>(slot.many ? 1 : 0));
    slot.column->write(out);
  };
  for (std::size_t at = 0; at < kFacts; ++at) {
    write_slot(static_cast<domain::FieldNumber>(domain::kFirstFactNumber + at), facts_[at]);
  }
  for (std::size_t at = 0; at < fields_.size(); ++at) write_slot(static_cast<domain::FieldNumber>(at), fields_[at]);
  out.raw(~domain::FieldNumber{0});
}

void RecordTable::read(ByteReader& in) {
  ids_.read(in);
  if (!in.ok()) return;
  const auto hash_of = [this](std::uint32_t of) { return base::UlidHash{}(ids_[of]); };
  for (std::size_t row = 0; row < ids_.size(); ++row) {
    index_.insert(base::UlidHash{}(ids_[row]), static_cast<std::uint32_t>(row), hash_of);
  }
  for (auto& column : hidden_) column.read(in);
  for (auto left = in.size(); left > 0 && in.ok(); --left) changed_at_[in.raw<domain::FieldNumber>()].read(in);
  key_rules_.resize(in.size());
  key_hashes_.resize(key_rules_.size());
  for (std::size_t at = 0; at < key_rules_.size() && in.ok(); ++at) {
    for (auto left = in.size(sizeof(domain::FieldNumber)); left > 0; --left) {
      key_rules_[at].push_back(in.raw<domain::FieldNumber>());
    }
    key_hashes_[at].read(in);
  }
  while (in.ok()) {
    const auto field = in.raw<domain::FieldNumber>();
    if (field == ~domain::FieldNumber{0}) return;
    const auto type = in.raw<domain::FieldType>();
    const bool many = in.raw<std::uint8_t>() != 0;
    const bool fact_known = !domain::is_fact_number(field) || domain::fact_field(field) != nullptr;
    if (!in.ok() || !fact_known || domain::field_type_key(type).empty()) return in.fail();
    (domain::is_fact_number(field) ? fact(field) : writable(field, type, many)).read(in);
  }
}

}  // namespace highseas::projections
