// sequencer — one workspace's strand of control: decides, folds and numbers; tells nobody anything before it is
// durable.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "decision/decide.hpp"
#include "engine/clock.hpp"
#include "engine/log_writer.hpp"
#include "engine/threads.hpp"
#include "eventstore/commit_reader.hpp"
#include "projections/state.hpp"

namespace highseas::engine {

enum class Failure : std::uint8_t {
  overloaded,       // too much is waiting: for the disk, for a position, or to be read again
  storage,          // the store failed or is full: nothing was done
  outcome_unknown,  // the store failed while the write was under way: repeat it with the same key
  behind,           // Highseas-Min-Position was not reached in time
  stopping,
};

struct CommandOutcome {
  enum class Kind : std::uint8_t { accepted, nothing, refused, repeated, key_reused };
  Kind kind = Kind::nothing;
  eventstore::Position position =
      0;  // accepted: its commit; repeated: the first one's; else the head it was decided at
  const domain::Commit* commit = nullptr;  // accepted, repeated, and a dry run that would be accepted
  const std::vector<decision::ItemResult>* results = nullptr;
  const domain::Refusal* refusal = nullptr;
  // Repeated: the state of now, which says what of the record as it was then may still be seen.
  const projections::State* now = nullptr;
};

// What a record's version must be when it is changed (If-Match).
struct ExpectedVersion {
  domain::FormNumber form = 0;
  base::RecordId record;
  std::uint64_t version = 0;
};

struct CommandRequest {
  domain::Actor actor;
  domain::Command command;
  std::string idempotency_key;  // empty: none
  std::string fingerprint;      // method, path, If-Match and body: tells a repeat from a reuse of the key
  std::optional<base::CommandId> cause;
  bool dry_run = false;
  bool tells_records = true;  // false: its answer names records and shows none, so that a repeat needs none of them
  std::shared_ptr<const decision::Prejudged> prejudged;  // of a publication: spares the strand most of the judging
  // Judged last: what would be refused or leaves nothing to do is told as it is; else version_conflict (version).
  std::optional<ExpectedVersion> expected_version;
  // Written in the batch of the commit: password hashes, invitation tokens, API keys.
  std::function<std::vector<eventstore::SideWrite>(const domain::CommitContent&)> side_writes;
};

// What is told once its position is durable, and the memory that it holds until then.
struct Answer {
  std::move_only_function<void()> tell;
  std::size_t bytes = 0;

  Answer(std::move_only_function<void()> what, std::size_t held) : tell(std::move(what)), bytes(held) {}
  // One that holds next to nothing.
  template <class Tell>
    requires(!std::is_same_v<std::remove_cvref_t<Tell>, Answer> && std::is_invocable_v<Tell&>)
  Answer(Tell&& what) : tell(std::forward<Tell>(what)) {}
};

// What an idempotency key was used for by its actor.
enum class KeyUse : std::uint8_t {
  fresh,  // nothing that is remembered
  same,   // this request: it was accepted
  other,  // another request
};

// On the strand, right after the fold: makes the answer from the state that the command left.
using RenderCommand = std::move_only_function<Answer(const projections::State&, const CommandOutcome&)>;
// On the strand, between commands: reads one record or one page of an index.
using RenderQuery = std::move_only_function<Answer(const projections::State&)>;
// On a worker, at the snapshot's position.
using RenderScan = std::move_only_function<Answer(const projections::Image&)>;
using Fail = std::move_only_function<void(Failure)>;

struct SequencerParts {
  eventstore::WorkspaceNumber number = 0;
  base::WorkspaceId workspace;
  const eventstore::Log& log;
  eventstore::KeyVault& vault;
  LogWriter& writer;
  Clock& clock;
  Threads& threads;
  std::string secret;                     // of the workspace: makes command ids of idempotency keys
  std::function<bool()> has_room;         // false: below the reserve of free space
  std::function<std::uint64_t()> random;  // seeds and command ids
  // On the strand, after each commit; without one at the start and after a recovery.
  std::function<void(const projections::State&, const domain::Commit*)> after_commit;
};

// Shared by what it posts, so that nothing outlives it. All public calls from any thread.
class Sequencer : public std::enable_shared_from_this<Sequencer> {
 public:
  Sequencer(SequencerParts parts, std::unique_ptr<projections::State> state);

  // Looks at the state for the first time: what is due, what jobs go on.
  void start();

