// route_permissions_test — domain.md's permission table over every route: who is answered, and how whoever is not.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/api/route_scenarios.hpp"

namespace highseas::api_test {
namespace {

using api::Access;
using api::Route;
using test_support::ApiAnswer;

// Who asks, a column each: admin, manager, seller (of the manager's department), other seller (of none), manager of
// another department, auditor.
//   +  done or answered        -  403, there is such a thing and it is not hers to touch
//   0  404, nothing is told    =  409, it is hers to try, and something stands against it
struct Row {
  std::string_view operation;
  Stands stands;
  std::string_view who;
};

// clang-format off
constexpr Row kRows[] = {
    // sessions and start: anybody's, or one's own
    {"set_up",                     Stands::plain,  "======"},
    {"log_in",                     Stands::plain,  "++++++"},
    {"accept_invitation",          Stands::plain,  "++++++"},
    {"list_sessions",              Stands::plain,  "++++++"},
    {"log_out",                    Stands::plain,  "++++++"},
    {"end_session",                Stands::own,    "++++++"},
    {"end_session",                Stands::others, "+00000"},  // of the admin
    {"get_me",                     Stands::plain,  "++++++"},
    {"change_password",            Stands::plain,  "++++++"},
    // directory and design: read by all, written by admins; groups and keys are for admins and auditors
    {"list_members",               Stands::plain,  "++++++"},
    {"invite_member",              Stands::plain,  "+-----"},
    {"get_member",                 Stands::plain,  "++++++"},
    {"change_member",              Stands::plain,  "+-----"},
    {"deactivate_member",          Stands::plain,  "+-----"},
    {"get_effective_permissions",  Stands::own,    "++++++"},
    {"get_effective_permissions",  Stands::others, "+----+"},
    {"list_departments",           Stands::plain,  "++++++"},
    {"add_department",             Stands::plain,  "+-----"},
    {"get_department",             Stands::plain,  "++++++"},
    {"change_department",          Stands::plain,  "+-----"},
    {"remove_department",          Stands::plain,  "+-----"},
    {"list_roles",                 Stands::plain,  "++++++"},
    {"list_permission_groups",     Stands::plain,  "+----+"},
    {"list_calendars",             Stands::plain,  "++++++"},
    {"list_api_keys",              Stands::plain,  "+----+"},
    {"issue_api_key",              Stands::plain,  "+-----"},
    {"revoke_api_key",             Stands::plain,  "+-----"},
    {"list_forms",                 Stands::plain,  "++++++"},
    {"get_form",                   Stands::plain,  "++++++"},
    {"change_form",                Stands::plain,  "+-----"},
    {"get_dedup_rules",            Stands::plain,  "++++++"},
    {"change_dedup_rules",         Stands::plain,  "+-----"},
    // pools and rules: pools are known to all, what lies in them to whom it is open; rules to admins, managers, auditors
    {"list_pools",                 Stands::plain,  "++++++"},
    {"add_pool",                   Stands::plain,  "+-----"},
    {"get_pool",                   Stands::plain,  "++++++"},
    {"change_pool",                Stands::plain,  "+-----"},
    {"remove_pool",                Stands::plain,  "+-----"},
    {"get_pool_stats",             Stands::pooled, "++++++"},
    {"get_pool_stats",             Stands::closed, "+--+++"},
    {"list_recycle_rules",         Stands::plain,  "++--++"},
    {"get_recycle_rule",           Stands::plain,  "++--++"},
    {"list_recycle_rule_versions", Stands::plain,  "++--++"},
    {"preview_recycle_rule",       Stands::plain,  "+-----"},
    {"list_preview_items",         Stands::plain,  "+-----"},
    {"publish_recycle_rule",       Stands::plain,  "+-----"},
    {"switch_recycle_rule",        Stands::plain,  "+-----"},
    {"run_recycle_rules",          Stands::plain,  "+-----"},
    // jobs are seen by who started them and by admins; a file by who brought it in or sees what names it
    {"list_jobs",                  Stands::plain,  "++++++"},
    {"get_job",                    Stands::own,    "+0+000"},
    {"get_job",                    Stands::others, "+00000"},
    {"list_job_items",             Stands::own,    "+0+000"},
    {"list_job_items",             Stands::others, "+00000"},
    {"cancel_job",                 Stands::own,    "+0+000"},
    {"cancel_job",                 Stands::others, "+00000"},
    {"add_file",                   Stands::plain,  "+++++-"},
    {"get_file",                   Stands::own,    "+++00+"},
    {"get_file",                   Stands::shared, "+0++0+"},
    {"get_file",                   Stands::others, "+00+0+"},
    {"get_file",                   Stands::pooled, "++00++"},  // the pool hides phones: what was said is hidden too
    {"get_file",                   Stands::closed, "+00+++"},
    {"start_import",               Stands::own,    "+++++-"},
    {"start_import",               Stands::pooled, "+++++-"},  // as create_record
    {"get_import_errors",          Stands::own,    "+0+000"},
    {"get_import_errors",          Stands::others, "+00000"},
    // reports are for all, each over what she sees; the audit is not
    {"get_pool_report",            Stands::plain,  "++++++"},
    {"get_follow_up_report",       Stands::plain,  "++++++"},
    {"get_audit_head",             Stands::plain,  "+----+"},
    {"list_audit_commits",         Stands::plain,  "+----+"},
    {"list_access",                Stands::plain,  "+----+"},
    // operating
    {"get_health",                 Stands::plain,  "++++++"},
    {"get_readiness",              Stands::plain,  "++++++"},
    {"get_metrics",                Stands::plain,  "++++++"},
    {"get_openapi",                Stands::plain,  "++++++"},
    {"get_welcome",                Stands::plain,  "++++++"},
    {"get_docs",                   Stands::plain,  "++++++"},
    {"advance_test_clock",         Stands::plain,  "+-----"},
    {"release_test_clock",         Stands::plain,  "+-----"},
    {"accept_clock",               Stands::plain,  "+-----"},
    // records
    {"list_records",               Stands::plain,  "++++++"},
    {"create_record",              Stands::own,    "+++++-"},
    {"create_record",              Stands::others, "+-----"},
    {"create_record",              Stands::pooled, "+++++-"},  // whoever may claim there may bring something in
    {"create_record",              Stands::closed, "+--++-"},
    {"check_duplicates",           Stands::plain,  "+++++-"},
    {"get_record",                 Stands::own,    "+++00+"},
    {"get_record",                 Stands::shared, "+0++0+"},
    {"get_record",                 Stands::others, "+00+0+"},
    {"get_record",                 Stands::pooled, "++++++"},
    {"get_record",                 Stands::closed, "+00+++"},
    {"get_history",                Stands::own,    "+++00+"},
    {"get_history",                Stands::shared, "+0++0+"},
    {"get_history",                Stands::others, "+00+0+"},
    {"get_history",                Stands::pooled, "++++++"},
    {"get_history",                Stands::closed, "+00+++"},
    {"get_recycle_forecast",       Stands::own,    "+++00+"},
    {"get_recycle_forecast",       Stands::shared, "+0++0+"},
    {"get_recycle_forecast",       Stands::others, "+00+0+"},
    {"get_recycle_forecast",       Stands::pooled, "++++++"},
    {"get_recycle_forecast",       Stands::closed, "+00+++"},
    {"change_record",              Stands::own,    "+++00-"},
    {"change_record",              Stands::shared, "+0++0-"},
    {"change_record",              Stands::others, "+00+0-"},
    {"change_record",              Stands::pooled, "++--+-"},
    {"change_record",              Stands::closed, "+00-+-"},
    {"write_batch",                Stands::own,    "+++00-"},
    {"write_batch",                Stands::shared, "+0++0-"},
    {"write_batch",                Stands::others, "+00+0-"},
    {"write_batch",                Stands::pooled, "++--+-"},
    {"write_batch",                Stands::closed, "+00-+-"},
    {"delete_record",              Stands::own,    "++-00-"},
    {"delete_record",              Stands::shared, "+0--0-"},
    {"delete_record",              Stands::others, "+00-0-"},
    {"delete_record",              Stands::pooled, "++--+-"},
    {"delete_record",              Stands::closed, "+00-+-"},
    {"restore_record",             Stands::own,    "++-00-"},
    {"restore_record",             Stands::shared, "+0--0-"},
    {"restore_record",             Stands::others, "+00-0-"},
    {"restore_record",             Stands::pooled, "++--+-"},
    {"restore_record",             Stands::closed, "+00-+-"},
    {"write_follow_up",            Stands::own,    "+++00-"},
    {"write_follow_up",            Stands::shared, "+0++0-"},
    {"write_follow_up",            Stands::others, "+00+0-"},
    {"write_follow_up",            Stands::pooled, "++--+-"},
    {"write_follow_up",            Stands::closed, "+00-+-"},
    // the pool: whoever may claim in its home and comes too late is told who was first
    {"claim_record",               Stands::own,    "==+==-"},
    {"claim_record",               Stands::shared, "===+=-"},
    {"claim_record",               Stands::others, "===+=-"},
    {"claim_record",               Stands::pooled, "+++++-"},
    {"claim_record",               Stands::closed, "+00++-"},
    {"assign_record",              Stands::own,    "==-00-"},
    {"assign_record",              Stands::shared, "=0--0-"},
    {"assign_record",              Stands::others, "=00-0-"},
    {"assign_record",              Stands::pooled, "++--+-"},
    {"assign_record",              Stands::closed, "+00-+-"},
    {"transfer_record",            Stands::own,    "++-00-"},
    {"transfer_record",            Stands::shared, "+0--0-"},
    {"transfer_record",            Stands::others, "+00-0-"},
    {"transfer_record",            Stands::pooled, "==--=-"},
    {"transfer_record",            Stands::closed, "=00-=-"},
    {"release_record",             Stands::own,    "+++00-"},
    {"release_record",             Stands::shared, "+0-+0-"},
    {"release_record",             Stands::others, "+00+0-"},
    {"release_record",             Stands::pooled, "=====-"},
    {"release_record",             Stands::closed, "=00==-"},
    {"move_record",                Stands::own,    "==-00-"},
    {"move_record",                Stands::shared, "=0--0-"},
    {"move_record",                Stands::others, "=00-0-"},
    {"move_record",                Stands::pooled, "++--+-"},
    {"move_record",                Stands::closed, "+00-+-"},
    {"lock_record",                Stands::own,    "++-00-"},
    {"lock_record",                Stands::shared, "+0--0-"},
    {"lock_record",                Stands::others, "+00-0-"},
    {"lock_record",                Stands::pooled, "++--+-"},
    {"lock_record",                Stands::closed, "+00-+-"},
};
// clang-format on

// Of many at once each item is judged as one alone is: `claim_records` has the rows of `claim_record`.
std::string_view rows_of(const Route& route) {
  static const std::map<std::string_view, std::string_view> alike{
      {"claim_records", "claim_record"},       {"assign_records", "assign_record"},
      {"transfer_records", "transfer_record"}, {"release_records", "release_record"},
      {"move_records", "move_record"},         {"lock_records", "lock_record"}};
  const auto found = alike.find(route.operation);
  return found == alike.end() ? route.operation : found->second;
}

std::vector<Row> expected_of(const Route& route) {
  std::vector<Row> rows;
  for (const auto& row : kRows) {
    if (row.operation == rows_of(route)) rows.push_back(row);
  }
  return rows;
}

char outcome_of_code(const std::string& code) {
  if (code == "forbidden" || code == "not-a-claimer") return '-';
  if (code == "not-found") return '0';
  return api::problem_kind(code).status == 409 ? '=' : '?';
}

// What came of it, of an item where there is one for each. Of a document the status alone would not tell a refusal.
char outcome_of(const ApiAnswer& answer) {
  auto code = answer.string("/code");
  if (answer.status == 200 && answer.size("/results") == 1) code = answer.string("/results/0/code");
  if (code.empty()) return answer.status < 300 ? '+' : '?';
  return outcome_of_code(code);
}

// What a dry run says would come of it; a body that is refused before anything is decided is refused as ever.
char outcome_of_dry_run(const ApiAnswer& answer) {
  if (answer.status != 200) return outcome_of(answer);
  if (answer.string("/would") != "refuse") return '+';
  return outcome_of_code(answer.string("/problem/code"));
}

std::string shown(const Route& route, Stands stands, const Person& who) {
  return std::string(route.operation) + ", standing " + std::to_string(static_cast<int>(stands)) + ", " + who.name;
}

// These leave no commit, or what they make is made anew each time; the others are one commit or none.
bool is_decided_whole(const Route& route) {
  return route.method != "GET" && route.access == Access::member && !route.operation.ends_with("_records") &&
         route.operation != "write_batch";
}

class RoutePermissions : public ::testing::TestWithParam<std::string_view> {
 protected:
  const Route& route() const {
    return *std::ranges::find_if(api::routes(), [&](const Route& each) { return each.operation == GetParam(); });
  }
  // Admins last: what they may do ends some worlds.
  static std::vector<std::pair<std::size_t, const Person*>> actors(const RouteScenarios& scenarios) {
    const auto& world = scenarios.world;
    return {{5, &world.auditor}, {4, &scenarios.other_manager}, {3, &world.other_seller},
            {2, &world.seller},  {1, &world.manager},           {0, &world.admin}};
  }
  static ApiAnswer send(ApiWorld& world, const RouteRequest& request, const Person* who, bool dry = false) {
    const auto target = dry ? request.target + "?dry_run=true" : request.target;
    return world.call(request.method, target, who, request.body, request.headers);
  }

