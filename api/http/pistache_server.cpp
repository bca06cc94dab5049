// pistache_server.cpp — sockets and threads: Pistache's listener and reactors, with a transport of our own on them.
//
// Pistache's own transport neither ends a connection after an answer nor tells when a peer takes no bytes, and drops a
// peer that ends its sending side. So its listener accepts, its reactors poll, and this transport reads and writes.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pistache/listener.h>
#include <pistache/net.h>
#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <pistache/tcp.h>
#include <pistache/transport.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "api/http/connection.hpp"
#include "api/http/server.hpp"
#include "base/assert.hpp"

namespace highseas::api::http {
namespace {

namespace aio = Pistache::Aio;
namespace tcp = Pistache::Tcp;
namespace polling = Pistache::Polling;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 64 * 1024;
/// One connection's share of a turn, so that a fast sender does not starve the others.
constexpr std::size_t kReadBytesPerTurn = 1024 * 1024;
/// Descriptors kept for the log, listeners and outgoing calls.
constexpr std::size_t kReservedDescriptors = 256;
/// Connections past the limit that are still told so; beyond them they are closed without a word.
constexpr std::size_t kRefusalsAtOnce = 128;

class PeerTransport;

/// What the server and its reactors share. Lives as long as any of them.
struct Core : ServerContext {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::shared_ptr<Mailbox>> mailboxes;
  bool terminating = false;
  std::size_t terminated = 0;
};

/// Only a signpost: the transport hears of new peers here.
class PeerHandler final : public tcp::Handler {
 public:
  void onInput(const char*, std::size_t, const std::shared_ptr<tcp::Peer>&) override {}
  void onConnection(const std::shared_ptr<tcp::Peer>& peer) override;
  std::shared_ptr<tcp::Handler> clone() const override { return std::make_shared<PeerHandler>(); }
};

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

/// One reactor's connections. All but the constructor and destructor runs on the reactor's thread.
class PeerTransport final : public tcp::Transport {
 public:
  PeerTransport(std::shared_ptr<tcp::Handler> handler, std::shared_ptr<Core> core)
      : tcp::Transport(handler), core_(std::move(core)) {}
  ~PeerTransport() override;

  std::shared_ptr<aio::Handler> clone() const override {
    return std::make_shared<PeerTransport>(std::make_shared<PeerHandler>(), core_);
  }
  void registerPoller(polling::Epoll& poller) override;
  void onReady(const aio::FdSet& ready) override;
  void welcome(const std::shared_ptr<tcp::Peer>& peer);

 private:
  struct Entry {
    std::shared_ptr<tcp::Peer> peer;
    std::unique_ptr<Connection> connection;
    std::uint64_t number = 0;
    bool may_read = true;
    bool may_write = true;
    bool polls_writes = false;
    bool counted = false;
  };

  void dispatch(const aio::FdSet::Entry& event);
  void deliver_answers();
  void serve(Entry& entry, TimePoint now);
  bool read_some(Entry& entry, TimePoint now);
  bool write_some(Entry& entry, TimePoint now);
  void tick_all();
  void set_timer();
  void close_peer(int socket);
  void terminate_if_asked();

