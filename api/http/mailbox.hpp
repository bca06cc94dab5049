// mailbox.hpp — the way of an answer from whatever thread gave it to the reactor that owns the connection.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "api/http/message.hpp"

namespace highseas::api::http {

/// Which request of which connection. The connection's number is never used twice.
struct AnswerAddress {
  int socket = -1;
  std::uint64_t connection = 0;
  std::uint64_t request = 0;
};

struct Answer {
  AnswerAddress to;
  /// Nothing was answered: the responder was destroyed.
  bool dropped = false;
  Response response;
};

/// Of one reactor. Every member may be called from any thread.
class Mailbox {
 public:
  /// `wake` makes the reactor call take() soon; it is not called after close() has returned.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void post(Answer answer);
  std::vector<Answer> take();
  /// Makes the reactor take a turn without an answer.
  void wake();
  /// From now on answers are dropped.
  void close();
  /// Says that this thread is the reactor, which takes after each turn and needs no waking.
  void adopt_this_thread();

 private:
  std::mutex mutex_;
  std::vector<Answer> answers_;
  std::function<void()> wake_;
  bool closed_ = false;
};

/// What a Responder holds.
struct AnswerSlot {
  std::shared_ptr<Mailbox> mailbox;
  AnswerAddress address;
};

}  // namespace highseas::api::http
