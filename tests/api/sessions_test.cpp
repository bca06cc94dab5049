// sessions_test — set-up, log-in, log-out, passwords and invitations through the API.
#include <gtest/gtest.h>

#include <fstream>

#include "api/read/password_rules.hpp"
#include "tests/support/api_world.hpp"

namespace highseas::test_support {
namespace {

constexpr const char* kAdminLogIn = R"({"email":"zhou@example.com","password":"correct horse battery"})";

TEST(LogIn, gives_a_token_a_cookie_and_the_member) {
  ApiWorld world;
  const auto answer = world.call("POST", "/v1/sessions", nullptr, kAdminLogIn);
  ASSERT_EQ(answer.status, 201) << answer.text;
  EXPECT_EQ(answer.string("/member/id"), world.admin.id_text());
  EXPECT_FALSE(answer.string("/csrf_token").empty());
  const auto cookie = answer.header("Set-Cookie");
  EXPECT_NE(cookie.find("highseas_session=" + answer.string("/token")), std::string::npos);
  for (const auto* part : {"HttpOnly", "SameSite=Strict", "Path=/"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(answer.header("Highseas-Position"), std::to_string(world.position()));
  const Person logged_in{.id = world.admin.id, .name = "", .token = answer.string("/token")};
  EXPECT_EQ(world.get(logged_in, "/v1/me").string("/member/id"), world.admin.id_text());
}

TEST(LogIn, answers_an_unknown_account_and_a_wrong_password_alike) {
  ApiWorld world;
  const auto unknown = world.call("POST", "/v1/sessions", nullptr,
                                  R"({"email":"nobody@example.com","password":"correct horse battery"})");
  const auto wrong =
      world.call("POST", "/v1/sessions", nullptr, R"({"email":"zhou@example.com","password":"wrong horse battery"})");
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(unknown.string("/code"), "bad-credentials");
  EXPECT_EQ(unknown.text, wrong.text);
}

TEST(LogIn, is_slowed_down_by_failures_and_by_nothing_else) {
  ApiWorld world;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(world.call("POST", "/v1/sessions", nullptr, kAdminLogIn).status, 201);
  ApiAnswer answer;
  for (int i = 0; i < 6; ++i) {
    answer = world.call("POST", "/v1/sessions", nullptr, R"({"email":"zhou@example.com","password":"guess-guess-1"})");
  }
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.string("/code"), "too-many-attempts");
  EXPECT_FALSE(answer.header("Retry-After").empty());
  // Nor does the right one pass meanwhile.
  EXPECT_EQ(world.call("POST", "/v1/sessions", nullptr, kAdminLogIn).status, 429);
}

TEST(LogIn, refuses_another_workspace_than_the_members_own) {
  ApiWorld world;
  const auto own = base::format_id(world.design()->id);
  const auto body = [](const std::string& workspace) {
    return R"({"email":"zhou@example.com","password":"correct horse battery","workspace":")" + workspace + "\"}";
  };
  EXPECT_EQ(world.call("POST", "/v1/sessions", nullptr, body(own)).status, 201);
  EXPECT_EQ(world.call("POST", "/v1/sessions", nullptr, body("wsp_00000000000000000000000000")).status, 401);
}

TEST(LogIn, names_all_that_is_missing) {
  ApiWorld world;
  const auto answer = world.call("POST", "/v1/sessions", nullptr, R"({"mail":"a@b.example"})");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.errors(),
            (std::vector<std::string>{"required /email", "required /password", "unknown-field /mail"}));
}

TEST(LogOut, ends_the_session_at_once) {
  ApiWorld world;
  const auto answer = world.call("DELETE", "/v1/sessions/current", &world.seller);
  EXPECT_EQ(answer.status, 204);
  EXPECT_NE(answer.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(world.get(world.seller, "/v1/me").status, 401);
}

TEST(LogOut, is_only_tried_in_a_dry_run) {
  ApiWorld world;
  EXPECT_EQ(world.call("DELETE", "/v1/sessions/current?dry_run=true", &world.seller).string("/would"), "accept");
  EXPECT_EQ(world.get(world.seller, "/v1/me").status, 200);
}

TEST(Sessions, list_and_end_ones_own_only) {
  ApiWorld world;
  const auto other = world.call("POST", "/v1/sessions", nullptr, kAdminLogIn).string("/token");
  const auto list = world.get(world.admin, "/v1/sessions");
  ASSERT_EQ(list.size("/items"), 2u) << list.text;
  const bool first_is_other = !*list.at("/items/0/current").as_boolean();
  const auto id = list.string(first_is_other ? "/items/0/id" : "/items/1/id");
  EXPECT_EQ(world.call("DELETE", "/v1/sessions/" + id, &world.seller).status, 404);
  EXPECT_EQ(world.call("DELETE", "/v1/sessions/" + id, &world.admin).status, 204);
  const Person ended{.id = world.admin.id, .name = "", .token = other};
  EXPECT_EQ(world.get(ended, "/v1/me").status, 401);
  EXPECT_EQ(world.get(world.admin, "/v1/me").status, 200);
}

TEST(Password, change_needs_the_present_one_and_ends_other_sessions) {
  ApiWorld world;
  const auto other = world.call("POST", "/v1/sessions", nullptr, kAdminLogIn).string("/token");
  const auto wrong = world.call("PUT", "/v1/me/password", &world.admin,
                                R"({"password":"not the present","new_password":"another good one"})");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.errors(), std::vector<std::string>{"wrong-password /password"});
  const auto right = world.call("PUT", "/v1/me/password", &world.admin,
                                R"({"password":"correct horse battery","new_password":"another good one"})");
  EXPECT_EQ(right.status, 204) << right.text;
  EXPECT_EQ(world.get({.id = world.admin.id, .name = "", .token = other}, "/v1/me").status, 401);
  EXPECT_EQ(world.get(world.admin, "/v1/me").status, 200);
  EXPECT_EQ(world.call("POST", "/v1/sessions", nullptr, kAdminLogIn).status, 401);
  EXPECT_EQ(world.call("POST", "/v1/sessions", nullptr, R"({"email":"zhou@example.com","password":"another good one"})")
                .status,
            201);
}

TEST(Password, is_refused_when_short_common_or_made_of_the_e_mails_name) {
  ApiWorld world;
  for (const std::string weak : {"short", "password123", "QwErTyUiOp", "my zhou password", "１２３４５６７８９"}) {
    const auto answer = world.call("PUT", "/v1/me/password", &world.admin,
                                   R"({"password":"correct horse battery","new_password":")" + weak + "\"}");
    EXPECT_EQ(answer.string("/code"), "weak-password") << weak;
  }
}

