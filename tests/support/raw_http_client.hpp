// raw_http_client.hpp — an HTTP client at the level of bytes, for tests: it sends whatever it is told.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace highseas::tests {

struct RawResponse {
  std::string version;
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// Statuses of interim answers (1xx) that came before it.
  std::vector<int> interim;

  /// The first header of that name (without case), or an empty text.
  std::string header(std::string_view name) const;
};

/// One TCP connection to loopback. All calls block, at most for their timeout.
class RawHttpClient {
 public:
  using Milliseconds = std::chrono::milliseconds;
  static constexpr Milliseconds kPatience{10'000};

  explicit RawHttpClient(std::uint16_t port, const std::string& address = "127.0.0.1");
  RawHttpClient(RawHttpClient&& other) noexcept;
  RawHttpClient& operator=(RawHttpClient&& other) noexcept;
  ~RawHttpClient();

  bool connected() const { return socket_ >= 0; }
  /// Whether all bytes could be handed to the system within the timeout.
  bool send(std::string_view bytes, Milliseconds timeout = kPatience);
  /// Ends the sending side; answers can still be read.
  void end_sending();
  /// Makes the receive window small (before any bytes come), for playing a reader that stalls.
  void shrink_window();
  /// Closes at once.
  void close();

  /// One whole answer; nothing when the connection ends or the time is up before it is whole. `head_only`: the answer
  /// to a HEAD request. Bytes behind it are kept for the next call.
  std::optional<RawResponse> read_response(Milliseconds timeout = kPatience, bool head_only = false);
  /// Sends a request and reads its answer.
  std::optional<RawResponse> exchange(std::string_view bytes, Milliseconds timeout = kPatience);
  /// The next interim answer's status (e.g. 100), or nothing.
  std::optional<int> read_interim(Milliseconds timeout = kPatience);
  /// Whether the server ends the connection within the timeout (bytes that come before are kept).
  bool closed_within(Milliseconds timeout = kPatience);
  /// Everything until the server ends the connection or the time is up.
  std::string read_to_end(Milliseconds timeout = kPatience);

  /// `METHOD target HTTP/1.1` with Host, Content-Length when there is a body, and `headers` as whole lines (each with
  /// its CRLF).
  static std::string request(std::string_view method, std::string_view target, std::string_view body = {},
                             std::string_view headers = {});

 private:
  enum class Got { bytes, end, nothing };
  Got receive(std::chrono::steady_clock::time_point until);
  std::optional<std::string> take_head(std::chrono::steady_clock::time_point until);
  std::optional<std::string> take_bytes(std::size_t count, std::chrono::steady_clock::time_point until);
  std::optional<std::string> take_chunks(std::chrono::steady_clock::time_point until);

  int socket_ = -1;
  bool ended_ = false;
  std::string input_;
};

}  // namespace highseas::tests
