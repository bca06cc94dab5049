// test_server.hpp — a running server with a handful of addresses, and threads that answer later.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/http/server.hpp"
#include "tests/support/raw_http_client.hpp"

namespace highseas::tests {

using namespace std::chrono_literals;

/// Addresses: /hello; /echo (method, path, query and body as text); /big?bytes=N; /held (the test answers);
/// /later?ms=N (another thread answers); /drop (nobody answers); /throw; /close; /empty (204).
class TestServer {
 public:
  explicit TestServer(api::http::ServerOptions options = {});
  ~TestServer();

  std::uint16_t port() const { return server_->port(); }
  api::http::Server& server() { return *server_; }
  RawHttpClient client() const { return RawHttpClient(port()); }

  struct Held {
    api::http::Request request;
    api::http::Responder responder;
  };
  /// The oldest request to /held that was not yet taken; waits for it. Throws after ten seconds.
  Held take_held();

 private:
  void handle(api::http::Request request, api::http::Responder responder);
  void answer_later(api::http::Responder responder, std::chrono::milliseconds after, std::string body);
  void run_delays();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Held> held_;
  struct Delayed {
    std::chrono::steady_clock::time_point due;
    api::http::Responder responder;
    std::string body;
  };
  std::vector<Delayed> delayed_;
  bool ending_ = false;
  std::unique_ptr<api::http::Server> server_;
  std::thread delays_;
};

}  // namespace highseas::tests
