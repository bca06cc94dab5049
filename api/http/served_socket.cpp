// served_socket.cpp — recv, send and shutdown around a connection.
#include "api/http/served_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace highseas::api::http {
namespace {

/// One connection's share of a turn, so that a fast sender does not starve the others.
constexpr std::size_t kReadBytesPerTurn = 1024 * 1024;
constexpr std::size_t kRoundsPerTurn = 16;

}  // namespace

std::string numeric_address(int socket) {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&storage), &length) != 0) {
    return {};
  }
  if (storage.ss_family == AF_INET) {
    const auto* address = reinterpret_cast<const sockaddr_in*>(&storage);
    ::inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
  } else if (storage.ss_family == AF_INET6) {
    const auto* address = reinterpret_cast<const sockaddr_in6*>(&storage);
    ::inet_ntop(AF_INET6, &address->sin6_addr, text.data(), text.size());
  }
  return text.data();
}

Turn ServedSocket::serve(std::span<char> buffer, TimePoint now) {
  Turn turn;
  auto& connection = *connection_;
  bool busy = true;
  std::size_t rounds = 0;
  while (busy && connection.phase() != Connection::Phase::dead && rounds++ < kRoundsPerTurn) {
    busy = write_some(now);
    busy = read_some(buffer, now, turn) || busy;
    if (!may_read_ && !may_write_) {
      break;
    }
  }
  if (connection.phase() == Connection::Phase::open && rounds > kRoundsPerTurn) {
    turn.unfinished = true;
  }
  if (connection.phase() == Connection::Phase::finishing && connection.output().empty()) {
    ::shutdown(socket_, SHUT_WR);
    connection.lingering(now);
    read_some(buffer, now, turn);
  }
  turn.dead = connection.phase() == Connection::Phase::dead;
  return turn;
}

bool ServedSocket::starts_to_wait_for_room() {
  return waited_for_room_ && !std::exchange(told_to_wait_, true);
}

bool ServedSocket::read_some(std::span<char> buffer, TimePoint now, Turn& turn) {
  std::size_t total = 0;
  while (may_read_ && connection_->wants_input()) {
    if (total >= kReadBytesPerTurn) {
      turn.unfinished = true;
      break;
    }
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got > 0) {
      total += static_cast<std::size_t>(got);
      connection_->received({buffer.data(), static_cast<std::size_t>(got)}, now);
    } else if (got == 0) {
      may_read_ = false;
      connection_->input_ended(now);
      return true;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      may_read_ = false;
    } else if (errno != EINTR) {
      connection_->broken();
      return false;
    }
  }
  return total > 0;
}

bool ServedSocket::write_some(TimePoint now) {
  auto& output = connection_->output();
  bool any = false;
  while (may_write_ && !output.empty()) {
    const auto bytes = output.front();
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      output.pop(static_cast<std::size_t>(sent));
      any = true;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      may_write_ = false;
      waited_for_room_ = true;
    } else if (errno != EINTR) {
      connection_->broken();
      return false;
    }
  }
  if (any) {
    connection_->sent(now);
  }
  return any;
}

}  // namespace highseas::api::http
