// situation — rights of the member who acts or on whose behalf it is done; a process that nobody started has all.
#include "decision/situation.hpp"

#include <algorithm>

#include "domain/forms/fact_fields.hpp"
#include "projections/file_uses.hpp"
#include "projections/query/file_access.hpp"

namespace highseas::decision {
namespace {

domain::Rights rights_of(const domain::Workspace& workspace, const domain::Actor& actor) {
  if (const auto member = actor.member()) return domain::Rights::of_member(workspace, *member);
  return domain::Rights::of_system(workspace);
}

}  // namespace

Situation::Situation(const projections::State& state, const Request& request)
    : state_(state),
      request_(request),
      rights_(rights_of(state.workspace(), request.actor)),
      ids_(request.now.ms, request.seed) {}

base::Date Situation::today() const {
  const auto zone = base::Zone::find(workspace().time_zone);
  return (zone ? *zone : base::Zone::utc()).local_date(now());
}

domain::JobFacts Situation::job(base::JobId id) const {
  const auto* view = state_.image().job(id);
  if (!view) return {};
  return {.exists = true,
          .started = {.job = id, .member = view->member, .plan = view->plan, .total = view->total},
          .state = view->state,
          .done = view->done};
}

bool Situation::reference_exists(const domain::FieldDefinition& field, base::Ulid id) const {
  if (projections::holds_files(field)) return file_exists(base::FileId{id});
  const auto record = state_.record(field.reference, base::RecordId{id});
  if (!record || record->deleted()) return false;
  const auto standing = record->standing();
  return rights_.may(field.reference, domain::kRead, standing.get());
}

bool Situation::file_exists(base::FileId id) const {
  const auto* file = state_.image().file(id);
  return file && projections::may_read_file(state_.image(), rights_, *file);
}

Decided begin(const Request& request) {
  Decided decided;
  decided.content.command = request.command;
  decided.content.seed = request.seed;
  return decided;
}

Outcome whole(Situation&, const Request& request, domain::Decision decision) {
  if (!decision) return std::unexpected(std::move(decision.error()));
  Decided decided = begin(request);
  decided.content.events = std::move(*decision);
  return decided;
}

base::Value ValueSource::value(std::uint32_t field) const {
  const auto* found = domain::find_value(values_, field);
  if (found) return *found;
  const bool counts = std::ranges::find(domain::count_facts(), field) != domain::count_facts().end();
  return counts ? base::Value(std::int64_t{0}) : base::Value{};
}

}  // namespace highseas::decision
