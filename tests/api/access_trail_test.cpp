// access_trail_test — GET /v1/audit/access: what each way in and out leaves there, and who may read it.
#include <gtest/gtest.h>

#include "tests/api/refused.hpp"
#include "tests/support/api_world.hpp"

namespace highseas::test_support {
namespace {

using api_test::expect_refused;

constexpr const char* kAdminLogIn = R"({"email":"zhou@example.com","password":"correct horse battery"})";
constexpr const char* kWrong = R"({"email":"zhou@example.com","password":"wrong horse battery"})";

class Access : public testing::Test {
 protected:
  ApiAnswer log_in(const std::string& body, const ApiWorld::Headers& headers = {}) {
    return world_.call("POST", "/v1/sessions", nullptr, body, headers);
  }
  // The newest entry.
  ApiAnswer newest(const std::string& query = "") {
    const auto answer = world_.get(world_.auditor, "/v1/audit/access?limit=1" + query);
    EXPECT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.size("/items"), 1u) << answer.text;
    return answer;
  }
  std::string kind(const ApiAnswer& answer) { return answer.string("/items/0/kind"); }

  ApiWorld world_;
};

TEST_F(Access, tells_of_a_log_in_who_from_where_with_what) {
  world_.remote_address = "192.0.2.33";
  const auto session = log_in(kAdminLogIn, {{"User-Agent", "Mozilla/5.0 (测试)"}});
  ASSERT_EQ(session.status, 201);
  const auto answer = newest();
  EXPECT_EQ(kind(answer), "logged_in");
  EXPECT_EQ(answer.string("/items/0/member/id"), world_.admin.id_text());
  EXPECT_EQ(answer.string("/items/0/member/name"), "周敏");
  EXPECT_EQ(answer.string("/items/0/by/id"), world_.admin.id_text());
  EXPECT_EQ(answer.string("/items/0/address"), "192.0.2.33");
  EXPECT_EQ(answer.string("/items/0/user_agent"), "Mozilla/5.0 (测试)");
  EXPECT_EQ(answer.number("/items/0/count"), 1);
  const Person there{.id = world_.admin.id, .name = "", .token = session.string("/token")};
  EXPECT_EQ(answer.string("/items/0/session"), world_.get(there, "/v1/me").string("/session/id"));
  EXPECT_EQ(answer.text.find(session.string("/token")), std::string::npos);
}

TEST_F(Access, counts_failures_and_names_nobody_where_the_account_is_unknown) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(log_in(kWrong).status, 401);
  auto answer = newest();
  EXPECT_EQ(kind(answer), "log_in_failed");
  EXPECT_EQ(answer.number("/items/0/count"), 3);
  EXPECT_EQ(answer.string("/items/0/member/id"), world_.admin.id_text());
  EXPECT_TRUE(answer.at("/items/0/by").is_null());
  EXPECT_EQ(log_in(R"({"email":"my-secret-password","password":"wrong horse battery"})").status, 401);
  answer = newest();
  EXPECT_EQ(kind(answer), "log_in_failed");
  EXPECT_TRUE(answer.at("/items/0/member").is_null());
  EXPECT_EQ(answer.text.find("my-secret-password"), std::string::npos);
}

TEST_F(Access, tells_whom_it_slowed_down) {
  for (int i = 0; i < 7; ++i) log_in(kWrong);
  EXPECT_EQ(log_in(kAdminLogIn).status, 429);
  const auto answer = newest("&kind=log_in_backed_off");
  EXPECT_EQ(answer.string("/items/0/member/id"), world_.admin.id_text());
  EXPECT_GE(answer.number("/items/0/count"), 2);
}

TEST_F(Access, tells_that_the_sessions_of_who_leaves_ended_and_that_her_account_is_nobodys_then) {
  const auto leaving = world_.join("孙五", "sun@example.com", "salesperson", {});
  ASSERT_EQ(world_.post(world_.admin, "/v1/members/" + leaving.id_text() + "/deactivate", R"({"release":true})").status,
            202);
  auto answer = newest();
  EXPECT_EQ(kind(answer), "sessions_ended");
  EXPECT_EQ(answer.string("/items/0/member/id"), leaving.id_text());
  EXPECT_EQ(answer.string("/items/0/by/id"), world_.admin.id_text());
  world_.wait_for_jobs();  // until then she is leaving
  EXPECT_EQ(log_in(R"({"email":"sun@example.com","password":"whatever it was"})").status, 401);
  answer = newest();
  EXPECT_EQ(kind(answer), "log_in_failed");
  EXPECT_TRUE(answer.at("/items/0/member").is_null());  // her address may be somebody else's by now
}

