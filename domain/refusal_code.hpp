// refusal_code — the closed list of reasons for which a command is refused. Numbers are stored in outcomes: never
// reused.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace highseas::domain {

enum class RefusalCode : std::uint16_t {
  none = 0,
  forbidden = 1,
  not_found = 2,
  already_owned = 3,
  daily_claim_limit = 4,
  holding_limit = 5,
  cool_down = 6,
  new_in_pool = 7,
  not_a_claimer = 8,
  not_owned = 9,
  not_in_pool = 10,
  unknown_member = 11,
  version_conflict = 12,
  duplicate_record = 13,
  required = 14,
  unknown_field = 15,
  read_only_field = 16,
  use_action = 17,
  wrong_type = 18,
  out_of_range = 19,
  too_long = 20,
  unknown_choice = 21,
  unknown_reference = 22,
  too_many_choices = 23,
  too_many_decimals = 24,
  owner_and_pool = 25,
  unknown_pool = 26,
  pool_not_empty = 27,
  field_in_use = 28,
  field_type_fixed = 29,
  system_field = 30,
  key_taken = 31,
  invalid_key = 32,
  bad_expression = 33,
  not_allowed_here = 34,
  not_yet = 35,
  no_triggers = 36,
  preview_stale = 37,
  still_owns = 38,
  email_taken = 39,
  unknown_role = 40,
  unknown_department = 41,
  not_active = 42,
  last_admin = 43,
  invitation_used = 44,
  already_set_up = 45,
  in_the_future = 46,
  before_now = 47,
  clock_not_test = 48,
  job_ended = 49,
  batch_refused = 50,  // of an atomic batch: another item was refused
  deleted = 51,
  unknown_form = 52,
  department_not_empty = 53,
  cycle = 54,
  unknown_rule = 55,
  share_not_accepted = 56,
  too_early = 57,
  locked_pool = 58,
  invalid_value = 59,
  name_taken = 60,
  commit_too_large = 61,
  not_due = 62,
  no_method = 63,
  pool_in_use = 64,  // a rule that is switched on names it
  ambiguous = 65,    // several are called so
};

inline constexpr auto kLastRefusalCode = RefusalCode::ambiguous;

// "already-owned": as the API and the logs name it.
std::string_view refusal_key(RefusalCode code);
std::optional<RefusalCode> refusal_of(std::string_view key);

}  // namespace highseas::domain
