// sequencer — decide, encode, fold, queue for the disk; then answers wait at the gate for their position.
#include "engine/sequencer.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "codec/codec.hpp"
#include "engine/commit_bytes.hpp"
#include "eventstore/crypto.hpp"
#include "projections/log_fold.hpp"
#include "projections/past.hpp"

namespace highseas::engine {
namespace {

constexpr int kMaxRepeats = 16;  // a past each, on workers that scans need too

std::array<std::uint8_t, 16> first_half(const eventstore::Hash& hash) {
  std::array<std::uint8_t, 16> half{};
  std::copy_n(hash.begin(), half.size(), half.begin());
  return half;
}

std::string actor_bytes(const domain::Actor& actor) {
  return static_cast<char>(actor.kind) + base::format_ulid(actor.id);
}

// What a command holds while it waits: its body is in the fingerprint, and again in the command.
std::size_t bytes_of(const CommandRequest& request) {
  return 2 * request.fingerprint.size() + request.idempotency_key.size();
}

}  // namespace

Sequencer::Sequencer(SequencerParts parts, std::unique_ptr<projections::State> state)
    : parts_(std::move(parts)), strand_(parts_.threads.make_strand()), state_(std::move(state)) {
  durable_ = state_->position();
  newest_design_ = design_ = state_->image().workspace_handle();
}

std::shared_ptr<const domain::Workspace> Sequencer::design() const {
  const std::lock_guard lock(design_mutex_);
  return design_;
}

// Of the designs that are durable the last; before the answers that name it are sent.
void Sequencer::publish_design() {
  std::shared_ptr<const domain::Workspace> last;
  while (!designs_.empty() && designs_.front().first <= durable_) {
    last = std::move(designs_.front().second);
    designs_.pop_front();
  }
  if (!last) return;
  const std::lock_guard lock(design_mutex_);
  design_ = std::move(last);
}

void Sequencer::start() {
  on_strand([self = shared_from_this()](projections::State& state) {
    if (self->parts_.after_commit) self->parts_.after_commit(state, nullptr);
  });
}

void Sequencer::submit(CommandRequest request, RenderCommand render, Fail fail) {
  strand_.post([self = shared_from_this(), request = std::move(request), render = std::move(render),
                fail = std::move(fail)]() mutable {
    self->decide_and_append(std::move(request), std::move(render), std::move(fail));
  });
}

void Sequencer::query(eventstore::Position min_position, RenderQuery render, Fail fail, std::size_t bytes) {
  strand_.post(
      [self = shared_from_this(), min_position, render = std::move(render), fail = std::move(fail), bytes]() mutable {
        auto* that = self.get();
        auto shared_fail = std::make_shared<Fail>(std::move(fail));
        that->when_reached(
            min_position,
            [that, render = std::move(render), shared_fail]() mutable {
              if (!that->available_) return (*shared_fail)(Failure::storage);
              if (that->is_overread()) return (*shared_fail)(Failure::overloaded);
              auto told = render(*that->state_);
              that->answer(that->state_->position(), false, std::move(told),
                           [shared_fail](Failure why) { (*shared_fail)(why); });
            },
            [shared_fail](Failure why) { (*shared_fail)(why); }, bytes);
      });
}

void Sequencer::scan(eventstore::Position min_position, RenderScan render, Fail fail, std::size_t bytes) {
  strand_.post(
      [self = shared_from_this(), min_position, render = std::move(render), fail = std::move(fail), bytes]() mutable {
        auto shared_fail = std::make_shared<Fail>(std::move(fail));
        auto run = [self, render = std::move(render), shared_fail]() mutable {
          if (!self->available_) return (*shared_fail)(Failure::storage);
          if (self->is_overread()) return (*shared_fail)(Failure::overloaded);
          auto snapshot = self->state_->snapshot();
          const auto seen = self->state_->position();
          const auto generation = self->generation_;
          self->parts_.threads.on_worker([self, seen, generation, snapshot = std::move(snapshot),
                                          render = std::move(render), shared_fail]() mutable {
            auto told = render(*snapshot);
            snapshot.reset();
            self->strand_.post([self, seen, generation, told = std::move(told), shared_fail]() mutable {
              // Its position may be taken by another commit by now.
              if (generation != self->generation_) return (*shared_fail)(Failure::storage);
              self->answer(seen, false, std::move(told), [shared_fail](Failure why) { (*shared_fail)(why); });
            });
          });
        };
        self->when_reached(min_position, std::move(run), [shared_fail](Failure why) { (*shared_fail)(why); }, bytes);
      });
}

void Sequencer::decide_and_append(CommandRequest request, RenderCommand render, Fail fail) {
  if (!available_) return fail(Failure::storage);
  if (closed_) return fail(Failure::stopping);
  if (held_writes_.is_full()) return fail(Failure::overloaded);
  if (!request.dry_run && !parts_.has_room()) return fail(Failure::storage);
  const auto id = command_id(request);
  if (!request.idempotency_key.empty() && answer_repeat(request, id, render, fail)) return;

  // The commit bears the time that it was decided at: its ids are made of it, and it is what decides it again.
  const auto time = next_time();
  auto decided = decision::decide(*state_, {.actor = request.actor,
                                            .command = request.command,
                                            .now = time,
                                            .seed = next_seed(time),
                                            .workspace = parts_.workspace,
                                            .prejudged = request.prejudged.get()});
  CommandOutcome outcome{.position = state_->position()};
  if (!decided) {
    outcome.kind = CommandOutcome::Kind::refused;
    outcome.refusal = &decided.error();
    return answer(outcome.position, false, render(*state_, outcome), std::move(fail));
  }
  if (decided->content.events.empty()) {
    outcome.results = &decided->results;
    return answer(outcome.position, false, render(*state_, outcome), std::move(fail));
  }
  if (const auto conflict = version_conflict(request)) {
    outcome.kind = CommandOutcome::Kind::refused;
    outcome.refusal = &*conflict;
    return answer(outcome.position, false, render(*state_, outcome), std::move(fail));
  }
  append(request, id, time, std::move(*decided), std::move(render), std::move(fail));
}

std::optional<domain::Refusal> Sequencer::version_conflict(const CommandRequest& request) const {
  if (!request.expected_version) return std::nullopt;
  const auto record = state_->record(request.expected_version->form, request.expected_version->record);
  if (!record || record->version() == request.expected_version->version) return std::nullopt;
  auto refusal = domain::Refusal::of(domain::RefusalCode::version_conflict);
  refusal.version = record->version();
  return refusal;
}

void Sequencer::append(CommandRequest& request, base::CommandId id, base::Instant time, decision::Decided decided,
                       RenderCommand render, Fail fail) {
  domain::Commit commit{.position = state_->position() + 1,
                        .time = time,
                        .recorded_at = real_now(),
                        .actor = request.actor,
                        .command_id = id,
                        .correlation = std::nullopt,
                        .cause = request.cause,
                        .content = std::move(decided.content)};
  if (!request.fingerprint.empty() && !request.idempotency_key.empty()) {
    commit.content.request_digest = first_half(eventstore::hmac_sha256(parts_.secret, {request.fingerprint}));
  }
  CommandOutcome outcome{.kind = CommandOutcome::Kind::accepted,
                         .position = commit.position,
                         .commit = &commit,
                         .results = &decided.results};
  auto plain = commit_bytes(commit, parts_.number, parts_.workspace, state_->workspace());
  const auto bytes = eventstore::plain_bytes(plain);
  if (bytes > eventstore::kMaxCommitBytes || plain.sections.size() > eventstore::kMaxRecords + 1) {
    const auto refusal = domain::Refusal::of(domain::RefusalCode::commit_too_large);
    outcome = {.kind = CommandOutcome::Kind::refused, .position = state_->position(), .refusal = &refusal};
    return answer(outcome.position, false, render(*state_, outcome), std::move(fail));
  }
  if (request.dry_run) {
    outcome.position = state_->position();
    return answer(outcome.position, false, render(*state_, outcome), std::move(fail));
  }
  if (request.side_writes) plain.side_writes = request.side_writes(commit.content);
  state_->apply(commit);
  if (auto design = state_->image().workspace_handle(); design != newest_design_) {
    designs_.emplace_back(commit.position, design);
    newest_design_ = std::move(design);
  }
  auto told = render(*state_, outcome);
  told.bytes += bytes;
  parts_.writer.enqueue(std::move(plain));
  answer(commit.position, true, std::move(told), std::move(fail));
  release_reached();
  if (parts_.after_commit) parts_.after_commit(*state_, &commit);
}

// True where the key is known: its first, accepted command is answered from the log, or the key is another request's.
bool Sequencer::answer_repeat(const CommandRequest& request, base::CommandId id, RenderCommand& render, Fail& fail) {
  const auto known = state_->remembered(id);
  if (!known) return false;
  if (known->position > durable_) {  // it can be read once it is on disk: asked again then
    const auto bytes = bytes_of(request);
    auto again = std::make_shared<std::tuple<CommandRequest, RenderCommand>>(request, std::move(render));
    auto shared_fail = std::make_shared<Fail>(std::move(fail));
    auto ask_again = [self = shared_from_this(), again, shared_fail] {
      self->submit(std::move(std::get<0>(*again)), std::move(std::get<1>(*again)),
                   [shared_fail](Failure why) { (*shared_fail)(why); });
    };
    answer(known->position, true, {std::move(ask_again), bytes}, [shared_fail](Failure why) { (*shared_fail)(why); });
    return true;
  }
  CommandOutcome outcome{.kind = CommandOutcome::Kind::repeated, .position = known->position};
  if (!is_same_request(request, *known)) {
    outcome.kind = CommandOutcome::Kind::key_reused;
    answer(known->position, false, render(*state_, outcome), std::move(fail));
    return true;
  }
  repeat(known->position, request.tells_records, std::move(render), std::move(fail));
  return true;
}

// Of what the commit left only what its answer shows is folded again, on a worker; and only so many at once.
void Sequencer::repeat(eventstore::Position position, bool with_records, RenderCommand render, Fail fail) {
  if (repeats_ >= kMaxRepeats) return fail(Failure::overloaded);
  ++repeats_;
  parts_.threads.on_worker([self = shared_from_this(), position, with_records, now = state_->snapshot(),
                            render = std::move(render), fail = std::move(fail)]() mutable {
    const auto read_events = [&](eventstore::Position at) -> std::expected<domain::Commit, eventstore::ReadError> {
      auto read = projections::read_commit(self->parts_.log, &self->parts_.vault, self->parts_.number, at,
                                           codec::Parts::events);
      if (!read) return std::unexpected(read.error());
      return std::move(read->commit);
    };
    auto read = projections::read_commit(self->parts_.log, &self->parts_.vault, self->parts_.number, position);
    std::unique_ptr<projections::State> past;
    if (read) {
      if (auto folded = projections::state_after(read->commit, *now, with_records, read_events)) {
        past = std::move(*folded);
      }
    }
    now.reset();
    --self->repeats_;
    self->strand_.post([self, position, read = std::move(read), past = std::move(past), render = std::move(render),
                        fail = std::move(fail)]() mutable {
      if (!past || !self->available_) return fail(Failure::storage);
      if (self->is_overread()) return fail(Failure::overloaded);
      const CommandOutcome repeated{.kind = CommandOutcome::Kind::repeated,
                                    .position = position,
                                    .commit = &read->commit,
                                    .now = self->state_.get()};
      self->answer(self->state_->position(), false, render(*past, repeated), std::move(fail));
    });
  });
}

void Sequencer::recall(CommandRequest request, TellKeyUse tell, Fail fail) {
  strand_.post([self = shared_from_this(), request = std::move(request), tell = std::move(tell),
                fail = std::move(fail)]() mutable {
    const auto known = self->state_->remembered(self->command_id(request));
    if (!known) return tell(KeyUse::fresh, nullptr);
    if (!self->is_same_request(request, *known)) return tell(KeyUse::other, nullptr);
    if (self->repeats_ >= kMaxRepeats || self->held_writes_.is_full()) return fail(Failure::overloaded);
    auto read = [self, before = known->position - 1, tell = std::move(tell)]() mutable {
      ++self->repeats_;
      self->parts_.threads.on_worker([self, before, now = self->state_->snapshot(), tell = std::move(tell)]() mutable {
        auto then = projections::design_at(*now, before);
        now.reset();
        --self->repeats_;
        tell(KeyUse::same, std::move(then));
      });
    };
    self->answer(known->position, true, {std::move(read), bytes_of(request)}, std::move(fail));
  });
}

bool Sequencer::is_same_request(const CommandRequest& request, const projections::RememberedCommand& known) const {
  return first_half(eventstore::hmac_sha256(parts_.secret, {request.fingerprint})) == known.request_digest;
}

void Sequencer::on_strand(std::move_only_function<void(projections::State&)> work, Fail otherwise) {
  strand_.post([self = shared_from_this(), work = std::move(work), otherwise = std::move(otherwise)]() mutable {
    if (self->available_) return work(*self->state_);
    if (otherwise) otherwise(Failure::storage);
  });
}

void Sequencer::failed(Work then) {
  strand_.post([self = shared_from_this(), then = std::move(then)]() mutable {
    self->available_ = false;
    ++self->generation_;
    self->designs_.clear();
    self->refuse_waiting();
    if (then) then();
  });
}

void Sequencer::recovered(std::unique_ptr<projections::State> state) {
  strand_.post([self = shared_from_this(), state = std::move(state)]() mutable {
    self->state_ = std::move(state);
    self->durable_ = self->state_->position();
    self->available_ = true;
    self->newest_design_ = self->state_->image().workspace_handle();
    self->designs_.emplace_back(self->durable_, self->newest_design_);
    self->publish_design();
    if (self->parts_.after_commit) self->parts_.after_commit(*self->state_, nullptr);
  });
}

void Sequencer::close(Work then) {
  strand_.post([self = shared_from_this(), then = std::move(then)]() mutable {
    self->closed_ = true;
    self->held_for_position_ = {};
    for (auto& each : std::exchange(self->waiting_for_position_, {})) each.fail(Failure::stopping);
    if (then) then();
  });
}

// With a key: the same for the same actor and key, whatever server is asked. Without: fresh.
base::CommandId Sequencer::command_id(const CommandRequest& request) const {
  if (request.idempotency_key.empty()) return base::CommandId{{parts_.random(), parts_.random()}};
  const auto hash = eventstore::hmac_sha256(parts_.secret, {actor_bytes(request.actor), request.idempotency_key});
  return base::CommandId{base::ulid_from_bytes(hash.data())};
}

base::Instant Sequencer::next_time() const {
  return std::max(parts_.clock.now(), state_->time());
}

// Of the commits of one millisecond each has a greater one than the one before, so that ids rise as they are made. Half
// of all numbers and steps of 32 bits leave room for two thousand million of them.
std::uint64_t Sequencer::next_seed(base::Instant time) const {
  const auto fresh = parts_.random() >> 1;
  return time == state_->time() ? state_->image().last_seed() + 1 + (fresh >> 31) : fresh;
}

}  // namespace highseas::engine
