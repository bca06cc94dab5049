// shapes — the table of operations, a line each.
#include "api/openapi/shapes.hpp"

#include <algorithm>

namespace highseas::api {
namespace {

// clang-format off
constexpr OperationShape kShapes[] = {
    {"set_up", "SetUp", 201, "NewSession"},
    {"log_in", "LogIn", 201, "NewSession"},
    {"list_sessions", "", 200, "Session[]"},
    {"log_out", "", 204, ""},
    {"end_session", "", 204, ""},
    {"get_me", "", 200, "Me"},
    {"change_password", "PasswordChange", 204, ""},
    {"accept_invitation", "NewPassword", 201, "NewSession"},
    {"list_members", "", 200, "Member[]"},
    {"invite_member", "Invitation", 201, "Invited"},
    {"get_member", "", 200, "Member"},
    {"change_member", "MemberPatch", 200, "Member"},
    {"deactivate_member", "HandOver", 202, "Job"},
    {"get_effective_permissions", "", 200, "Permissions"},
    {"list_departments", "", 200, "Department[]"},
    {"add_department", "DepartmentInput", 201, "Department"},
    {"get_department", "", 200, "Department"},
    {"change_department", "DepartmentPatch", 200, "Department"},
    {"remove_department", "", 204, ""},
    {"list_roles", "", 200, "Role[]"},
    {"list_permission_groups", "", 200, "PermissionGroup[]"},
    {"list_calendars", "", 200, "Calendar[]"},
    {"list_api_keys", "", 200, "ApiKey[]"},
    {"issue_api_key", "ApiKeyInput", 201, "NewApiKey"},
    {"revoke_api_key", "", 204, ""},
    {"list_forms", "", 200, "Form[]"},
    {"get_form", "", 200, "Form"},
    {"change_form", "FormPatch", 200, "Form"},
    {"get_dedup_rules", "", 200, "DedupRules"},
    {"change_dedup_rules", "DedupRules", 200, "DedupRulesChanged"},
    {"list_pools", "", 200, "Pool[]"},
    {"add_pool", "PoolInput", 201, "Pool"},
    {"get_pool", "", 200, "Pool"},
    {"change_pool", "PoolPatch", 200, "Pool"},
    {"remove_pool", "", 204, ""},
    {"get_pool_stats", "", 200, "Figures"},
    {"list_recycle_rules", "", 200, "RecycleRule[]"},
    {"get_recycle_rule", "", 200, "RecycleRule"},
    {"list_recycle_rule_versions", "", 200, "RecycleRuleVersion[]"},
    {"preview_recycle_rule", "PreviewRequest", 200, "Preview"},
    {"list_preview_items", "", 200, "PreviewItem[]"},
    {"publish_recycle_rule", "PublishRequest", 202, "Published"},
    {"switch_recycle_rule", "Switch", 200, "RecycleRule"},
    {"run_recycle_rules", "", 202, "Job"},
    {"list_jobs", "", 200, "Job[]"},
    {"get_job", "", 200, "Job"},
    {"list_job_items", "", 200, "JobItem[]"},
    {"cancel_job", "", 200, "Job"},
    {"add_file", "Upload", 201, "File"},
    {"get_file", "", 200, "Binary", "application/octet-stream"},
    {"start_import", "ImportRequest", 202, "Job"},
    {"get_import_errors", "", 200, "Text", "text/csv"},
    {"get_pool_report", "", 200, "Report"},
    {"get_follow_up_report", "", 200, "Report"},
    {"get_audit_head", "", 200, "AuditHead"},
    {"list_audit_commits", "", 200, "AuditCommit", "application/x-ndjson"},
    {"list_access", "", 200, "AccessEntry[]"},
    {"get_health", "", 200, "Health"},
    {"get_readiness", "", 200, "Readiness"},
    {"get_metrics", "", 200, "Text", "text/plain"},
    {"get_openapi", "", 200, "Figures"},
    {"get_welcome", "", 200, "Text", "text/html"},
    {"advance_test_clock", "ClockAdvance", 200, "ClockNow"},
    {"release_test_clock", "", 200, "ClockNow"},
    {"accept_clock", "", 200, "ClockNow"},
    {"list_records", "", 200, "@List"},
    {"create_record", "@Input", 201, "@Record"},
    {"write_batch", "@Batch", 200, "BatchResults"},
    {"check_duplicates", "@Patch", 200, "Duplicates"},
    {"get_record", "", 200, "@Record"},
    {"change_record", "@Patch", 200, "@Record"},
    {"delete_record", "", 204, ""},
    {"restore_record", "", 200, "@Record"},
    {"get_history", "", 200, "HistoryEvent[]"},
    {"write_follow_up", "FollowUpsInput", 201, "FollowUpsRecord"},
    {"get_recycle_forecast", "", 200, "Figures"},
    {"claim_record", "", 200, "@Record"},
    {"assign_record", "Assignment", 200, "@Record"},
    {"transfer_record", "Transfer", 200, "@Record"},
    {"release_record", "Release", 200, "@Record"},
    {"move_record", "Move", 200, "@Record"},
    {"lock_record", "Lock", 200, "@Record"},
    {"claim_records", "ManyIds", 200, "BatchResults"},
    {"assign_records", "ManyAssignment", 200, "BatchResults"},
    {"transfer_records", "ManyTransfer", 200, "BatchResults"},
    {"release_records", "ManyRelease", 200, "BatchResults"},
    {"move_records", "ManyMove", 200, "BatchResults"},
    {"lock_records", "ManyLock", 200, "BatchResults"},
};
// clang-format on

}  // namespace

const OperationShape* shape_of(std::string_view operation) {
  const auto found = std::ranges::find(kShapes, operation, &OperationShape::operation);
  return found == std::ranges::end(kShapes) ? nullptr : found;
}

}  // namespace highseas::api
