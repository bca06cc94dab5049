// serve — opens the engine, listens, waits for a signal, and stops: the listener first, then what it fed.
#include "server/serve.hpp"

#include <malloc.h>
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <charconv>

#include "api/app.hpp"
#include "api/http/server.hpp"
#include "base/instant.hpp"
#include "engine/engine.hpp"

namespace highseas::server {
namespace {

constexpr std::size_t kFileBodyBytes = 33u << 20;  // a file of 32 MiB and the multipart around it

struct Listen {
  std::string address;
  std::uint16_t port = 0;
};

std::optional<Listen> parse_listen(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  Listen listen{.address = text.substr(0, colon)};
  if (listen.address.starts_with('[') && listen.address.ends_with(']')) {
    listen.address = listen.address.substr(1, listen.address.size() - 2);
  }
  const auto* first = text.data() + colon + 1;
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(first, last, listen.port);
  if (error != std::errc{} || end != last || listen.address.empty()) return std::nullopt;
  return listen;
}

bool is_loopback(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

// Blocks of a commit are large and short-lived; giving them back to the system after each one costs nine tenths of a
// fold (measured on commits of 500 creates).
void keep_freed_memory() {
  constexpr int kBytes = 64 << 20;
  mallopt(M_TRIM_THRESHOLD, kBytes);
  mallopt(M_TOP_PAD, kBytes / 8);
  mallopt(M_MMAP_THRESHOLD, kBytes / 2);
}

int refuse(const std::string& message, const std::string& remedy) {
  spdlog::critical("{}", message);
  if (!remedy.empty()) spdlog::critical("what to do: {}", remedy);
  return 1;
}

api::http::ServerOptions http_options(const Listen& listen) {
  api::http::ServerOptions options;
  options.address = listen.address;
  options.port = listen.port;
  options.body_limit = [](const api::http::RequestHead& head) -> std::size_t {
    return head.path == "/v1/files" ? kFileBodyBytes : std::size_t{1} << 20;
  };
  options.render_fault = [](const api::http::Fault& fault) { return api::fault_document(fault); };
  return options;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("highseas"));
  ::umask(0077);
  keep_freed_memory();
  const auto listen = parse_listen(options.listen);
  if (!listen) return refuse("--listen is no address and port: " + options.listen, "write it like 127.0.0.1:8080");
  if (!is_loopback(listen->address) && !options.allow_plain_http) {
    return refuse("plain http beyond loopback shows passwords to everybody on the way",
                  "put a server with TLS in front and listen on 127.0.0.1, or say --allow-plain-http");
  }
  if (::geteuid() == 0) spdlog::warn("running as root, which is not needed: a user of its own is safer");
  if (options.keys.empty()) {
    spdlog::warn(
        "the server's key lies beside the data, in {}/keys: losing it is losing every sealed value, and whoever "
        "copies the directory can read it; keep it elsewhere with --keys",
        options.data);
  }
  engine::EngineOptions engine_options{.data = options.data, .keys = options.keys};
  if (!options.test_clock.empty()) {
    engine_options.test_clock = base::parse_instant(options.test_clock);
    if (!engine_options.test_clock) {
      return refuse("--test-clock is no time: " + options.test_clock, "write it like 2026-01-01T00:00:00Z");
    }
  }

  // Before any thread is made, so that all of them leave the signals to sigwait below.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&signals, each);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  std::atomic<bool> failed = false;  // set by a thread of the engine
  engine_options.fatal = [&failed](const std::string& why) {
    spdlog::critical("{}", why);
    failed = true;
    ::kill(::getpid(), SIGUSR1);
  };
  auto engine = engine::Engine::open(std::move(engine_options));
  if (!engine) return refuse(engine.error().message, engine.error().remedy);

  api::App app(**engine, {.public_url = options.public_url.empty() ? "http://" + options.listen : options.public_url,
                          .secure_cookies = options.public_url.starts_with("https://")});
  api::http::Server server(http_options(*listen), [&app](api::http::Request request, api::http::Responder responder) {
    app.handle(std::move(request), std::move(responder));
  });
  if (auto started = server.start(); !started) {
    return refuse("cannot listen on " + options.listen + ": " + started.error(),
                  "choose another with --listen, or stop what listens there");
  }
  spdlog::info("serving {} on http://{}:{}", options.data, listen->address, server.port());

  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping");
  server.stop();
  (*engine)->stop();
  return failed ? 1 : 0;
}

}  // namespace highseas::server
