// served_socket.hpp — one accepted socket and its connection: reads and writes a turn at a time. Knows no event loop.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "api/http/connection.hpp"

namespace highseas::api::http {

/// What a turn left for the event loop to do.
struct Turn {
  bool unfinished = false;  ///< serve it again soon: it had its share of this turn
  bool dead = false;        ///< close it
};

/// Runs on the thread of the socket's event loop. Does not own the socket.
class ServedSocket {
 public:
  ServedSocket(int socket, std::uint64_t number, std::unique_ptr<Connection> connection)
      : socket_(socket), number_(number), connection_(std::move(connection)) {}

  /// Reads and writes as far as the peer lets it. `buffer` is room to read into, shared by all sockets of the loop.
  Turn serve(std::span<char> buffer, TimePoint now);
  /// An event came. Whatever it says: errors and ends show when reading, and edges are never lost by trying.
  void ready() { may_read_ = may_write_ = true; }
  /// True once, when the peer takes no more for the first time: from then on the loop has to watch for room.
  bool starts_to_wait_for_room();

  Connection& connection() { return *connection_; }
  std::uint64_t number() const { return number_; }

 private:
  /// Whether anything was read; `turn` is told when there is more.
  bool read_some(std::span<char> buffer, TimePoint now, Turn& turn);
  bool write_some(TimePoint now);

  int socket_;
  std::uint64_t number_;
  std::unique_ptr<Connection> connection_;
  bool may_read_ = true;
  bool may_write_ = true;
  bool waited_for_room_ = false;
  bool told_to_wait_ = false;
};

/// The peer's address without its port; empty where it is gone already.
std::string numeric_address(int socket);

}  // namespace highseas::api::http
