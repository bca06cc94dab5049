// connection.hpp — one peer's life: requests in, answers out in their order, deadlines; without socket or thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/answer_writer.hpp"
#include "api/http/fault.hpp"
#include "api/http/mailbox.hpp"
#include "api/http/request_reader.hpp"
#include "api/http/server.hpp"

namespace highseas::api::http {

using TimePoint = std::chrono::steady_clock::time_point;

/// What all connections of a server share.
struct ServerContext {
  ServerOptions options;
  Handler handler;
  /// Requests that become whole from now on get 503.
  std::atomic<bool> draining = false;

  std::atomic<std::size_t> connections = 0;
  std::atomic<std::uint64_t> accepted = 0;
  std::atomic<std::uint64_t> refused_connections = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> faults = 0;
  std::atomic<std::uint64_t> dropped_stalled = 0;
  std::atomic<std::size_t> bodies_in_flight_bytes = 0;
};

/// Driven by its reactor alone, on one thread. After each call the owner sends what output() holds, then asks phase().
class Connection {
 public:
  enum class Phase {
    open,
    finishing,  ///< the last answer is in output(); once that is empty: end the sending side, call lingering()
    lingering,  ///< input is read and thrown away until the peer ends or the time is up
    dead,       ///< to be closed at once
  };

  Connection(ServerContext& context, std::shared_ptr<Mailbox> mailbox, AnswerAddress address,
             std::string remote_address, TimePoint now);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Answers with `kind` before anything was read.
  void refuse(FaultKind kind, TimePoint now);
  void received(std::string_view bytes, TimePoint now);
  /// The peer will send nothing more; answers may still reach it.
  void input_ended(TimePoint now);
  void answered(Answer answer, TimePoint now);
  /// Bytes of output() have gone (the owner popped them).
  void sent(TimePoint now);
  void lingering(TimePoint now);
  /// The socket failed.
  void broken() { phase_ = Phase::dead; }
  /// Looks at the deadlines, and at whether the server is draining.
  void tick(TimePoint now);

  OutputQueue& output() { return output_; }
  Phase phase() const { return phase_; }
  /// Whether received() should be called if there is anything; else what comes has to wait in the socket.
  bool wants_input() const;

 private:
  struct Slot {
    AnswerFrame frame;
    std::size_t body_bytes = 0;
    std::string accept_language;
    std::string path;
    std::optional<Response> response;
  };

  void read_requests(TimePoint now);
  void take_request(TimePoint now);
  void fail(FaultKind kind);
  void write_ready_answers(TimePoint now);
  void send_continue_if_due();
  bool has_room() const;
  bool is_idle() const;
  bool charge_body();
  void release_body(std::size_t bytes);
  void check_request_deadlines(TimePoint now);

  ServerContext& context_;
  const ServerOptions& options_;
  std::shared_ptr<Mailbox> mailbox_;
  AnswerAddress address_;
  std::string remote_address_;

  RequestReader reader_;
  std::string input_;
  std::size_t charged_bytes_ = 0;
  bool continue_owed_ = false;
  /// No further request is read: a fault, a close, or the peer's end.
  bool reading_over_ = false;
  bool peer_ended_ = false;

  /// Requests whose answers are not yet written; the first has the number first_request_.
  std::deque<Slot> slots_;
  std::uint64_t first_request_ = 0;
  OutputQueue output_;
  Phase phase_ = Phase::open;

  TimePoint request_began_;
  TimePoint body_began_;
  TimePoint last_input_;
  TimePoint last_output_;
  TimePoint idle_since_;
  TimePoint lingering_since_;
};

}  // namespace highseas::api::http
