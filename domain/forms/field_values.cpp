// field_values — rights, new choices, values, references, defaults, required fields: in this order, all faults at once.
#include "domain/forms/field_values.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "domain/forms/text_shapes.hpp"

namespace highseas::domain {
namespace {

constexpr std::uint32_t kChoiceLengthMax = 50;  // code points of a word typed into an open list

template <class T>
void keep_first_of_each(std::vector<T>& things) {
  std::vector<T> kept;
  for (const auto& thing : things) {
    if (std::ranges::find(kept, thing) == kept.end()) kept.push_back(thing);
  }
  things = std::move(kept);
}

// What a value that stands already lends to a new one: choices that were retired and references that are gone since may
// stay.
base::Value without_kept(const base::Value& value, const base::Value* present) {
  if (present == nullptr) return value;
  if (*present == value) return {};
  if (const auto* choices = std::get_if<base::Choices>(&value)) {
    const auto* old = std::get_if<base::Choices>(present);
    base::Choices fresh = *choices;
    if (old != nullptr) std::erase_if(fresh.numbers, [&](auto n) { return std::ranges::count(old->numbers, n) > 0; });
    return fresh;
  }
  if (const auto* many = std::get_if<base::References>(&value)) {
    const auto* old = std::get_if<base::References>(present);
    base::References fresh = *many;
    if (old != nullptr) std::erase_if(fresh.ids, [&](auto id) { return std::ranges::count(old->ids, id) > 0; });
    return fresh;
  }
  return value;
}

class ValuesCheck {
 public:
  ValuesCheck(const ValueContext& context, const std::vector<FieldValue>* present)
      : context_(context), present_(present), places_(currency_places(context.workspace.currency)) {}

  CheckResult run(std::span<const FieldValue> given, std::span<const NewChoice> new_choices) {
    for (const auto& value : given) take(value);
    for (const auto& word : new_choices) take(word);
    for (auto& [number, value] : values_) check(*context_.form.field(number), value);
    if (present_ == nullptr) add_defaults();
    check_required();
    if (!faults_.empty()) return std::unexpected(std::move(faults_));
    return finish();
  }

 private:
  void fault(const FieldDefinition& field, RefusalCode code, std::string detail = {}, const std::string& below = {}) {
    faults_.push_back(
        {.pointer = pointer_of(field) + below, .code = code, .field = field.number, .detail = std::move(detail)});
    faulty_.insert(field.number);
  }
  std::string pointer_of(const FieldDefinition& field) const { return context_.pointer + "/" + field.key; }
  FieldAccess access(const FieldDefinition& field) const {
    return context_.access ? context_.access(field) : FieldAccess::write;
  }
  const base::Value* present(FieldNumber field) const {
    return present_ == nullptr ? nullptr : find_value(*present_, field);
  }

  // The field, where she may write it.
  const FieldDefinition* writable(FieldNumber number) {
    const auto* field = context_.form.field(number);
    if (field == nullptr) {
      faults_.push_back({.pointer = context_.pointer + "/" + std::to_string(number),
                         .code = RefusalCode::unknown_field,
                         .field = number,
                         .detail = {}});
      return nullptr;
    }
    if (faulty_.contains(number)) return nullptr;
    const auto allowed = access(*field);
    if (field->retired || allowed == FieldAccess::hidden) {
      fault(*field, RefusalCode::unknown_field);
    } else if (field->read_only || allowed == FieldAccess::read) {
      fault(*field, RefusalCode::read_only_field);
    } else {
      return field;
    }
    return nullptr;
  }

  void take(const FieldValue& given) {
    const auto* field = writable(given.field);
    if (field == nullptr) return;
    const bool first = values_.emplace(given.field, normalized(given.value)).second;
    if (!first) fault(*field, RefusalCode::invalid_value);
  }

  void take(const NewChoice& word) {
    const auto* field = writable(word.field);
    if (field == nullptr) return;
    const bool listed = field->type == FieldType::choice || field->type == FieldType::choices;
    if (!listed || !field->open) return fault(*field, RefusalCode::unknown_choice);
    const bool fine =
        base::is_valid_utf8(word.text) && !is_blank(word.text) && !has_control_characters(word.text, false);
    if (!fine) return fault(*field, RefusalCode::invalid_value);
    if (base::code_points(word.text) > kChoiceLengthMax) {
      return fault(*field, RefusalCode::too_long, std::to_string(kChoiceLengthMax));
    }
    if (const auto number = number_of(*field, word.text)) words_[word.field].push_back(*number);
    values_.try_emplace(word.field);
  }

