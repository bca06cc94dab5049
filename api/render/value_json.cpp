// value_json — values through projections/value_walk.
#include "api/render/value_json.hpp"

#include "api/render/walk_sink.hpp"

namespace highseas::api {

void write_value(json::Writer& writer, const domain::Workspace& workspace, const domain::FieldDefinition& field,
                 const base::Value& value) {
  WalkSink sink(writer);
  projections::walk_value(sink, workspace, field, value);
}

void write_fact(json::Writer& writer, const domain::Workspace& workspace, const domain::FormDefinition& form,
                const domain::FactField& fact, const base::Value& value) {
  WalkSink sink(writer);
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
