// remembered_answers — answers to writes that left no commit, by their idempotency keys; the log remembers the others.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "api/http/server.hpp"
#include "base/instant.hpp"
#include "domain/actor.hpp"
#include "eventstore/crypto.hpp"

namespace highseas::api {

// Any thread. For 24 hours, while the process lives; the oldest go first where they take too much room. Times are real.
class RememberedAnswers {
 public:
  struct Found {
    bool same = false;        // else the key was another request's
    http::Response response;  // of the same one
  };
  std::optional<Found> find(const domain::Actor& actor, std::string_view key, const std::string& fingerprint,
                            base::Instant now);
  void add(const domain::Actor& actor, std::string_view key, const std::string& fingerprint,
           const http::Response& response, base::Instant now);

 private:
  using Key = std::pair<std::string, std::string>;  // the actor's id, and hers
  struct Entry {
    Key key;
    eventstore::Hash fingerprint{};  // its hash: bodies are not kept
    http::Response response;
    base::Instant added_at;
    std::size_t bytes = 0;
  };
  void forget(base::Instant now);
  void forget_oldest();

  std::mutex mutex_;
  std::list<Entry> entries_;  // oldest first; guarded by mutex_, as all below
  std::map<Key, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace highseas::api
