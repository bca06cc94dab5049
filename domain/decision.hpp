// decision — what every decider answers: events = accepted, none = already true, a refusal = not accepted.
#pragma once

#include <expected>

#include "domain/event.hpp"
#include "domain/refusal.hpp"

namespace highseas::domain {

using Decision = std::expected<Events, Refusal>;

inline Decision accept(Event event) {
  Events events;
  events.push_back(std::move(event));
  return events;
}
inline Decision already_true() {
  return Events{};
}
inline Decision refuse(RefusalCode code) {
  return std::unexpected(Refusal::of(code));
}
inline Decision refuse(Refusal refusal) {
  return std::unexpected(std::move(refusal));
}

}  // namespace highseas::domain
