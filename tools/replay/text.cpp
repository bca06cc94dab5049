// text — values as JSON text; lines for people.
#include "tools/replay/text.hpp"

#include "projections/event_walk.hpp"
#include "tools/replay/json_text.hpp"

namespace highseas::replay {

std::string value_json(const domain::Workspace& workspace, const domain::FieldDefinition& field,
                       const base::Value& value) {
  JsonText sink;
  projections::walk_value(sink, workspace, field, value);
  return sink.take();
}

std::string fact_json(const domain::Workspace& workspace, const domain::FormDefinition& form,
                      const domain::FactField& fact, const base::Value& value) {
  JsonText sink;
  projections::walk_fact(sink, workspace, form, fact, value);
  return sink.take();
}

std::string actor_text(const domain::Actor& actor, const domain::Workspace& workspace, codec::Lang lang) {
  auto text = projections::actor_name(actor, workspace, lang);
  const auto* behind = actor.on_behalf_of ? workspace.member(*actor.on_behalf_of) : nullptr;
  return behind ? text + " (" + behind->name + ")" : text;
}

}  // namespace highseas::replay
