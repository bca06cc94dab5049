// connection.cpp — reads pipelined requests, keeps answers in order, and watches the deadlines of one peer.
#include "api/http/connection.hpp"

#include <exception>
#include <utility>

namespace highseas::api::http {

Connection::Connection(ServerContext& context, std::shared_ptr<Mailbox> mailbox, AnswerAddress address,
                       std::string remote_address, TimePoint now)
    : context_(context),
      options_(context.options),
      mailbox_(std::move(mailbox)),
      address_(address),
      remote_address_(std::move(remote_address)),
      reader_(options_),
      request_began_(now),
      body_began_(now),
      last_input_(now),
      last_output_(now),
      idle_since_(now),
      lingering_since_(now) {}

Connection::~Connection() {
  release_body(charged_bytes_);
  for (const auto& slot : slots_) {
    release_body(slot.body_bytes);
  }
}

void Connection::refuse(FaultKind kind, TimePoint now) {
  fail(kind);
  write_ready_answers(now);
}

bool Connection::has_room() const {
  return slots_.size() < options_.max_pipelined && output_.bytes() <= options_.max_unsent_bytes_per_peer / 4;
}

bool Connection::wants_input() const {
  if (phase_ == Phase::dead || peer_ended_) {
    return false;
  }
  // When reading is over, what still comes is read and thrown away: unread bytes would turn our end into a reset,
  // which can destroy the answer on its way.
  return reading_over_ || has_room();
}

bool Connection::is_idle() const {
  return slots_.empty() && output_.empty() && !reader_.started();
}

void Connection::received(std::string_view bytes, TimePoint now) {
  if (reading_over_ || phase_ != Phase::open) {
    return;
  }
  last_input_ = now;
  input_.append(bytes);
  read_requests(now);
  write_ready_answers(now);
}

void Connection::read_requests(TimePoint now) {
  std::size_t used = 0;
  while (!reading_over_ && has_room() && used < input_.size()) {
    const bool was_started = reader_.started();
    const auto step = reader_.read(std::string_view(input_).substr(used));
    used += step.consumed;
    if (!was_started && reader_.started()) {
      request_began_ = now;
    }
    if (step.event == RequestReader::Event::fault) {
      fail(reader_.fault());
    } else if (!charge_body()) {
      fail(FaultKind::too_many_bodies);
    } else if (step.event == RequestReader::Event::head) {
      body_began_ = now;
      continue_owed_ = reader_.expects_continue();
    } else if (step.event == RequestReader::Event::request) {
      take_request(now);
    } else {
      break;
    }
  }
  input_.erase(0, used);
  if (reading_over_) {
    input_ = {};
  }
  if (reader_.body_bytes() > 0) {
    continue_owed_ = false;  // it did not wait
  }
  send_continue_if_due();
}

bool Connection::charge_body() {
  const std::size_t bytes = reader_.body_bytes();
  if (bytes <= charged_bytes_) {
    return true;
  }
  const std::size_t more = bytes - charged_bytes_;
  const std::size_t before = context_.bodies_in_flight_bytes.fetch_add(more);
  charged_bytes_ = bytes;
  return before + more <= options_.max_bodies_in_flight_bytes;
}

void Connection::release_body(std::size_t bytes) {
  context_.bodies_in_flight_bytes.fetch_sub(bytes);
}

void Connection::take_request(TimePoint now) {
  const bool stopping = context_.draining.load(std::memory_order_relaxed);
  if (stopping) {
    fail(FaultKind::stopping);
    return;
  }
  Slot slot;
  slot.frame = {reader_.is_http_1_0(), reader_.is_head(), reader_.keep_alive()};
  slot.body_bytes = std::exchange(charged_bytes_, 0);
  slot.accept_language = std::string(reader_.accept_language());
  slot.path = std::string(reader_.path());
  if (!slot.frame.keep_alive) {
    reading_over_ = true;
  }
  Request request = reader_.take();
  request.remote_address = remote_address_;
  reader_.reset();
  continue_owed_ = false;
  slots_.push_back(std::move(slot));
  idle_since_ = now;
  ++context_.requests;
  auto address = address_;
  address.request = first_request_ + slots_.size() - 1;
  try {
    context_.handler(std::move(request), Responder(std::make_unique<AnswerSlot>(mailbox_, address)));
  } catch (const std::exception&) {
    // The responder died with it and has posted a 500; nothing of the exception's text may go out.
  }
}

void Connection::fail(FaultKind kind) {
  ++context_.faults;
  Slot slot;
  slot.frame = {reader_.is_http_1_0(), reader_.is_head(), false};
  slot.body_bytes = std::exchange(charged_bytes_, 0);
  slot.response = fault_response(kind, options_, reader_.accept_language(), reader_.path());
  slots_.push_back(std::move(slot));
  reading_over_ = true;
  continue_owed_ = false;
}

void Connection::answered(Answer answer, TimePoint now) {
  const std::uint64_t index = answer.to.request - first_request_;
  if (phase_ != Phase::open || index >= slots_.size()) {
    return;  // given up in the meantime
  }
  auto& slot = slots_[index];
  if (answer.dropped) {
    ++context_.faults;
    slot.response = fault_response(FaultKind::internal, options_, slot.accept_language, slot.path);
  } else {
    slot.response = std::move(answer.response);
  }
  write_ready_answers(now);
  if (!input_.empty()) {
    read_requests(now);  // what waited for room
    write_ready_answers(now);
  }
}

void Connection::write_ready_answers(TimePoint now) {
  while (phase_ == Phase::open && !slots_.empty() && slots_.front().response) {
    Slot slot = std::move(slots_.front());
    slots_.pop_front();
    ++first_request_;
    release_body(slot.body_bytes);
    if (context_.draining.load(std::memory_order_relaxed)) {
      reading_over_ = true;
    }
    if (slot.response->close || (reading_over_ && slots_.empty())) {
      slot.frame.keep_alive = false;  // said in the last answer, so that the client does not send another request
    }
    if (output_.empty()) {
      last_output_ = now;
    }
    const bool alone = output_.empty();
    write_answer(output_, std::move(*slot.response), slot.frame);
    if (!alone && output_.bytes() > options_.max_unsent_bytes_per_peer) {
      ++context_.dropped_stalled;
      phase_ = Phase::dead;
      return;
    }
    idle_since_ = now;
    if (!slot.frame.keep_alive) {
      reading_over_ = true;
      phase_ = Phase::finishing;
    }
  }
  send_continue_if_due();
  if (phase_ == Phase::open && reading_over_ && slots_.empty()) {
    phase_ = Phase::finishing;
  }
}

void Connection::send_continue_if_due() {
  // Only when all that was asked before is answered: the client reads answers in order.
  if (continue_owed_ && slots_.empty() && phase_ == Phase::open) {
    continue_owed_ = false;
    output_.push("HTTP/1.1 100 Continue\r\n\r\n");
  }
}

void Connection::input_ended(TimePoint now) {
  peer_ended_ = true;
  if (phase_ == Phase::lingering) {
    phase_ = Phase::dead;
    return;
  }
  // Whole requests that wait for room are still answered; a half one never will be whole.
  if (input_.empty() || has_room()) {
    reading_over_ = true;
    input_ = {};
  }
  write_ready_answers(now);
}

void Connection::sent(TimePoint now) {
  last_output_ = now;
  idle_since_ = now;
  if (phase_ == Phase::open && !input_.empty()) {
    read_requests(now);
    write_ready_answers(now);
  }
  if (phase_ == Phase::open && peer_ended_ && has_room()) {
    input_ended(now);
  }
}

void Connection::lingering(TimePoint now) {
  phase_ = peer_ended_ ? Phase::dead : Phase::lingering;
  lingering_since_ = now;
}

void Connection::check_request_deadlines(TimePoint now) {
  if (!reader_.started() || reading_over_) {
    return;
  }
  if (!has_room() || continue_owed_) {
    // It is this side that holds the client up: its time begins when it may go on.
    request_began_ = body_began_ = last_input_ = now;
    return;
  }
  const bool late = reader_.head_done() ? now - std::max(last_input_, body_began_) > options_.body_timeout ||
                                              now - body_began_ > options_.whole_body_timeout
                                        : now - request_began_ > options_.head_timeout;
  if (late) {
    fail(FaultKind::request_timeout);
    write_ready_answers(now);
  }
}

void Connection::tick(TimePoint now) {
  if (phase_ == Phase::lingering) {
    if (now - lingering_since_ > options_.linger_timeout) {
      phase_ = Phase::dead;
    }
    return;
  }
  if (!output_.empty() && now - last_output_ > options_.stall_timeout) {
    ++context_.dropped_stalled;
    phase_ = Phase::dead;
    return;
  }
  if (phase_ != Phase::open) {
    return;
  }
  const bool draining = context_.draining.load(std::memory_order_relaxed);
  if (is_idle() && (draining || now - idle_since_ > options_.idle_timeout)) {
    phase_ = Phase::dead;  // nothing is on its way that a reset could destroy
    return;
  }
  check_request_deadlines(now);
}

}  // namespace highseas::api::http
