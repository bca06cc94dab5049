// value_json — one alternative of base::Value after the other.
#include "api/render/value_json.hpp"

#include <algorithm>

#include "api/read/value_reader.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {
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

class ValueWriter {
 public:
  ValueWriter(json::Writer& writer, const ValueNames& names) : writer_(writer), names_(names) {}

  void operator()(std::monostate) const { writer_.null(); }
  void operator()(bool value) const { writer_.boolean(value); }
  void operator()(std::int64_t value) const { writer_.integer(value); }
  void operator()(base::Decimal value) const {
    if (value.scale < names_.places()) value = base::rescale(value, names_.places()).value_or(value);
    writer_.string(base::format_decimal(value));
  }
  void operator()(base::Date value) const { writer_.string(base::format_date(value)); }
  void operator()(base::Instant value) const { writer_.string(base::format_instant(value)); }
  void operator()(const std::string& value) const { writer_.string(value); }
  void operator()(base::Choice value) const { choice(value.number); }
  void operator()(const base::Choices& value) const {
    writer_.begin_array();
    for (const auto number : value.numbers) choice(number);
    writer_.end_array();
  }
  void operator()(base::Reference value) const { writer_.string(base::format_id(names_.prefix(), value.id)); }
  void operator()(const base::References& value) const {
    writer_.begin_array();
    for (const auto id : value.ids) writer_.string(base::format_id(names_.prefix(), id));
    writer_.end_array();
  }
  void operator()(const base::Region& value) const {
    writer_.begin_object();
    part("province", value.province);
    part("city", value.city);
    part("district", value.district);
    writer_.end_object();
  }
  void operator()(const base::Location& value) const {
    writer_.begin_object();
    writer_.member("longitude", base::format_decimal(value.longitude));
    writer_.member("latitude", base::format_decimal(value.latitude));
    writer_.end_object();
  }

 private:
  void choice(std::uint32_t number) const {
    const auto key = names_.choice(number);
    key.empty() ? writer_.null() : writer_.string(key);
  }
  void part(std::string_view name, const std::string& text) const {
    if (text.empty()) {
      writer_.null_member(name);
    } else {
      writer_.member(name, text);
    }
  }

  json::Writer& writer_;
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

void write_value(json::Writer& writer, const domain::Workspace& workspace, const domain::FieldDefinition& field,
                 const base::Value& value) {
  std::visit(ValueWriter(writer, FieldNames(workspace, field)), value);
}

void write_fact(json::Writer& writer, const domain::Workspace& workspace, const domain::FormDefinition& form,
                const domain::FactField& fact, const base::Value& value) {
  if (base::is_null(value) && fact.type == FieldType::integer) {
    writer.integer(0);
  } else if (base::is_null(value) && fact.many) {
    writer.begin_array().end_array();
  } else {
    std::visit(ValueWriter(writer, FactNames(workspace, form, fact)), value);
  }
}

std::string_view fact_prefix(const domain::FormDefinition& form, const domain::FactField& fact) {
  if (fact.type == FieldType::member) return base::MemberTag::kPrefix;
  if (fact.type != FieldType::reference) return {};
  return fact.id_prefix.empty() ? std::string_view(form.prefix) : fact.id_prefix;
}

json::Json member_json(const domain::Workspace& workspace, const std::optional<base::MemberId>& id) {
  if (!id) return {};
  const auto* member = workspace.member(*id);
  return json::Json::Object{{"id", base::format_id(*id)}, {"name", member ? json::Json(member->name) : json::Json()}};
}

json::Json pool_json(const domain::Workspace& workspace, const std::optional<base::PoolId>& id) {
  if (!id) return {};
  const auto* pool = workspace.pool(*id);
  return json::Json::Object{{"id", base::format_id(*id)}, {"name", pool ? json::Json(pool->name) : json::Json()}};
}

}  // namespace highseas::api
