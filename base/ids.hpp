// ids — ULIDs and the typed ids made of them: `cus_01J…` outside, sixteen bytes inside.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace highseas::base {

// 128 bits: 48 of milliseconds, 80 of randomness. Ordered by time, then by the rest.
struct Ulid {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  auto operator<=>(const Ulid&) const = default;
  bool is_zero() const { return high == 0 && low == 0; }
};

// 26 characters of Crockford's base 32, upper case.
std::string format_ulid(Ulid ulid);
// Nothing but exactly those 26 characters (either case) is taken.
std::optional<Ulid> parse_ulid(std::string_view text);

std::array<std::uint8_t, 16> ulid_bytes(Ulid ulid);  // big endian, so that bytes sort as ids do
Ulid ulid_from_bytes(const std::uint8_t* sixteen_bytes);

// An id of one kind of thing; the kinds do not convert into each other.
template <class Tag>
struct Id {
  Ulid ulid;

  auto operator<=>(const Id&) const = default;
};

// A record's prefix depends on its form (domain/forms), so it has none of its own here.
struct RecordTag {};
struct MemberTag {
  static constexpr std::string_view kPrefix = "mem_";
};
struct DepartmentTag {
  static constexpr std::string_view kPrefix = "dep_";
};
struct RoleTag {
  static constexpr std::string_view kPrefix = "rol_";
};
struct GroupTag {
  static constexpr std::string_view kPrefix = "grp_";
};
struct PoolTag {
  static constexpr std::string_view kPrefix = "pol_";
};
struct RuleTag {
  static constexpr std::string_view kPrefix = "rul_";
};
struct CalendarTag {
  static constexpr std::string_view kPrefix = "cal_";
};
struct JobTag {
  static constexpr std::string_view kPrefix = "job_";
};
struct FileTag {
  static constexpr std::string_view kPrefix = "fil_";
};
struct ApiKeyTag {
  static constexpr std::string_view kPrefix = "key_";
};
struct InvitationTag {
  static constexpr std::string_view kPrefix = "nvt_";
};
struct WorkspaceTag {
  static constexpr std::string_view kPrefix = "wsp_";
};
struct CommandTag {
  static constexpr std::string_view kPrefix = "cmd_";
};

using RecordId = Id<RecordTag>;
using MemberId = Id<MemberTag>;
using DepartmentId = Id<DepartmentTag>;
using RoleId = Id<RoleTag>;
using GroupId = Id<GroupTag>;
using PoolId = Id<PoolTag>;
using RuleId = Id<RuleTag>;
using CalendarId = Id<CalendarTag>;
using JobId = Id<JobTag>;
using FileId = Id<FileTag>;
using ApiKeyId = Id<ApiKeyTag>;
using InvitationId = Id<InvitationTag>;
using WorkspaceId = Id<WorkspaceTag>;
using CommandId = Id<CommandTag>;  // the first 16 bytes of an HMAC or a random one, not a time-ordered ULID

template <class Tag>
std::string format_id(Id<Tag> id) {
  return std::string(Tag::kPrefix) + format_ulid(id.ulid);
}
std::string format_id(std::string_view prefix, Ulid ulid);

// Splits "abc_01J…" into its ULID when the prefix is this one.
std::optional<Ulid> parse_prefixed(std::string_view prefix, std::string_view text);

template <class Tag>
std::optional<Id<Tag>> parse_id(std::string_view text) {
  if (auto ulid = parse_prefixed(Tag::kPrefix, text)) return Id<Tag>{*ulid};
  return std::nullopt;
}

// The fresh ids of one commit, a pure function of its time and seed (log.md, Values): equal inputs, equal ids.
// The last 16 bits of a record's id are its item's index, so that the rows of one commit sort in file order; what is
// no item counts down from the top.
class IdSource {
 public:
  IdSource(std::int64_t time_ms, std::uint64_t seed) : time_ms_(time_ms), seed_(seed) {}

  Ulid item(std::uint16_t index) const { return make(index); }
  Ulid other() { return make(static_cast<std::uint16_t>(0xFFFF - others_++)); }
  std::uint64_t seed() const { return seed_; }

 private:
  Ulid make(std::uint16_t last) const;

  std::int64_t time_ms_;
  std::uint64_t seed_;
  std::uint16_t others_ = 0;
};

struct UlidHash {
  std::size_t operator()(Ulid ulid) const {
    return static_cast<std::size_t>(ulid.low * 0x9E3779B97F4A7C15ull ^ ulid.high);
  }
};

}  // namespace highseas::base

template <>
struct std::hash<highseas::base::Ulid> : highseas::base::UlidHash {};

template <class Tag>
struct std::hash<highseas::base::Id<Tag>> {
  std::size_t operator()(highseas::base::Id<Tag> id) const { return highseas::base::UlidHash{}(id.ulid); }
};
