// event_json — events and what they name as JSON, as far as the caller may see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/json/writer.hpp"
#include "api/problem.hpp"
#include "domain/actor.hpp"
#include "domain/event.hpp"
#include "domain/permissions/permissions.hpp"
#include "domain/refusal.hpp"
#include "projections/image.hpp"

namespace highseas::api {

// The record that an event is about: of a follow-up, the follow-up.
struct EventRecord {
  domain::FormNumber form = 0;
  base::RecordId record;
};
std::optional<EventRecord> record_of(const domain::Event& event);

// The event without what is hidden from her on that record now. An event of a record that is not there yet (a dry run)
// keeps what is not hidden from her everywhere.
domain::Event as_seen(const domain::Event& event, const projections::Image& image, const domain::Rights& rights);

// "CustomerClaimed".
std::string shown_type(const domain::Event& event, const projections::Image& image);

// The event's own fields as one object, as they stand in it.
void write_event_data(json::Writer& writer, const domain::Event& event, const domain::Workspace& workspace);

// `{type, record, data}`; values of fields that are hidden from her are left out. `record` is null where the event is
// about none.
void write_event(json::Writer& writer, const domain::Event& event, const projections::Image& image,
                 const domain::Rights& rights, Language language);

// `{type, id, name, on_behalf_of}`: a member, a key, or a process of the system (whose id is null).
void write_actor(json::Writer& writer, const domain::Actor& actor, const domain::Workspace& workspace,
                 Language language);

// `[{id, name, owner, pool, matched}]`, owner and pool each `{id, name}`: of a record that she may not see, only that
// it exists, who owns it and what matched (law 4 of domain.md).
json::Json duplicates_json(const projections::Image& image, const domain::Rights& rights,
                           const std::vector<domain::DuplicateHit>& hits);

}  // namespace highseas::api
