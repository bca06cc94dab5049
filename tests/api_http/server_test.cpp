// server_test.cpp — HTTP as clients speak it, over raw sockets: keep-alive, close, pipelining, bodies, answers.
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <latch>

#include "tests/api_http/test_server.hpp"

namespace highseas::tests {
namespace {

using api::http::Response;
using api::http::ServerOptions;

const std::string kHello = RawHttpClient::request("GET", "/hello");

TEST(HttpServer, keeps_alive_without_a_connection_header) {
  TestServer server;
  auto client = server.client();
  for (int i = 0; i < 3; ++i) {
    const auto response = client.exchange(kHello);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "hello");
    EXPECT_EQ(response->header("Connection"), "");
    EXPECT_EQ(response->header("Content-Length"), "5");
    EXPECT_NE(response->header("Date"), "");
  }
  EXPECT_FALSE(client.closed_within(100ms));
}

TEST(HttpServer, closes_after_the_answer_when_asked_to) {
  TestServer server;
  auto client = server.client();
  const auto response = client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->header("Connection"), "close");
  EXPECT_TRUE(client.closed_within(1s));
}

TEST(HttpServer, closes_when_the_handler_says_so) {
  TestServer server;
  auto client = server.client();
  const auto response = client.exchange(RawHttpClient::request("GET", "/close"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->header("Connection"), "close");
  EXPECT_TRUE(client.closed_within(1s));
}

TEST(HttpServer, closes_after_http_1_0) {
  TestServer server;
  auto client = server.client();
  const auto response = client.exchange("GET /hello HTTP/1.0\r\n\r\n");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->header("Connection"), "close");
  EXPECT_TRUE(client.closed_within(1s));
}

TEST(HttpServer, keeps_http_1_0_alive_on_request) {
  TestServer server;
  auto client = server.client();
  for (int i = 0; i < 2; ++i) {
    const auto response = client.exchange("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->header("Connection"), "keep-alive");
  }
}

TEST(HttpServer, answers_ten_pipelined_requests_in_order) {
  TestServer server;
  auto client = server.client();
  std::string all;
  for (int i = 0; i < 10; ++i) {
    all += RawHttpClient::request("POST", "/echo", "body " + std::to_string(i));
  }
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 10; ++i) {
    const auto response = client.read_response();
    ASSERT_TRUE(response) << i;
    EXPECT_EQ(response->body, "POST /echo\nbody " + std::to_string(i));
  }
}

TEST(HttpServer, keeps_the_order_when_other_threads_answer_out_of_order) {
  TestServer server;
  auto client = server.client();
  std::string all;
  for (int i = 0; i < 10; ++i) {
    all += RawHttpClient::request("GET", "/later?ms=" + std::to_string(100 - 10 * i) + "&say=" + std::to_string(i));
  }
  all += kHello;
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 10; ++i) {
    const auto response = client.read_response();
    ASSERT_TRUE(response) << i;
    EXPECT_EQ(response->body, std::to_string(i));
  }
  EXPECT_EQ(client.read_response()->body, "hello");
}

TEST(HttpServer, takes_a_bounded_number_of_pipelined_requests_at_once_and_all_in_the_end) {
  ServerOptions options;
  options.max_pipelined = 4;
  TestServer server(options);
  auto client = server.client();
  std::string all;
  for (int i = 0; i < 100; ++i) {
    all += RawHttpClient::request("GET", "/held?i=" + std::to_string(i));
  }
  ASSERT_TRUE(client.send(all));
  auto first = server.take_held();
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(server.server().figures().requests, 4U);
  first.responder(Response::text(200, "0"));
  for (int i = 1; i < 100; ++i) {
    auto held = server.take_held();
    EXPECT_EQ(held.request.query.find("i"), std::to_string(i));
    held.responder(Response::text(200, std::to_string(i)));
  }
  for (int i = 0; i < 100; ++i) {
    const auto response = client.read_response();
    ASSERT_TRUE(response) << i;
    EXPECT_EQ(response->body, std::to_string(i));
  }
}