  // Tried out, then done.
  void expect(RouteScenarios& scenarios, const Row& row, char expected, const Person& who) {
    auto& world = scenarios.world;
    const auto place = shown(route(), row.stands, who);
    auto asking = who;  // with a session of its own, which the request may end
    asking.token = world.engine().credentials().start_session(1, who.id, engine::real_now())->token;
    const auto request = scenarios.request(route(), row.stands, asking);
    if (!request.hold) world.wait_for_jobs();
    const auto before = world.position();
    if (is_decided_whole(route())) {
      const auto tried = send(world, request, &asking, true);
      EXPECT_EQ(outcome_of_dry_run(tried), expected) << "dry run, " << place << ": " << tried.text;
      EXPECT_EQ(world.position(), before) << place;
    }
    const auto answer = send(world, request, &asking);
    EXPECT_EQ(outcome_of(answer), expected) << place << ": " << answer.status << " " << answer.text;
    if (expected == '+') return;
    if (is_decided_whole(route())) {
      EXPECT_EQ(world.position(), before) << place << " left a commit";
    }
    if (request.secret.empty()) return;
    EXPECT_EQ(answer.text.find(request.secret), std::string::npos) << place;
  }

  // Rights of a key are those that its member has now, though she had more when it was issued.
  void expect_key(RouteScenarios& scenarios, const std::vector<Row>& rows) {
    auto& world = scenarios.world;
    const auto roles = [&](const std::string& role) {
      const auto body = R"({"roles":[")" + role + "\"]}";
      return world.patch(world.admin, "/v1/members/" + world.seller.id_text(), body).status;
    };
    ASSERT_EQ(roles("admin"), 200);
    auto key = world.seller;
    key.token = world.post(world.seller, "/v1/api-keys", R"({"name":"键"})").string("/secret");
    ASSERT_EQ(roles("salesperson"), 200);
    for (const auto& row : rows) {
      auto expected = row.who[2];
      if (route().operation == "log_out") expected = '0';          // it has no session
      if (route().operation == "change_password") expected = '-';  // it never takes her account over
      const auto request = scenarios.request(route(), row.stands, key);
      const auto answer = send(world, request, &key);
      EXPECT_EQ(outcome_of(answer), expected) << "key, " << shown(route(), row.stands, key) << ": " << answer.text;
    }
  }

