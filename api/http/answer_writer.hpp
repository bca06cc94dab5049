// answer_writer.hpp — answers made into bytes, and the queue in which the bytes wait for the socket.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "api/http/message.hpp"

namespace highseas::api::http {

/// Bytes waiting to be sent, in order.
class OutputQueue {
 public:
  void push(std::string bytes);
  bool empty() const { return bytes_ == 0; }
  std::size_t bytes() const { return bytes_; }
  /// The next bytes to send; empty when there are none.
  std::string_view front() const;
  /// `sent` bytes of front() have gone.
  void pop(std::size_t sent);
  void clear();

 private:
  std::deque<std::string> chunks_;
  std::size_t front_offset_ = 0;
  std::size_t bytes_ = 0;
};

/// How the request was asked decides how its answer is framed.
struct AnswerFrame {
  bool http_1_0 = false;
  bool head_only = false;
  bool keep_alive = true;
};

/// Appends the whole answer to `out`.
void write_answer(OutputQueue& out, Response response, const AnswerFrame& frame);

}  // namespace highseas::api::http
