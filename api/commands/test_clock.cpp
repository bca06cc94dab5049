// test_clock — POST /v1/test-clock/advance and /release: time moves, and what falls due on the way is done in order.
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/json/writer.hpp"

namespace highseas::api {
namespace {

std::function<void(engine::ClockDone)> teller(App& app, const CallPtr& call) {
  return [&app, call](const engine::ClockDone& done) {
    if (done.kind == engine::ClockDone::Kind::failed) return call->fail(engine::Failure::storage);
    if (done.kind == engine::ClockDone::Kind::overloaded) return call->fail(engine::Failure::overloaded);
    if (done.kind == engine::ClockDone::Kind::refused) {
      auto problem = problem_of(domain::Refusal::of(done.refusal), call->language());
      problem.extras.emplace_back("now", base::format_instant(done.now));
      return call->refuse(problem);
    }
    std::string text;
    json::Writer writer(text);
    writer.begin_object().member("now", base::format_instant(done.now)).end_object();
    call->respond(answer(200, std::move(text), durable_position(app)));
  };
}

// What the engine would refuse is refused here too; a dry run leaves the clock alone.
bool answer_dry_run(App& app, const CallPtr& call) {
  if (!call->dry_run()) return false;
  if (!call->rights().writes(domain::Thing::settings)) {
    call->refuse(Problem::of("forbidden"));
  } else if (!app.engine().clock().is_test()) {
    call->refuse(Problem::of("clock-not-test"));
  } else {
    call->respond(would_accept(durable_position(app)));
  }
  return true;
}

}  // namespace

void advance_test_clock(App& app, const CallPtr& call) {
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  body.required("to");
  const auto to = body.instant("to");
  body.finish();
  if (faults.any()) {
    const bool allowed = call->rights().writes(domain::Thing::settings);
    return call->refuse(allowed ? problem_of(faults, call->language()) : Problem::of("forbidden"));
  }
  if (answer_dry_run(app, call)) return;
  app.engine().advance_test_clock(call->caller().member, *to, teller(app, call));
}

void release_test_clock(App& app, const CallPtr& call) {
  if (answer_dry_run(app, call)) return;
  app.engine().release_test_clock(call->caller().member, teller(app, call));
}

}  // namespace highseas::api