  // Nothing at all, a token that is none, and session and key of a member who has left.
  void expect_nobody(RouteScenarios& scenarios, const Row& row) {
    auto& world = scenarios.world;
    const auto gone = world.join("林峰", "lin@example.com", "admin", {});
    auto key = gone;
    key.token = world.post(gone, "/v1/api-keys", R"({"name":"键"})").string("/secret");
    ASSERT_FALSE(key.token.empty());
    const auto leaves = "/v1/members/" + gone.id_text() + "/deactivate";
    ASSERT_EQ(world.post(world.admin, leaves, R"({"release":true})").status, 202);
    auto stranger = world.admin;
    stranger.token[3] = stranger.token[3] == 'a' ? 'b' : 'a';
    for (const auto* who : std::initializer_list<const Person*>{nullptr, &stranger, &gone, &key}) {
      const auto request = scenarios.request(route(), row.stands, world.admin);
      if (!request.hold) world.wait_for_jobs();
      const auto before = world.position();
      const auto answer = send(world, request, who);
      if (route().access == Access::anybody || (route().access == Access::guest && !who)) {
        EXPECT_EQ(outcome_of(answer), row.who[0]) << answer.text;
        continue;
      }
      EXPECT_EQ(answer.status, 401) << answer.text;
      EXPECT_EQ(answer.string("/code"), "unauthorized");
      EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
      EXPECT_EQ(world.position(), before);
    }
  }
};

// One world a route: what is let in comes last, since it may end a world.
TEST_P(RoutePermissions, are_those_of_the_table) {
  const auto rows = expected_of(route());
  ASSERT_FALSE(rows.empty()) << "say in the table who may use this route";
  RouteScenarios scenarios;
  expect_nobody(scenarios, rows.front());
  expect_key(scenarios, rows);
  for (const auto& row : rows) {
    ASSERT_EQ(row.who.size(), 6u);
    for (const auto& [column, who] : actors(scenarios)) expect(scenarios, row, row.who[column], *who);
  }
}

std::vector<std::string_view> operations() {
  std::vector<std::string_view> all;
  for (const auto& route : api::routes()) all.push_back(route.operation);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Of, RoutePermissions, ::testing::ValuesIn(operations()),
                         [](const auto& each) { return std::string(each.param); });

TEST(RoutePermissionTable, names_routes_that_exist_and_each_once) {
  std::set<std::pair<std::string_view, Stands>> told;
  for (const auto& row : kRows) {
    const auto known = std::ranges::count(api::routes(), row.operation, &Route::operation);
    EXPECT_EQ(known, 1) << row.operation;
    EXPECT_TRUE(told.emplace(row.operation, row.stands).second) << row.operation << " stands there twice";
  }
}

}  // namespace
}  // namespace highseas::api_test