TEST(HttpServer, reads_a_request_that_comes_byte_by_byte) {
  TestServer server;
  auto client = server.client();
  for (const char c : RawHttpClient::request("POST", "/echo?a=1&b=%E6%9C%BA", "body")) {
    ASSERT_TRUE(client.send({&c, 1}));
  }
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "POST /echo a=1 b=机\nbody");
}

TEST(HttpServer, lets_empty_lines_before_a_request_pass) {
  TestServer server;
  auto client = server.client();
  EXPECT_EQ(client.exchange("\r\n\r\n" + kHello)->status, 200);
}

TEST(HttpServer, reads_chunked_bodies_and_ignores_their_trailers) {
  TestServer server;
  auto client = server.client();
  const auto response = client.exchange(
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6;name=value\r\n world\r\n0\r\nAuthorization: Bearer stolen\r\n\r\n");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "POST /echo\nhello world");
  EXPECT_EQ(client.exchange(kHello)->body, "hello");
}

TEST(HttpServer, says_continue_to_a_client_that_waits_for_it) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.read_interim(), 100);
  ASSERT_TRUE(client.send("body"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "POST /echo\nbody");
}

TEST(HttpServer, says_continue_only_after_the_answers_before_it) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/later?ms=50") +
                          "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"));
  const auto first = client.read_response();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->interim.empty());
  EXPECT_EQ(first->body, "later");
  EXPECT_EQ(client.read_interim(), 100);
  ASSERT_TRUE(client.send("body"));
  EXPECT_EQ(client.read_response()->body, "POST /echo\nbody");
}

TEST(HttpServer, refuses_a_body_too_large_instead_of_saying_continue) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 413);
  EXPECT_TRUE(response->interim.empty());
}

TEST(HttpServer, answers_head_without_a_body_but_with_its_length) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("HEAD", "/hello") + kHello));
  const auto head = client.read_response(5s, true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("Content-Length"), "5");
  EXPECT_EQ(client.read_response()->body, "hello");
}

TEST(HttpServer, sends_neither_body_nor_length_with_204) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("DELETE", "/empty") + kHello));
  const auto empty = client.read_response();
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->status, 204);
  EXPECT_EQ(empty->header("Content-Length"), "");
  EXPECT_EQ(client.read_response()->body, "hello");
}

TEST(HttpServer, adds_the_security_headers_to_every_answer) {
  TestServer server;
  for (const std::string& request : {kHello, std::string("garbage\r\n\r\n"), RawHttpClient::request("GET", "/drop")}) {
    auto client = server.client();
    const auto response = client.exchange(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response->header("Referrer-Policy"), "no-referrer");
  }
}

TEST(HttpServer, takes_a_big_upload_where_the_head_allows_it) {
  ServerOptions options;
  options.body_limit = [](const api::http::RequestHead& head) -> std::size_t {
    return head.path == "/echo" ? 32 << 20 : 1 << 20;
  };
  TestServer server(options);
  auto client = server.client();
  std::string body(20 << 20, 'x');
  body[12345678] = 'y';
  const auto response = client.exchange(RawHttpClient::request("POST", "/echo", body), 60s);
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->body == "POST /echo\n" + body);
  EXPECT_EQ(server.server().figures().bodies_in_flight_bytes, 0U);
  EXPECT_EQ(client.exchange(RawHttpClient::request("POST", "/hello", body), 60s)->status, 413);
}

