// transient_jobs — jobs that left nothing in the log (the trial of an import, a sweep that was asked for), kept for
// half an hour so that their ids can be asked for; after a restart there are none.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/shelf.hpp"

namespace highseas::api {

// As it was told to its member, in her language. Immutable once added.
struct TransientJob {
  base::MemberId member;
  std::string body;                // of GET /v1/jobs/{id}
  std::vector<std::string> items;  // JSON objects, in the order of …/items
  std::string errors_csv;          // of an import; empty: none
};
using TransientJobPtr = std::shared_ptr<const TransientJob>;

// Any thread. Times are real ones. The oldest go first where there are too many, of a member or of bytes in all.
class TransientJobs {
 public:
  TransientJobs();
  void add(base::JobId id, TransientJob job, base::Instant now);
  // The member's own; null: expired, or never there.
  TransientJobPtr find(base::JobId id, base::MemberId member, base::Instant now);

 private:
  std::mutex mutex_;
  Shelf<base::JobId, TransientJobPtr> shelf_;  // guarded by mutex_; weighed in bytes
};

}  // namespace highseas::api
