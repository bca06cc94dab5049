// items — the plan of a command's items, and moving them out of the command and back.
#include "codec/items.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "codec/values.hpp"

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

class Planner {
 public:
  explicit Planner(const CommitContent& content) : content_(content) {
    for (std::uint32_t i = 0; i < content.events.size(); ++i) {
      const auto subject = subject_of(content.events[i]);
      if (!subject) continue;
      subjects_[subject->subject].push_back(i);
      if (std::holds_alternative<RecordChanged>(content.events[i])) changes_.push_back(i);
      if (const auto* created = std::get_if<RecordCreated>(&content.events[i])) {
        if (created->form == items_form(content.command)) created_.emplace(created->record.ulid.low & 0xFFFF, i);
      }
    }
  }

  std::vector<PlannedItem> plan() {
    std::vector<PlannedItem> planned;
    if (const auto* values = follow_up_values(content_.command)) {
      if (const auto subject = follow_up()) planned.push_back({0, *subject, same_values(*subject, *values)});
    } else if (const auto* items = items_of(content_.command)) {
      const std::set<std::size_t> dropped = items_without_event(items->size());
      for (std::size_t i = 0; i < items->size(); ++i) {
        if (dropped.contains(i)) continue;
        const auto subject = subject_of_item((*items)[i], i);
        if (subject) planned.push_back({i, *subject, same_values(*subject, (*items)[i].values)});
      }
    }
    return planned;
  }

 private:
  // Outcomes name an import's items by their rows in the file, those of any other command by their place.
  std::set<std::size_t> items_without_event(std::size_t count) const {
    std::set<std::size_t> dropped;
    const auto* rows = std::get_if<ImportRows>(&content_.command);
    std::map<std::uint64_t, std::size_t> item_of_row;
    for (std::size_t i = 0; rows && i < rows->rows.size(); ++i) item_of_row.emplace(rows->rows[i], i);
    for (const auto& outcome : content_.outcomes) {
      if (!rows) {
        if (outcome.index < count) dropped.insert(outcome.index);
      } else if (const auto found = item_of_row.find(outcome.index); found != item_of_row.end()) {
        dropped.insert(found->second);
      }
    }
    return dropped;
  }

  std::optional<base::Ulid> follow_up() const {
    for (const auto& event : content_.events) {
      if (const auto* written = std::get_if<FollowedUp>(&event)) return written->follow_up.ulid;
      if (const auto* corrected = std::get_if<FollowUpCorrected>(&event)) return corrected->follow_up.ulid;
    }
    return std::nullopt;
  }

  std::optional<base::Ulid> subject_of_item(const RecordItem& item, std::size_t index) {
    if (item.record) {
      if (subjects_.contains(item.record->ulid)) return item.record->ulid;
      return std::nullopt;
    }
    if (const auto created = created_.find(index); created != created_.end()) {
      return std::get<RecordCreated>(content_.events[created->second]).record.ulid;
    }
    for (auto change = changes_.begin(); change != changes_.end(); ++change) {
      const auto& changed = std::get<RecordChanged>(content_.events[*change]);
      if (changed.form != items_form(content_.command) || !explains(item, changed)) continue;
      changes_.erase(change);
      return changed.record.ulid;
    }
    return std::nullopt;
  }

  static bool explains(const RecordItem& item, const RecordChanged& changed) {
    return std::all_of(changed.values.begin(), changed.values.end(), [&](const FieldValue& entry) {
      if (const auto* value = find_value(item.values, entry.field)) return *value == entry.value;
      return std::any_of(item.new_choices.begin(), item.new_choices.end(),
                         [&](const NewChoice& choice) { return choice.field == entry.field; });
    });
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
  std::map<std::uint64_t, std::uint32_t> created_;             // by the item's index at the end of the id
  std::vector<std::uint32_t> changes_;
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
