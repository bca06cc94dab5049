// actor — who caused a commit, and for whom.
#pragma once

#include <cstdint>
#include <optional>

#include "base/ids.hpp"

namespace highseas::domain {

enum class ActorKind : std::uint8_t {
  member = 1,
  api_key = 2,
  recycler = 3,
  importer = 4,
  scheduler = 5,
  upgrader = 6,
  operator_ = 7,
  setup = 8,
};

struct Actor {
  ActorKind kind = ActorKind::setup;
  base::Ulid id;                               // of the member or key; zero for a system process
  std::optional<base::MemberId> on_behalf_of;  // of a key: its member; of a process that a person started: that person
  bool operator==(const Actor&) const = default;

  // The member whose rights are judged; nothing for a system process that nobody started.
  std::optional<base::MemberId> member() const {
    if (kind == ActorKind::member) return base::MemberId{id};
    return on_behalf_of;
  }
};

}  // namespace highseas::domain
