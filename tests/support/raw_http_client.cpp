// raw_http_client.cpp — sockets and a minimal reading of answers.
#include "tests/support/raw_http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>

namespace highseas::tests {
namespace {

using Clock = std::chrono::steady_clock;

bool same(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right,
                            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

int milliseconds_until(Clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
  return static_cast<int>(std::max<decltype(left)>(0, left));
}

template <typename T>
std::optional<T> number(std::string_view text, int base = 10) {
  T value{};
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<RawResponse> parse_head(std::string_view head) {
  RawResponse response;
  const auto line = head.substr(0, head.find("\r\n"));
  if (line.size() < 12 || !line.starts_with("HTTP/1.") || line[8] != ' ') {
    return std::nullopt;
  }
  response.version = std::string(line.substr(0, 8));
  response.status = number<int>(line.substr(9, 3)).value_or(0);
  auto rest = head.substr(std::min(head.size(), line.size() + 2));
  while (!rest.empty()) {
    const auto end = rest.find("\r\n");
    const auto field = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
    const auto colon = field.find(": ");
    if (colon == std::string_view::npos) {
      return std::nullopt;
    }
    response.headers.emplace_back(field.substr(0, colon), field.substr(colon + 2));
  }
  return response;
}

}  // namespace

std::string RawResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same(key, name)) {
      return value;
    }
  }
  return {};
}

RawHttpClient::RawHttpClient(std::uint16_t port, const std::string& address) {
  const bool ipv6 = address.find(':') != std::string::npos;
  socket_ = ::socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int one = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  int result = -1;
  if (ipv6) {
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(port);
    ::inet_pton(AF_INET6, address.c_str(), &to.sin6_addr);
    result = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  } else {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    result = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  if (result != 0) {
    close();
  }
}

RawHttpClient::RawHttpClient(RawHttpClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), ended_(other.ended_), input_(std::move(other.input_)) {}

RawHttpClient& RawHttpClient::operator=(RawHttpClient&& other) noexcept {
  std::swap(socket_, other.socket_);
  std::swap(ended_, other.ended_);
  std::swap(input_, other.input_);
  return *this;
}

RawHttpClient::~RawHttpClient() {
  close();
}

void RawHttpClient::close() {
  if (socket_ >= 0) {
    ::close(std::exchange(socket_, -1));
  }
  ended_ = true;
}

void RawHttpClient::end_sending() {
  ::shutdown(socket_, SHUT_WR);
}

void RawHttpClient::shrink_window() {
  const int bytes = 4096;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

bool RawHttpClient::send(std::string_view bytes, Milliseconds timeout) {
  const auto until = Clock::now() + timeout;
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) {
      return false;
    }
    pollfd wanted{.fd = socket_, .events = POLLOUT, .revents = 0};
    if (::poll(&wanted, 1, milliseconds_until(until)) <= 0) {
      return false;
    }
  }
  return true;
}

RawHttpClient::Got RawHttpClient::receive(Clock::time_point until) {
  if (ended_) {
    return Got::end;
  }
  pollfd wanted{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&wanted, 1, milliseconds_until(until)) <= 0) {
    return Got::nothing;
  }
  std::array<char, 65536> buffer;
  const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (got <= 0) {
    ended_ = true;
    return Got::end;
  }
  input_.append(buffer.data(), static_cast<std::size_t>(got));
  return Got::bytes;
}

std::optional<std::string> RawHttpClient::take_head(Clock::time_point until) {
  std::size_t end = 0;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
    if (receive(until) != Got::bytes) {
      return std::nullopt;
    }
  }
  auto head = input_.substr(0, end);
  input_.erase(0, end + 4);
  return head;
}

std::optional<std::string> RawHttpClient::take_bytes(std::size_t count, Clock::time_point until) {
  while (input_.size() < count) {
    if (receive(until) != Got::bytes) {
      return std::nullopt;
    }
  }
  auto bytes = input_.substr(0, count);
  input_.erase(0, count);
  return bytes;
}

std::optional<std::string> RawHttpClient::take_chunks(Clock::time_point until) {
  std::string body;
  while (true) {
    std::size_t end = 0;
    while ((end = input_.find("\r\n")) == std::string::npos) {
      if (receive(until) != Got::bytes) {
        return std::nullopt;
      }
    }
    const auto size = number<std::size_t>(std::string_view(input_).substr(0, end), 16);
    input_.erase(0, end + 2);
    if (!size) {
      return std::nullopt;
    }
    const auto chunk = take_bytes(*size + 2, until);
    if (!chunk) {
      return std::nullopt;
    }
    if (*size == 0) {
      return body;
    }
    body.append(*chunk, 0, *size);
  }
}

std::optional<RawResponse> RawHttpClient::read_response(Milliseconds timeout, bool head_only) {
  const auto until = Clock::now() + timeout;
  std::vector<int> interim;
  while (true) {
    const auto head = take_head(until);
    if (!head) {
      return std::nullopt;
    }
    auto response = parse_head(*head);
    if (!response) {
      return std::nullopt;
    }
    if (response->status / 100 == 1) {
      interim.push_back(response->status);
      continue;
    }
    response->interim = std::move(interim);
    if (head_only || response->status == 204 || response->status == 304) {
      return response;
    }
    const auto body = same(response->header("Transfer-Encoding"), "chunked")
                          ? take_chunks(until)
                          : take_bytes(number<std::size_t>(response->header("Content-Length")).value_or(0), until);
    if (!body) {
      return std::nullopt;
    }
    response->body = *body;
    return response;
  }
}

std::optional<RawResponse> RawHttpClient::exchange(std::string_view bytes, Milliseconds timeout) {
  send(bytes, timeout);  // a refusal may come before all is sent
  return read_response(timeout);
}

std::optional<int> RawHttpClient::read_interim(Milliseconds timeout) {
  const auto head = take_head(Clock::now() + timeout);
  const auto response = head ? parse_head(*head) : std::nullopt;
  return response && response->status / 100 == 1 ? std::optional(response->status) : std::nullopt;
}

bool RawHttpClient::closed_within(Milliseconds timeout) {
  const auto until = Clock::now() + timeout;
  while (true) {
    const auto got = receive(until);
    if (got != Got::bytes) {
      return got == Got::end;
    }
  }
}

std::string RawHttpClient::read_to_end(Milliseconds timeout) {
  closed_within(timeout);
  return std::exchange(input_, {});
}

std::string RawHttpClient::request(std::string_view method, std::string_view target, std::string_view body,
                                   std::string_view headers) {
  std::string out;
  out.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers);
  if (!body.empty()) {
    out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  return out.append("\r\n").append(body);
}

}  // namespace highseas::tests
