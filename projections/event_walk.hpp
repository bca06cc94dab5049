// event_walk — events, the drafts in them and their actors taken apart for whoever writes them down: field by field as
// codec/ names them, numbers in the words that the API takes.
#pragma once

#include "codec/readable.hpp"
#include "domain/actor.hpp"
#include "domain/event.hpp"
#include "projections/value_walk.hpp"

namespace highseas::projections {

// The event's own fields as one object.
void walk_event(ValueSink& sink, const domain::Event& event, const domain::Workspace& workspace);

// In the form in which it is taken back. protect_when null: what ships.
void walk_draft(ValueSink& sink, const domain::RecycleDraft& draft, const domain::Workspace& workspace);

// A member's or key's name, or what the process is called.
std::string actor_name(const domain::Actor& actor, const domain::Workspace& workspace, codec::Lang lang);

// `{type, id, name, on_behalf_of: {id, name}}`: a member, a key, or a process of the system (whose id is null).
void walk_actor(ValueSink& sink, const domain::Actor& actor, const domain::Workspace& workspace, codec::Lang lang);

}  // namespace highseas::projections
