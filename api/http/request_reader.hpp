// request_reader.hpp — one request read from bytes as they come, with every framing fault named; no socket, no clock.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "api/http/fault.hpp"
#include "api/http/message.hpp"

namespace highseas::api::http {

/// Reads one request; reset() makes it ready for the next. The bytes may be cut anywhere.
class RequestReader {
 public:
  enum class Event {
    need_more,  ///< all that could be used was used
    head,       ///< the head has just become whole; read on for the body
    request,    ///< the request is whole: take() it
    fault,      ///< fault() says which; nothing more is to be read
  };
  struct Step {
    std::size_t consumed = 0;
    Event event = Event::need_more;
  };

  /// `options` must outlive the reader.
  explicit RequestReader(const ServerOptions& options);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Reads from `bytes`, which begin where the last step stopped consuming. What was not consumed has to be there
  /// again, with more behind it, at the next call.
  Step read(std::string_view bytes);

  /// Whether any byte of the present request was seen.
  bool started() const;
  bool head_done() const;
  /// After the head: the request waits for `100 Continue` before it sends its body.
  bool expects_continue() const;
  /// After the head (before it: false).
  bool keep_alive() const;
  bool is_http_1_0() const;
  bool is_head() const;
  /// Bytes of the body received so far.
  std::size_t body_bytes() const;
  std::string_view accept_language() const;
  /// Of the request's target, decoded; empty until a well-formed one was read.
  std::string_view path() const;

  FaultKind fault() const;
  /// The whole request, once after Event::request; the remote address is left empty.
  Request take();
  void reset();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace highseas::api::http
