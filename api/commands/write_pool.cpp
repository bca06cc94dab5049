// write_pool — POST /v1/pools, PATCH and DELETE /v1/pools/{id}.
#include "api/handlers.hpp"
#include "api/read/pool_reader.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/pool_json.hpp"
#include "api/submit.hpp"

namespace highseas::api {
namespace {

http::Response pool_answer(const projections::State& state, base::PoolId id, int status) {
  std::string text;
  json::Writer writer(text);
  const auto* pool = state.workspace().pool(id);
  if (pool) {
    write_pool(writer, state.workspace(), *pool);
  } else {
    writer.begin_object().member("id", base::format_id(id)).end_object();
  }
  return answer(status, std::move(text), state.position());
}

// The pool that the path names; what she may not read, or not write, is refused here as the decider would.
const domain::PoolDefinition* pool_of(const CallPtr& call) {
  const auto id = base::parse_id<base::PoolTag>(call->parameter("id"));
  const auto* pool = id ? call->design().pool(*id) : nullptr;
  if (!pool || !call->rights().reads(domain::Thing::pools)) {
    call->refuse(Problem::of("not-found"));
    return nullptr;
  }
  if (!call->rights().writes(domain::Thing::pools)) {
    call->refuse(Problem::of("forbidden"));
    return nullptr;
  }
  return pool;
}

}  // namespace

void add_pool(App&, const CallPtr& call) {
  if (!call->rights().writes(domain::Thing::pools)) return call->refuse(Problem::of("forbidden"));
  domain::Faults faults;
  auto pool = read_pool(call->design(), call->body(), {}, true, faults);
  if (faults.any()) return refuse_unread(call, domain::AddPool{std::move(pool)}, std::move(faults));
  submit(call, domain::AddPool{std::move(pool)}, [](const auto& state, const engine::CommandOutcome& outcome) {
    base::PoolId added;
    for (const auto& event : outcome.commit->content.events) {
      if (const auto* pool_added = std::get_if<domain::PoolAdded>(&event)) added = pool_added->pool.id;
    }
    auto response = pool_answer(state, added, 201);
    response.headers.set("Location", "/v1/pools/" + base::format_id(added));
    return response;
  });
}

void change_pool(App&, const CallPtr& call) {
  const auto* existing = pool_of(call);
  if (!existing) return;
  domain::Faults faults;
  auto pool = read_pool(call->design(), call->body(), *existing, false, faults);
  if (faults.any()) return refuse_unread(call, domain::ChangePool{std::move(pool)}, std::move(faults));
  const auto id = pool.id;
  submit(call, domain::ChangePool{std::move(pool)},
         [id](const auto& state, const auto&) { return pool_answer(state, id, 200); });
}

void remove_pool(App&, const CallPtr& call) {
  const auto* pool = pool_of(call);
  if (!pool) return;
  submit(call, domain::RemovePool{pool->id}, [](const auto&, const auto&) { return no_content(); });
}

}  // namespace highseas::api
