// previews — what previews of recycle rules showed, kept for half an hour so that publishing can hold to it.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/shelf.hpp"
#include "domain/recycling/recycle_events.hpp"
#include "rules/recycle/due.hpp"

namespace highseas::api {

enum class PreviewOutcome : std::uint8_t {
  due,     // recycled when published with `now`
  later,   // due within 30 days
  spared,  // due today by the version in force, and not by the draft
};

struct PreviewedRecord {
  base::RecordId record;
  PreviewOutcome outcome = PreviewOutcome::due;
  rules::Due due;
  // What the words are made of.
  base::Instant owned_since;
  std::optional<base::Instant> last_follow_up;
  std::optional<base::Instant> last_data_change;
};

// Immutable once added.
struct Preview {
  base::MemberId member;
  std::optional<base::RuleId> rule;  // none: a new one
  std::uint32_t version = 1;         // that the draft would become
  domain::RecycleDraft draft;
  std::uint64_t position = 0;
  base::Instant judged_at;
  std::uint64_t count = 0;
  std::uint64_t digest = 0;
  std::optional<std::string> share;  // where it has to be accepted
  std::vector<PreviewedRecord> records;
};
using PreviewPtr = std::shared_ptr<const Preview>;

class PreviewUse;

// Any thread. Times are real ones. The oldest go first where there are too many, of a member or of records in all.
class Previews {
 public:
  Previews();
  void add(std::string token, PreviewPtr preview, base::Instant now);
  // The member's own; null: expired, or never there.
  PreviewPtr find(const std::string& token, base::MemberId member, base::Instant now);

 private:
  friend class PreviewUse;
  struct Entry {
    PreviewPtr preview;
    bool used = false;
    std::string used_with;  // the idempotency key of the request that used it
  };

  std::mutex mutex_;
  Shelf<std::string, Entry> shelf_;  // guarded by mutex_; weighed in records
};

// A token is used once. Whoever wants to publish takes it first; it is given back unless keep() was called, so that a
// refusal leaves it as it was. The same idempotency key may take it again: its answer is repeated.
class PreviewUse {
 public:
  // `previews` outlives the use.
  PreviewUse(Previews& previews, std::string token, const std::string& idempotency_key);
  ~PreviewUse();
  PreviewUse(const PreviewUse&) = delete;
  PreviewUse& operator=(const PreviewUse&) = delete;

  bool taken() const { return taken_; }
  void keep() { kept_ = true; }

 private:
  Previews& previews_;
  std::string token_;
  bool taken_ = false;
  bool kept_ = true;
};

}  // namespace highseas::api
