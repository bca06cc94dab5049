// items — the plan of a command's items, and moving them out of the command and back.
#include "codec/items.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "codec/values.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::codec {
namespace {

using namespace domain;

const std::vector<RecordItem>* items_of(const Command& command) {
  if (const auto* write = std::get_if<WriteRecords>(&command)) return &write->items;
  if (const auto* rows = std::get_if<ImportRows>(&command)) return &rows->items;
  return nullptr;
}

const std::vector<FieldValue>* follow_up_values(const Command& command) {
  if (const auto* write = std::get_if<WriteFollowUp>(&command)) return &write->values;
  if (const auto* correct = std::get_if<CorrectFollowUp>(&command)) return &correct->values;
  return nullptr;
}

// Values that compare equal may still differ (1.5 and 1.50): what is read back must be what was written.
bool same_bytes(const std::vector<FieldValue>& left, const std::vector<FieldValue>& right) {
  return left == right && encode_values(left) == encode_values(right);
}

// Whether the event is one that an item like this leaves on its record. An import's row may update what it hits.
bool may_leave(const RecordItem& item, bool imported, const Event& event) {
  const bool creates = item.operation == RecordOperation::create;
  const auto on_its_record = [&](RecordOperation operation, base::RecordId record) {
    return item.operation == operation && item.record == record;
  };
  return std::visit(
      [&]<class T>(const T& e) {
        if constexpr (std::is_same_v<T, RecordCreated> || std::is_same_v<T, FollowedUp>) {
          return creates;
        } else if constexpr (std::is_same_v<T, RecordChanged>) {
          return (creates && imported) || on_its_record(RecordOperation::update, e.record);
        } else if constexpr (std::is_same_v<T, FollowUpCorrected>) {
          return on_its_record(RecordOperation::update, e.follow_up);
        } else if constexpr (std::is_same_v<T, RecordDeleted>) {
          return on_its_record(RecordOperation::remove, e.record);
        } else if constexpr (std::is_same_v<T, RecordRestored>) {
          return on_its_record(RecordOperation::restore, e.record);
        } else {
          return false;
        }
      },
      event);
}

class Planner {
 public:
  explicit Planner(const CommitContent& content) : content_(content) {
    for (std::uint32_t i = 0; i < content.events.size(); ++i) {
      const auto subject = subject_of(content.events[i]);
      if (!subject) continue;
      subjects_[subject->subject].push_back(i);
    }
  }

  std::vector<PlannedItem> plan() {
    std::vector<PlannedItem> planned;
    if (const auto* values = follow_up_values(content_.command)) {
      if (const auto subject = follow_up()) planned.push_back({0, *subject, same_values(*subject, *values)});
      return planned;
    }
    const auto& items = *items_of(content_.command);
    for (const std::size_t i : accepted_items(items.size())) {
      const auto subject = subject_of_item(items[i]);
      if (subject) planned.push_back({i, *subject, same_values(*subject, items[i].values)});
    }
    return planned;
  }

 private:
  // Outcomes name an import's items by their rows in the file, those of any other command by their place.
  std::vector<std::size_t> accepted_items(std::size_t count) const {
    const auto* rows = std::get_if<ImportRows>(&content_.command);
    std::set<std::uint64_t> without_event;
    for (const auto& outcome : content_.outcomes) without_event.insert(outcome.index);
    std::vector<std::size_t> accepted;
    for (std::size_t i = 0; i < count; ++i) {
      const bool named = !rows || i < rows->rows.size();
      if (!named || !without_event.contains(rows ? rows->rows[i] : i)) accepted.push_back(i);
    }
    return accepted;
  }

  std::optional<base::Ulid> follow_up() const {
    for (const auto& event : content_.events) {
      if (const auto* written = std::get_if<FollowedUp>(&event)) return written->follow_up.ulid;
      if (const auto* corrected = std::get_if<FollowUpCorrected>(&event)) return corrected->follow_up.ulid;
    }
    return std::nullopt;
  }

  // Items are decided in their order and each that was accepted leaves one event on its record, after the choices that
  // it adds: the first of them the first of these, and so on. In a content that nobody decided, it is the one it names.
  std::optional<base::Ulid> subject_of_item(const RecordItem& item) {
    const bool imported = std::holds_alternative<ImportRows>(content_.command);
    for (std::size_t i = next_event_; i < content_.events.size(); ++i) {
      if (!may_leave(item, imported, content_.events[i])) continue;
      next_event_ = i + 1;
      return subject_of(content_.events[i])->subject;
    }
    if (item.record && subjects_.contains(item.record->ulid)) return item.record->ulid;
    return std::nullopt;
  }

  std::optional<std::uint32_t> same_values(base::Ulid subject, const std::vector<FieldValue>& values) const {
    if (values.empty()) return std::nullopt;
    for (const std::uint32_t event : subjects_.at(subject)) {
      const auto* stored = values_of(content_.events[event]);
      if (stored && same_bytes(*stored, values)) return event;
    }
    return std::nullopt;
  }

  const CommitContent& content_;
  std::map<base::Ulid, std::vector<std::uint32_t>> subjects_;  // and their events
  std::size_t next_event_ = 0;                                 // after that of the item before
};

}  // namespace

std::vector<PlannedItem> plan_items(const CommitContent& content) {
  if (!items_of(content.command) && !follow_up_values(content.command)) return {};
  return Planner(content).plan();
}

FormNumber items_form(const Command& command) {
  if (const auto* write = std::get_if<WriteRecords>(&command)) return write->form;
  if (const auto* rows = std::get_if<ImportRows>(&command)) return rows->form;
  return 0;
}

ItemPart item_part(const Command& command, const PlannedItem& item) {
  ItemPart part;
  part.index = item.index;
  part.as_event = item.as_event;
  if (const auto* values = follow_up_values(command)) {
    if (!item.as_event) part.values = *values;
    return part;
  }
  const RecordItem& from = (*items_of(command))[item.index];
  part.operation = from.operation;
  part.names_record = from.record.has_value();
  part.collaborators = from.collaborators;
  part.owner = from.owner;
  part.pool = from.pool;
  part.expected_version = from.expected_version;
  part.new_choices = from.new_choices;
  part.region_patches = from.region_patches;
  if (!item.as_event) part.values = from.values;
  return part;
}

bool put_item(Command& command, ItemPart part, base::Ulid subject) {
  if (auto* values = const_cast<std::vector<FieldValue>*>(follow_up_values(command))) {
    *values = std::move(part.values);
    return part.index == 0;
  }
  auto* items = const_cast<std::vector<RecordItem>*>(items_of(command));
  if (!items || part.index >= items->size()) return false;
  RecordItem& to = (*items)[part.index];
  to.operation = part.operation;
  if (part.names_record) to.record = base::RecordId{subject};
  to.values = std::move(part.values);
  to.new_choices = std::move(part.new_choices);
  to.region_patches = std::move(part.region_patches);
  to.collaborators = std::move(part.collaborators);
  to.owner = part.owner;
  to.pool = part.pool;
  to.expected_version = part.expected_version;
  return true;
}

const std::vector<FieldValue>* values_of(const Event& event) {
  return std::visit(
      []<class T>(const T& e) -> const std::vector<FieldValue>* {
        if constexpr (requires { e.values; }) return &e.values;
        return nullptr;
      },
      event);
}

}  // namespace highseas::codec
