// field_values — checks the values that are to be written to a record of a form, and completes them.
#pragma once

#include <expected>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "domain/forms/form_events.hpp"
#include "domain/permissions/permissions.hpp"
#include "domain/records/record_commands.hpp"
#include "domain/refusal.hpp"

namespace highseas::domain {

inline constexpr std::size_t kMaxChoices = 2'000;  // live ones of a field
inline constexpr std::size_t kMaxMany = 100;       // values of a field that takes many

// The limits in force: those of the field, else those of its type. Money without places has the currency's.
Limits effective_limits(const FieldDefinition& field, std::uint8_t currency_places);
// The most that a field of the type may be given; absent where it has no such limit.
Limits type_ceiling(FieldType type);
// ISO 4217: 2 for nearly all, 0 for JPY, KRW, VND …, 3 for KWD, BHD ….
std::uint8_t currency_places(std::string_view currency);

// A value that says nothing (blank text, an empty list, a region of blanks) as null; lists hold each thing once.
base::Value normalized(base::Value value);

// What the check asks of the world.
struct ValueContext {
  const Workspace& workspace;  // its members, departments and currency
  const FormDefinition& form;  // in force for this item, with the choices that items before it in its commit added
  std::string pointer;         // of the object that holds the values: "" or "/operations/3/data"
  std::optional<base::RecordId> record;  // the record that is written, where there is one already
  // What she may do with a field of this record; empty: everything.
  std::function<FieldAccess(const FieldDefinition&)> access;
  // True where the record (of field.reference) or file exists, is live, and may be seen by her; empty: none does.
  std::function<bool(const FieldDefinition&, base::Ulid)> reference_exists;
};

struct CheckedValues {
  std::vector<FieldValue> values;    // by field number
  std::vector<ChoiceAdded> choices;  // of open lists; they come before the record's event
};

using CheckResult = std::expected<CheckedValues, std::vector<InputFault>>;

// For a new record: all values that are not null, defaults filled in.
CheckResult check_new_values(const ValueContext& context, std::span<const FieldValue> given,
                             std::span<const NewChoice> new_choices);
// For a record that has `present`: only what differs from it; null takes a value away.
CheckResult check_changed_values(const ValueContext& context, const std::vector<FieldValue>& present,
                                 std::span<const FieldValue> given, std::span<const NewChoice> new_choices);

// The faults of one value by itself, without required, rights and references (the form decider checks defaults so).
std::vector<InputFault> value_faults(const FieldDefinition& field, const base::Value& value,
                                     std::uint8_t currency_places, const std::string& pointer);

// Regions of which the item names parts alone get the others from `present`.
void complete_regions(RecordItem& item, const std::vector<FieldValue>& present);

// `present` with `changes` laid over it, by field number, without nulls.
std::vector<FieldValue> merged_values(const std::vector<FieldValue>& present, const std::vector<FieldValue>& changes);

}  // namespace highseas::domain