  void submit(CommandRequest request, RenderCommand render, Fail fail);
  // Whether the request was accepted before. `same` comes on a worker, with forms, directory, pools and rules as they
  // were before it was decided; the others on the strand, with null.
  using TellKeyUse = std::move_only_function<void(KeyUse, std::shared_ptr<const domain::Workspace> design_then)>;
  void recall(CommandRequest request, TellKeyUse tell, Fail fail);
  // Waits up to five seconds for `min_position` (0: none), and holds `bytes` meanwhile. Overloaded: too many wait so,
  // or too much is read and not durable.
  void query(eventstore::Position min_position, RenderQuery render, Fail fail, std::size_t bytes = 0);
  void scan(eventstore::Position min_position, RenderScan render, Fail fail, std::size_t bytes = 0);

  // Runs on the strand with the state of now; nothing is told to anybody by it. `otherwise` runs there instead where
  // there is no state to be trusted: the store failed and is not open again.
  void on_strand(std::move_only_function<void(projections::State&)> work, Fail otherwise = {});

  // Of the writer's thread.
  void durable_up_to(eventstore::Position position);
  // The store failed: whoever waits is told, and nothing is taken until recovered(). `then` runs once that is so: from
  // then on nothing reaches the writer that was decided on what the store lost.
  void failed(Work then);
  void recovered(std::unique_ptr<projections::State> state);

  // Takes no command any more; `then` runs once that is so. What was taken is still written and answered.
  void close(Work then);
  // The state as it was left, or nothing where the store had failed. Only once the threads have ended.
  projections::State* last_state() { return available_ ? state_.get() : nullptr; }

  // Forms, directory, pools and rules as of the last durable commit, for any thread: to read a body by. What is
  // decided is judged again on the strand.
  std::shared_ptr<const domain::Workspace> design() const;
  const Strand& strand() const { return strand_; }
  eventstore::WorkspaceNumber number() const { return parts_.number; }

 private:
  // What waits of one kind. Each kind has bounds of its own, so that no flood of reads keeps writes out.
  struct Held {
    std::size_t count = 0;
    std::size_t bytes = 0;
    bool is_full() const;
    void add(std::size_t more);
    void remove(std::size_t less);
  };
  struct Waiting {
    eventstore::Position seen;
    bool write;
    std::move_only_function<void()> tell;
    Fail fail;
    std::size_t bytes;
  };
  struct WaitingForPosition {
    std::uint64_t ticket;
    eventstore::Position position;
    Work run;
    Fail fail;
    std::size_t bytes;
  };

  void decide_and_append(CommandRequest request, RenderCommand render, Fail fail);
  void append(CommandRequest& request, base::CommandId id, base::Instant time, decision::Decided decided,
              RenderCommand render, Fail fail);
  bool answer_repeat(const CommandRequest& request, base::CommandId id, RenderCommand& render, Fail& fail);
  // `write`: it rests on a commit that is on its way, and is never refused. Else overloaded where too much is read.
  void answer(eventstore::Position seen, bool write, Answer answer, Fail fail);
  bool is_overread() const { return state_->position() > durable_ && held_reads_.is_full(); }
  void when_reached(eventstore::Position min_position, Work run, Fail fail, std::size_t bytes);
  void repeat(eventstore::Position position, bool with_records, RenderCommand render, Fail fail);
  void release_reached();
  void publish_design();
  void refuse_waiting();
  base::CommandId command_id(const CommandRequest& request) const;
  base::Instant next_time() const;
  std::uint64_t next_seed(base::Instant time) const;
  std::optional<domain::Refusal> version_conflict(const CommandRequest& request) const;
  bool is_same_request(const CommandRequest& request, const projections::RememberedCommand& known) const;

  SequencerParts parts_;
  Strand strand_;
  mutable std::mutex design_mutex_;
  std::shared_ptr<const domain::Workspace> design_;  // guarded by design_mutex_
  // Touched on the strand alone.
  std::unique_ptr<projections::State> state_;
  eventstore::Position durable_ = 0;
  std::vector<Waiting> waiting_;   // by position seen, rising
  Held held_writes_, held_reads_;  // among them
  std::vector<WaitingForPosition> waiting_for_position_;
  Held held_for_position_;
  std::uint64_t tickets_ = 0;
  // Designs that commits on their way to the disk have made; published when those are durable.
  std::deque<std::pair<eventstore::Position, std::shared_ptr<const domain::Workspace>>> designs_;
  std::shared_ptr<const domain::Workspace> newest_design_;
  std::atomic<int> repeats_ = 0;  // whose past is being folded on workers
  bool available_ = true;
  bool closed_ = false;
  // Rises with every failure: what was seen before it is told to nobody after it.
  std::uint64_t generation_ = 0;
};

}  // namespace highseas::engine
