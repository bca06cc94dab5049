// answer_writer.cpp — status line, the server's own headers, and the body, as RFC 9112 frames them.
#include "api/http/answer_writer.hpp"

#include <algorithm>
#include <ctime>

#include "base/assert.hpp"

namespace highseas::api::http {
namespace {

// Below this, appending to the last chunk is cheaper than another send.
constexpr std::size_t kJoinBytes = 32 * 1024;

// RFC 9110 6.6.1 wants the date of the real world, whatever clock the business runs on; formatted once a second.
std::string_view http_date() {
  thread_local std::time_t formatted_for = 0;
  thread_local char text[32] = "";
  const std::time_t now = std::time(nullptr);
  if (now != formatted_for) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    formatted_for = now;
  }
  return text;
}

bool is_own(std::string_view name) {
  return same_name(name, "Content-Length") || same_name(name, "Connection") || same_name(name, "Date") ||
         same_name(name, "Transfer-Encoding");
}

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

bool is_clean_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f && c != ':'; });
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void OutputQueue::push(std::string bytes) {
  if (bytes.empty()) {
    return;
  }
  bytes_ += bytes.size();
  if (!chunks_.empty() && chunks_.back().size() + bytes.size() <= kJoinBytes) {
    chunks_.back().append(bytes);
  } else {
    chunks_.push_back(std::move(bytes));
  }
}

std::string_view OutputQueue::front() const {
  return chunks_.empty() ? std::string_view() : std::string_view(chunks_.front()).substr(front_offset_);
}

void OutputQueue::pop(std::size_t sent) {
  HS_ASSERT(!chunks_.empty() && front_offset_ + sent <= chunks_.front().size());
  front_offset_ += sent;
  bytes_ -= sent;
  if (front_offset_ == chunks_.front().size()) {
    chunks_.pop_front();
    front_offset_ = 0;
  }
}

void OutputQueue::clear() {
  chunks_.clear();
  front_offset_ = 0;
  bytes_ = 0;
}

void write_answer(OutputQueue& out, Response response, const AnswerFrame& frame) {
  HS_ASSERT(response.status >= 200 && response.status <= 599);
  std::string head;
  head.reserve(256);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(reason_phrase(response.status)).append("\r\n");
  append_line(head, "Date", http_date());
  for (const auto& [name, value] : response.headers) {
    if (!is_own(name) && is_clean_name(name) && is_clean(value)) {
      append_line(head, name, value);
    }
  }
  if (!response.headers.contains("X-Content-Type-Options")) {
    append_line(head, "X-Content-Type-Options", "nosniff");
  }
  if (!response.headers.contains("Referrer-Policy")) {
    append_line(head, "Referrer-Policy", "no-referrer");
  }
  // RFC 9110 8.6: none with 204; with 304 it would speak of the body that was not sent.
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) {
    append_line(head, "Content-Length", std::to_string(response.body.size()));
  }
  if (!frame.keep_alive) {
    append_line(head, "Connection", "close");
  } else if (frame.http_1_0) {
    append_line(head, "Connection", "keep-alive");
  }
  head.append("\r\n");
  if (bodiless || frame.head_only) {
    out.push(std::move(head));
  } else if (head.size() + response.body.size() <= kJoinBytes) {
    out.push(std::move(head.append(response.body)));
  } else {
    out.push(std::move(head));
    out.push(std::move(response.body));
  }
}

}  // namespace highseas::api::http
