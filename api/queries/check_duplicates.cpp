// check_duplicates — POST /v1/{form}/check-duplicates: which records a record of these values would stand against.
#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/read/object_reader.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_reader.hpp"
#include "api/render/event_json.hpp"
#include "api/render/record_json.hpp"
#include "domain/forms/field_values.hpp"

namespace highseas::api {
namespace {

class Values : public expression::RecordSource {
 public:
  explicit Values(const std::vector<domain::FieldValue>& values) : values_(values) {}
  base::Value value(std::uint32_t field) const override {
    const auto* found = domain::find_value(values_, field);
    return found ? domain::normalized(*found) : base::Value();
  }

 private:
  const std::vector<domain::FieldValue>& values_;
};

// To name a record one must be allowed to see it.
void check_references(const Call& call, const projections::Image& image, const domain::FormDefinition& form,
                      const domain::RecordItem& item, domain::Faults& faults) {
  for (const auto& given : item.values) {
    const auto* field = form.field(given.field);
    const auto* reference = std::get_if<base::Reference>(&given.value);
    if (!field || !reference || field->type != domain::FieldType::reference) continue;
    const auto record = image.record(field->reference, base::RecordId{reference->id});
    if (record && !record->deleted() && may_read(call.rights(), *record)) continue;
    faults.add("/" + field->key, domain::RefusalCode::unknown_reference, field->number);
  }
}

http::Response duplicates_of(const Call& call, const projections::State& state, const domain::FormDefinition& form,
                             const domain::RecordItem& item) {
  domain::Faults faults;
  check_references(call, state.image(), form, item, faults);
  if (faults.any()) {
    return problem_response(problem_of(faults, call.language()), call.language(), call.request().path);
  }
  // The record itself is left out only for who may see it: its absence would tell of it.
  auto self = item.record;
  if (self) {
    const auto record = state.record(form.number, *self);
    if (!record || !may_read(call.rights(), *record)) self.reset();
  }
  const auto hits = state.duplicates(form.number, Values(item.values), self);
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  writer.member("duplicates", duplicates_json(state.image(), call.rights(), hits));
  writer.member("position", state.position()).end_object();
  return answer(200, std::move(text), state.position());
}

}  // namespace

void check_duplicates(App&, const CallPtr& call) {
  const auto found = form_of(*call, domain::kWrite);
  if (!found) return call->refuse(found.error());
  const auto* form = *found;
  // `id`: of the record that is edited, which does not stand against itself.
  domain::Faults faults;
  json::Json::Object values = *call->body().as_object();
  std::optional<base::RecordId> self;
  std::erase_if(values, [&](const json::Json::Member& member) {
    if (member.first != "id") return false;
    const auto* text = member.second.as_string();
    const auto id = text ? base::parse_prefixed(form->prefix, *text) : std::nullopt;
    if (id) {
      self = base::RecordId{*id};
    } else if (!member.second.is_null()) {
      faults.add("/id", text ? domain::RefusalCode::unknown_reference : domain::RefusalCode::wrong_type);
    }
    return true;
  });
  auto item = read_record(*call, *form, domain::RecordOperation::create, json::Json(std::move(values)), "", faults);
  item.record = self;
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));
  ask(call, [call, form, item = std::move(item)](const projections::State& state) {
    return duplicates_of(*call, state, *form, item);
  });
}

}  // namespace highseas::api