  // Of the choice that has the text for its key: an item before may have added it, or this one does.
  std::optional<std::uint32_t> number_of(const FieldDefinition& field, const std::string& text) {
    if (const auto* option = field.choice_by_key(text)) {
      if (!option->retired) return option->number;
      fault(field, RefusalCode::unknown_choice);
      return std::nullopt;
    }
    auto next = kFirstOwnNumber;
    std::size_t live = 0;
    for (const auto& option : field.choices) {
      next = std::max(next, option.number + 1);
      live += option.retired ? 0 : 1;
    }
    for (const auto& added : choices_) {
      if (added.field != field.number) continue;
      if (added.text == text) return added.number;
      next = std::max(next, added.number + 1);
      ++live;
    }
    if (live >= kMaxChoices) {
      fault(field, RefusalCode::too_many_choices, std::to_string(kMaxChoices));
      return std::nullopt;
    }
    choices_.push_back({.form = context_.form.number, .field = field.number, .number = next, .text = text});
    return next;
  }

  void check(const FieldDefinition& field, base::Value& value) {
    if (faulty_.contains(field.number)) return;
    const auto fresh = without_kept(value, present(field.number));
    auto found = value_faults(field, fresh, places_, pointer_of(field));
    if (!found.empty()) {
      faulty_.insert(field.number);
      std::ranges::move(found, std::back_inserter(faults_));
      return;
    }
    check_size(field, value);
    check_references(field, value, fresh);
    if (const auto words = words_.find(field.number); words != words_.end()) add_words(field, value, words->second);
  }

  // Of the whole list: value_faults() has seen only what is new in it.
  void check_size(const FieldDefinition& field, const base::Value& value) {
    std::size_t size = 0;
    if (const auto* choices = std::get_if<base::Choices>(&value)) size = choices->numbers.size();
    if (const auto* many = std::get_if<base::References>(&value)) size = many->ids.size();
    if (size > kMaxMany) fault(field, RefusalCode::too_long, std::to_string(kMaxMany));
  }

  void add_words(const FieldDefinition& field, base::Value& value, const std::vector<std::uint32_t>& numbers) {
    if (field.type == FieldType::choices) {
      base::Choices choices;
      if (const auto* given = std::get_if<base::Choices>(&value)) choices = *given;
      choices.numbers.insert(choices.numbers.end(), numbers.begin(), numbers.end());
      keep_first_of_each(choices.numbers);
      value = std::move(choices);
      check_size(field, value);
      return;
    }
    // One value at most: a word beside a choice, or two words, contradict each other.
    if (!base::is_null(value) || numbers.size() > 1) return fault(field, RefusalCode::invalid_value);
    value = base::Choice{numbers.front()};
  }

  void check_references(const FieldDefinition& field, const base::Value& value, const base::Value& fresh) {
    if (const auto* one = std::get_if<base::Reference>(&fresh)) check_reference(field, one->id, {});
    const auto* many = std::get_if<base::References>(&fresh);
    const auto* all = std::get_if<base::References>(&value);
    if (many == nullptr || all == nullptr) return;
    for (std::size_t at = 0; at < all->ids.size(); ++at) {
      if (std::ranges::count(many->ids, all->ids[at]) == 0) continue;
      check_reference(field, all->ids[at], "/" + std::to_string(at));
    }
  }

  void check_reference(const FieldDefinition& field, base::Ulid id, const std::string& below) {
    const auto& workspace = context_.workspace;
    if (field.type == FieldType::member) {
      const auto* member = workspace.member(base::MemberId{id});
      if (member == nullptr || member->state == MemberState::deactivated) {
        fault(field, RefusalCode::unknown_member, {}, below);
      }
    } else if (field.type == FieldType::department) {
      const auto found = workspace.departments.find(base::DepartmentId{id});
      if (found == workspace.departments.end() || found->second.removed) {
        fault(field, RefusalCode::unknown_department, {}, below);
      }
    } else if (field.type == FieldType::reference && field.reference == context_.form.number && context_.record &&
               context_.record->ulid == id) {
      fault(field, RefusalCode::cycle, {}, below);
    } else if (!context_.reference_exists || !context_.reference_exists(field, id)) {
      fault(field, RefusalCode::unknown_reference, {}, below);
    }
  }

