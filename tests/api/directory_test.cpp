// directory_test — members, departments, roles, groups, calendars and keys through the API.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/api_world.hpp"

namespace highseas::test_support {
namespace {

TEST(Members, are_listed_newest_first_and_paged_without_gap_or_repeat) {
  ApiWorld world;
  std::set<std::string> seen;
  std::string cursor;
  std::string last = "mem_Z";
  do {
    const auto page = world.get(world.seller, "/v1/members?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
    ASSERT_EQ(page.status, 200) << page.text;
    for (std::size_t i = 0; i < page.size("/items"); ++i) {
      const auto id = page.string("/items/" + std::to_string(i) + "/id");
      EXPECT_LT(id, last);
      last = id;
      EXPECT_TRUE(seen.insert(id).second);
    }
    cursor = page.string("/next_cursor");
  } while (!cursor.empty());
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(world.get(world.seller, "/v1/members?cursor=nonsense").string("/code"), "bad-cursor");
}

TEST(Members, are_changed_by_an_admin_alone) {
  ApiWorld world;
  const auto path = "/v1/members/" + world.seller.id_text();
  EXPECT_EQ(world.patch(world.manager, path, R"({"name":"李娜娜"})").status, 403);
  const auto changed = world.patch(world.admin, path, R"({"name":"李娜娜","roles":["manager"],"departments":[]})");
  ASSERT_EQ(changed.status, 200) << changed.text;
  EXPECT_EQ(changed.string("/name"), "李娜娜");
  EXPECT_EQ(changed.string("/roles/0"), "manager");
  EXPECT_TRUE(changed.at("/department").is_null());
  EXPECT_EQ(world.get(world.admin, path).text, changed.text);
}

TEST(Members, faults_of_a_change_are_told_all_at_once) {
  ApiWorld world;
  const auto answer = world.patch(world.admin, "/v1/members/" + world.seller.id_text(),
                                  R"({"name":" ","email":"x","roles":["king"],"department":"dep_1","salary":1})");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.errors(),
            (std::vector<std::string>{"invalid-value /email", "required /name", "unknown-department /department",
                                      "unknown-field /salary", "unknown-role /roles/0"}));
}

TEST(Members, and_departments_name_what_is_told_and_not_written) {
  ApiWorld world;
  const auto member =
      world.patch(world.admin, "/v1/members/" + world.seller.id_text(), R"({"id":"x","state":"active"})");
  EXPECT_EQ(member.errors(), (std::vector<std::string>{"read-only-field /id", "read-only-field /state"}));
  const auto made = world.post(world.admin, "/v1/departments", R"({"name":"华南"})");
  const auto department = world.patch(world.admin, "/v1/departments/" + made.string("/id"), R"({"id":"x"})");
  EXPECT_EQ(department.errors(), std::vector<std::string>{"read-only-field /id"});
  const auto without_roles =
      world.post(world.admin, "/v1/members/invite", R"({"name":"新人","email":"new@example.com"})");
  EXPECT_EQ(without_roles.errors(), std::vector<std::string>{"required /roles"});
}

TEST(Members, a_body_that_cannot_be_read_tells_nothing_to_who_may_not_write) {
  ApiWorld world;
  const auto answer = world.patch(world.seller, "/v1/members/" + world.seller.id_text(), R"({"roles":["king"]})");
  EXPECT_EQ(answer.status, 403);
}

TEST(Members, the_last_admin_stays) {
  ApiWorld world;
  const auto answer = world.patch(world.admin, "/v1/members/" + world.admin.id_text(), R"({"roles":["salesperson"]})");
  EXPECT_EQ(answer.string("/code"), "last-admin");
}

TEST(Members, an_invitation_needs_a_free_address) {
  ApiWorld world;
  const auto answer = world.post(world.admin, "/v1/members/invite",
                                 R"({"email":"LI@example.com","name":"李","roles":["salesperson"]})");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.string("/code"), "email-taken");
}

TEST(Deactivation, names_what_is_still_owned_then_hands_over_and_ends_her_sessions) {
  ApiWorld world;
  world.customer_of(world.seller, "海东机械一厂");
  const auto path = "/v1/members/" + world.seller.id_text() + "/deactivate";
  const auto refused = world.post(world.admin, path, "{}");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.string("/code"), "still-owns");
  EXPECT_EQ(refused.string("/counts/0/form"), "customers");
  EXPECT_EQ(refused.number("/counts/0/count"), 1);
  const auto taken = world.post(world.admin, path, R"({"hand_over_to":")" + world.other_seller.id_text() + "\"}");
  ASSERT_EQ(taken.status, 202) << taken.text;
  EXPECT_EQ(taken.string("/type"), "hand_over");
  EXPECT_EQ(taken.string("/id").substr(0, 4), "job_");
  EXPECT_EQ(world.get(world.seller, "/v1/me").status, 401);
}

