// get_recycle_rules — GET /v1/recycle-rules, one of them, and its versions.
#include "api/handlers.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/rule_json.hpp"
#include "api/render/small_list.hpp"

namespace highseas::api {
namespace {

bool reads_rules(const Call& call) {
  return call.rights().reads(domain::Thing::rules);
}

const domain::RecycleRule* rule_of(const Call& call, const domain::Workspace& workspace,
                                   std::optional<base::RuleId>& id) {
  id = base::parse_id<base::RuleTag>(call.parameter("id"));
  const auto found = id ? workspace.rules.find(*id) : workspace.rules.end();
  return found == workspace.rules.end() ? nullptr : &found->second;
}

}  // namespace

void list_recycle_rules(App&, const CallPtr& call) {
  if (!reads_rules(*call)) return call->refuse(Problem::of("forbidden"));
  const auto page = small_page(*call);
  if (!page) return call->refuse(page.error());
  ask(call, [call, page = *page](const projections::State& state) {
    const auto& workspace = state.workspace();
    std::vector<base::Ulid> keys;
    for (const auto& [id, rule] : workspace.rules) keys.push_back(id.ulid);
    return small_list_answer(
        page, std::move(keys),
        [&](json::Writer& writer, base::Ulid key) {
          const base::RuleId id{key};
          write_rule(writer, workspace, id, workspace.rules.at(id), state.rule_book(), call->language());
        },
        state.position());
  });
}

void get_recycle_rule(App&, const CallPtr& call) {
  if (!reads_rules(*call)) return call->refuse(Problem::of("forbidden"));
  ask(call, [call](const projections::State& state) {
    std::optional<base::RuleId> id;
    const auto* rule = rule_of(*call, state.workspace(), id);
    if (!rule) return refused_at(*call, Problem::of("not-found"), state.position());
    std::string text;
    json::Writer writer(text);
    write_rule(writer, state.workspace(), *id, *rule, state.rule_book(), call->language());
    return answer(200, std::move(text), state.position());
  });
}

void list_recycle_rule_versions(App&, const CallPtr& call) {
  if (!reads_rules(*call)) return call->refuse(Problem::of("forbidden"));
  const auto page = small_page(*call);
  if (!page) return call->refuse(page.error());
  ask(call, [call, page = *page](const projections::State& state) {
    std::optional<base::RuleId> id;
    const auto* rule = rule_of(*call, state.workspace(), id);
    if (!rule) return refused_at(*call, Problem::of("not-found"), state.position());
    std::vector<base::Ulid> keys;
    for (const auto& version : rule->versions) keys.push_back({.high = 0, .low = version.version});
    return small_list_answer(
        page, std::move(keys),
        [&](json::Writer& writer, base::Ulid key) {
          write_rule_version(writer, state.workspace(), *rule, static_cast<std::uint32_t>(key.low));
        },
        state.position());
  });
}

}  // namespace highseas::api
