// directory_lists — GET of members, departments, roles, permission groups, calendars and API keys.
#include "api/handlers.hpp"
#include "api/render/directory_json.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/small_list.hpp"

namespace highseas::api {
namespace {

using domain::Thing;

// A list of all live things of a map of the workspace, for who may read such things.
template <class Things, class Live, class Write>
void list_things(const CallPtr& call, Thing thing, const Things domain::Workspace::* member, Live live, Write write) {
  if (!call->rights().reads(thing)) return call->refuse(Problem::of("forbidden"));
  const auto page = small_page(*call);
  if (!page) return call->refuse(page.error());
  ask(call, [page = *page, member, live, write](const projections::State& state) {
    const auto& workspace = state.workspace();
    const auto& things = workspace.*member;
    std::vector<base::Ulid> keys;
    for (const auto& [id, one] : things) {
      if (live(one)) keys.push_back(id.ulid);
    }
    using Id = typename Things::key_type;
    return small_list_answer(
        page, std::move(keys),
        [&](json::Writer& writer, base::Ulid key) { write(writer, workspace, things.at(Id{key})); }, state.position());
  });
}

constexpr auto kEvery = [](const auto&) { return true; };
constexpr auto kNotRemoved = [](const auto& thing) { return !thing.removed; };

// One thing by its id; `find` gives null for what is not there.
template <class Find, class Write>
void get_thing(const CallPtr& call, Thing thing, Find find, Write write) {
  if (!call->rights().reads(thing)) return call->refuse(Problem::of("forbidden"));
  ask(call, [call, find, write](const projections::State& state) {
    const auto* one = find(state.workspace());
    if (!one) return refused_at(*call, Problem::of("not-found"), state.position());
    std::string text;
    json::Writer writer(text);
    write(writer, state.workspace(), *one);
    return answer(200, std::move(text), state.position());
  });
}

}  // namespace

void list_members(App&, const CallPtr& call) {
  list_things(call, Thing::members, &domain::Workspace::members, kEvery, write_member);
}

void get_member(App&, const CallPtr& call) {
  const auto id = base::parse_id<base::MemberTag>(call->parameter("id"));
  get_thing(
      call, Thing::members, [id](const domain::Workspace& workspace) { return id ? workspace.member(*id) : nullptr; },
      write_member);
}

void list_departments(App&, const CallPtr& call) {
  list_things(call, Thing::departments, &domain::Workspace::departments, kNotRemoved,
              [](json::Writer& writer, const domain::Workspace&, const domain::Department& department) {
                write_department(writer, department);
              });
}

void get_department(App&, const CallPtr& call) {
  const auto id = base::parse_id<base::DepartmentTag>(call->parameter("id"));
  get_thing(
      call, Thing::departments,
      [id](const domain::Workspace& workspace) -> const domain::Department* {
        const auto found = id ? workspace.departments.find(*id) : workspace.departments.end();
        return found != workspace.departments.end() && !found->second.removed ? &found->second : nullptr;
      },
      [](json::Writer& writer, const domain::Workspace&, const domain::Department& department) {
        write_department(writer, department);
      });
}

void list_roles(App&, const CallPtr& call) {
  list_things(
      call, Thing::roles, &domain::Workspace::roles, kNotRemoved,
      [](json::Writer& writer, const domain::Workspace&, const domain::Role& role) { write_role(writer, role); });
}

void list_permission_groups(App&, const CallPtr& call) {
  list_things(call, Thing::groups, &domain::Workspace::groups, kNotRemoved, write_group);
}

void list_calendars(App&, const CallPtr& call) {
  list_things(call, Thing::calendars, &domain::Workspace::calendars, kEvery,
              [](json::Writer& writer, const domain::Workspace&, const domain::CalendarChanged& calendar) {
                write_calendar(writer, calendar);
              });
}

void list_api_keys(App& app, const CallPtr& call) {
  list_things(call, Thing::keys, &domain::Workspace::keys, kEvery,
              [&app](json::Writer& writer, const domain::Workspace&, const domain::ApiKey& key) {
                write_api_key(writer, key, app.engine().api_key_uses().last_use(key.id));
              });
}

void get_effective_permissions(App&, const CallPtr& call) {
  const auto id = base::parse_id<base::MemberTag>(call->parameter("id"));
  // What one may do oneself is no secret; what others may do is for who reads the groups.
  const bool hers = id && *id == call->caller().member;
  get_thing(
      call, hers ? Thing::members : Thing::groups,
      [id](const domain::Workspace& workspace) { return id ? workspace.member(*id) : nullptr; },
      [](json::Writer& writer, const domain::Workspace& workspace, const domain::Member& member) {
        write_permissions(writer, workspace, member);
      });
}

}  // namespace highseas::api
