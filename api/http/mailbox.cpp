// mailbox.cpp — posting and taking answers; the responder.
#include "api/http/mailbox.hpp"

#include <utility>

#include "api/http/server.hpp"
#include "base/assert.hpp"

namespace highseas::api::http {
namespace {

thread_local const Mailbox* mailbox_of_this_thread = nullptr;

}  // namespace

void Mailbox::post(Answer answer) {
  const std::lock_guard lock(mutex_);
  if (closed_) {
    return;
  }
  const bool first = answers_.empty();
  answers_.push_back(std::move(answer));
  // Under the lock, so that nothing is woken that close() has given up.
  if (first && mailbox_of_this_thread != this) {
    wake_();
  }
}

std::vector<Answer> Mailbox::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answers_, {});
}

void Mailbox::wake() {
  const std::lock_guard lock(mutex_);
  if (!closed_) {
    wake_();
  }
}

void Mailbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  answers_.clear();
}

void Mailbox::adopt_this_thread() {
  mailbox_of_this_thread = this;
}

Responder::Responder(std::unique_ptr<AnswerSlot> slot) : slot_(std::move(slot)) {}
Responder::Responder(Responder&&) noexcept = default;

Responder& Responder::operator=(Responder&& other) noexcept {
  Responder taken(std::move(other));
  std::swap(slot_, taken.slot_);  // what this one held goes with `taken`, and is answered with 500 if it must be
  return *this;
}

Responder::~Responder() {
  if (slot_) {
    slot_->mailbox->post({slot_->address, true, {}});
  }
}

void Responder::operator()(Response response) {
  HS_ASSERT(slot_ != nullptr);
  const auto slot = std::exchange(slot_, nullptr);
  slot->mailbox->post({slot->address, false, std::move(response)});
}

}  // namespace highseas::api::http