  std::shared_ptr<Core> core_;
  std::shared_ptr<Mailbox> mailbox_;
  std::unordered_map<int, Entry> entries_;
  /// Sockets whose turn ended before they were empty.
  std::vector<int> unfinished_;
  std::vector<int> doomed_;
  std::vector<char> buffer_ = std::vector<char>(kReadBytes);
  std::uint64_t next_number_ = 1;
  int wake_ = -1;
  int timer_ = -1;
  bool adopted_ = false;
  bool draining_seen_ = false;
  bool terminated_ = false;
};

void PeerHandler::onConnection(const std::shared_ptr<tcp::Peer>& peer) {
  static_cast<PeerTransport*>(transport())->welcome(peer);
}

PeerTransport::~PeerTransport() {
  if (mailbox_) {
    mailbox_->close();
  }
  for (const auto& [socket, peer] : peers) {
    ::close(socket);  // Pistache does not
  }
  for (const int descriptor : {wake_, timer_}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

void PeerTransport::registerPoller(polling::Epoll& poller) {
  tcp::Transport::registerPoller(poller);
  wake_ = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (wake_ < 0 || timer_ < 0) {
    throw std::runtime_error("no descriptors left for a reactor");
  }
  for (const int descriptor : {wake_, timer_}) {
    poller.addFd(descriptor, Pistache::Flags<polling::NotifyOn>(polling::NotifyOn::Read),
                 polling::Tag(static_cast<std::uint64_t>(descriptor)));
  }
  set_timer();
  mailbox_ = std::make_shared<Mailbox>([descriptor = wake_] { ::eventfd_write(descriptor, 1); });
  const std::lock_guard lock(core_->mutex);
  core_->mailboxes.push_back(mailbox_);
}

void PeerTransport::set_timer() {
  const auto& options = core_->options;
  const auto shortest = std::min({options.head_timeout, options.body_timeout, options.whole_body_timeout,
                                  options.idle_timeout, options.stall_timeout, options.linger_timeout});
  const auto period = std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
  itimerspec spec{};
  spec.it_interval.tv_nsec = std::chrono::nanoseconds(period).count();
  spec.it_value = spec.it_interval;
  ::timerfd_settime(timer_, 0, &spec, nullptr);
}

void PeerTransport::onReady(const aio::FdSet& ready) {
  if (!adopted_) {
    adopted_ = true;
    mailbox_->adopt_this_thread();
  }
  for (const auto& event : ready) {
    dispatch(event);
  }
  const auto turn = std::exchange(unfinished_, {});
  for (const int socket : turn) {
    if (const auto found = entries_.find(socket); found != entries_.end()) {
      serve(found->second, Clock::now());
    }
  }
  deliver_answers();
  if (core_->draining.load(std::memory_order_relaxed) && !draining_seen_) {
    draining_seen_ = true;
    tick_all();
  }
  for (const int socket : std::exchange(doomed_, {})) {
    close_peer(socket);
  }
  terminate_if_asked();
  if (!unfinished_.empty()) {
    ::eventfd_write(wake_, 1);
  }
}

void PeerTransport::dispatch(const aio::FdSet::Entry& event) {
  const int descriptor = static_cast<int>(event.getTag().value());
  if (descriptor == wake_) {
    eventfd_t ignored = 0;
    ::eventfd_read(wake_, &ignored);
  } else if (descriptor == timer_) {
    std::uint64_t ignored = 0;
    if (::read(timer_, &ignored, sizeof ignored) > 0) {
      tick_all();
    }
  } else if (const auto found = entries_.find(descriptor); found != entries_.end()) {
    // Whatever the event says: errors and ends show when reading, and edges are never lost by trying.
    found->second.may_read = true;
    found->second.may_write = true;
    serve(found->second, Clock::now());
  } else {
    std::vector<polling::Event> one{polling::Event(event.getTag())};
    if (event.isReadable()) {
      one.front().flags = Pistache::Flags<polling::NotifyOn>(polling::NotifyOn::Read);
    } else {
      return;  // a late event of a peer that is gone
    }
    try {
      tcp::Transport::onReady(aio::FdSet(std::move(one)));
    } catch (const std::exception&) {
      // A peer could not be taken in (or is gone already): it is not worth the reactor's thread.
    }
  }
}

void PeerTransport::welcome(const std::shared_ptr<tcp::Peer>& peer) {
  const int socket = peer->fd();
  const auto now = Clock::now();
  Entry entry;
  entry.peer = peer;
  entry.number = next_number_++;
  entry.connection = std::make_unique<Connection>(*core_, mailbox_, AnswerAddress{socket, entry.number, 0},
                                                  numeric_address(socket), now);
  ++core_->accepted;
  const std::size_t others = core_->connections.fetch_add(1);
  entry.counted = true;
  if (others >= core_->options.max_connections + kRefusalsAtOnce) {
    ++core_->refused_connections;
    entry.connection->broken();
  } else if (others >= core_->options.max_connections) {
    ++core_->refused_connections;
    entry.connection->refuse(FaultKind::too_many_connections, now);
  } else if (core_->draining.load(std::memory_order_relaxed)) {
    entry.connection->refuse(FaultKind::stopping, now);
  }
  entries_.insert_or_assign(socket, std::move(entry));
  // Served at the end of this turn, when Pistache has registered the socket.
  unfinished_.push_back(socket);
}

bool PeerTransport::read_some(Entry& entry, TimePoint now) {
  std::size_t total = 0;
  while (entry.may_read && entry.connection->wants_input()) {
    if (total >= kReadBytesPerTurn) {
      unfinished_.push_back(entry.peer->fd());
      break;
    }
    const ssize_t got = ::recv(entry.peer->fd(), buffer_.data(), buffer_.size(), 0);
    if (got > 0) {
      total += static_cast<std::size_t>(got);
      entry.connection->received({buffer_.data(), static_cast<std::size_t>(got)}, now);
    } else if (got == 0) {
      entry.may_read = false;
      entry.connection->input_ended(now);
      return true;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      entry.may_read = false;
    } else if (errno != EINTR) {
      entry.connection->broken();
      return false;
    }
  }
  return total > 0;
}

bool PeerTransport::write_some(Entry& entry, TimePoint now) {
  auto& output = entry.connection->output();
  bool any = false;
  while (entry.may_write && !output.empty()) {
    const auto bytes = output.front();
    const ssize_t sent = ::send(entry.peer->fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      output.pop(static_cast<std::size_t>(sent));
      any = true;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      entry.may_write = false;
      if (!entry.polls_writes) {
        entry.polls_writes = true;
        reactor()->modifyFd(key(), entry.peer->fd(),
                            polling::NotifyOn::Read | polling::NotifyOn::Write | polling::NotifyOn::Shutdown,
                            polling::Mode::Edge);
      }
    } else if (errno != EINTR) {
      entry.connection->broken();
      return false;
    }
  }
  if (any) {
    entry.connection->sent(now);
  }
  return any;
}

void PeerTransport::serve(Entry& entry, TimePoint now) {
  auto& connection = *entry.connection;
  bool busy = true;
  std::size_t turns = 0;
  while (busy && connection.phase() != Connection::Phase::dead && turns++ < 16) {
    busy = write_some(entry, now);
    busy = read_some(entry, now) || busy;
    if (!entry.may_read && !entry.may_write) {
      break;
    }
  }
  if (connection.phase() == Connection::Phase::open && turns > 16) {
    unfinished_.push_back(entry.peer->fd());
  }
  if (connection.phase() == Connection::Phase::finishing && connection.output().empty()) {
    ::shutdown(entry.peer->fd(), SHUT_WR);
    connection.lingering(now);
    read_some(entry, now);
  }
  if (connection.phase() == Connection::Phase::dead) {
    doomed_.push_back(entry.peer->fd());
  }
}

void PeerTransport::deliver_answers() {
  // Serving may call handlers that answer at once: until none is left.
  for (auto answers = mailbox_->take(); !answers.empty(); answers = mailbox_->take()) {
    const auto now = Clock::now();
    for (auto& answer : answers) {
      const auto found = entries_.find(answer.to.socket);
      if (found != entries_.end() && found->second.number == answer.to.connection) {
        found->second.connection->answered(std::move(answer), now);
        serve(found->second, now);
      }
    }
  }
}

void PeerTransport::tick_all() {
  const auto now = Clock::now();
  for (auto& [socket, entry] : entries_) {
    entry.connection->tick(now);
    serve(entry, now);
  }
}

void PeerTransport::close_peer(int socket) {
  const auto found = entries_.find(socket);
  if (found == entries_.end() || found->second.connection->phase() != Connection::Phase::dead) {
    return;  // doomed twice within a turn
  }
  const auto peer = found->second.peer;
  entries_.erase(found);
  try {
    removePeer(peer);  // closes the socket
  } catch (const std::exception&) {
    // It had not been registered: the transport's destructor closes it.
  }
  if (core_->connections.fetch_sub(1) == 1) {
    const std::lock_guard lock(core_->mutex);
    core_->changed.notify_all();
  }
}

void PeerTransport::terminate_if_asked() {
  if (!draining_seen_) {
    return;
  }
  {
    const std::lock_guard lock(core_->mutex);
    if (!core_->terminating) {
      return;
    }
  }
  std::vector<int> sockets;
  for (auto& [socket, entry] : entries_) {
    entry.connection->broken();
    sockets.push_back(socket);
  }
  for (const int socket : sockets) {
    close_peer(socket);
  }
  unfinished_.clear();
  if (!std::exchange(terminated_, true)) {
    mailbox_->close();
    const std::lock_guard lock(core_->mutex);
    ++core_->terminated;
    core_->changed.notify_all();
  }
}

std::size_t connection_limit(std::size_t wished) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    return wished;
  }
  const auto possible = static_cast<std::size_t>(limit.rlim_cur);
  const std::size_t reserved = std::min(kReservedDescriptors + kRefusalsAtOnce, possible / 2);
  return std::min(wished, possible - reserved);
}

/// Signals are for the program's own threads; those started meanwhile inherit the mask.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

class Server::Impl {
 public:
  std::shared_ptr<Core> core = std::make_shared<Core>();
  std::unique_ptr<tcp::Listener> listener;
  std::uint16_t port = 0;
  std::mutex stopping;

