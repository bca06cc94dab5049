// sequencer_gate — the gate at which answers wait for the disk, and questions for their position: so many, and no more.
#include <algorithm>

#include "base/assert.hpp"
#include "engine/sequencer.hpp"

namespace highseas::engine {
namespace {

// Of each kind that waits: writes, reads, reads of a position that is not there yet.
constexpr std::size_t kMaxHeld = 10'000;
constexpr std::size_t kMaxHeldBytes = 8u << 20;
constexpr std::chrono::milliseconds kMaxWaitForPosition{5'000};

}  // namespace

bool Sequencer::Held::is_full() const {
  return count >= kMaxHeld || bytes >= kMaxHeldBytes;
}

void Sequencer::Held::add(std::size_t more) {
  ++count;
  bytes += more;
}

void Sequencer::Held::remove(std::size_t less) {
  HS_ASSERT(count > 0 && bytes >= less);
  --count;
  bytes -= less;
}

void Sequencer::answer(eventstore::Position seen, bool write, Answer answer, Fail fail) {
  if (!available_) return fail(write ? Failure::outcome_unknown : Failure::storage);
  if (seen <= durable_) return answer.tell();
  auto& held = write ? held_writes_ : held_reads_;
  if (!write && held.is_full()) return fail(Failure::overloaded);
  held.add(answer.bytes);
  // A scan comes back late, with an older position than what was queued meanwhile.
  const auto after = std::upper_bound(waiting_.begin(), waiting_.end(), seen,
                                      [](auto position, const Waiting& other) { return position < other.seen; });
  waiting_.insert(after, Waiting{seen, write, std::move(answer.tell), std::move(fail), answer.bytes});
}

void Sequencer::durable_up_to(eventstore::Position position) {
  strand_.post([self = shared_from_this(), position] {
    self->durable_ = std::max(self->durable_, position);
    self->publish_design();
    auto& waiting = self->waiting_;
    std::size_t ready = 0;
    while (ready < waiting.size() && waiting[ready].seen <= self->durable_) ++ready;
    std::vector<Waiting> answers(std::make_move_iterator(waiting.begin()),
                                 std::make_move_iterator(waiting.begin() + static_cast<std::ptrdiff_t>(ready)));
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(ready));
    for (auto& each : answers) (each.write ? self->held_writes_ : self->held_reads_).remove(each.bytes);
    for (auto& each : answers) each.tell();
  });
}

void Sequencer::refuse_waiting() {
  auto waiting = std::exchange(waiting_, {});
  held_writes_ = held_reads_ = held_for_position_ = {};
  for (auto& each : waiting) each.fail(each.write ? Failure::outcome_unknown : Failure::storage);
  for (auto& each : std::exchange(waiting_for_position_, {})) each.fail(Failure::storage);
}

void Sequencer::when_reached(eventstore::Position min_position, Work run, Fail fail, std::size_t bytes) {
  if (!available_) return fail(Failure::storage);
  if (state_->position() >= min_position) return run();
  if (closed_) return fail(Failure::stopping);
  if (held_for_position_.is_full()) return fail(Failure::overloaded);
  const auto ticket = ++tickets_;
  held_for_position_.add(bytes);
  waiting_for_position_.push_back({ticket, min_position, std::move(run), std::move(fail), bytes});
  strand_.after(kMaxWaitForPosition, [self = shared_from_this(), ticket] {
    auto& waiting = self->waiting_for_position_;
    const auto found = std::ranges::find(waiting, ticket, &WaitingForPosition::ticket);
    if (found == waiting.end()) return;
    auto late = std::move(found->fail);
    self->held_for_position_.remove(found->bytes);
    waiting.erase(found);
    late(Failure::behind);
  });
}

void Sequencer::release_reached() {
  std::vector<WaitingForPosition> ready;
  for (std::size_t i = 0; i < waiting_for_position_.size();) {
    if (waiting_for_position_[i].position > state_->position()) {
      ++i;
      continue;
    }
    held_for_position_.remove(waiting_for_position_[i].bytes);
    ready.push_back(std::move(waiting_for_position_[i]));
    waiting_for_position_.erase(waiting_for_position_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (auto& each : ready) each.run();
}

}  // namespace highseas::engine
