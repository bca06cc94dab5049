// value_json — what projections/value_walk takes apart goes into the answer's text.
#include "api/render/value_json.hpp"

#include "projections/value_walk.hpp"

namespace highseas::api {
namespace {

class JsonSink : public projections::ValueSink {
 public:
  explicit JsonSink(json::Writer& writer) : writer_(writer) {}

  void null() override { writer_.null(); }
  void boolean(bool value) override { writer_.boolean(value); }
  void integer(std::int64_t value) override { writer_.integer(value); }
  void text(std::string_view value) override { writer_.string(value); }
  void begin_list() override { writer_.begin_array(); }
  void end_list() override { writer_.end_array(); }
  void begin_object() override { writer_.begin_object(); }
  void key(std::string_view name) override { writer_.key(name); }
  void end_object() override { writer_.end_object(); }

 private:
  json::Writer& writer_;
};

}  // namespace

void write_value(json::Writer& writer, const domain::Workspace& workspace, const domain::FieldDefinition& field,
                 const base::Value& value) {
  JsonSink sink(writer);
  projections::walk_value(sink, workspace, field, value);
}

void write_fact(json::Writer& writer, const domain::Workspace& workspace, const domain::FormDefinition& form,
                const domain::FactField& fact, const base::Value& value) {
  JsonSink sink(writer);
  projections::walk_fact(sink, workspace, form, fact, value);
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
