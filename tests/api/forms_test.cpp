// forms_test — a form's definition goes out and comes back; dedup rules answer with what stands already.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/api_world.hpp"

namespace highseas::test_support {
namespace {

using api::json::Json;

Json* field_of(Json& form, std::string_view key) {
  for (auto& [name, value] : *form.as_object()) {
    if (name != "fields") continue;
    for (auto& field : *value.as_array()) {
      if (*field.find("key")->as_string() == key) return &field;
    }
  }
  return nullptr;
}

Json::Array& fields_of(Json& form) {
  const auto found = std::ranges::find(*form.as_object(), "fields", &Json::Member::first);
  return *found->second.as_array();
}

void set(Json& object, std::string_view name, Json value) {
  const auto found = std::ranges::find(*object.as_object(), name, &Json::Member::first);
  if (found != object.as_object()->end()) {
    found->second = std::move(value);
  } else {
    object.as_object()->emplace_back(std::string(name), std::move(value));
  }
}

TEST(Forms, what_get_gave_is_accepted_back_and_changes_nothing) {
  ApiWorld world;
  for (const std::string slug : {"customers", "leads", "contacts", "follow-ups", "products"}) {
    const auto form = world.get(world.admin, "/v1/forms/" + slug);
    ASSERT_EQ(form.status, 200) << slug;
    const auto before = world.position();
    const auto back = world.patch(world.admin, "/v1/forms/" + slug, form.text);
    EXPECT_EQ(back.status, 200) << back.text;
    EXPECT_EQ(back.text, form.text);
    EXPECT_EQ(world.position(), before);
  }
}

TEST(Forms, a_new_field_is_taken_with_its_choices_and_a_default_among_them) {
  ApiWorld world;
  auto form = world.get(world.admin, "/v1/forms/customers").body;
  fields_of(form).push_back(
      Json::Object{{"key", "tier"},
                   {"label", Json::Object{{"zh", "层级"}}},
                   {"type", "choice"},
                   {"choices", Json::Array{Json::Object{{"key", "gold"}, {"label", Json::Object{{"zh", "金"}}}},
                                           Json::Object{{"key", "silver"}, {"label", Json::Object{{"zh", "银"}}}}}},
                   {"default", "silver"}});
  const auto changed = world.patch(world.admin, "/v1/forms/customers", api::json::to_text(form));
  ASSERT_EQ(changed.status, 200) << changed.text;
  auto after = changed.body;
  const auto* tier = field_of(after, "tier");
  ASSERT_TRUE(tier);
  EXPECT_EQ(*tier->find("default")->as_string(), "silver");
  const auto made = world.post(world.seller, "/v1/customers", R"({"name":"有层级的客户"})");
  EXPECT_EQ(made.string("/tier"), "silver") << made.text;
}

TEST(Forms, a_missing_field_is_retired_but_not_one_that_ships) {
  ApiWorld world;
  auto form = world.get(world.admin, "/v1/forms/customers").body;
  std::erase_if(fields_of(form), [](const Json& field) { return *field.find("key")->as_string() == "grade"; });
  const auto refused = world.patch(world.admin, "/v1/forms/customers", api::json::to_text(form));
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.string("/code"), "system-field");
}

TEST(Forms, a_type_never_changes_and_every_fault_is_told) {
  ApiWorld world;
  auto form = world.get(world.admin, "/v1/forms/customers").body;
  set(*field_of(form, "name"), "type", "integer");
  set(*field_of(form, "grade"), "colour", "red");
  set(*field_of(form, "grade"), "required", 7);
  fields_of(form).push_back(Json::Object{{"key", "owner"}, {"type", "text"}, {"label", Json::Object{{"zh", "负责"}}}});
  const auto refused = world.patch(world.admin, "/v1/forms/customers", api::json::to_text(form));
  EXPECT_EQ(refused.status, 422);
  std::vector<std::string> codes;
  for (const auto& error : refused.errors()) codes.push_back(error.substr(0, error.find(' ')));
  EXPECT_EQ(codes, (std::vector<std::string>{"field-type-fixed", "invalid-key", "unknown-field", "wrong-type"}))
      << refused.text;
}

TEST(Forms, what_nobody_writes_is_read_only_when_it_differs) {
  ApiWorld world;
  auto form = world.get(world.admin, "/v1/forms/customers").body;
  set(form, "facts", Json::Array());
  set(*field_of(form, "name"), "dedup", false);
  const auto refused = world.patch(world.admin, "/v1/forms/customers", api::json::to_text(form));
  EXPECT_EQ(refused.string("/code"), "read-only-field");
  EXPECT_EQ(refused.size("/errors"), 2u) << refused.text;
}

TEST(Forms, a_field_that_a_form_does_not_show_is_unknown_until_it_is_shown_again) {
  ApiWorld world;
  const auto id = world.post(world.seller, "/v1/customers", R"({"name":"上海精工","short_name":"精工"})").string("/id");
  const auto shown = [&](bool visible) {
    auto form = world.get(world.admin, "/v1/forms/customers").body;
    set(*field_of(form, "short_name"), "visible", Json(visible));
    return world.patch(world.admin, "/v1/forms/customers", api::json::to_text(form));
  };
  ASSERT_EQ(shown(false).status, 200);
  for (const auto* who : {&world.seller, &world.admin}) {
    const auto record = world.get(*who, "/v1/customers/" + id);
    EXPECT_EQ(record.text.find("short_name"), std::string::npos) << record.text;
    EXPECT_EQ(world.patch(*who, "/v1/customers/" + id, R"({"short_name":"x"})").errors(),
              std::vector<std::string>{"unknown-field /short_name"});
    EXPECT_EQ(world.get(*who, "/v1/customers?filter=short_name%20==%20%22x%22").string("/code"), "bad-expression");
    EXPECT_EQ(world.get(*who, "/v1/customers?sort=short_name").status, 400);
    EXPECT_EQ(world.get(*who, "/v1/customers?fields=short_name").status, 400);
    const auto history = world.get(*who, "/v1/customers/" + id + "/history");
    EXPECT_EQ(history.text.find("short_name"), std::string::npos) << history.text;
    EXPECT_EQ(history.string("/items/0/summary").find("= 精工"), std::string::npos) << history.text;
  }
  ASSERT_EQ(shown(true).status, 200) << "whoever lays out the form still sees it there";
  EXPECT_EQ(world.get(world.seller, "/v1/customers/" + id).string("/short_name"), "精工");
}

TEST(Forms, conditions_of_fields_are_not_taken_yet) {
  ApiWorld world;
  auto form = world.get(world.admin, "/v1/forms/customers").body;
  set(*field_of(form, "short_name"), "visible", Json(R"(grade == "A")"));
  EXPECT_EQ(world.patch(world.admin, "/v1/forms/customers", api::json::to_text(form)).string("/code"), "not-yet");
}

TEST(Forms, words_typed_into_an_open_list_outlive_an_older_definition) {
  ApiWorld world;
  const auto form = world.get(world.admin, "/v1/forms/customers");
  ASSERT_EQ(world.post(world.seller, "/v1/customers", R"({"name":"一厂","tags":["老客户"]})").status, 201);
  const auto before = world.position();
  const auto back = world.patch(world.admin, "/v1/forms/customers", form.text);
  ASSERT_EQ(back.status, 200) << back.text;
  EXPECT_EQ(world.position(), before);
  EXPECT_NE(back.text.find("老客户"), std::string::npos);
  auto without = back.body;
  auto* choices = field_of(without, "tags");
  set(*choices, "choices", Json::Array{Json::Object{{"key", "老客户"}, {"retired", true}}});
  const auto retired = world.patch(world.admin, "/v1/forms/customers", api::json::to_text(without));
  ASSERT_EQ(retired.status, 200) << retired.text;
  EXPECT_EQ(retired.text.find("老客户"), std::string::npos);
}

TEST(Forms, are_read_by_all_and_changed_by_admins) {
  ApiWorld world;
  EXPECT_EQ(world.patch(world.manager, "/v1/forms/customers", R"({"label":{"zh":"企业"}})").status, 403);
  EXPECT_EQ(world.patch(world.manager, "/v1/forms/customers", R"({"fields":3})").status, 403);
  const auto changed = world.patch(world.admin, "/v1/forms/customers", R"({"label":{"zh":"企业"}})");
  ASSERT_EQ(changed.status, 200) << changed.text;
  EXPECT_EQ(changed.string("/label/zh"), "企业");
  EXPECT_EQ(changed.string("/label/en"), "Customers");
  EXPECT_EQ(world.get(world.seller, "/v1/forms/nothing").status, 404);
}

TEST(Forms, hide_the_cost_of_products_from_salespersons) {
  ApiWorld world;
  auto hers = world.get(world.seller, "/v1/forms/products").body;
  EXPECT_EQ(field_of(hers, "cost"), nullptr);
  auto all = world.get(world.admin, "/v1/forms/products").body;
  EXPECT_NE(field_of(all, "cost"), nullptr);
}

TEST(DedupRules, that_change_answer_with_the_pairs_that_stand_already) {
  ApiWorld world;
  ASSERT_EQ(world.get(world.admin, "/v1/forms/customers/dedup").size("/rules"), 3u);
  const auto one = world.post(world.seller, "/v1/customers", R"({"name":"一厂","short_name":"同名"})").string("/id");
  const auto two = world.post(world.seller, "/v1/customers", R"({"name":"二厂","short_name":"同名"})").string("/id");
  ASSERT_EQ(world.post(world.seller, "/v1/customers", R"({"name":"三厂","short_name":"别名"})").status, 201);
  const auto changed =
      world.call("PUT", "/v1/forms/customers/dedup", &world.admin, R"({"rules":[["name"],["short_name"]]})");
  ASSERT_EQ(changed.status, 200) << changed.text;
  ASSERT_EQ(changed.size("/pairs"), 1u) << changed.text;
  EXPECT_EQ(changed.string("/pairs/0/records/0/id"), one);
  EXPECT_EQ(changed.string("/pairs/0/records/1/id"), two);
  EXPECT_EQ(changed.string("/pairs/0/records/0/matched/0"), "short_name");
  EXPECT_EQ(changed.header("Highseas-Position"), std::to_string(world.position()));
  EXPECT_EQ(world.post(world.seller, "/v1/customers", R"({"name":"四厂","short_name":"同名"})").status, 409);
}

TEST(DedupRules, name_their_faults_by_place) {
  ApiWorld world;
  const auto refused =
      world.call("PUT", "/v1/forms/customers/dedup", &world.admin, R"({"rules":[["name"],["nothing"],"phone"]})");
  EXPECT_EQ(refused.errors(), (std::vector<std::string>{"unknown-field /rules/1/0", "wrong-type /rules/2"}));
  const auto more = world.call("PUT", "/v1/forms/customers/dedup", &world.admin,
                               R"({"rules":["phone",["name"],["name"],["attachments"],["nothing"],7,[]]})");
  EXPECT_EQ(more.errors(),
            (std::vector<std::string>{"invalid-value /rules/2", "not-allowed-here /rules/3/0", "required /rules/6",
                                      "unknown-field /rules/4/0", "wrong-type /rules/0", "wrong-type /rules/5"}));
}

TEST(DedupRules, and_forms_are_told_in_trials_in_the_words_of_the_api) {
  ApiWorld world;
  const auto rules =
      world.call("PUT", "/v1/forms/customers/dedup?dry_run=true", &world.admin, R"({"rules":[["name","phone"]]})");
  EXPECT_EQ(rules.string("/events/0/data/form"), "customers") << rules.text;
  EXPECT_EQ(rules.string("/events/0/data/rules/0/1"), "phone");
  const auto form = world.patch(world.admin, "/v1/forms/customers?dry_run=true", R"({"label":{"en":"Clients"}})");
  ASSERT_EQ(form.string("/events/0/type"), "FormChanged") << form.text;
  const auto shown = world.get(world.admin, "/v1/forms/customers");
  EXPECT_EQ(form.at("/events/0/data/form/behaviours"), shown.at("/behaviours"));
  EXPECT_EQ(form.string("/events/0/data/form/dedup/0/0"), "name");
}

}  // namespace
}  // namespace highseas::test_support
