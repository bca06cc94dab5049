// server_limits_test.cpp — deadlines, caps and the orderly end, over raw sockets.
#include <sys/resource.h>

#include <atomic>
#include <filesystem>

#include "tests/api_http/test_server.hpp"

namespace highseas::tests {
namespace {

using api::http::Response;
using api::http::ServerOptions;
using Clock = std::chrono::steady_clock;

const std::string kHello = RawHttpClient::request("GET", "/hello");

TEST(HttpDeadline, a_slow_head_gets_408_however_steadily_it_comes) {
  ServerOptions options;
  options.head_timeout = 200ms;
  TestServer server(options);
  auto client = server.client();
  ASSERT_TRUE(client.send("GET /hello HTTP/1.1\r\n"));
  std::optional<RawResponse> response;
  const auto began = Clock::now();
  while (!response && Clock::now() - began < 5s) {
    client.send("X: y\r\n");
    response = client.read_response(20ms);
  }
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 408);
  EXPECT_NE(response->body.find("request-timeout"), std::string::npos);
  EXPECT_TRUE(client.closed_within(5s));
}

TEST(HttpDeadline, a_body_that_falls_silent_gets_408) {
  ServerOptions options;
  options.body_timeout = 200ms;
  TestServer server(options);
  auto client = server.client();
  ASSERT_TRUE(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
  const auto response = client.read_response(5s);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 408);
  EXPECT_TRUE(client.closed_within(5s));
  EXPECT_EQ(server.server().figures().bodies_in_flight_bytes, 0U);
}

TEST(HttpDeadline, a_body_that_drips_for_ever_gets_408) {
  ServerOptions options;
  options.body_timeout = 200ms;
  options.whole_body_timeout = 500ms;
  TestServer server(options);
  auto client = server.client();
  ASSERT_TRUE(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"));
  std::optional<RawResponse> response;
  const auto began = Clock::now();
  while (!response && Clock::now() - began < 5s) {
    client.send("x");
    response = client.read_response(20ms);
  }
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 408);
  EXPECT_GE(Clock::now() - began, 450ms);
}

TEST(HttpDeadline, an_idle_connection_is_closed_without_a_word) {
  ServerOptions options;
  options.idle_timeout = 200ms;
  TestServer server(options);
  auto fresh = server.client();
  auto used = server.client();
  EXPECT_EQ(used.exchange(kHello)->status, 200);
  EXPECT_EQ(fresh.read_to_end(5s), "");
  EXPECT_EQ(used.read_to_end(5s), "");
}

TEST(HttpDeadline, a_slow_handler_is_no_idle_connection) {
  ServerOptions options;
  options.idle_timeout = 100ms;
  options.head_timeout = 100ms;
  options.body_timeout = 100ms;
  TestServer server(options);
  auto client = server.client();
  EXPECT_EQ(client.exchange(RawHttpClient::request("GET", "/later?ms=500"))->body, "later");
}

TEST(HttpDeadline, a_reader_that_stalls_is_dropped) {
  ServerOptions options;
  options.stall_timeout = 300ms;
  TestServer server(options);
  auto client = server.client();
  client.shrink_window();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/big?bytes=30000000")));
  const auto began = Clock::now();
  while (server.server().figures().dropped_stalled == 0 && Clock::now() - began < 10s) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(server.server().figures().dropped_stalled, 1U);
  EXPECT_EQ(server.client().exchange(kHello)->body, "hello");
}

TEST(HttpDeadline, a_slow_reader_gets_all_of_a_big_answer) {
  ServerOptions options;
  options.stall_timeout = 10s;
  TestServer server(options);
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/big?bytes=12000000") + kHello));
  std::this_thread::sleep_for(300ms);
  const auto response = client.read_response(30s);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body.size(), 12'000'000U);
  EXPECT_EQ(client.read_response()->body, "hello");
}

TEST(HttpLimit, a_client_that_reads_nothing_can_not_pile_up_answers) {
  ServerOptions options;
  options.max_unsent_bytes_per_peer = 4 << 20;
  TestServer server(options);
  auto client = server.client();
  client.shrink_window();
  std::string all;
  for (int i = 0; i < 1'000; ++i) {
    all += RawHttpClient::request("GET", "/big?bytes=500000");
  }
  client.send(all, 300ms);
  std::this_thread::sleep_for(300ms);
  // 16 are let in at once, and none while a quarter of the limit waits; the system's buffers hold some megabytes.
  EXPECT_LT(server.server().figures().requests, 60U);
}

TEST(HttpLimit, connections_past_the_cap_get_503_with_retry_after) {
  ServerOptions options;
  options.max_connections = 3;
  TestServer server(options);
  std::vector<RawHttpClient> full;
  for (int i = 0; i < 3; ++i) {
    full.push_back(server.client());
    ASSERT_EQ(full.back().exchange(kHello)->status, 200);
  }
  auto refused = server.client();
  const auto response = refused.exchange(kHello);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 503);
  EXPECT_EQ(response->header("Retry-After"), "2");
  EXPECT_NE(response->body.find("too-many-connections"), std::string::npos);
  EXPECT_TRUE(refused.closed_within(5s));
  refused.close();
  full.pop_back();
  const auto began = Clock::now();
  int status = 503;
  while (status == 503 && Clock::now() - began < 10s) {
    status = server.client().exchange(kHello)->status;
  }
  EXPECT_EQ(status, 200);
}

