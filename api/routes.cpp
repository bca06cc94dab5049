// routes — the route table. A literal part of a pattern wins over a parameter in its place.
#include "api/routes.hpp"

#include "api/handlers.hpp"

namespace highseas::api {
namespace {

using enum Access;

// clang-format off
constexpr Route kRoutes[] = {
    // sessions and start
    {"POST", "/v1/setup", "set_up", set_up, anybody, Body::json, "", "开通企业", "Open the workspace with the one-time token"},
    {"POST", "/v1/sessions", "log_in", log_in, anybody, Body::json, "", "登录", "Log in"},
    {"GET", "/v1/sessions", "list_sessions", list_sessions, member, Body::none, "limit cursor", "我的登录", "My sessions"},
    {"DELETE", "/v1/sessions/current", "log_out", log_out, member, Body::none, "", "退出登录", "Log out"},
    {"DELETE", "/v1/sessions/{id}", "end_session", end_session, member, Body::none, "", "结束一个登录", "End one of my sessions"},
    {"GET", "/v1/me", "get_me", get_me, member, Body::none, "", "我是谁", "Who I am and what I may do"},
    {"PUT", "/v1/me/password", "change_password", change_password, member, Body::json, "", "修改密码", "Change my password"},
    {"POST", "/v1/invitations/{token}/accept", "accept_invitation", accept_invitation, anybody, Body::json, "", "接受邀请", "Accept an invitation"},
    // directory and design
    {"GET", "/v1/members", "list_members", list_members, member, Body::none, "limit cursor", "成员列表", "Members"},
    {"POST", "/v1/members/invite", "invite_member", invite_member, member, Body::json, "", "邀请成员", "Invite a member"},
    {"GET", "/v1/members/{id}", "get_member", get_member, member, Body::none, "", "成员", "One member"},
    {"PATCH", "/v1/members/{id}", "change_member", change_member, member, Body::merge_patch, "", "修改成员", "Change a member"},
    {"POST", "/v1/members/{id}/deactivate", "deactivate_member", deactivate_member, member, Body::optional_json, "", "停用成员并交接", "Deactivate a member and hand over"},
    {"GET", "/v1/members/{id}/effective-permissions", "get_effective_permissions", get_effective_permissions, member, Body::none, "", "成员的实际权限", "What a member may do"},
    {"GET", "/v1/departments", "list_departments", list_departments, member, Body::none, "limit cursor", "部门列表", "Departments"},
    {"POST", "/v1/departments", "add_department", add_department, member, Body::json, "", "新建部门", "Add a department"},
    {"GET", "/v1/departments/{id}", "get_department", get_department, member, Body::none, "", "部门", "One department"},
    {"PATCH", "/v1/departments/{id}", "change_department", change_department, member, Body::merge_patch, "", "修改部门", "Change a department"},
    {"DELETE", "/v1/departments/{id}", "remove_department", remove_department, member, Body::none, "", "删除空部门", "Remove an empty department"},
    {"GET", "/v1/roles", "list_roles", list_roles, member, Body::none, "limit cursor", "角色列表", "Roles"},
    {"GET", "/v1/permission-groups", "list_permission_groups", list_permission_groups, member, Body::none, "limit cursor", "权限组列表", "Permission groups"},
    {"GET", "/v1/calendars", "list_calendars", list_calendars, member, Body::none, "limit cursor", "工作日历", "Calendars"},
    {"GET", "/v1/api-keys", "list_api_keys", list_api_keys, member, Body::none, "limit cursor", "接口密钥列表", "API keys"},
    {"POST", "/v1/api-keys", "issue_api_key", issue_api_key, member, Body::json, "", "签发接口密钥", "Issue an API key"},
    {"DELETE", "/v1/api-keys/{id}", "revoke_api_key", revoke_api_key, member, Body::none, "", "吊销接口密钥", "Revoke an API key"},
    {"GET", "/v1/forms", "list_forms", list_forms, member, Body::none, "limit cursor", "表单列表", "Forms"},
    {"GET", "/v1/forms/{slug}", "get_form", get_form, member, Body::none, "", "表单定义", "A form"},
    {"PATCH", "/v1/forms/{slug}", "change_form", change_form, member, Body::merge_patch, "", "修改表单", "Change a form"},
    {"GET", "/v1/forms/{slug}/dedup", "get_dedup_rules", get_dedup_rules, member, Body::none, "", "查重规则", "Dedup rules"},
    {"PUT", "/v1/forms/{slug}/dedup", "change_dedup_rules", change_dedup_rules, member, Body::json, "", "修改查重规则", "Change dedup rules"},
    // pools and rules
    {"GET", "/v1/pools", "list_pools", list_pools, member, Body::none, "limit cursor", "公海列表", "Pools"},
    {"POST", "/v1/pools", "add_pool", add_pool, member, Body::json, "", "新建公海", "Add a pool"},
    {"GET", "/v1/pools/{id}", "get_pool", get_pool, member, Body::none, "", "公海", "One pool"},
    {"PATCH", "/v1/pools/{id}", "change_pool", change_pool, member, Body::merge_patch, "", "修改公海", "Change a pool"},
    {"DELETE", "/v1/pools/{id}", "remove_pool", remove_pool, member, Body::none, "", "删除空公海", "Remove an empty pool"},
    {"GET", "/v1/pools/{id}/stats", "get_pool_stats", get_pool_stats, member, Body::none, "", "公海统计", "Figures of a pool"},
    {"GET", "/v1/recycle-rules", "list_recycle_rules", list_recycle_rules, member, Body::none, "limit cursor", "回收规则列表", "Recycle rules"},
    {"GET", "/v1/recycle-rules/{id}", "get_recycle_rule", get_recycle_rule, member, Body::none, "", "回收规则", "A recycle rule"},
    {"GET", "/v1/recycle-rules/{id}/versions", "list_recycle_rule_versions", list_recycle_rule_versions, member, Body::none, "limit cursor", "回收规则的版本", "Versions of a rule"},
    {"POST", "/v1/recycle-rules/preview", "preview_recycle_rule", preview_recycle_rule, member, Body::json, "limit", "预览回收规则", "Preview a draft"},
    {"GET", "/v1/recycle-rules/previews/{token}/items", "list_preview_items", list_preview_items, member, Body::none, "limit cursor", "预览明细", "Records of a preview"},
    {"POST", "/v1/recycle-rules/publish", "publish_recycle_rule", publish_recycle_rule, member, Body::json, "", "发布回收规则", "Publish a previewed draft"},
    {"POST", "/v1/recycle-rules/{id}/switch", "switch_recycle_rule", switch_recycle_rule, member, Body::json, "", "启用或停用回收规则", "Switch a rule on or off"},
    {"POST", "/v1/recycle-rules/run", "run_recycle_rules", run_recycle_rules, member, Body::none, "", "立即回收到期客户", "Sweep now"},
    // jobs, files, imports
    {"GET", "/v1/jobs", "list_jobs", list_jobs, member, Body::none, "limit cursor type", "任务列表", "Jobs"},
    {"GET", "/v1/jobs/{id}", "get_job", get_job, member, Body::none, "", "任务", "A job"},
    {"GET", "/v1/jobs/{id}/items", "list_job_items", list_job_items, member, Body::none, "limit cursor", "任务明细", "Items of a job"},
    {"POST", "/v1/jobs/{id}/cancel", "cancel_job", cancel_job, member, Body::none, "", "取消任务", "Cancel a job"},
    {"POST", "/v1/files", "add_file", add_file, member, Body::multipart, "", "上传文件", "Bring in a file"},
    {"GET", "/v1/files/{id}", "get_file", get_file, member, Body::none, "", "下载文件", "Download a file"},
    {"POST", "/v1/imports", "start_import", start_import, member, Body::json, "", "导入", "Start an import, or try it"},
    {"GET", "/v1/imports/{id}/errors.csv", "get_import_errors", get_import_errors, member, Body::none, "", "导入失败的行", "Refused rows as CSV"},
    // reports and audit
    {"GET", "/v1/reports/pool", "get_pool_report", get_pool_report, member, Body::none, "from to group_by pool", "公海报表", "Pool report"},
    {"GET", "/v1/reports/follow-ups", "get_follow_up_report", get_follow_up_report, member, Body::none, "from to group_by member department", "跟进报表", "Follow-up report"},
    {"GET", "/v1/audit/head", "get_audit_head", get_audit_head, member, Body::none, "", "日志头", "Head of the log"},
    {"GET", "/v1/audit/commits", "list_audit_commits", list_audit_commits, member, Body::none, "from limit", "日志提交", "Commits of the log"},
    {"GET", "/v1/audit/access", "list_access", list_access, member, Body::none, "limit cursor member kind", "访问记录", "Log-ins, failed ones, and what became of sessions, passwords and keys"},
    // operating
    {"GET", "/healthz", "get_health", get_health, anybody, Body::none, "", "存活", "Alive"},
    {"GET", "/readyz", "get_readiness", get_readiness, anybody, Body::none, "", "就绪", "Ready"},
    {"GET", "/metrics", "get_metrics", get_metrics, anybody, Body::none, "", "指标", "Metrics"},
    {"GET", "/openapi.json", "get_openapi", get_openapi, guest, Body::none, "", "接口文档", "This description"},
    {"GET", "/", "get_welcome", get_welcome, anybody, Body::none, "", "欢迎", "Welcome"},
    {"GET", "/docs", "get_docs", get_docs, anybody, Body::none, "", "接口一览", "The API at a glance"},
    {"POST", "/v1/test-clock/advance", "advance_test_clock", advance_test_clock, member, Body::json, "", "推进测试时钟", "Advance the test clock"},
    {"POST", "/v1/test-clock/release", "release_test_clock", release_test_clock, member, Body::none, "", "释放测试时钟", "Release the test clock"},
    {"POST", "/v1/clock/accept", "accept_clock", accept_clock, member, Body::none, "", "确认时钟", "Accept the real clock"},
    // records of any form
    {"GET", "/v1/{form}", "list_records", list_records, member, Body::none, "filter sort fields limit cursor count bin", "列表", "List records"},
    {"POST", "/v1/{form}", "create_record", create_record, member, Body::json, "", "新建", "Create a record"},
    {"POST", "/v1/{form}/batch", "write_batch", write_batch, member, Body::json, "", "批量写入", "Write many records"},
    {"POST", "/v1/{form}/check-duplicates", "check_duplicates", check_duplicates, member, Body::json, "", "查重", "Check for duplicates"},
    {"GET", "/v1/{form}/{id}", "get_record", get_record, member, Body::none, "expand bin", "查看", "One record"},
    {"PATCH", "/v1/{form}/{id}", "change_record", change_record, member, Body::merge_patch, "", "修改", "Change a record"},
    {"DELETE", "/v1/{form}/{id}", "delete_record", delete_record, member, Body::none, "", "删除到回收站", "Delete a record"},
    {"POST", "/v1/{form}/{id}/restore", "restore_record", restore_record, member, Body::none, "", "恢复", "Restore a deleted record"},
    {"GET", "/v1/{form}/{id}/history", "get_history", get_history, member, Body::none, "limit cursor bin", "历史", "History of a record"},
    {"POST", "/v1/{form}/{id}/follow-ups", "write_follow_up", write_follow_up, member, Body::json, "", "写跟进", "Write a follow-up"},
    {"GET", "/v1/{form}/{id}/recycle-forecast", "get_recycle_forecast", get_recycle_forecast, member, Body::none, "", "预计回收", "When it goes back to the pool, and why"},
    {"POST", "/v1/{form}/{id}/claim", "claim_record", claim_record, member, Body::optional_json, "", "领取", "Claim"},
    {"POST", "/v1/{form}/{id}/assign", "assign_record", assign_record, member, Body::json, "", "分配", "Assign"},
    {"POST", "/v1/{form}/{id}/transfer", "transfer_record", transfer_record, member, Body::json, "", "转移", "Transfer"},
    {"POST", "/v1/{form}/{id}/release", "release_record", release_record, member, Body::optional_json, "", "退回公海", "Release"},
    {"POST", "/v1/{form}/{id}/move", "move_record", move_record, member, Body::json, "", "移动到其他公海", "Move to another pool"},
    {"POST", "/v1/{form}/{id}/lock", "lock_record", lock_record, member, Body::json, "", "锁定", "Lock"},
    {"POST", "/v1/{form}/claim", "claim_records", claim_records, member, Body::json, "", "批量领取", "Claim many"},
    {"POST", "/v1/{form}/assign", "assign_records", assign_records, member, Body::json, "", "批量分配", "Assign many"},
    {"POST", "/v1/{form}/transfer", "transfer_records", transfer_records, member, Body::json, "", "批量转移", "Transfer many"},
    {"POST", "/v1/{form}/release", "release_records", release_records, member, Body::json, "", "批量退回", "Release many"},
    {"POST", "/v1/{form}/move", "move_records", move_records, member, Body::json, "", "批量移动", "Move many"},
    {"POST", "/v1/{form}/lock", "lock_records", lock_records, member, Body::json, "", "批量锁定", "Lock many"},
};
// clang-format on

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

}  // namespace highseas::api
