// handlers — one function a route; each lives in a file of its own name below commands/ or queries/.
#pragma once

#include "api/app.hpp"

namespace highseas::api {

// sessions and start
void set_up(App& app, const CallPtr& call);
void log_in(App& app, const CallPtr& call);
void list_sessions(App& app, const CallPtr& call);
void log_out(App& app, const CallPtr& call);
void end_session(App& app, const CallPtr& call);
void get_me(App& app, const CallPtr& call);
void change_password(App& app, const CallPtr& call);
void accept_invitation(App& app, const CallPtr& call);

// directory and design
void list_members(App& app, const CallPtr& call);
void invite_member(App& app, const CallPtr& call);
void get_member(App& app, const CallPtr& call);
void change_member(App& app, const CallPtr& call);
void deactivate_member(App& app, const CallPtr& call);
void get_effective_permissions(App& app, const CallPtr& call);
void list_departments(App& app, const CallPtr& call);
void add_department(App& app, const CallPtr& call);
void get_department(App& app, const CallPtr& call);
void change_department(App& app, const CallPtr& call);
void remove_department(App& app, const CallPtr& call);
void list_roles(App& app, const CallPtr& call);
void list_permission_groups(App& app, const CallPtr& call);
void list_calendars(App& app, const CallPtr& call);
void list_api_keys(App& app, const CallPtr& call);
void issue_api_key(App& app, const CallPtr& call);
void revoke_api_key(App& app, const CallPtr& call);
void list_forms(App& app, const CallPtr& call);
void get_form(App& app, const CallPtr& call);
void change_form(App& app, const CallPtr& call);
void get_dedup_rules(App& app, const CallPtr& call);
void change_dedup_rules(App& app, const CallPtr& call);

// pools and rules
void list_pools(App& app, const CallPtr& call);
void add_pool(App& app, const CallPtr& call);
void get_pool(App& app, const CallPtr& call);
void change_pool(App& app, const CallPtr& call);
void remove_pool(App& app, const CallPtr& call);
void get_pool_stats(App& app, const CallPtr& call);
void list_recycle_rules(App& app, const CallPtr& call);
void get_recycle_rule(App& app, const CallPtr& call);
void list_recycle_rule_versions(App& app, const CallPtr& call);
void preview_recycle_rule(App& app, const CallPtr& call);
void list_preview_items(App& app, const CallPtr& call);
void publish_recycle_rule(App& app, const CallPtr& call);
void switch_recycle_rule(App& app, const CallPtr& call);
void run_recycle_rules(App& app, const CallPtr& call);

// jobs, files, imports
void list_jobs(App& app, const CallPtr& call);
void get_job(App& app, const CallPtr& call);
void list_job_items(App& app, const CallPtr& call);
void cancel_job(App& app, const CallPtr& call);
void add_file(App& app, const CallPtr& call);
void get_file(App& app, const CallPtr& call);
void start_import(App& app, const CallPtr& call);
void get_import_errors(App& app, const CallPtr& call);

// reports and audit
void get_pool_report(App& app, const CallPtr& call);
void get_follow_up_report(App& app, const CallPtr& call);
void get_audit_head(App& app, const CallPtr& call);
void list_audit_commits(App& app, const CallPtr& call);
void list_access(App& app, const CallPtr& call);

// operating
void get_health(App& app, const CallPtr& call);
void get_readiness(App& app, const CallPtr& call);
void get_metrics(App& app, const CallPtr& call);
void get_openapi(App& app, const CallPtr& call);
void get_welcome(App& app, const CallPtr& call);
void get_docs(App& app, const CallPtr& call);
void advance_test_clock(App& app, const CallPtr& call);
void release_test_clock(App& app, const CallPtr& call);
void accept_clock(App& app, const CallPtr& call);

// records of any form
void list_records(App& app, const CallPtr& call);
void create_record(App& app, const CallPtr& call);
void write_batch(App& app, const CallPtr& call);
void check_duplicates(App& app, const CallPtr& call);
void get_record(App& app, const CallPtr& call);
void change_record(App& app, const CallPtr& call);
void delete_record(App& app, const CallPtr& call);
void restore_record(App& app, const CallPtr& call);
void get_history(App& app, const CallPtr& call);
void write_follow_up(App& app, const CallPtr& call);
void get_recycle_forecast(App& app, const CallPtr& call);
void claim_record(App& app, const CallPtr& call);
void assign_record(App& app, const CallPtr& call);
void transfer_record(App& app, const CallPtr& call);
void release_record(App& app, const CallPtr& call);
void move_record(App& app, const CallPtr& call);
void lock_record(App& app, const CallPtr& call);
void claim_records(App& app, const CallPtr& call);
void assign_records(App& app, const CallPtr& call);
void transfer_records(App& app, const CallPtr& call);
void release_records(App& app, const CallPtr& call);
void move_records(App& app, const CallPtr& call);
void lock_records(App& app, const CallPtr& call);

}  // namespace highseas::api
