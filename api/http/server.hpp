// server.hpp — the seam to the HTTP server: options, handler, responder; nothing of the vendors shows through it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/message.hpp"

namespace highseas::api::http {

/// A request that the server refuses by itself, before any handler sees it (or when a handler gives no answer).
struct Fault {
  /// 400, 408, 413, 414, 417, 431, 500, 501, 503 or 505.
  int status = 400;
  /// Stable, as in problem documents, e.g. `malformed-request`.
  std::string_view code;
  std::string_view title;
  /// English, and never a word of what the client sent.
  std::string_view detail;
  /// `Accept-Language` of the request, where its head was read; else empty.
  std::string_view accept_language;
  /// Path of the request, where it is well-formed; else empty.
  std::string_view path;
};

/// The problem document (RFC 9457) of a fault: what the server sends when ServerOptions::render_fault is not set.
std::string problem_document(const Fault& fault);

struct AnswerSlot;

/// The one answer to one request. May be kept, moved to another thread and used there, also after the client has gone
/// or the server has stopped (the answer is dropped then). Destroyed without an answer, it sends 500 `internal`.
class Responder {
 public:
  explicit Responder(std::unique_ptr<AnswerSlot> slot);
  Responder(Responder&&) noexcept;
  Responder& operator=(Responder&&) noexcept;
  ~Responder();

  /// Answers. Once: a second call is a fault of the program and stops it.
  void operator()(Response response);

 private:
  std::unique_ptr<AnswerSlot> slot_;
};

/// Called on a reactor's thread once a request is whole. Must not block: every connection of that reactor waits.
/// An exception from it is answered with 500.
using Handler = std::function<void(Request, Responder)>;

struct ServerOptions {
  /// An IPv4 or IPv6 address (`127.0.0.1`, `::1`, `0.0.0.0`) or a name that resolves to one.
  std::string address = "127.0.0.1";
  /// 0: any free one; Server::port tells which.
  std::uint16_t port = 0;
  /// Threads that read and write sockets.
  unsigned reactors = 2;
  /// Past it, a new connection gets 503 with Retry-After and is closed. Lowered to what the process may open.
  std::size_t max_connections = 10'000;

  /// From the first byte of a request to the end of its head; then 408.
  std::chrono::milliseconds head_timeout{10'000};
  /// Longest silence within a body; then 408.
  std::chrono::milliseconds body_timeout{15'000};
  /// For a whole body, however steadily it comes; then 408.
  std::chrono::milliseconds whole_body_timeout{300'000};
  /// A connection without a request under way is closed after this.
  std::chrono::milliseconds idle_timeout{75'000};
  /// A client that takes nothing of its waiting answer for this long is dropped.
  std::chrono::milliseconds stall_timeout{30'000};
  /// After the last answer the server waits this long for the client's end, so that the answer is not lost to a reset.
  std::chrono::milliseconds linger_timeout{2'000};

  /// Bytes of request line and header lines together; past them 431.
  std::size_t max_head_bytes = 32 * 1024;
  /// Bytes of the request target; past them 414.
  std::size_t max_target_bytes = 8 * 1024;
  /// Bytes of a body; past them 413.
  std::size_t max_body_bytes = 1024 * 1024;
  /// A body's limit by its head, in place of max_body_bytes (files may be larger). Called on a reactor's thread.
  std::function<std::size_t(const RequestHead&)> body_limit;
  /// Bytes of bodies being received on all connections; a request past them gets 503 with Retry-After.
  std::size_t max_bodies_in_flight_bytes = 256 * 1024 * 1024;
  /// Requests of one connection that may be with handlers at once; more wait in the socket.
  std::size_t max_pipelined = 16;
  /// A connection whose waiting answers exceed this is dropped, unless it is a single one. Further requests of a
  /// connection are not read while a quarter of it waits.
  std::size_t max_unsent_bytes_per_peer = 64 * 1024 * 1024;
  /// What `Retry-After` says with a 503 of the server's own, in seconds.
  unsigned retry_after_s = 2;

  /// How long stop() waits for open requests.
  std::chrono::milliseconds drain_timeout{10'000};

  /// Body of a fault's answer (`application/problem+json`); unset: problem_document. Called on a reactor's thread.
  std::function<std::string(const Fault&)> render_fault;
};

/// Figures for metrics, taken at one moment.
struct ServerFigures {
  std::size_t connections = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused_connections = 0;
  std::uint64_t requests = 0;
  std::uint64_t faults = 0;
  std::uint64_t dropped_stalled = 0;
  std::size_t bodies_in_flight_bytes = 0;
};

class Server {
 public:
  Server(ServerOptions options, Handler handler);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Stops, if it runs.
  ~Server();

  /// Binds and serves from threads of its own (all signals blocked in them). An error says what could not be had.
  /// Once in a server's life.
  std::expected<void, std::string> start();
  /// The bound port; 0 before start.
  std::uint16_t port() const;
  /// Ends in order: new connections and requests get 503, open requests are answered, at most for drain_timeout; then
  /// all is closed. No handler runs after it. Not from a handler. Harmless when repeated.
  void stop();
  ServerFigures figures() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace highseas::api::http
