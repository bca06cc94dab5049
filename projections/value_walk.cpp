// value_walk — one alternative of base::Value after the other.
#include "projections/value_walk.hpp"

#include <algorithm>

#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::projections {
namespace {

using domain::FieldType;

// What a value's numbers and ids are called.
class ValueNames {
 public:
  virtual ~ValueNames() = default;
  virtual std::string_view prefix() const = 0;
  virtual std::string_view choice(std::uint32_t number) const = 0;
  virtual int places() const = 0;  // at least so many, of decimals
};

class Walk {
 public:
  Walk(ValueSink& sink, const ValueNames& names) : sink_(sink), names_(names) {}

  void operator()(std::monostate) const { sink_.null(); }
  void operator()(bool value) const { sink_.boolean(value); }
  void operator()(std::int64_t value) const { sink_.integer(value); }
  void operator()(base::Decimal value) const {
    if (value.scale < names_.places()) value = base::rescale(value, names_.places()).value_or(value);
    sink_.text(base::format_decimal(value));
  }
  void operator()(base::Date value) const { sink_.text(base::format_date(value)); }
  void operator()(base::Instant value) const { sink_.text(base::format_instant(value)); }
  void operator()(const std::string& value) const { sink_.text(value); }
  void operator()(base::Choice value) const { choice(value.number); }
  void operator()(const base::Choices& value) const {
    sink_.begin_list();
    for (const auto number : value.numbers) choice(number);
    sink_.end_list();
  }
  void operator()(base::Reference value) const { id(value.id); }
  void operator()(const base::References& value) const {
    sink_.begin_list();
    for (const auto each : value.ids) id(each);
    sink_.end_list();
  }
  void operator()(const base::Region& value) const {
    sink_.begin_object();
    part("province", value.province);
    part("city", value.city);
    part("district", value.district);
    sink_.end_object();
  }
  void operator()(const base::Location& value) const {
    sink_.begin_object();
    part("longitude", base::format_decimal(value.longitude));
    part("latitude", base::format_decimal(value.latitude));
    sink_.end_object();
  }

 private:
  void choice(std::uint32_t number) const { text_or_null(names_.choice(number)); }
  void id(base::Ulid value) const { sink_.text(base::format_id(names_.prefix(), value)); }
  void part(std::string_view name, std::string_view text) const {
    sink_.key(name);
    text_or_null(text);
  }
  void text_or_null(std::string_view text) const { text.empty() ? sink_.null() : sink_.text(text); }

  ValueSink& sink_;
  const ValueNames& names_;
};

std::string_view choice_key(const domain::FieldDefinition* field, std::uint32_t number) {
  const auto* option = field ? field->choice(number) : nullptr;
  return option ? std::string_view(option->key) : std::string_view();
}

class FieldNames : public ValueNames {
 public:
  FieldNames(const domain::Workspace& workspace, const domain::FieldDefinition& field)
      : workspace_(workspace), field_(field) {}
  std::string_view prefix() const override { return id_prefix(workspace_, field_); }
  std::string_view choice(std::uint32_t number) const override { return choice_key(&field_, number); }
  int places() const override {
    if (field_.type != FieldType::money) return 0;
    return domain::effective_limits(field_, domain::currency_places(workspace_.currency)).places.value_or(0);
  }

 private:
  const domain::Workspace& workspace_;
  const domain::FieldDefinition& field_;
};

class FactNames : public ValueNames {
 public:
  FactNames(const domain::Workspace& workspace, const domain::FormDefinition& form, const domain::FactField& fact)
      : workspace_(workspace), form_(form), fact_(fact) {}
  std::string_view prefix() const override { return fact_prefix(form_, fact_); }
  std::string_view choice(std::uint32_t number) const override {
    if (fact_.number == domain::facts::kLastFollowUpMethod) {
      const auto* follow_ups = workspace_.form(domain::shipped::kFollowUps);
      return choice_key(follow_ups ? follow_ups->field(domain::shipped::follow_ups::kMethod) : nullptr, number);
    }
    const auto found = std::ranges::find(fact_.choices, number, &domain::FactChoice::number);
    return found == fact_.choices.end() ? std::string_view() : found->key;
  }
  int places() const override {
    return fact_.type == FieldType::money ? domain::currency_places(workspace_.currency) : 0;
  }

 private:
  const domain::Workspace& workspace_;
  const domain::FormDefinition& form_;
  const domain::FactField& fact_;
};

}  // namespace

void walk_value(ValueSink& sink, const domain::Workspace& workspace, const domain::FieldDefinition& field,
                const base::Value& value) {
  std::visit(Walk(sink, FieldNames(workspace, field)), value);
}

void walk_fact(ValueSink& sink, const domain::Workspace& workspace, const domain::FormDefinition& form,
               const domain::FactField& fact, const base::Value& value) {
  if (base::is_null(value) && fact.type == FieldType::integer) {
    sink.integer(0);
  } else if (base::is_null(value) && fact.many) {
    sink.begin_list();
    sink.end_list();
  } else {
    std::visit(Walk(sink, FactNames(workspace, form, fact)), value);
  }
}

std::string_view id_prefix(const domain::Workspace& workspace, const domain::FieldDefinition& field) {
  switch (field.type) {
    case FieldType::member:
      return base::MemberTag::kPrefix;
    case FieldType::department:
      return base::DepartmentTag::kPrefix;
    case FieldType::file:
    case FieldType::image:
      return base::FileTag::kPrefix;
    default: {
      const auto form = workspace.forms.find(field.reference);
      return form == workspace.forms.end() ? std::string_view() : std::string_view(form->second.prefix);
    }
  }
}

std::string_view fact_prefix(const domain::FormDefinition& form, const domain::FactField& fact) {
  if (fact.type == FieldType::member) return base::MemberTag::kPrefix;
  if (fact.type != FieldType::reference) return {};
  return fact.id_prefix.empty() ? std::string_view(form.prefix) : fact.id_prefix;
}

}  // namespace highseas::projections