  void wake_all() {
    std::vector<std::shared_ptr<Mailbox>> mailboxes;
    {
      const std::lock_guard lock(core->mutex);
      mailboxes = core->mailboxes;
    }
    for (const auto& mailbox : mailboxes) {
      mailbox->wake();
    }
  }
};

Server::Server(ServerOptions options, Handler handler) : impl_(std::make_unique<Impl>()) {
  impl_->core->options = std::move(options);
  impl_->core->handler = std::move(handler);
  impl_->core->options.max_connections = connection_limit(impl_->core->options.max_connections);
}

Server::~Server() {
  stop();
}

std::expected<void, std::string> Server::start() {
  HS_ASSERT(!impl_->listener && impl_->port == 0);
  const auto& options = impl_->core->options;
  const SignalsBlocked blocked;
  try {
    auto listener = std::make_unique<tcp::Listener>();
    listener->init(
        std::max(1U, options.reactors),
        Pistache::Flags<tcp::Options>(tcp::Options::ReuseAddr) | tcp::Options::NoDelay | tcp::Options::CloseOnExec,
        "hs-http", 4096);
    listener->setHandler(std::make_shared<PeerHandler>());
    listener->setTransportFactory([core = impl_->core]() -> std::shared_ptr<tcp::Transport> {
      return std::make_shared<PeerTransport>(std::make_shared<PeerHandler>(), core);
    });
    const bool ipv6 = options.address.find(':') != std::string::npos && options.address.front() != '[';
    listener->bind(
        Pistache::Address(ipv6 ? "[" + options.address + "]" : options.address, Pistache::Port(options.port)));
    listener->runThreaded();
    impl_->port = listener->getPort();
    impl_->listener = std::move(listener);
  } catch (const std::exception& failure) {
    return std::unexpected("cannot listen on " + options.address + " port " + std::to_string(options.port) + ": " +
                           failure.what());
  }
  return {};
}

std::uint16_t Server::port() const {
  return impl_->port;
}

void Server::stop() {
  const std::lock_guard once(impl_->stopping);
  if (!impl_->listener) {
    return;
  }
  auto& core = *impl_->core;
  core.draining.store(true);
  impl_->wake_all();
  {
    std::unique_lock lock(core.mutex);
    core.changed.wait_for(lock, core.options.drain_timeout, [&] { return core.connections.load() == 0; });
    core.terminating = true;
  }
  impl_->wake_all();
  {
    std::unique_lock lock(core.mutex);
    core.changed.wait(lock, [&] { return core.terminated == core.mailboxes.size(); });
  }
  impl_->listener->shutdown();
  impl_->listener.reset();  // joins its threads
}

ServerFigures Server::figures() const {
  const auto& core = *impl_->core;
  return {.connections = core.connections.load(),
          .accepted = core.accepted.load(),
          .refused_connections = core.refused_connections.load(),
          .requests = core.requests.load(),
          .faults = core.faults.load(),
          .dropped_stalled = core.dropped_stalled.load(),
          .bodies_in_flight_bytes = core.bodies_in_flight_bytes.load()};
}

}  // namespace highseas::api::http