TEST(HttpServer, answers_500_when_a_handler_drops_its_responder) {
  TestServer server;
  auto client = server.client();
  const auto response = client.exchange(RawHttpClient::request("GET", "/drop"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 500);
  EXPECT_EQ(response->header("Content-Type"), "application/problem+json");
  EXPECT_NE(response->body.find("\"code\":\"internal\""), std::string::npos);
}

TEST(HttpServer, answers_500_without_the_text_of_an_exception) {
  TestServer server;
  auto client = server.client();
  const auto response = client.exchange(RawHttpClient::request("GET", "/throw"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 500);
  EXPECT_EQ(response->body.find("secret"), std::string::npos);
}

TEST(HttpServer, answers_a_client_that_has_ended_its_sending_side) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/later?ms=50") + kHello));
  client.end_sending();
  EXPECT_EQ(client.read_response()->body, "later");
  EXPECT_EQ(client.read_response()->body, "hello");
  EXPECT_TRUE(client.closed_within(2s));
}

TEST(HttpServer, drops_the_answer_of_a_client_that_has_gone) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/held")));
  auto held = server.take_held();
  client.close();
  held.responder(Response::text(200, std::string(1 << 20, 'x')));
  EXPECT_EQ(server.client().exchange(kHello)->body, "hello");
}

TEST(HttpServer, tells_the_peers_address) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/held")));
  auto held = server.take_held();
  EXPECT_EQ(held.request.remote_address, "127.0.0.1");
  EXPECT_EQ(held.request.headers.find("hOsT"), "localhost");
}

TEST(HttpServer, listens_on_ipv6) {
  ServerOptions options;
  options.address = "::1";
  std::unique_ptr<TestServer> server;
  try {
    server = std::make_unique<TestServer>(options);
  } catch (const std::exception& failure) {
    GTEST_SKIP() << "no IPv6 here: " << failure.what();
  }
  RawHttpClient client(server->port(), "::1");
  EXPECT_EQ(client.exchange(kHello)->body, "hello");
}

TEST(HttpServer, says_why_it_can_not_listen) {
  TestServer server;
  ServerOptions options;
  options.port = server.port();
  api::http::Server second(options, [](auto, auto) {});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().find(std::to_string(server.port())), std::string::npos) << started.error();
}

struct Outcome {
  int status = 0;
  std::string output;
};

Outcome run(const std::string& command) {
  Outcome outcome;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    outcome.output.append(buffer.data(), got);
  }
  outcome.status = WEXITSTATUS(::pclose(pipe));
  return outcome;
}

TEST(HttpServer, serves_curl) {
  if (run("command -v curl").status != 0) {
    GTEST_SKIP() << "curl is not installed";
  }
  TestServer server;
  const std::string address = "http://127.0.0.1:" + std::to_string(server.port());
  const auto twice = run("curl -sv --max-time 10 -H 'Connection:' " + address + "/hello " + address + "/hello");
  EXPECT_EQ(twice.status, 0) << twice.output;
  EXPECT_NE(twice.output.find("Re-using existing connection"), std::string::npos) << twice.output;
  // curl asks for 100 Continue by itself with a body this large.
  const auto upload =
      run("head -c 1048576 /dev/zero | curl -s --max-time 10 -o /dev/null -w '%{http_code} %{time_total}'"
          " -H 'Expect: 100-continue' --data-binary @- " +
          address + "/echo");
  EXPECT_EQ(upload.output.substr(0, 3), "200") << upload.output;
  EXPECT_LT(std::stod(upload.output.substr(4)), 0.9) << "curl waits a second for a 100 that does not come";
}

TEST(HttpServer, serves_wrk) {
  if (run("command -v wrk").status != 0) {
    GTEST_SKIP() << "wrk is not installed";
  }
  TestServer server;
  const auto wrk = run("wrk -t1 -c8 -d2s http://127.0.0.1:" + std::to_string(server.port()) + "/hello");
  EXPECT_EQ(wrk.status, 0) << wrk.output;
  EXPECT_EQ(wrk.output.find("Socket errors"), std::string::npos) << wrk.output;
  EXPECT_EQ(wrk.output.find("Non-2xx"), std::string::npos) << wrk.output;
  EXPECT_GT(server.server().figures().requests, 500U) << wrk.output;
  EXPECT_LE(server.server().figures().accepted, 20U) << "connections are not kept alive";
  std::printf("%s\n", wrk.output.c_str());
}

}  // namespace
}  // namespace highseas::tests