TEST_F(Access, tells_of_a_dry_run_that_found_the_password_right) {
  EXPECT_EQ(world_.call("POST", "/v1/sessions?dry_run=true", nullptr, kAdminLogIn).status, 200);
  EXPECT_EQ(kind(newest()), "log_in_tried");
}

TEST_F(Access, tells_of_log_outs_and_of_sessions_ended_from_elsewhere) {
  const auto other = log_in(kAdminLogIn).string("/token");
  const Person there{.id = world_.admin.id, .name = "", .token = other};
  const auto id = world_.get(there, "/v1/me").string("/session/id");
  ASSERT_EQ(world_.call("DELETE", "/v1/sessions/" + id, &world_.admin).status, 204);
  auto answer = newest();
  EXPECT_EQ(kind(answer), "session_ended");
  EXPECT_EQ(answer.string("/items/0/session"), id);
  EXPECT_EQ(answer.string("/items/0/by/id"), world_.admin.id_text());
  ASSERT_EQ(world_.call("DELETE", "/v1/sessions/current?dry_run=true", &world_.seller).status, 200);
  ASSERT_EQ(world_.call("DELETE", "/v1/sessions/current", &world_.seller).status, 204);
  answer = newest();
  EXPECT_EQ(kind(answer), "logged_out");
  EXPECT_EQ(answer.string("/items/0/member/id"), world_.seller.id_text());
  EXPECT_EQ(world_.get(world_.auditor, "/v1/audit/access?kind=logged_out").size("/items"), 1u);
}

TEST_F(Access, tells_of_passwords_changed_and_of_tries_to) {
  const auto change = [&](const std::string& present) {
    return world_.call("PUT", "/v1/me/password", &world_.admin,
                       R"({"password":")" + present + R"(","new_password":"another good one"})");
  };
  EXPECT_EQ(change("not the present").status, 422);
  EXPECT_EQ(kind(newest()), "password_change_failed");
  EXPECT_EQ(change("correct horse battery").status, 204);
  const auto answer = newest();
  EXPECT_EQ(kind(answer), "password_changed");
  EXPECT_EQ(answer.string("/items/0/member/id"), world_.admin.id_text());
}

TEST_F(Access, tells_of_an_invitation_accepted) {
  const auto invited = world_.post(world_.admin, "/v1/members/invite",
                                   R"({"email":"qian@example.com","name":"钱多","roles":["salesperson"]})");
  const auto path = "/v1/invitations/" + invited.string("/invitation/token") + "/accept";
  const auto joined = world_.call("POST", path, nullptr, R"({"password":"a long enough one"})");
  ASSERT_EQ(joined.status, 201);
  const auto answer = newest();
  EXPECT_EQ(kind(answer), "invitation_accepted");
  EXPECT_EQ(answer.string("/items/0/member/name"), "钱多");
}

