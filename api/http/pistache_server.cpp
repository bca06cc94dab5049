// pistache_server.cpp — listener and reactors of Pistache, with a transport of our own on them that serves our sockets.
//
// Pistache's own transport neither ends a connection after an answer nor tells when a peer takes no bytes, and drops a
// peer that ends its sending side. So its listener accepts, its reactors poll, and this transport reads and writes.
#include <pistache/listener.h>
#include <pistache/net.h>
#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <pistache/tcp.h>
#include <pistache/transport.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "api/http/connection.hpp"
#include "api/http/loop_signals.hpp"
#include "api/http/process_limits.hpp"
#include "api/http/served_socket.hpp"
#include "api/http/server.hpp"
#include "base/assert.hpp"

namespace highseas::api::http {
namespace {

namespace aio = Pistache::Aio;
namespace tcp = Pistache::Tcp;
namespace polling = Pistache::Polling;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 64 * 1024;
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
    ServedSocket served;
  };

  void dispatch(const aio::FdSet::Entry& event);
  void deliver_answers();
  void serve(Entry& entry, TimePoint now);
  void tick_all();
  std::chrono::milliseconds tick_period() const;
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
  LoopSignals signals_;
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
}

void PeerTransport::registerPoller(polling::Epoll& poller) {
  tcp::Transport::registerPoller(poller);
  signals_.open(tick_period());
  for (const int descriptor : {signals_.wake_descriptor(), signals_.timer_descriptor()}) {
    poller.addFd(descriptor, Pistache::Flags<polling::NotifyOn>(polling::NotifyOn::Read),
                 polling::Tag(static_cast<std::uint64_t>(descriptor)));
  }
  mailbox_ = std::make_shared<Mailbox>([this] { signals_.wake(); });  // closed before this goes
  const std::lock_guard lock(core_->mutex);
  core_->mailboxes.push_back(mailbox_);
}

std::chrono::milliseconds PeerTransport::tick_period() const {
  const auto& options = core_->options;
  const auto shortest = std::min({options.head_timeout, options.body_timeout, options.whole_body_timeout,
                                  options.idle_timeout, options.stall_timeout, options.linger_timeout});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
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
    signals_.wake();
  }
}

void PeerTransport::dispatch(const aio::FdSet::Entry& event) {
  const int descriptor = static_cast<int>(event.getTag().value());
  if (descriptor == signals_.wake_descriptor()) {
    signals_.take_wake();
  } else if (descriptor == signals_.timer_descriptor()) {
    if (signals_.take_timer()) {
      tick_all();
    }
  } else if (const auto found = entries_.find(descriptor); found != entries_.end()) {
    found->second.served.ready();
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
  const auto number = next_number_++;
  auto connection =
      std::make_unique<Connection>(*core_, mailbox_, AnswerAddress{socket, number, 0}, numeric_address(socket), now);
  ++core_->accepted;
  const std::size_t others = core_->connections.fetch_add(1);
  if (others >= core_->options.max_connections + kRefusalsAtOnce) {
    ++core_->refused_connections;
    connection->broken();
  } else if (others >= core_->options.max_connections) {
    ++core_->refused_connections;
    connection->refuse(FaultKind::too_many_connections, now);
  } else if (core_->draining.load(std::memory_order_relaxed)) {
    connection->refuse(FaultKind::stopping, now);
  }
  entries_.insert_or_assign(socket, Entry{peer, ServedSocket(socket, number, std::move(connection))});
  // Served at the end of this turn, when Pistache has registered the socket.
  unfinished_.push_back(socket);
}

void PeerTransport::serve(Entry& entry, TimePoint now) {
  const int socket = entry.peer->fd();
  const auto turn = entry.served.serve(buffer_, now);
  if (entry.served.starts_to_wait_for_room()) {
    reactor()->modifyFd(key(), socket, polling::NotifyOn::Read | polling::NotifyOn::Write | polling::NotifyOn::Shutdown,
                        polling::Mode::Edge);
  }
  if (turn.unfinished) {
    unfinished_.push_back(socket);
  }
  if (turn.dead) {
    doomed_.push_back(socket);
  }
}

void PeerTransport::deliver_answers() {
  // Serving may call handlers that answer at once: until none is left.
  for (auto answers = mailbox_->take(); !answers.empty(); answers = mailbox_->take()) {
    const auto now = Clock::now();
    for (auto& answer : answers) {
      const auto found = entries_.find(answer.to.socket);
      if (found != entries_.end() && found->second.served.number() == answer.to.connection) {
        found->second.served.connection().answered(std::move(answer), now);
        serve(found->second, now);
      }
    }
  }
}

void PeerTransport::tick_all() {
  const auto now = Clock::now();
  for (auto& [socket, entry] : entries_) {
    entry.served.connection().tick(now);
    serve(entry, now);
  }
}

void PeerTransport::close_peer(int socket) {
  const auto found = entries_.find(socket);
  if (found == entries_.end() || found->second.served.connection().phase() != Connection::Phase::dead) {
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
    entry.served.connection().broken();
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
  impl_->core->options.max_connections =
      connection_limit(impl_->core->options.max_connections, kReservedDescriptors + kRefusalsAtOnce);
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
