// directory_examples — of members, departments, API keys, jobs, files, workspaces and names.
#include "domain/directory/department_decider.hpp"
#include "domain/directory/directory_decider.hpp"
#include "domain/faults.hpp"
#include "domain/files/file_decider.hpp"
#include "domain/jobs/job_decider.hpp"
#include "domain/workspace/server_decider.hpp"
#include "expression/expression.hpp"
#include "tests/domain/refusals/examples.hpp"

namespace highseas::domain::tests {
namespace {

using Code = RefusalCode;

const base::RoleId kNoRole{{1, 99}};
const base::DepartmentId kNoDepartment{{7, 99}};
const base::JobId kJob{{4, 1}};

std::vector<base::RoleId> salespeople(const Company& c) {
  return {c.workspace.role_by_key(kSalesperson)->id};
}

RefusalExample inviting(Code code, std::string_view when, std::function<void(InviteMember&)> but) {
  return {"decide_invite_member", code, when, [=](Company& c) {
            InviteMember command{
                .name = "李雷", .email = "li.lei@example.com", .roles = salespeople(c), .departments = {c.east}};
            but(command);
            return decide_invite_member(command, Asking(c, c.admin));
          }};
}

RefusalExample changing(Code code, std::string_view when, std::function<void(ChangeMember&, const Company&)> but) {
  return {"decide_change_member", code, when, [=](Company& c) {
            ChangeMember command{.member = c.east_seller, .name = {}, .email = {}, .roles = {}, .departments = {}};
            but(command, c);
            return decide_change_member(command, Asking(c, c.admin));
          }};
}

RefusalExample deactivating(Code code, std::string_view when,
                            std::function<void(DeactivateMember&, DeactivationFacts&, const Company&)> but) {
  return {"decide_deactivate_member", code, when, [=](Company& c) {
            DeactivateMember command{.member = c.east_seller, .hand_over_to = {}};
            DeactivationFacts facts;
            but(command, facts, c);
            return decide_deactivate_member(facts, command, Asking(c, c.admin));
          }};
}

JobFacts handing_over(const Company& c) {
  return {.exists = true,
          .started = {.job = kJob,
                      .member = c.admin,
                      .plan = HandOverPlan{.member = c.east_seller, .to = c.west_seller},
                      .total = 1}};
}
Decision finish(const Company& c, base::MemberId who, const JobFacts& job, const DeactivationFacts& facts = {}) {
  return decide_finish_deactivation(job, facts, {kJob}, Asking(c, who));
}

RefusalExample adding_department(Code code, std::string_view when,
                                 std::function<void(Department&, const Company&)> but) {
  return {"decide_add_department", code, when, [=](Company& c) {
            Department department{.id = {},
                                  .name = "华北",
                                  .parent = c.head_office,
                                  .managers = {},
                                  .customer_pool = std::nullopt,
                                  .removed = false};
            but(department, c);
            return decide_add_department({department}, Asking(c, c.admin));
          }};
}
RefusalExample changing_department(Code code, std::string_view when,
                                   std::function<void(Department&, const Company&)> but) {
  return {"decide_change_department", code, when, [=](Company& c) {
            auto department = c.workspace.departments.at(c.east);
            but(department, c);
            return decide_change_department({department}, Asking(c, c.admin));
          }};
}

StartImport import_of_names(const Company&) {
  StartImport command;
  command.plan.file = base::FileId{{6, 1}};
  command.plan.form = shipped::kCustomers;
  command.plan.columns = {shipped::customers::kName};
  return command;
}
RefusalExample importing(Code code, std::string_view when, std::function<void(ImportPlan&, const Company&)> but,
                         bool file_known = true) {
  return {"decide_start_import", code, when, [=](Company& c) {
            for (auto& field : c.workspace.forms.at(shipped::kCustomers).fields) {
              if (field.number == shipped::customers::kScale) field.read_only = true;
            }
            auto command = import_of_names(c);
            but(command.plan, c);
            return decide_start_import({.file_known = file_known}, command, Asking(c, c.admin));
          }};
}
JobFacts importing_job(const Company& c, JobState state) {
  return {.exists = true,
          .started = {.job = kJob, .member = c.east_seller, .plan = ImportPlan{}, .total = 9},
          .state = state,
          .done = 3};
}
EndJob end_as(JobState state) {
  return {.job = kJob, .state = state, .error = Code::none};
}

AddFile a_file(std::string name, std::uint64_t size = 9) {
  return {{.file = base::FileId{{6, 1}},
           .added_by = {},
           .size = size,
           .media_type = "text/csv",
           .sha256 = {},
           .name = std::move(name)}};
}
Decision add_file(const Company& c, base::MemberId who, const AddFile& command) {
  return decide_add_file(false, command, Asking(c, who));
}

OpenWorkspace opening_but(const std::function<void(OpenWorkspace&)>& but) {
  auto command = opening_command();
  but(command);
  return command;
}
Decision open(const OpenWorkspace& command, bool already_open = false) {
  auto facts = opening_facts();
  facts.already_open = already_open;
  base::IdSource ids(kStart.ms, 1);
  return decide_open_workspace(facts, command, kStart, ids);
}

ClockFacts clock(bool is_test) {
  return {.log_is_empty = false, .is_test = is_test, .now = day(10), .real_now = day(300)};
}
Rights of(const Company& c, base::MemberId member) {
  return Rights::of_member(c.workspace, member);
}

std::vector<RefusalExample> of_members() {
  return {
      {"decide_invite_member", Code::forbidden, "she is no admin",
       [](Company& c) { return decide_invite_member({}, Asking(c, c.east_manager)); }},
      inviting(Code::required, "no address is given", [](auto& command) { command.email.clear(); }),
      inviting(Code::too_long, "the name is longer than a name",
               [](auto& command) { command.name = std::string(kNameLengthMax + 1, 'a'); }),
      inviting(Code::invalid_value, "the address is none", [](auto& command) { command.email = "li.lei"; }),
      inviting(Code::email_taken, "somebody has the address",
               [](auto& command) { command.email = "EAST.seller@example.com"; }),
      inviting(Code::unknown_role, "a role is none", [](auto& command) { command.roles = {kNoRole}; }),
      inviting(Code::unknown_department, "a department is none",
               [](auto& command) { command.departments = {kNoDepartment}; }),
      {"decide_accept_invitation", Code::not_found, "nobody was invited under that id",
       [](Company& c) { return decide_accept_invitation({c.stranger}, Asking::system(c)); }},
      {"decide_accept_invitation", Code::invitation_used, "she has joined already",
       [](Company& c) { return decide_accept_invitation({c.east_seller}, Asking::system(c)); }},
      {"decide_change_member", Code::forbidden, "she is no admin",
       [](Company& c) {
         return decide_change_member(
             {.member = c.east_seller, .name = "李雷", .email = {}, .roles = {}, .departments = {}},
             Asking(c, c.east_seller));
       }},
      changing(Code::not_found, "there is no such member", [](auto& command, auto& c) { command.member = c.stranger; }),
      changing(Code::required, "her name is taken away", [](auto& command, auto&) { command.name = ""; }),
      changing(Code::invalid_value, "the address is none", [](auto& command, auto&) { command.email = "a@b"; }),
      changing(Code::email_taken, "another has the address",
               [](auto& command, auto&) { command.email = "east.colleague@example.com"; }),
      changing(Code::unknown_role, "a role is none", [](auto& command, auto&) { command.roles = {{kNoRole}}; }),
      changing(Code::unknown_department, "a department is none",
               [](auto& command, auto&) { command.departments = {{kNoDepartment}}; }),
      changing(Code::not_active, "she has left", [](auto& command, auto& c) { command.member = c.gone; }),
      changing(Code::last_admin, "nobody else is an admin",
               [](auto& command, auto& c) {
                 command.member = c.admin;
                 command.roles = salespeople(c);
               }),
  };
}

std::vector<RefusalExample> of_leaving() {
  return {
      {"decide_deactivate_member", Code::forbidden, "she is no admin",
       [](Company& c) {
         return decide_deactivate_member({}, {.member = c.east_seller, .hand_over_to = {}}, Asking(c, c.east_manager));
       }},
      deactivating(Code::not_found, "there is no such member",
                   [](auto& command, auto&, auto& c) { command.member = c.stranger; }),
      deactivating(Code::unknown_member, "the successor has left",
                   [](auto& command, auto&, auto& c) { command.hand_over_to = c.gone; }),
      deactivating(Code::invalid_value, "a successor and release are asked for at once",
                   [](auto& command, auto&, auto& c) {
                     command.hand_over_to = c.east_colleague;
                     command.release = true;
                   }),
      deactivating(Code::last_admin, "nobody else is an admin",
                   [](auto& command, auto&, auto& c) { command.member = c.admin; }),
      deactivating(Code::still_owns, "what becomes of her customers is not said",
                   [](auto&, auto& facts, auto&) { facts.owns = {{shipped::kCustomers, 3}}; }),
      {"decide_finish_deactivation", Code::not_found, "there is no such job",
       [](Company& c) { return finish(c, c.admin, {}); }},
      {"decide_finish_deactivation", Code::forbidden, "for somebody who may not write members any more",
       [](Company& c) { return finish(c, c.east_manager, handing_over(c)); }},
      {"decide_finish_deactivation", Code::job_ended, "the job has ended",
       [](Company& c) {
         auto job = handing_over(c);
         job.state = JobState::failed;
         return finish(c, c.admin, job);
       }},
      {"decide_finish_deactivation", Code::still_owns, "she was given a customer meanwhile",
       [](Company& c) { return finish(c, c.admin, handing_over(c), {.owns = {{shipped::kCustomers, 1}}}); }},
      {"decide_issue_api_key", Code::forbidden, "she is no admin",
       [](Company& c) { return decide_issue_api_key({"网站", "hs_1", {}}, Asking(c, c.east_seller)); }},
      {"decide_issue_api_key", Code::required, "it has no name",
       [](Company& c) { return decide_issue_api_key({"", "hs_1", {}}, Asking(c, c.admin)); }},
      {"decide_issue_api_key", Code::too_long, "its name is longer than a name",
       [](Company& c) {
         return decide_issue_api_key({std::string(kNameLengthMax + 1, 'a'), "hs_1", {}}, Asking(c, c.admin));
       }},
      {"decide_issue_api_key", Code::before_now, "its end lies behind",
       [](Company& c) { return decide_issue_api_key({"网站", "hs_1", kStart}, Asking(c, c.admin)); }},
      {"decide_revoke_api_key", Code::forbidden, "she only reads keys",
       [](Company& c) { return decide_revoke_api_key({base::ApiKeyId{{2, 9}}}, Asking(c, c.auditor)); }},
      {"decide_revoke_api_key", Code::not_found, "there is no such key",
       [](Company& c) { return decide_revoke_api_key({base::ApiKeyId{{2, 9}}}, Asking(c, c.admin)); }},
  };
}

}  // namespace

RefusalsOfFile refusals_of_directory() {
  RefusalsOfFile refusals{"directory/directory_decider.cpp", of_members()};
  for (auto& example : of_leaving()) refusals.examples.push_back(std::move(example));
  return refusals;
}

RefusalsOfFile refusals_of_departments() {
  return {
      "directory/department_decider.cpp",
      {
          {"decide_add_department", Code::forbidden, "she is no admin",
           [](Company& c) { return decide_add_department({}, Asking(c, c.east_manager)); }},
          adding_department(Code::required, "it has no name", [](auto& department, auto&) { department.name = ""; }),
          adding_department(Code::too_long, "its name is longer than a name",
                            [](auto& department, auto&) { department.name = std::string(101, 'a'); }),
          adding_department(Code::unknown_department, "what it is below is none",
                            [](auto& department, auto&) { department.parent = kNoDepartment; }),
          adding_department(Code::name_taken, "its neighbour has the name",
                            [](auto& department, auto&) { department.name = "华东"; }),
          adding_department(Code::unknown_member, "a manager has left",
                            [](auto& department, auto& c) { department.managers = {c.gone}; }),
          adding_department(Code::unknown_pool, "its pool is one of leads",
                            [](auto& department, auto& c) { department.customer_pool = c.lead_pool; }),
          changing_department(Code::not_found, "there is no such department",
                              [](auto& department, auto&) { department.id = kNoDepartment; }),
          {"decide_change_department", Code::forbidden, "she only reads departments",
           [](Company& c) {
             return decide_change_department({c.workspace.departments.at(c.east)}, Asking(c, c.east_manager));
           }},
          changing_department(Code::department_not_empty, "it is to be removed with people in it",
                              [](auto& department, auto&) { department.removed = true; }),
          changing_department(Code::cycle, "it is to be below what is below it",
                              [](auto& department, auto& c) { department.parent = c.east_team; }),
      }};
}

RefusalsOfFile refusals_of_jobs() {
  namespace customers = shipped::customers;
  return {"jobs/job_decider.cpp",
          {
              {"decide_start_import", Code::forbidden, "the rows would lie where she may not create",
               [](Company& c) {
                 auto command = import_of_names(c);
                 command.plan.owner = c.west_seller;
                 return decide_start_import({.file_known = true}, command, Asking(c, c.east_seller));
               }},
              importing(Code::unknown_form, "there is no such form", [](auto& plan, auto&) { plan.form = 7777; }),
              importing(
                  Code::unknown_reference, "the file is gone", [](auto&, auto&) {}, false),
              importing(Code::owner_and_pool, "the rows are to have both",
                        [](auto& plan, auto& c) {
                          plan.owner = c.east_seller;
                          plan.pool = c.sea;
                        }),
              importing(Code::unknown_pool, "the pool is one of leads",
                        [](auto& plan, auto& c) { plan.pool = c.lead_pool; }),
              importing(Code::unknown_member, "the owner has left", [](auto& plan, auto& c) { plan.owner = c.gone; }),
              importing(Code::unknown_member, "the owner could do nothing with what comes in",
                        [](auto& plan, auto& c) { plan.owner = c.auditor; }),
              importing(Code::unknown_field, "a column leads to no field",
                        [](auto& plan, auto&) { plan.columns.push_back(7777); }),
              importing(Code::read_only_field, "a column leads to what nobody fills in",
                        [](auto& plan, auto&) { plan.columns.push_back(customers::kScale); }),
              importing(Code::invalid_value, "two columns lead to one field",
                        [](auto& plan, auto&) { plan.columns.push_back(customers::kName); }),
              importing(Code::required, "no column leads to the name",
                        [](auto& plan, auto&) { plan.columns = {customers::kPhone}; }),
              {"decide_end_job", Code::not_found, "there is no such job",
               [](Company& c) { return decide_end_job({}, end_as(JobState::cancelled), Asking(c, c.admin)); }},
              {"decide_end_job", Code::forbidden, "another started it",
               [](Company& c) {
                 return decide_end_job(importing_job(c, JobState::running), end_as(JobState::cancelled),
                                       Asking(c, c.east_colleague));
               }},
              {"decide_end_job", Code::invalid_value, "that is no end",
               [](Company& c) {
                 return decide_end_job(importing_job(c, JobState::running), end_as(JobState::paused),
                                       Asking::system(c));
               }},
              {"decide_end_job", Code::job_ended, "it has ended otherwise",
               [](Company& c) {
                 return decide_end_job(importing_job(c, JobState::failed), end_as(JobState::cancelled),
                                       Asking(c, c.east_seller));
               }},
              {"job_hindrance", Code::not_found, "there is no such job",
               [](Company& c) { return refuse(*job_hindrance({}, c.workspace)); }},
              {"job_hindrance", Code::job_ended, "it has ended",
               [](Company& c) { return refuse(*job_hindrance(importing_job(c, JobState::failed), c.workspace)); }},
              {"job_hindrance", Code::not_active, "the member for whom it runs has left",
               [](Company& c) {
                 auto job = importing_job(c, JobState::running);
                 job.started.member = c.gone;
                 return refuse(*job_hindrance(job, c.workspace));
               }},
          }};
}

RefusalsOfFile refusals_of_files() {
  return {"files/file_decider.cpp",
          {
              {"decide_add_file", Code::forbidden, "she has left",
               [](Company& c) { return add_file(c, c.gone, a_file("a.csv")); }},
              {"decide_add_file", Code::forbidden, "she may write no record that could name it",
               [](Company& c) { return add_file(c, c.auditor, a_file("a.csv")); }},
              {"decide_add_file", Code::required, "it has no name",
               [](Company& c) { return add_file(c, c.admin, a_file("")); }},
              {"decide_add_file", Code::too_long, "its name is longer than a file's",
               [](Company& c) { return add_file(c, c.admin, a_file(std::string(kFileNameLengthMax + 1, 'a'))); }},
              {"decide_add_file", Code::invalid_value, "its name has a control character",
               [](Company& c) { return add_file(c, c.admin, a_file("a\x01.csv")); }},
              {"decide_add_file", Code::out_of_range, "it is larger than a file may be",
               [](Company& c) { return add_file(c, c.admin, a_file("a.csv", kFileBytesMax + 1)); }},
          }};
}

RefusalsOfFile refusals_of_workspaces() {
  const std::vector<WorkspaceAdded> known{{.workspace = {{1, 1}}, .number = 1}};
  return {"workspace/server_decider.cpp",
          {
              {"decide_add_workspace", Code::out_of_range, "its number is the server's own",
               [=](Company&) { return decide_add_workspace(known, {{{1, 2}}, 0}); }},
              {"decide_add_workspace", Code::key_taken, "another has the number",
               [=](Company&) { return decide_add_workspace(known, {{{1, 2}}, 1}); }},
              {"decide_start_test_clock", Code::clock_not_test, "the directory has a past in real time",
               [](Company&) { return decide_start_test_clock(clock(false), {day(0)}); }},
              {"decide_advance_test_clock", Code::forbidden, "she is no admin",
               [](Company& c) { return decide_advance_test_clock(clock(true), {day(11)}, of(c, c.auditor)); }},
              {"decide_advance_test_clock", Code::clock_not_test, "time is the real one",
               [](Company& c) { return decide_advance_test_clock(clock(false), {day(11)}, of(c, c.admin)); }},
              {"decide_advance_test_clock", Code::before_now, "time never falls",
               [](Company& c) { return decide_advance_test_clock(clock(true), {day(9)}, of(c, c.admin)); }},
              {"decide_release_test_clock", Code::forbidden, "she is no admin",
               [](Company& c) { return decide_release_test_clock(clock(true), of(c, c.auditor)); }},
              {"decide_release_test_clock", Code::clock_not_test, "time is the real one",
               [](Company& c) { return decide_release_test_clock(clock(false), of(c, c.admin)); }},
              {"decide_release_test_clock", Code::too_early, "it stands far behind real time",
               [](Company& c) { return decide_release_test_clock(clock(true), of(c, c.admin)); }},
              {"decide_change_decision_basis", Code::forbidden, "a member asks",
               [](Company& c) { return decide_change_decision_basis(c.workspace, {}, of(c, c.admin)); }},
          }};
}

RefusalsOfFile refusals_of_opening() {
  return {
      "workspace/open_workspace.cpp",
      {
          {"decide_open_workspace", Code::already_set_up, "it was opened before",
           [](Company&) { return open(opening_command(), true); }},
          {"decide_open_workspace", Code::invalid_value, "there is no such time zone",
           [](Company&) { return open(opening_but([](auto& command) { command.time_zone = "Mars/Olympus"; })); }},
          {"decide_open_workspace", Code::too_long, "the admin's name is longer than a name",
           [](Company&) {
             return open(opening_but([](auto& command) { command.admin_name = std::string(kNameLengthMax + 1, 'a'); }));
           }},
          {"decide_open_workspace", Code::required, "the admin has no address",
           [](Company&) { return open(opening_but([](auto& command) { command.admin_email = ""; })); }},
      }};
}

RefusalsOfFile refusals_of_names() {
  const auto expression_with = [](expression::ErrorCode code) {
    Faults faults;
    faults.add_expression("/filter", {.code = code});
    return faults.refusal();
  };
  const auto named = [](std::string name) {
    return open(opening_but([&](auto& command) { command.name = std::move(name); }));
  };
  return {"faults.cpp",
          {
              {"checked_name", Code::required, "nothing is left without the blanks around it",
               [=](Company&) { return named(" \t "); }},
              {"checked_name", Code::too_long, "it has more characters than a name",
               [=](Company&) { return named(std::string(kNameLengthMax + 1, 'a')); }},
              {"checked_name", Code::invalid_value, "it has a line in it", [=](Company&) { return named("一\n二"); }},
              {"add_expression", Code::bad_expression, "it is none",
               [=](Company&) { return expression_with(expression::ErrorCode::bad_expression); }},
              {"add_expression", Code::not_allowed_here, "it asks for what it may not",
               [=](Company&) { return expression_with(expression::ErrorCode::not_allowed_here); }},
          }};
}

}  // namespace highseas::domain::tests
