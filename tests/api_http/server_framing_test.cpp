// server_framing_test.cpp — every framing fault is answered with its problem document, and the connection is closed.
#include "api/json/parse.hpp"
#include "tests/api_http/test_server.hpp"

namespace highseas::tests {
namespace {

struct Case {
  std::string name;
  std::string bytes;
  int status;
  std::string code;
};

const std::string kPost = "POST /echo HTTP/1.1\r\nHost: a\r\n";

std::vector<Case> cases() {
  return {
      {"garbage", "\x16\x03\x01\x02\x00garbage\r\n\r\n", 400, "malformed-request"},
      {"words", "hello there\r\n\r\n", 400, "malformed-request"},
      {"no_version", "GET /hello\r\n\r\n", 400, "malformed-request"},
      {"bad_version_word", "GET /hello JUNK\r\n\r\n", 400, "malformed-request"},
      {"version_2", "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 505, "http-version"},
      {"version_1_2", "GET /hello HTTP/1.2\r\nHost: a\r\n\r\n", 505, "http-version"},
      {"version_0_9", "GET /hello HTTP/0.9\r\nHost: a\r\n\r\n", 505, "http-version"},
      {"bare_lf", "GET /hello HTTP/1.1\nHost: a\n\n", 400, "malformed-request"},
      {"bare_lf_in_headers", "GET /hello HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, "malformed-request"},
      {"bare_cr_in_value", "GET /hello HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400, "malformed-request"},
      {"nul_in_value", std::string("GET /hello HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 40), 400, "malformed-request"},
      {"space_before_colon", "GET /hello HTTP/1.1\r\nHost : a\r\n\r\n", 400, "malformed-request"},
      {"no_colon", "GET /hello HTTP/1.1\r\nHost: a\r\nNonsense\r\n\r\n", 400, "malformed-request"},
      {"two_spaces", "GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n", 400, "malformed-request"},
      {"no_host", "GET /hello HTTP/1.1\r\n\r\n", 400, "malformed-request"},
      {"two_hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed-request"},
      {"bad_host", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "malformed-request"},
      {"length_word", kPost + "Content-Length: four\r\n\r\nbody", 400, "malformed-request"},
      {"length_negative", kPost + "Content-Length: -4\r\n\r\nbody", 400, "malformed-request"},
      {"length_plus", kPost + "Content-Length: +4\r\n\r\nbody", 400, "malformed-request"},
      {"length_hex", kPost + "Content-Length: 0x4\r\n\r\nbody", 400, "malformed-request"},
      {"length_empty", kPost + "Content-Length: \r\n\r\nbody", 400, "malformed-request"},
      {"length_fraction", kPost + "Content-Length: 4.0\r\n\r\nbody", 400, "malformed-request"},
      {"length_overflow", kPost + "Content-Length: 18446744073709551620\r\n\r\nbody", 400, "malformed-request"},
      {"length_doubled", kPost + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nbody", 400, "malformed-request"},
      {"length_differs", kPost + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody", 400, "malformed-request"},
      {"length_list", kPost + "Content-Length: 4, 4\r\n\r\nbody", 400, "malformed-request"},
      {"length_and_coding", kPost + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "malformed-request"},
      {"coding_and_length", kPost + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400,
       "malformed-request"},
      {"coding_in_http_1_0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "malformed-request"},
      {"coding_unknown", kPost + "Transfer-Encoding: gzip\r\n\r\n", 501, "unknown-transfer-coding"},
      {"coding_two", kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, "unknown-transfer-coding"},
      {"coding_chunked_not_last", kPost + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 501,
       "unknown-transfer-coding"},
      {"coding_twice", kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "malformed-request"},
      {"coding_hidden", kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501, "unknown-transfer-coding"},
      {"chunk_size_word", kPost + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", 400,
       "malformed-request"},
      {"chunk_size_negative", kPost + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", 400,
       "malformed-request"},
      {"chunk_size_overflow", kPost + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\nhello\r\n0\r\n\r\n", 400,
       "malformed-request"},
      {"chunk_too_long", kPost + "Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n", 400, "malformed-request"},
      {"chunk_bare_lf", kPost + "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n", 400, "malformed-request"},
      {"chunk_extension_without_end", kPost + "Transfer-Encoding: chunked\r\n\r\n5;" + std::string(70'000, 'x'), 400,
       "malformed-request"},
      {"trailers_without_end", kPost + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(70'000, 'x'), 400,
       "malformed-request"},
      {"body_too_large", kPost + "Content-Length: 1048577\r\n\r\n", 413, "body-too-large"},
      {"chunked_body_too_large",
       kPost + "Transfer-Encoding: chunked\r\n\r\n100001\r\n" + std::string(0x100001, 'x') + "\r\n0\r\n\r\n", 413,
       "body-too-large"},
      {"headers_too_large", "GET /hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n", 431,
       "headers-too-large"},
      {"headers_too_many",
       [] {
         std::string bytes = "GET /hello HTTP/1.1\r\nHost: a\r\n";
         for (int i = 0; i < 5'000; ++i) {
           bytes += "X-" + std::to_string(i) + ": x\r\n";
         }
         return bytes + "\r\n";
       }(),
       431, "headers-too-large"},
      {"target_too_long", "GET /" + std::string(8'192, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "target-too-long"},
      {"target_far_too_long", "GET /" + std::string(50'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414,
       "target-too-long"},
      {"expectation_unknown", kPost + "Expect: a-miracle\r\nContent-Length: 4\r\n\r\n", 417, "bad-expectation"},
      {"percent_cut", "GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-target"},
      {"percent_bad", "GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-target"},
      {"percent_bad_in_query", "GET /a?b=%f HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-target"},
      {"not_utf8", "GET /a%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-target"},
      {"nul_in_path", "GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-target"},
      {"star", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-target"},
      {"authority", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-target"},
      {"dot_dot", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-path"},
      {"dot_dot_encoded", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-path"},
      {"dot_dot_by_encoded_slash", "GET /a%2f..%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400, "bad-path"},
  };
}

class Framing : public testing::TestWithParam<Case> {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<TestServer>(); }
  static void TearDownTestSuite() { server_.reset(); }
  static std::unique_ptr<TestServer> server_;
};
std::unique_ptr<TestServer> Framing::server_;

TEST_P(Framing, is_refused_with_its_problem_and_closed) {
  auto client = server_->client();
  // What follows must never be read as a request of its own.
  client.send(GetParam().bytes + RawHttpClient::request("GET", "/hello"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, GetParam().status);
  EXPECT_EQ(response->header("Content-Type"), "application/problem+json");
  EXPECT_EQ(response->header("Connection"), "close");
  const auto document = api::json::parse(response->body);
  ASSERT_TRUE(document) << response->body;
  EXPECT_EQ(*document->find("code")->as_string(), GetParam().code);
  EXPECT_EQ(document->find("status")->as_int64(), GetParam().status);
  EXPECT_EQ(*document->find("type")->as_string(), "https://highseas.dev/problems/" + GetParam().code);
  // What was wrong behind the head names the path that stood in it.
  const std::string& name = GetParam().name;
  const bool behind_the_head = GetParam().status == 413 || GetParam().status == 417 || name.starts_with("chunk_") ||
                               name.starts_with("trailers_");
  EXPECT_EQ(document->find("instance")->as_string() != nullptr, behind_the_head) << response->body;
  EXPECT_EQ(client.read_to_end(5s), "") << "something came behind the refusal";
}

INSTANTIATE_TEST_SUITE_P(Faults, Framing, testing::ValuesIn(cases()),
                         [](const testing::TestParamInfo<Case>& fault) { return fault.param.name; });

TEST(FramingOrder, a_fault_behind_good_requests_is_answered_after_them) {
  TestServer server;
  auto client = server.client();
  ASSERT_TRUE(client.send(RawHttpClient::request("GET", "/later?ms=50") + "garbage\r\n\r\n"));
  EXPECT_EQ(client.read_response()->body, "later");
  EXPECT_EQ(client.read_response()->status, 400);
  EXPECT_TRUE(client.closed_within(3s));
}

TEST(FramingOrder, the_refusal_of_an_upload_survives_what_the_client_still_sends) {
  TestServer server;
  for (int round = 0; round < 5; ++round) {
    auto client = server.client();
    client.send(RawHttpClient::request("POST", "/echo", std::string(8 << 20, 'x')));
    const auto response = client.read_response();
    ASSERT_TRUE(response) << "round " << round;
    EXPECT_EQ(response->status, 413);
  }
}

TEST(FramingOrder, a_fault_of_a_known_path_names_it_as_its_instance) {
  TestServer server;
  auto client = server.client();
  const auto refused = client.exchange("POST /echo?a=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n");
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->body.find(R"("instance":"/echo")"), std::string::npos) << refused->body;
  auto other = server.client();
  const auto unknown = other.exchange("GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_NE(unknown->body.find(R"("instance":null)"), std::string::npos) << unknown->body;
}

TEST(FramingOrder, a_fault_is_rendered_by_the_option_when_there_is_one) {
  api::http::ServerOptions options;
  options.render_fault = [](const api::http::Fault& fault) {
    return std::string(fault.code) + " in " + std::string(fault.accept_language);
  };
  TestServer server(options);
  auto client = server.client();
  const auto response = client.exchange("GET /a%zz HTTP/1.1\r\nHost: a\r\nAccept-Language: zh-CN\r\n\r\n");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "bad-target in zh-CN");
  // Also of a head that is refused before it was read to its end.
  for (const std::string& rest : {"X: " + std::string(40'000, 'x') + "\r\n\r\n", std::string("Nonsense\r\n\r\n")}) {
    auto other = server.client();
    const auto refused = other.exchange("GET /hello HTTP/1.1\r\nHost: a\r\naccept-language:  en\r\n" + rest);
    ASSERT_TRUE(refused);
    EXPECT_TRUE(refused->body.ends_with(" in en")) << refused->body;
  }
}

}  // namespace
}  // namespace highseas::tests