  void add_defaults() {
    for (const auto& field : context_.form.fields) {
      if (field.retired || base::is_null(field.default_value) || values_.contains(field.number)) continue;
      // A choice may have been retired since it became the default.
      if (value_faults(field, field.default_value, places_, {}).empty()) values_[field.number] = field.default_value;
    }
  }

  void check_required() {
    for (const auto& field : context_.form.fields) {
      if (!field.required || field.retired || faulty_.contains(field.number)) continue;
      const auto found = values_.find(field.number);
      // On a change only what is taken away; what was empty before the field became required may stay so.
      if (found == values_.end() && present_ != nullptr) continue;
      if (found != values_.end() && !base::is_null(found->second)) continue;
      // Whom the field is hidden from can't fill it in.
      if (found == values_.end() && (field.read_only || access(field) != FieldAccess::write)) continue;
      fault(field, RefusalCode::required);
    }
  }

  CheckedValues finish() {
    CheckedValues checked;
    checked.choices = std::move(choices_);
    static const base::Value null;
    for (auto& [number, value] : values_) {
      const auto* old = present(number);
      if (value == (old == nullptr ? null : *old)) continue;
      checked.values.push_back({.field = number, .value = std::move(value)});
    }
    return checked;
  }

  const ValueContext& context_;
  const std::vector<FieldValue>* present_;
  const std::uint8_t places_;
  std::map<FieldNumber, base::Value> values_;
  std::map<FieldNumber, std::vector<std::uint32_t>> words_;
  std::vector<ChoiceAdded> choices_;
  std::vector<InputFault> faults_;
  std::set<FieldNumber> faulty_;
};

}  // namespace

base::Value normalized(base::Value value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (base::is_valid_utf8(*text) && is_blank(*text)) return {};
  } else if (auto* choices = std::get_if<base::Choices>(&value)) {
    keep_first_of_each(choices->numbers);
    if (choices->numbers.empty()) return {};
  } else if (auto* many = std::get_if<base::References>(&value)) {
    keep_first_of_each(many->ids);
    if (many->ids.empty()) return {};
  } else if (const auto* region = std::get_if<base::Region>(&value)) {
    if (region->province.empty() && region->city.empty() && region->district.empty()) return {};
  }
  return value;
}

CheckResult check_new_values(const ValueContext& context, std::span<const FieldValue> given,
                             std::span<const NewChoice> new_choices) {
  return ValuesCheck(context, nullptr).run(given, new_choices);
}

CheckResult check_changed_values(const ValueContext& context, const std::vector<FieldValue>& present,
                                 std::span<const FieldValue> given, std::span<const NewChoice> new_choices) {
  return ValuesCheck(context, &present).run(given, new_choices);
}

void complete_regions(RecordItem& item, const std::vector<FieldValue>& present) {
  for (const auto& patch : item.region_patches) {
    const auto given = std::ranges::find(item.values, patch.field, &FieldValue::field);
    const auto before = std::ranges::find(present, patch.field, &FieldValue::field);
    auto* region = given == item.values.end() ? nullptr : std::get_if<base::Region>(&given->value);
    const auto* stays = before == present.end() ? nullptr : std::get_if<base::Region>(&before->value);
    if (!region || !stays) continue;
    if (!patch.province) region->province = stays->province;
    if (!patch.city) region->city = stays->city;
    if (!patch.district) region->district = stays->district;
  }
  item.region_patches.clear();
}

std::vector<FieldValue> merged_values(const std::vector<FieldValue>& present, const std::vector<FieldValue>& changes) {
  std::map<FieldNumber, base::Value> merged;
  for (const auto& value : present) merged[value.field] = value.value;
  for (const auto& value : changes) merged[value.field] = value.value;
  std::vector<FieldValue> values;
  for (auto& [field, value] : merged) {
    if (!base::is_null(value)) values.push_back({.field = field, .value = std::move(value)});
  }
  return values;
}

}  // namespace highseas::domain