TEST(Password, is_refused_when_among_the_ten_thousand_commonest) {
  std::ifstream list(std::string(HIGHSEAS_SOURCE_DIR) + "/api/read/common_passwords.txt");
  std::size_t count = 0;
  for (std::string line; std::getline(list, line);) {
    if (line.starts_with('#')) continue;
    ++count;
    EXPECT_TRUE(api::is_common_password(line)) << line;
  }
  EXPECT_GE(count, 10'000u);
  EXPECT_FALSE(api::is_common_password("correct horse battery"));
  EXPECT_FALSE(api::is_common_password(""));
}

std::string invite(ApiWorld& world, const std::string& email) {
  const auto answer = world.post(world.admin, "/v1/members/invite",
                                 R"({"email":")" + email + R"(","name":"钱多","roles":["salesperson"],"department":")" +
                                     base::format_id(world.department) + "\"}");
  EXPECT_EQ(answer.status, 201) << answer.text;
  return answer.string("/invitation/token");
}

TEST(Invitation, is_accepted_once_with_a_password_that_logs_in) {
  ApiWorld world;
  const auto token = invite(world, "qian.duo@example.com");
  const auto path = "/v1/invitations/" + token + "/accept";
  EXPECT_EQ(world.call("POST", path, nullptr, R"({"password":"12345678"})").string("/code"), "weak-password");
  EXPECT_EQ(world.call("POST", path, nullptr, R"({"password":"xx qian.duo xx"})").string("/code"), "weak-password");
  const auto joined = world.call("POST", path, nullptr, R"({"password":"a long enough one"})");
  ASSERT_EQ(joined.status, 201) << joined.text;
  EXPECT_EQ(joined.string("/member/state"), "active");
  EXPECT_EQ(joined.string("/member/roles/0"), "salesperson");
  EXPECT_EQ(joined.string("/member/department"), base::format_id(world.department));
  const auto again = world.call("POST", path, nullptr, R"({"password":"a long enough one"})");
  EXPECT_EQ(again.status, 410);
  EXPECT_EQ(again.string("/code"), "invitation-used");
  EXPECT_EQ(
      world.call("POST", "/v1/sessions", nullptr, R"({"email":"Qian.Duo@example.com","password":"a long enough one"})")
          .status,
      201);
}

TEST(Invitation, that_has_run_out_stays_out_though_a_new_one_is_open) {
  ApiWorld world;
  const auto old = invite(world, "qian@example.com");
  world.advance_clock("2026-03-10T01:00:00Z");
  const auto fresh = invite(world, "qian@example.com");
  const std::string body = R"({"password":"a long enough one"})";
  EXPECT_EQ(world.call("POST", "/v1/invitations/" + old + "/accept", nullptr, body).status, 410);
  EXPECT_EQ(world.call("POST", "/v1/invitations/" + fresh + "/accept", nullptr, body).status, 201);
}

TEST(Invitation, is_refused_without_its_token_being_said_again) {
  ApiWorld world;
  const auto token = invite(world, "qian.duo@example.com");
  const auto refused =
      world.call("POST", "/v1/invitations/" + token + "/accept", nullptr, R"({"password":"12345678"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.string("/instance"), "/v1/invitations/{token}/accept");
  EXPECT_EQ(refused.text.find(token), std::string::npos);
}

TEST(Invitation, tells_its_token_once) {
  ApiWorld world;
  const ApiWorld::Headers key{{"Idempotency-Key", "invite-1"}};
  const std::string body = R"({"email":"qian@example.com","name":"钱多","roles":["salesperson"]})";
  const auto first = world.post(world.admin, "/v1/members/invite", body, key);
  const auto again = world.post(world.admin, "/v1/members/invite", body, key);
  EXPECT_EQ(again.status, 201) << again.text;
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(again.string("/member/id"), first.string("/member/id"));
  EXPECT_TRUE(again.at("/invitation/token").is_null());
}

TEST(SetUp, is_refused_once_the_workspace_is_open) {
  ApiWorld world;
  const auto answer = world.call("POST", "/v1/setup", nullptr, R"({"setup_token":"x"})");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.string("/code"), "already-set-up");
}

TEST(Me, tells_who_asks_where_and_what_she_may_do) {
  ApiWorld world;
  const auto me = world.get(world.seller, "/v1/me");
  ASSERT_EQ(me.status, 200) << me.text;
  EXPECT_EQ(me.string("/roles/0/key"), "salesperson");
  EXPECT_EQ(me.string("/departments/0/name"), "销售一部");
  EXPECT_EQ(me.string("/workspace/name"), "海东机械");
  EXPECT_EQ(me.string("/workspace/time_zone"), "Asia/Shanghai");
  EXPECT_EQ(me.string("/credential"), "session");
  EXPECT_GT(me.size("/permissions/forms"), 0u);
}

}  // namespace
}  // namespace highseas::test_support
