// past — the history of the records names their commits; design and jobs lie in the image.
#include "projections/past.hpp"

#include <algorithm>
#include <concepts>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/chains.hpp"
#include "projections/fold.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {
namespace {

using Named = std::pair<domain::FormNumber, base::RecordId>;

template <class E>
concept OfRecord = requires(const E& e) {
  { e.form } -> std::convertible_to<domain::FormNumber>;
  { e.record } -> std::convertible_to<base::RecordId>;
};
template <class E>
concept OfFollowUp = requires(const E& e) {
  { e.subject_form } -> std::convertible_to<domain::FormNumber>;
  { e.subject } -> std::convertible_to<base::RecordId>;
  { e.follow_up } -> std::convertible_to<base::RecordId>;
};
template <class E>
concept WithValues = requires(const E& e) {
  { e.values } -> std::convertible_to<const std::vector<domain::FieldValue>&>;
};

// The records that the event changes; with it, those that they hang on.
std::vector<Named> records_of(const domain::Event& event) {
  std::vector<Named> named;
  std::visit(
      [&]<class E>(const E& e) {
        if constexpr (OfFollowUp<E>) {
          named.emplace_back(e.subject_form, e.subject);
          named.emplace_back(domain::shipped::kFollowUps, e.follow_up);
        } else if constexpr (OfRecord<E>) {
          named.emplace_back(e.form, e.record);
          if constexpr (WithValues<E>) {
            if (!owner_is_the_roots(e.form)) return;
            for (const auto& [field, value] : e.values) {
              const auto* root = std::get_if<base::Reference>(&value);
              if (root && field == domain::shipped::contacts::kCustomer) {
                named.emplace_back(domain::shipped::kCustomers, base::RecordId{root->id});
              }
            }
          }
        }
      },
      event);
  return named;
}

// What hangs on no record, and is told where its own commit is.
bool is_of_the_commit_itself(const domain::Event& event) {
  return std::holds_alternative<domain::JobStarted>(event) || std::holds_alternative<domain::JobEnded>(event) ||
         std::holds_alternative<domain::FileAdded>(event);
}

}  // namespace

// What is to be folded, by position.
class Past {
 public:
  Past(const domain::Commit& commit, const Image& now, const CommitAt& read)
      : commit_(commit), now_(now), read_(read) {}

  std::expected<void, eventstore::ReadError> gather_records() {
    for (const auto& event : commit_.content.events) add_all(records_of(event));
    while (!to_visit_.empty()) {
      const auto named = to_visit_.back();
      to_visit_.pop_back();
      if (auto done = visit(named); !done) return done;
    }
    return {};
  }

  std::unique_ptr<State> fold() {
    auto& last = commits_[commit_.position];
    if (!last) last = std::make_unique<Step>(Step{.commit = commit_, .kept = {}});
    for (std::uint32_t index = 0; index < commit_.content.events.size(); ++index) {
      const auto& event = commit_.content.events[index];
      if (is_of_the_commit_itself(event)) last->kept.insert(index);
    }
    std::map<std::uint64_t, std::vector<const Design*>> designs;
    for (std::size_t at = 0; at < now_.designs().size(); ++at) {
      const auto& design = now_.designs()[at];
      if (design.position > commit_.position) break;
      designs[design.position].push_back(&design);
      commits_.try_emplace(design.position);
    }
    auto state = std::make_unique<State>(image());
    for (auto& [position, step] : commits_) {
      state->replay_part(part(position, step.get(), designs[position]));
    }
    state->settle();
    return state;
  }

 private:
  struct Step {
    domain::Commit commit;
    std::set<std::uint32_t> kept;  // indexes of its events
  };

  void add_all(const std::vector<Named>& records) {
    for (const auto& named : records) {
      if (known_.insert(named).second) to_visit_.push_back(named);
    }
  }

