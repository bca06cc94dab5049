// test_clock — time that stands until it is told to move; what falls due on the way is done in order.
#include <algorithm>

#include "domain/workspace/server_decider.hpp"
#include "engine/engine_impl.hpp"

namespace highseas::engine {

std::expected<void, StartError> Engine::Impl::start_clock() {
  const auto facts = server_log->facts();
  if (options.test_clock && facts.position == 0 && store.log->workspaces().empty()) {
    const domain::StartTestClock command{.at = *options.test_clock};
    auto decision = domain::decide_start_test_clock(
        {.log_is_empty = true, .is_test = false, .now = real_now(), .real_now = real_now()}, command);
    if (!decision) return std::unexpected(StartError{"the test clock can't be started here", "use an empty directory"});
    clock.set_test_time(command.at);
    if (!server_log->append(*writer, {.kind = domain::ActorKind::operator_}, command, std::move(*decision),
                            fresh_command())) {
      return std::unexpected(StartError{"the test clock could not be written", "look at the disk"});
    }
    return {};
  }
  if (facts.clock_is_test && !options.test_clock) {
    return std::unexpected(
        StartError{"this directory lives on a test clock: its log says so",
                   "start it with --test-clock (its time stands where the log left it), or release the clock"});
  }
  if (options.test_clock && !facts.clock_is_test) {
    return std::unexpected(StartError{"this directory lives in real time", "start it without --test-clock"});
  }
  return {};
}

std::optional<base::Instant> Engine::Impl::next_due_of_all() {
  std::optional<base::Instant> next;
  for (const auto& one : all()) {
    const auto due =
        ask<std::optional<base::Instant>>(*one.sequencer, [](projections::State& state) { return state.next_due(); });
    // Where the store has failed nothing is known of its workspace; the sweep then says so.
    const auto at = due ? *due : clock.now();
    if (at && (!next || *at < *next)) next = at;
  }
  return next;
}

// Time moves from one due instant to the next, so that each sweep decides at its own moment. False: the store failed.
bool Engine::Impl::run_clock_to(base::Instant to) {
  while (const auto next = next_due_of_all()) {
    if (*next > to) break;
    if (*next > clock.now()) clock.set_test_time(next);
    for (const auto& one : all()) {
      auto swept = std::make_shared<std::promise<bool>>();
      auto answer = swept->get_future();
      one.scheduler->sweep([swept](bool well) { swept->set_value(well); });
      if (!answer.get()) return false;
    }
  }
  clock.set_test_time(std::max(to, clock.now()));
  return true;
}

std::optional<ClockDone> Engine::Impl::clock_refusal(base::MemberId admin, const domain::Command& command) {
  const auto refused = [this](domain::RefusalCode code) {
    return ClockDone{.kind = ClockDone::Kind::refused, .refusal = code, .now = clock.now()};
  };
  const auto one = find(1);
  if (!one) return refused(domain::RefusalCode::forbidden);
  const domain::ClockFacts facts{
      .log_is_empty = false, .is_test = clock.is_test(), .now = clock.now(), .real_now = real_now()};
  const auto code = ask<domain::RefusalCode>(*one->sequencer, [=](projections::State& state) {
    const auto rights = domain::Rights::of_member(state.workspace(), admin);
    const auto* advance = std::get_if<domain::AdvanceTestClock>(&command);
    const auto decision = advance ? domain::decide_advance_test_clock(facts, *advance, rights)
                                  : domain::decide_release_test_clock(facts, rights);
    return decision ? domain::RefusalCode::none : decision.error().code;
  });
  if (!code) return ClockDone{};
  if (*code != domain::RefusalCode::none) return refused(*code);
  return std::nullopt;
}

ClockDone Engine::Impl::advance(base::MemberId admin, base::Instant to) {
  const domain::AdvanceTestClock command{.to = to};
  if (const auto refused = clock_refusal(admin, command)) return *refused;
  const domain::Actor actor{.kind = domain::ActorKind::member, .id = admin.ulid};
  // Where it stands there already nothing is written, but what fell due meanwhile is done.
  if (to > clock.now() &&
      !server_log->append(*writer, actor, command, {domain::TestClockAdvanced{.to = to}}, fresh_command())) {
    return {};
  }
  if (!run_clock_to(to)) return {};
  return {.kind = ClockDone::Kind::done, .now = clock.now()};
}

ClockDone Engine::Impl::release(base::MemberId admin) {
  if (const auto refused = clock_refusal(admin, domain::ReleaseTestClock{})) return *refused;
  const domain::Actor actor{.kind = domain::ActorKind::member, .id = admin.ulid};
  if (!server_log->append(*writer, actor, domain::ReleaseTestClock{}, {domain::TestClockReleased{}}, fresh_command())) {
    return {};
  }
  clock.set_test_time(std::nullopt);
  for (const auto& one : all()) one.sequencer->start();
  return {.kind = ClockDone::Kind::done, .now = clock.now()};
}

void Engine::advance_test_clock(base::MemberId admin, base::Instant to, std::function<void(ClockDone)> done) {
  const bool taken = impl_->clock_work.post([this, admin, to, done] { done(impl_->advance(admin, to)); });
  if (!taken) done({.kind = ClockDone::Kind::overloaded});
}

void Engine::release_test_clock(base::MemberId admin, std::function<void(ClockDone)> done) {
  const bool taken = impl_->clock_work.post([this, admin, done] { done(impl_->release(admin)); });
  if (!taken) done({.kind = ClockDone::Kind::overloaded});
}

}  // namespace highseas::engine
