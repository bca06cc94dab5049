// record_reader — key by key: a field of the form, an envelope key that may be written, a fact, or nothing known.
#include "api/read/record_reader.hpp"

#include <algorithm>

#include "api/read/value_reader.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {
namespace {

using domain::FieldNumber;
using domain::RecordOperation;
using domain::RefusalCode;

class RecordReader {
 public:
  RecordReader(const Call& call, const domain::FormDefinition& form, RecordOperation operation, std::string pointer,
               domain::Faults& faults)
      : call_(call), form_(form), pointer_(std::move(pointer)), faults_(faults) {
    item_.operation = operation;
  }

  domain::RecordItem run(const json::Json& body) {
    const auto* object = body.as_object();
    if (!object) {
      faults_.add(pointer_, RefusalCode::wrong_type);
      return std::move(item_);
    }
    for (const auto& [key, value] : *object) member(key, value);
    return std::move(item_);
  }

 private:
  bool hidden(FieldNumber field) const { return call_.rights().hidden_everywhere(form_.number, field); }

  void member(const std::string& key, const json::Json& value) {
    const auto where = json::pointer_with(pointer_, key);
    if (const auto* field = form_.field_by_key(key)) {
      if (hidden(field->number)) return faults_.add(where, RefusalCode::unknown_field, field->number);
      return read_value(call_.design(), *field, value, where, item_, faults_);
    }
    const auto* fact = domain::fact_field_by_key(key);
    if (key == "form") return faults_.add(where, RefusalCode::read_only_field);
    if (!fact || !domain::carries_fact(form_, *fact)) return faults_.add(where, RefusalCode::unknown_field);
    envelope(*fact, value, where);
  }

  void envelope(const domain::FactField& fact, const json::Json& value, const std::string& where) {
    const bool creates = item_.operation == RecordOperation::create;
    switch (fact.number) {
      case domain::facts::kOwner:
        if (!creates) return faults_.add(where, RefusalCode::use_action);
        item_.owner = id<base::MemberTag>(value, where, RefusalCode::unknown_member);
        return;
      case domain::facts::kPool:
        if (!creates) return faults_.add(where, RefusalCode::use_action);
        item_.pool = id<base::PoolTag>(value, where, RefusalCode::unknown_pool);
        return;
      case domain::facts::kCollaborators:
        // A follow-up has none of its own: it is judged by the record that it stands on.
        if (form_.number == domain::shipped::kFollowUps) return faults_.add(where, RefusalCode::read_only_field);
        return collaborators(value, where);
      default:
        return faults_.add(where, hidden(fact.number) ? RefusalCode::unknown_field : RefusalCode::read_only_field);
    }
  }

  // Null says nothing.
  template <class Tag>
  std::optional<base::Id<Tag>> id(const json::Json& value, const std::string& where, RefusalCode unknown) {
    if (value.is_null()) return std::nullopt;
    const auto* text = value.as_string();
    const auto found = text ? base::parse_id<Tag>(*text) : std::nullopt;
    if (!found) faults_.add(where, text ? unknown : RefusalCode::wrong_type);
    return found;
  }

  // Null takes all of them away.
  void collaborators(const json::Json& value, const std::string& where) {
    const auto* items = value.as_array();
    if (!items && !value.is_null()) return faults_.add(where, RefusalCode::wrong_type);
    std::vector<base::MemberId> members;
    for (std::size_t at = 0; items && at < items->size(); ++at) {
      const auto place = json::pointer_with(where, at);
      if ((*items)[at].is_null()) {
        faults_.add(place, RefusalCode::wrong_type);
      } else if (const auto one = id<base::MemberTag>((*items)[at], place, RefusalCode::unknown_member)) {
        members.push_back(*one);
      }
    }
    item_.collaborators = std::move(members);
  }

  const Call& call_;
  const domain::FormDefinition& form_;
  const std::string pointer_;
  domain::Faults& faults_;
  domain::RecordItem item_;
};

}  // namespace

domain::RecordItem read_record(const Call& call, const domain::FormDefinition& form, RecordOperation operation,
                               const json::Json& body, const std::string& pointer, domain::Faults& faults) {
  return RecordReader(call, form, operation, pointer, faults).run(body);
}

void check_rest(const domain::Workspace& workspace, const domain::FormDefinition& form, const domain::RecordItem& item,
                const std::string& pointer, domain::Faults& faults) {
  domain::ValueContext context{.workspace = workspace,
                               .form = form,
                               .pointer = pointer,
                               .record = item.record,
                               .access = {},
                               // Whether what it refers to may be seen is asked once the body can be read.
                               .reference_exists = [](const auto&, base::Ulid) { return true; }};
  // Of a change, what is there already is not known here: each value is judged by itself.
  const auto checked = item.operation == RecordOperation::create
                           ? domain::check_new_values(context, item.values, item.new_choices)
                           : domain::check_changed_values(context, {}, item.values, item.new_choices);
  if (!checked) faults.add_untold(checked.error());
}

domain::Origin origin_of(const Call& call) {
  const bool key = call.caller().actor.kind == domain::ActorKind::api_key;
  return key ? domain::Origin::api : domain::Origin::manual;
}

}  // namespace highseas::api
