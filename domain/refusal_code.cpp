// refusal_code — the codes' keys, and back.
#include "domain/refusal_code.hpp"

#include "base/assert.hpp"

namespace highseas::domain {
std::string_view refusal_key(RefusalCode code) {
  switch (code) {
    case RefusalCode::none:
      return "none";
    case RefusalCode::forbidden:
      return "forbidden";
    case RefusalCode::not_found:
      return "not-found";
    case RefusalCode::already_owned:
      return "already-owned";
    case RefusalCode::daily_claim_limit:
      return "daily-claim-limit";
    case RefusalCode::holding_limit:
      return "holding-limit";
    case RefusalCode::cool_down:
      return "cool-down";
    case RefusalCode::new_in_pool:
      return "new-in-pool";
    case RefusalCode::not_a_claimer:
      return "not-a-claimer";
    case RefusalCode::not_owned:
      return "not-owned";
    case RefusalCode::not_in_pool:
      return "not-in-pool";
    case RefusalCode::unknown_member:
      return "unknown-member";
    case RefusalCode::version_conflict:
      return "version-conflict";
    case RefusalCode::duplicate_record:
      return "duplicate-record";
    case RefusalCode::required:
      return "required";
    case RefusalCode::unknown_field:
      return "unknown-field";
    case RefusalCode::read_only_field:
      return "read-only-field";
    case RefusalCode::use_action:
      return "use-action";
    case RefusalCode::wrong_type:
      return "wrong-type";
    case RefusalCode::out_of_range:
      return "out-of-range";
    case RefusalCode::too_long:
      return "too-long";
    case RefusalCode::unknown_choice:
      return "unknown-choice";
    case RefusalCode::unknown_reference:
      return "unknown-reference";
    case RefusalCode::too_many_choices:
      return "too-many-choices";
    case RefusalCode::too_many_decimals:
      return "too-many-decimals";
    case RefusalCode::owner_and_pool:
      return "owner-and-pool";
    case RefusalCode::unknown_pool:
      return "unknown-pool";
    case RefusalCode::pool_not_empty:
      return "pool-not-empty";
    case RefusalCode::pool_in_use:
      return "pool-in-use";
    case RefusalCode::field_in_use:
      return "field-in-use";
    case RefusalCode::field_type_fixed:
      return "field-type-fixed";
    case RefusalCode::system_field:
      return "system-field";
    case RefusalCode::key_taken:
      return "key-taken";
    case RefusalCode::invalid_key:
      return "invalid-key";
    case RefusalCode::bad_expression:
      return "bad-expression";
    case RefusalCode::not_allowed_here:
      return "not-allowed-here";
    case RefusalCode::not_yet:
      return "not-yet";
    case RefusalCode::no_triggers:
      return "no-triggers";
    case RefusalCode::preview_stale:
      return "preview-stale";
    case RefusalCode::still_owns:
      return "still-owns";
    case RefusalCode::email_taken:
      return "email-taken";
    case RefusalCode::unknown_role:
      return "unknown-role";
    case RefusalCode::unknown_department:
      return "unknown-department";
    case RefusalCode::not_active:
      return "not-active";
    case RefusalCode::last_admin:
      return "last-admin";
    case RefusalCode::invitation_used:
      return "invitation-used";
    case RefusalCode::already_set_up:
      return "already-set-up";
    case RefusalCode::in_the_future:
      return "in-the-future";
    case RefusalCode::before_now:
      return "before-now";
    case RefusalCode::clock_not_test:
      return "clock-not-test";
    case RefusalCode::job_ended:
      return "job-ended";
    case RefusalCode::batch_refused:
      return "batch-refused";
    case RefusalCode::deleted:
      return "deleted";
    case RefusalCode::unknown_form:
      return "unknown-form";
    case RefusalCode::department_not_empty:
      return "department-not-empty";
    case RefusalCode::cycle:
      return "cycle";
    case RefusalCode::unknown_rule:
      return "unknown-rule";
    case RefusalCode::share_not_accepted:
      return "share-not-accepted";
    case RefusalCode::too_early:
      return "too-early";
    case RefusalCode::locked_pool:
      return "locked-pool";
    case RefusalCode::invalid_value:
      return "invalid-value";
    case RefusalCode::name_taken:
      return "name-taken";
    case RefusalCode::commit_too_large:
      return "commit-too-large";
    case RefusalCode::not_due:
      return "not-due";
    case RefusalCode::no_method:
      return "no-method";
    case RefusalCode::ambiguous:
      return "ambiguous";
  }
  HS_ASSERT(!"refusal code");
  return {};
}

std::optional<RefusalCode> refusal_of(std::string_view key) {
  for (std::uint16_t number = 0; number <= static_cast<std::uint16_t>(kLastRefusalCode); ++number) {
    const auto code = static_cast<RefusalCode>(number);
    if (refusal_key(code) == key) return code;
  }
  return std::nullopt;
}

}  // namespace highseas::domain
