// write_batch — POST /v1/{form}/batch: up to a thousand creations, changes and deletions, one commit, a result each.
#include "api/handlers.hpp"
#include "api/read/batch_items.hpp"
#include "api/read/object_reader.hpp"
#include "api/read/record_address.hpp"
#include "api/read/record_reader.hpp"
#include "api/render/results_json.hpp"

namespace highseas::api {
namespace {

using domain::RecordOperation;
using domain::RefusalCode;

class BatchReader {
 public:
  BatchReader(const Call& call, const domain::FormDefinition& form) : call_(call), form_(form) {}

  void add(const json::Json& json, const std::string& pointer) {
    domain::Faults faults;
    ObjectReader reader(json, pointer, faults);
    const auto operation = this->operation(reader);
    const auto id = reader.given("id");
    const auto* text = id ? id->as_string() : nullptr;
    if (id && !text) reader.fault("id", RefusalCode::wrong_type);
    const auto* data = reader.given("data");
    reader.finish();
    const auto named = text ? std::optional(*text) : std::nullopt;
    domain::RecordItem item;
    if (operation) {
      const bool creates = *operation == RecordOperation::create;
      if (creates && id) reader.fault("id", RefusalCode::read_only_field);
      if (!creates && !id) reader.fault("id", RefusalCode::required);
      item = values(reader, *operation, data, faults);
    }
    if (faults.any()) return asked_.add_refused(named, domain::Refusal::of_faults(faults.all()));
    if (named) {
      const auto record = base::parse_prefixed(form_.prefix, *named);
      if (!record) return asked_.add_refused(named, domain::Refusal::of(RefusalCode::not_found));
      item.record = base::RecordId{*record};
    }
    asked_.add(named);
    items_.push_back(std::move(item));
  }

  AskedItems& asked() { return asked_; }
  std::vector<domain::RecordItem> take_items() { return std::move(items_); }

 private:
  static std::optional<RecordOperation> operation(ObjectReader& reader) {
    const auto* json = reader.required("op");
    if (!json) return std::nullopt;
    const auto* word = json->as_string();
    if (word && *word == "create") return RecordOperation::create;
    if (word && *word == "update") return RecordOperation::update;
    if (word && *word == "delete") return RecordOperation::remove;
    reader.fault("op", word ? RefusalCode::unknown_choice : RefusalCode::wrong_type);
    return std::nullopt;
  }

  domain::RecordItem values(ObjectReader& reader, RecordOperation operation, const json::Json* data,
                            domain::Faults& faults) const {
    domain::RecordItem item;
    item.operation = operation;
    if (operation == RecordOperation::remove) {
      if (data) reader.fault("data", RefusalCode::unknown_field);
    } else if (!data) {
      if (reader.is_object()) reader.fault("data", RefusalCode::required);
    } else {
      const auto pointer = reader.pointer("data");
      item = read_record(call_, form_, operation, *data, pointer, faults);
      if (faults.any()) check_rest(call_.design(), form_, item, pointer, faults);
    }
    return item;
  }

  const Call& call_;
  const domain::FormDefinition& form_;
  AskedItems asked_;
  std::vector<domain::RecordItem> items_;
};

}  // namespace

void write_batch(App&, const CallPtr& call) {
  const auto found = form_of(*call, domain::kWrite | domain::kDelete);
  if (!found) return call->refuse(found.error());
  const auto* form = *found;
  domain::Faults faults;
  ObjectReader reader(call->body(), "", faults);
  reader.required("operations");
  const auto* operations = reader.array("operations");
  const bool atomic = reader.boolean("atomic").value_or(false);
  reader.finish();
  if (operations && operations->size() > kLargestBatch) return call->refuse(too_many_items());
  if (faults.any()) return call->refuse(problem_of(faults, call->language()));

  BatchReader batch(*call, *form);
  for (std::size_t i = 0; i < operations->size(); ++i) {
    batch.add((*operations)[i], json::pointer_with("/operations", i));
  }
  if (atomic && batch.asked().any_refused()) batch.asked().refuse_all();
  auto items = batch.take_items();
  if (items.empty() || (atomic && batch.asked().any_refused())) {
    return ask(call, [call, form, asked = std::move(batch.asked())](const projections::State& state) {
      return results_answer(*call, state, *form, asked, nullptr);
    });
  }
  // One item alone is atomic in any case; said so, its refusal would be the whole answer's.
  domain::WriteRecords command{.form = form->number,
                               .atomic = atomic && items.size() > 1,
                               .origin = origin_of(*call),
                               .items = std::move(items)};
  submit_items(call, *form, std::move(command), std::move(batch.asked()));
}

}  // namespace highseas::api