  // Every event that the record was told of, up to the commit.
  std::expected<void, eventstore::ReadError> visit(const Named& named) {
    const auto* table = now_.table(named.first);
    const auto row = table ? table->find(named.second) : std::nullopt;
    if (!row) return {};  // a reference to nothing
    const auto& history = now_.history_index();
    auto entry = static_cast<std::uint32_t>(table->hidden(Hidden::history).get_or(*row, kNoEntry));
    for (; entry != kNoEntry; entry = history.previous(entry)) {
      const auto place = history.place(entry);
      if (place.position > commit_.position) continue;
      auto step = step_at(place.position);
      if (!step) return std::unexpected(step.error());
      const auto& events = (*step)->commit.content.events;
      HS_ASSERT(place.index < events.size());
      if ((*step)->kept.insert(place.index).second) add_all(records_of(events[place.index]));
    }
    return {};
  }

  std::expected<Step*, eventstore::ReadError> step_at(std::uint64_t position) {
    auto& step = commits_[position];
    if (step) return step.get();
    if (position == commit_.position) {
      step = std::make_unique<Step>(Step{.commit = commit_, .kept = {}});
      return step.get();
    }
    auto read = read_(position);
    if (!read) return std::unexpected(read.error());
    step = std::make_unique<Step>(Step{.commit = std::move(*read), .kept = {}});
    return step.get();
  }

  // Design as the image has kept it, whatever can be read of the commit; what is kept of records where it stood.
  domain::Commit part(std::uint64_t position, const Step* step, const std::vector<const Design*>& designs) const {
    domain::Commit part;
    auto design = designs.begin();
    if (step) {
      part = {.position = position,
              .time = step->commit.time,
              .recorded_at = step->commit.recorded_at,
              .actor = step->commit.actor,
              .command_id = step->commit.command_id,
              .correlation = step->commit.correlation,
              .cause = step->commit.cause,
              .content = {}};
      const auto& events = step->commit.content.events;
      for (std::uint32_t index = 0; index < events.size(); ++index) {
        if (design != designs.end() && (*design)->event->index() == events[index].index()) {
          part.content.events.push_back(*(*design++)->event);
        } else if (step->kept.contains(index)) {
          part.content.events.push_back(events[index]);
        }
      }
    }
    for (; design != designs.end(); ++design) {
      part.time = (*design)->at;
      part.content.events.push_back(*(*design)->event);
    }
    part.position = position;
    return part;
  }

  // Jobs of then: what the commit did to its own is folded on top.
  std::shared_ptr<Image> image() const {
    auto image = std::make_shared<Image>();
    image->files_ = now_.files_;
    auto& jobs = image->jobs_.own().things;
    for (const auto& [id, job] : now_.jobs()) {
      if (job->started_position <= commit_.position) jobs.emplace(id, job);
    }
    return image;
  }

  const domain::Commit& commit_;
  const Image& now_;
  const CommitAt& read_;
  std::set<Named> known_;
  std::vector<Named> to_visit_;
  std::map<std::uint64_t, std::unique_ptr<Step>> commits_;  // without a step: nothing of records is kept
};

std::shared_ptr<const domain::Workspace> design_at(const Image& now, std::uint64_t position) {
  const auto& designs = now.designs();
  if (designs.size() == 0 || designs[designs.size() - 1].position <= position) return now.workspace_handle();
  auto then = std::make_shared<domain::Workspace>();
  for (std::size_t at = 0; at < designs.size() && designs[at].position <= position; ++at) {
    domain::evolve(*then, *designs[at].event, designs[at].at);
  }
  return then;
}

std::expected<std::unique_ptr<State>, eventstore::ReadError> state_after(const domain::Commit& commit, const Image& now,
                                                                         bool with_records, const CommitAt& read) {
  HS_ASSERT(now.position() >= commit.position);
  Past past(commit, now, read);
  if (with_records) {
    if (auto gathered = past.gather_records(); !gathered) return std::unexpected(gathered.error());
  }
  return past.fold();
}

}  // namespace highseas::projections