TEST(HttpLimit, bodies_in_flight_past_the_cap_get_503) {
  ServerOptions options;
  options.max_bodies_in_flight_bytes = 1'000'000;
  TestServer server(options);
  auto first = server.client();
  ASSERT_TRUE(first.send(RawHttpClient::request("POST", "/held", std::string(800'000, 'x'))));
  auto held = server.take_held();
  auto second = server.client();
  const auto refused = second.exchange(RawHttpClient::request("POST", "/echo", std::string(800'000, 'x')));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->header("Retry-After"), "2");
  EXPECT_NE(refused->body.find("\"busy\""), std::string::npos) << refused->body;
  held.responder(Response::text(200, "done"));
  EXPECT_EQ(first.read_response()->body, "done");
  auto third = server.client();
  EXPECT_EQ(third.exchange(RawHttpClient::request("POST", "/echo", std::string(800'000, 'x')))->status, 200);
}

TEST(HttpLimit, two_thousand_idle_connections_do_not_disturb_a_working_one) {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit before = limit;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < 5'000) {
    GTEST_SKIP() << "only " << limit.rlim_cur << " descriptors are allowed here";
  }
  {
    TestServer server;
    std::vector<RawHttpClient> idle;
    for (int i = 0; i < 2'000; ++i) {
      idle.push_back(server.client());
      ASSERT_TRUE(idle.back().connected()) << i;
    }
    auto client = server.client();
    const auto began = Clock::now();
    for (int i = 0; i < 200; ++i) {
      ASSERT_EQ(client.exchange(kHello)->body, "hello");
    }
    EXPECT_LT(Clock::now() - began, 5s);
    EXPECT_EQ(server.server().figures().connections, 2'001U);
    EXPECT_EQ(idle[1'234].exchange(kHello)->body, "hello");
  }
  ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST(HttpStop, answers_open_requests_and_closes) {
  TestServer server;
  auto client = server.client();
  auto idle = server.client();
  EXPECT_EQ(idle.exchange(kHello)->status, 200);
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/held") + RawHttpClient::request("GET", "/held")));
  auto first = server.take_held();
  auto second = server.take_held();
  std::thread stopping([&] { server.server().stop(); });
  EXPECT_EQ(idle.read_to_end(5s), "");
  second.responder(Response::text(200, "second"));
  first.responder(Response::text(200, "first"));
  EXPECT_EQ(client.read_response()->body, "first");
  const auto last = client.read_response();
  ASSERT_TRUE(last);
  EXPECT_EQ(last->body, "second");
  EXPECT_EQ(last->header("Connection"), "close");
  EXPECT_TRUE(client.closed_within(5s));
  client.close();
  stopping.join();
  EXPECT_EQ(server.server().figures().connections, 0U);
}

TEST(HttpStop, refuses_new_requests_while_it_waits_for_open_ones) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/held")));
  auto held = server.take_held();
  auto half = server.client();
  ASSERT_TRUE(half.send("GET /hello HTTP/1.1\r\n"));
  std::this_thread::sleep_for(50ms);
  std::thread stopping([&] { server.server().stop(); });
  std::this_thread::sleep_for(50ms);
  auto late = server.client();
  EXPECT_EQ(late.exchange(kHello)->status, 503);
  EXPECT_EQ(half.exchange("Host: a\r\n\r\n")->status, 503);
  held.responder(Response::text(200, "held"));
  EXPECT_EQ(client.read_response()->body, "held");
  late.close();
  half.close();
  client.close();
  stopping.join();
}

TEST(HttpStop, does_not_wait_longer_than_its_drain_time) {
  ServerOptions options;
  options.drain_timeout = 200ms;
  TestServer server(options);
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/held")));
  auto held = server.take_held();
  const auto began = Clock::now();
  server.server().stop();
  EXPECT_LT(Clock::now() - began, 3s);
  EXPECT_TRUE(client.closed_within(1s));
  held.responder(Response::text(200, "too late"));  // goes nowhere, harmlessly
}

TEST(HttpStop, loses_no_answer_under_load) {
  for (int round = 0; round < 5; ++round) {
    std::atomic<int> answered = 0;
    std::atomic<int> broken = 0;
    std::vector<std::thread> clients;
    {
      TestServer server;
      std::atomic<int> warm = 0;
      for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&, port = server.port(), i] {
          RawHttpClient client(port);
          const std::string request = RawHttpClient::request("GET", i % 2 == 0 ? "/hello" : "/later?ms=1");
          bool first = true;
          while (client.send(request)) {
            const auto response = client.read_response();
            if (!response) {
              break;
            }
            // 503 is the refusal of a request that came too late.
            (response->status == 200 || response->status == 503 ? answered : broken)++;
            if (std::exchange(first, false)) {
              ++warm;
            }
            if (response->header("Connection") == "close") {
              break;
            }
          }
        });
      }
      while (warm < 8) {
        std::this_thread::sleep_for(1ms);
      }
      std::this_thread::sleep_for(20ms);
    }
    for (auto& client : clients) {
      client.join();
    }
    EXPECT_EQ(broken, 0);
    EXPECT_GE(answered, 8);
  }
}

std::size_t open_descriptors() {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

TEST(HttpStop, leaves_no_socket_open) {
  {
    const TestServer warm_up;
  }
  const auto before = open_descriptors();
  {
    ServerOptions options;
    options.drain_timeout = 100ms;
    TestServer server(options);
    std::vector<RawHttpClient> clients;
    for (int i = 0; i < 100; ++i) {
      clients.push_back(server.client());
    }
    ASSERT_EQ(clients.front().exchange(kHello)->status, 200);
    ASSERT_TRUE(clients.back().send(RawHttpClient::request("GET", "/held")));
    auto held = server.take_held();
    server.server().stop();
  }
  // Pistache 0.0.5 keeps a handful of its own event descriptors a listener; never the peers' sockets.
  EXPECT_LT(open_descriptors(), before + 20);
}

}  // namespace
}  // namespace highseas::tests
