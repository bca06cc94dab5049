// get_pools — GET /v1/pools, /v1/pools/{id} and its figures.
#include "api/handlers.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/pool_json.hpp"
#include "api/render/small_list.hpp"
#include "projections/query/pool_report.hpp"

namespace highseas::api {
namespace {

bool reads_pools(const Call& call) {
  return call.rights().reads(domain::Thing::pools);
}

// Figures count records, so they are for those who may see what lies in the pool.
bool sees_inside(const domain::Rights& rights, const domain::PoolDefinition& pool) {
  const domain::RecordStanding in_it{.owner = {}, .pool = pool.id, .collaborators = {}};
  return rights.may(pool.form, domain::kRead, in_it);
}

http::Response stats_answer(const projections::Image& image, const domain::Rights& rights,
                            const domain::PoolDefinition& pool, base::Instant now) {
  const auto stats = projections::pool_stats(image, rights, pool.id, now);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("pool", base::format_id(pool.id)).member("standing", stats.standing);
  // How many are owned is told to those who see all of them.
  if (rights.opens_all(pool.form, domain::kRead)) {
    writer.member("owned", stats.owned);
  } else {
    writer.null_member("owned");
  }
  writer.member("added_today", stats.added_today).member("claimed_today", stats.claimed_today);
  writer.member("recycled_today", stats.recycled_today);
  write_days(writer, "median_days", stats.median_days_100);
  writer.member("position", image.position()).end_object();
  return answer(200, std::move(text), image.position());
}

}  // namespace

void list_pools(App&, const CallPtr& call) {
  if (!reads_pools(*call)) return call->refuse(Problem::of("forbidden"));
  const auto page = small_page(*call);
  if (!page) return call->refuse(page.error());
  ask(call, [page = *page](const projections::State& state) {
    const auto& workspace = state.workspace();
    std::vector<base::Ulid> keys;
    for (const auto& [id, pool] : workspace.pools) keys.push_back(id.ulid);
    return small_list_answer(
        page, std::move(keys),
        [&](json::Writer& writer, base::Ulid key) {
          write_pool(writer, workspace, workspace.pools.at(base::PoolId{key}));
        },
        state.position());
  });
}

void get_pool(App&, const CallPtr& call) {
  if (!reads_pools(*call)) return call->refuse(Problem::of("forbidden"));
  ask(call, [call](const projections::State& state) {
    const auto id = base::parse_id<base::PoolTag>(call->parameter("id"));
    const auto* pool = id ? state.workspace().pool(*id) : nullptr;
    if (!pool) return refused_at(*call, Problem::of("not-found"), state.position());
    std::string text;
    json::Writer writer(text);
    write_pool(writer, state.workspace(), *pool);
    return answer(200, std::move(text), state.position());
  });
}

void get_pool_stats(App& app, const CallPtr& call) {
  if (!reads_pools(*call)) return call->refuse(Problem::of("forbidden"));
  scan(call, [call, now = app.engine().clock().now()](const projections::Image& image) {
    const auto id = base::parse_id<base::PoolTag>(call->parameter("id"));
    const auto* pool = id ? image.workspace().pool(*id) : nullptr;
    if (!pool) return refused_at(*call, Problem::of("not-found"), image.position());
    if (!sees_inside(call->rights(), *pool)) return refused_at(*call, Problem::of("forbidden"), image.position());
    return stats_answer(image, call->rights(), *pool, now);
  });
}

}  // namespace highseas::api
