// request_reader_test.cpp — the reader gives the same requests however the bytes are cut, and survives any bytes.
#include "api/http/request_reader.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "api/http/answer_writer.hpp"

namespace highseas::tests {
namespace {

using namespace api::http;

/// What came of a stream: a line for each request, and one for the fault that ended it.
std::string outcome(std::string_view bytes, const std::vector<std::size_t>& cuts, const ServerOptions& options = {}) {
  RequestReader reader(options);
  std::string input;
  std::string result;
  std::size_t at = 0;
  for (std::size_t next = 0; next <= cuts.size(); ++next) {
    const std::size_t end = next < cuts.size() ? cuts[next] : bytes.size();
    input.append(bytes.substr(at, end - at));
    at = end;
    while (!input.empty()) {
      const auto step = reader.read(input);
      EXPECT_LE(step.consumed, input.size());
      input.erase(0, step.consumed);
      if (step.event == RequestReader::Event::fault) {
        return result + "fault " + std::to_string(fault_of(reader.fault()).status);
      }
      if (step.event == RequestReader::Event::request) {
        const auto request = reader.take();
        result += request.method + " " + request.path + " [" + request.body + "] " +
                  std::to_string(request.headers.size()) + "\n";
        reader.reset();
      } else if (step.event == RequestReader::Event::need_more) {
        break;
      }
    }
  }
  return result + (reader.started() ? "unfinished" : "");
}

const std::string kStream =
    "\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
    "POST /c HTTP/1.1\r\nhost: h\r\ntransfer-encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\nX: t\r\n\r\n"
    "POST /d HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
const std::string kExpected = "GET /a [] 1\nPOST /b [hello] 2\nPOST /c [abc] 2\nPOST /d [] 2\n";

TEST(RequestReader, reads_the_same_requests_wherever_the_bytes_are_cut_once) {
  for (std::size_t cut = 0; cut <= kStream.size(); ++cut) {
    EXPECT_EQ(outcome(kStream, {cut}), kExpected) << "cut at " << cut;
  }
}

TEST(RequestReader, reads_the_same_requests_byte_by_byte) {
  std::vector<std::size_t> cuts;
  for (std::size_t i = 1; i < kStream.size(); ++i) {
    cuts.push_back(i);
  }
  EXPECT_EQ(outcome(kStream, cuts), kExpected);
}

TEST(RequestReader, does_not_take_trailers_for_headers) {
  const ServerOptions options;
  RequestReader second(options);
  const std::string bytes =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: stolen\r\n\r\n";
  std::size_t at = 0;
  auto step = second.read(bytes);
  while (step.event != RequestReader::Event::request) {
    ASSERT_EQ(step.event, RequestReader::Event::head);
    at += step.consumed;
    step = second.read(std::string_view(bytes).substr(at));
  }
  EXPECT_FALSE(second.take().headers.contains("Authorization"));
}

TEST(RequestReader, refuses_a_byte_too_much_and_takes_the_last_allowed_one) {
  ServerOptions options;
  options.max_body_bytes = 5;
  const std::string head = "POST /b HTTP/1.1\r\nHost: h\r\n";
  EXPECT_EQ(outcome(head + "Content-Length: 5\r\n\r\nhello", {}, options), "POST /b [hello] 2\n");
  EXPECT_EQ(outcome(head + "Content-Length: 6\r\n\r\nhello!", {}, options), "fault 413");
  EXPECT_EQ(outcome(head + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", {}, options),
            "POST /b [hello] 2\n");
  EXPECT_EQ(outcome(head + "Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n3\r\nlo!\r\n0\r\n\r\n", {}, options),
            "fault 413");
}

TEST(RequestReader, takes_a_target_of_8_KiB_and_not_one_byte_more) {
  const std::string tail = " HTTP/1.1\r\nHost: h\r\n\r\n";
  EXPECT_NE(outcome("GET /" + std::string(8191, 'x') + tail, {}).find("GET"), std::string::npos);
  EXPECT_EQ(outcome("GET /" + std::string(8192, 'x') + tail, {}), "fault 414");
}

TEST(RequestReader, gives_the_same_outcome_for_mutilated_bytes_however_they_are_cut) {
  const char* given = std::getenv("HIGHSEAS_SEED");
  const auto seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::string_view favourites("\r\n :;,/%0afHTchunked\0\x7f\xff", 23);
  for (int round = 0; round < 3'000; ++round) {
    std::string bytes = kStream;
    for (auto changes = 1 + random() % 4; changes > 0; --changes) {
      const auto at = random() % bytes.size();
      const char c = favourites[random() % favourites.size()];
      switch (random() % 3) {
        case 0:
          bytes[at] = c;
          break;
        case 1:
          bytes.insert(at, 1, c);
          break;
        default:
          bytes.erase(at, 1 + random() % 3);
          break;
      }
    }
    std::vector<std::size_t> cuts;
    for (std::size_t at = random() % 20; at < bytes.size(); at += 1 + random() % 20) {
      cuts.push_back(at);
    }
    const auto whole = outcome(bytes, {});
    const auto cut = outcome(bytes, cuts);
    // Cut bytes may show a fault's first half only; but a request must never come out of one way and not the other.
    const auto requests = [](const std::string& text) { return text.substr(0, text.rfind('\n') + 1); };
    ASSERT_EQ(requests(whole), requests(cut)) << bytes;
  }
}

std::string written(Response response, AnswerFrame frame = {}) {
  OutputQueue out;
  write_answer(out, std::move(response), frame);
  std::string text;
  while (!out.empty()) {
    const auto bytes = out.front().substr(0, 7);
    text.append(bytes);
    out.pop(bytes.size());
  }
  EXPECT_EQ(out.bytes(), 0U);
  return text;
}

TEST(AnswerWriter, leaves_out_header_lines_that_would_split_the_answer) {
  auto response = Response::text(200, "x");
  response.headers.add("Location", "/a\r\nSet-Cookie: stolen=1");
  response.headers.add("Bad Name", "x");
  response.headers.add("X-Good", "海");
  const auto text = written(std::move(response));
  EXPECT_EQ(text.find("stolen"), std::string::npos);
  EXPECT_EQ(text.find("Bad Name"), std::string::npos);
  EXPECT_NE(text.find("X-Good: 海\r\n"), std::string::npos);
}

TEST(AnswerWriter, keeps_framing_to_itself) {
  auto response = Response::text(200, "four");
  response.headers.add("Content-Length", "999");
  response.headers.add("transfer-encoding", "chunked");
  response.headers.add("Connection", "upgrade");
  response.headers.add("referrer-policy", "same-origin");
  const auto text = written(std::move(response));
  EXPECT_EQ(text.find("999"), std::string::npos);
  EXPECT_EQ(text.find("chunked"), std::string::npos);
  EXPECT_EQ(text.find("upgrade"), std::string::npos);
  EXPECT_EQ(text.find("no-referrer"), std::string::npos);
  EXPECT_NE(text.find("Content-Length: 4\r\n"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\n\r\nfour"));
}

TEST(AnswerWriter, sends_a_large_body_whole) {
  const std::string body(100'000, 'z');
  EXPECT_TRUE(written(Response::text(200, body)).ends_with("\r\n\r\n" + body));
}

}  // namespace
}  // namespace highseas::tests