TEST(Departments, are_added_changed_and_removed_when_empty) {
  ApiWorld world;
  const auto made = world.post(world.admin, "/v1/departments",
                               R"({"name":"二部","parent":")" + base::format_id(world.department) + "\"}");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto path = "/v1/departments/" + made.string("/id");
  EXPECT_EQ(made.header("Location"), path);
  const auto changed = world.patch(
      world.admin, path, R"({"name":"销售二部","parent":null,"managers":[")" + world.manager.id_text() + "\"]}");
  ASSERT_EQ(changed.status, 200) << changed.text;
  EXPECT_EQ(changed.string("/managers/0"), world.manager.id_text());
  EXPECT_TRUE(changed.at("/parent").is_null());
  EXPECT_EQ(world.get(world.seller, path).text, changed.text);
  EXPECT_EQ(world.call("DELETE", path, &world.admin).status, 204);
  EXPECT_EQ(world.get(world.seller, path).status, 404);
  EXPECT_EQ(world.call("DELETE", "/v1/departments/" + base::format_id(world.department), &world.admin).string("/code"),
            "department-not-empty");
  EXPECT_EQ(world.post(world.seller, "/v1/departments", R"({"name":"三部"})").status, 403);
}

TEST(Departments, a_dry_run_appends_nothing) {
  ApiWorld world;
  const auto before = world.position();
  const auto tried = world.post(world.admin, "/v1/departments?dry_run=true", R"({"name":"三部"})");
  EXPECT_EQ(tried.status, 200);
  EXPECT_EQ(tried.string("/would"), "accept");
  EXPECT_EQ(tried.string("/events/0/type"), "DepartmentChanged");
  EXPECT_EQ(world.position(), before);
}

TEST(Directory, opens_each_list_to_whom_the_groups_open_it) {
  ApiWorld world;
  for (const auto* path : {"/v1/departments", "/v1/roles", "/v1/calendars", "/v1/forms"}) {
    EXPECT_EQ(world.get(world.seller, path).status, 200) << path;
  }
  for (const auto* path : {"/v1/permission-groups", "/v1/api-keys"}) {
    EXPECT_EQ(world.get(world.seller, path).status, 403) << path;
    EXPECT_EQ(world.get(world.auditor, path).status, 200) << path;
  }
  EXPECT_EQ(world.get(world.seller, "/v1/roles").size("/items"), 4u);
  EXPECT_EQ(world.get(world.admin, "/v1/permission-groups").size("/items"), 4u);
}

TEST(EffectivePermissions, are_ones_own_or_for_who_reads_groups) {
  ApiWorld world;
  const auto path = "/v1/members/" + world.seller.id_text() + "/effective-permissions";
  EXPECT_EQ(world.get(world.other_seller, path).status, 403);
  const auto hers = world.get(world.seller, path);
  ASSERT_EQ(hers.status, 200) << hers.text;
  EXPECT_EQ(hers.text, world.get(world.admin, path).text);
  bool customers = false;
  for (std::size_t i = 0; i < hers.size("/forms"); ++i) {
    customers |= hers.string("/forms/" + std::to_string(i) + "/form") == "customers";
  }
  EXPECT_TRUE(customers);
}

TEST(ApiKeys, work_until_they_are_revoked_and_never_show_their_secret_again) {
  ApiWorld world;
  const auto made = world.post(world.admin, "/v1/api-keys", R"({"name":"对接","expires_at":null})");
  ASSERT_EQ(made.status, 201) << made.text;
  const auto secret = made.string("/secret");
  EXPECT_EQ(secret.size(), 47u);
  EXPECT_TRUE(secret.starts_with("hsk_"));
  EXPECT_TRUE(secret.starts_with(made.string("/prefix")));
  const Person key{.id = world.admin.id, .name = "", .token = secret};
  EXPECT_EQ(world.get(key, "/v1/me").string("/credential"), "api_key");
  EXPECT_EQ(world.get(world.admin, "/v1/api-keys").text.find(secret), std::string::npos);
  EXPECT_EQ(
      world.call("PUT", "/v1/me/password", &key, R"({"password":"correct horse battery","new_password":"x"})").status,
      403);
  EXPECT_EQ(world.call("DELETE", "/v1/api-keys/" + made.string("/id"), &world.admin).status, 204);
  EXPECT_EQ(world.get(key, "/v1/me").status, 401);
}

}  // namespace
}  // namespace highseas::test_support