TEST_F(Access, tells_of_keys_made_used_from_somewhere_new_and_revoked_once_each) {
  const ApiWorld::Headers once{{"Idempotency-Key", "key-1"}};
  const auto made = world_.post(world_.admin, "/v1/api-keys", R"({"name":"集成"})", once);
  ASSERT_EQ(made.status, 201);
  world_.post(world_.admin, "/v1/api-keys", R"({"name":"集成"})", once);
  world_.post(world_.admin, "/v1/api-keys?dry_run=true", R"({"name":"集成"})");
  auto answer = newest();
  EXPECT_EQ(kind(answer), "api_key_issued");
  EXPECT_EQ(answer.number("/items/0/count"), 1);
  EXPECT_EQ(answer.string("/items/0/api_key"), made.string("/id"));
  EXPECT_EQ(world_.get(world_.auditor, "/v1/audit/access?kind=api_key_issued").size("/items"), 1u);
  const auto last_use = [&] { return world_.get(world_.admin, "/v1/api-keys").at("/items/0/last_used_at"); };
  EXPECT_TRUE(last_use().is_null());

  const Person script{.id = world_.admin.id, .name = "", .token = made.string("/secret")};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(world_.get(script, "/v1/me").status, 200);
  world_.remote_address = "198.51.100.7";
  EXPECT_EQ(world_.get(script, "/v1/me").status, 200);
  EXPECT_FALSE(last_use().is_null());
  const auto used = world_.get(world_.auditor, "/v1/audit/access?kind=api_key_new_address");
  ASSERT_EQ(used.size("/items"), 2u) << used.text;
  EXPECT_EQ(used.string("/items/0/address"), "198.51.100.7");
  EXPECT_EQ(used.string("/items/1/address"), "127.0.0.1");
  EXPECT_EQ(used.string("/items/0/api_key"), made.string("/id"));

  ASSERT_EQ(world_.call("DELETE", "/v1/api-keys/" + made.string("/id"), &world_.admin).status, 204);
  answer = newest();
  EXPECT_EQ(kind(answer), "api_key_revoked");
  EXPECT_EQ(answer.string("/items/0/api_key"), made.string("/id"));
  EXPECT_EQ(answer.string("/items/0/member/id"), world_.admin.id_text());
  EXPECT_EQ(world_.get(script, "/v1/me").status, 401);
}

TEST_F(Access, leaves_no_trace_of_ordinary_requests) {
  world_.customer_of(world_.seller, "海量机电");
  world_.get(world_.seller, "/v1/customers");
  EXPECT_EQ(world_.get(world_.auditor, "/v1/audit/access").size("/items"), 0u);
}

TEST_F(Access, pages_and_filters) {
  for (int i = 0; i < 3; ++i) ASSERT_EQ(log_in(kAdminLogIn).status, 201);
  ASSERT_EQ(log_in(kWrong).status, 401);
  ASSERT_EQ(world_.call("DELETE", "/v1/sessions/current", &world_.seller).status, 204);
  std::vector<std::string> seen;
  std::string cursor;
  do {
    const auto page = world_.get(world_.admin, "/v1/audit/access?limit=2" + cursor);
    ASSERT_EQ(page.status, 200) << page.text;
    EXPECT_EQ(page.number("/position"), static_cast<std::int64_t>(world_.position()));
    for (std::size_t i = 0; i < page.size("/items"); ++i) {
      seen.push_back(page.string("/items/" + std::to_string(i) + "/kind"));
    }
    cursor = page.at("/next_cursor").is_null() ? "" : "&cursor=" + page.string("/next_cursor");
  } while (!cursor.empty() && seen.size() < 100);
  EXPECT_EQ(seen, (std::vector<std::string>{"logged_out", "log_in_failed", "logged_in", "logged_in", "logged_in"}));
  const auto hers = world_.get(world_.admin, "/v1/audit/access?member=" + world_.seller.id_text());
  ASSERT_EQ(hers.size("/items"), 1u);
  EXPECT_EQ(hers.string("/items/0/kind"), "logged_out");
}

TEST_F(Access, refuses_parameters_that_it_does_not_understand) {
  for (const std::string bad : {"kind=logged_around", "member=zhou", "limit=0"}) {
    expect_refused(world_.get(world_.auditor, "/v1/audit/access?" + bad), 400, "bad-parameter");
  }
  for (const std::string bad : {"x", "1", "1-", "-1", "1-2-3", "1-99999999999999999999"}) {
    expect_refused(world_.get(world_.auditor, "/v1/audit/access?cursor=" + bad), 400, "bad-cursor");
  }
}

TEST_F(Access, is_for_admins_and_auditors_alone) {
  for (const auto* who : {&world_.manager, &world_.seller}) {
    expect_refused(world_.get(*who, "/v1/audit/access"), 403, "forbidden");
  }
  EXPECT_EQ(world_.get(world_.admin, "/v1/audit/access").status, 200);
}

}  // namespace
}  // namespace highseas::test_support
