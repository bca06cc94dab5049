// operating_test — health, metrics, the description of the API and the test clock.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "api/http/mailbox.hpp"
#include "api/json/parse.hpp"
#include "api/openapi/shapes.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "tests/support/api_world.hpp"

namespace highseas::test_support {
namespace {

using api::json::Json;

// Calls `visit` with every object of a tree.
void each_object(const Json& json, const std::function<void(const Json&)>& visit) {
  if (const auto* object = json.as_object()) {
    visit(json);
    for (const auto& [name, value] : *object) each_object(value, visit);
  } else if (const auto* items = json.as_array()) {
    for (const auto& item : *items) each_object(item, visit);
  }
}

const Json* resolve(const Json& document, std::string_view reference) {
  if (!reference.starts_with("#/")) return nullptr;
  const auto* at = &document;
  reference.remove_prefix(2);
  while (at && !reference.empty()) {
    const auto end = std::min(reference.find('/'), reference.size());
    at = at->find(reference.substr(0, end));
    reference.remove_prefix(std::min(reference.size(), end + 1));
  }
  return at;
}

TEST(OpenApi, has_a_row_for_every_route) {
  for (const auto& route : api::routes()) {
    const auto* shape = api::shape_of(route.operation);
    ASSERT_TRUE(shape) << route.operation;
    if (route.body == api::Body::optional_json) continue;
    EXPECT_EQ(shape->request.empty(), route.body == api::Body::none) << route.operation;
  }
}

TEST(OpenApi, is_whole) {
  ApiWorld world;
  const auto answer = world.get(world.admin, "/openapi.json");
  ASSERT_EQ(answer.status, 200);
  const auto& document = answer.body;
  EXPECT_EQ(answer.string("/openapi"), "3.1.0");
  EXPECT_FALSE(answer.string("/info/title").empty());
  each_object(document, [&](const Json& object) {
    const auto* reference = object.find("$ref");
    if (!reference) return;
    ASSERT_TRUE(reference->as_string());
    EXPECT_TRUE(resolve(document, *reference->as_string())) << *reference->as_string();
  });
  const std::set<std::string> methods{"get", "post", "put", "patch", "delete"};
  std::set<std::string> ids;
  for (const auto& [path, item] : *document.find("paths")->as_object()) {
    EXPECT_EQ(path.find("{form}"), std::string::npos);
    for (const auto& [method, operation] : *item.as_object()) {
      EXPECT_TRUE(methods.contains(method)) << method;
      EXPECT_TRUE(ids.insert(*operation.find("operationId")->as_string()).second) << path;
      const auto* responses = operation.find("responses");
      ASSERT_TRUE(responses) << path;
      std::size_t good = 0;
      for (const auto& [status, response] : *responses->as_object()) {
        good += status.starts_with('2');
        EXPECT_TRUE(response.find("description") || response.find("$ref")) << path;
      }
      EXPECT_GE(good, 1u) << path;
      EXPECT_TRUE(responses->find("default")) << path;
      std::set<std::string> named;
      const auto* parameters = operation.find("parameters");
      for (const auto& parameter : parameters ? *parameters->as_array() : Json::Array()) {
        const auto* in = parameter.find("in");
        if (!in || *in->as_string() != "path") continue;
        named.insert(*parameter.find("name")->as_string());
        EXPECT_TRUE(*parameter.find("required")->as_boolean());
      }
      std::set<std::string> wanted;
      for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
        wanted.insert(path.substr(open + 1, path.find('}', open) - open - 1));
      }
      EXPECT_EQ(named, wanted) << path;
      EXPECT_FALSE(method == "get" && operation.find("requestBody")) << path;
    }
  }
}

TEST(OpenApi, types_the_records_of_each_form_and_follows_a_change_of_it) {
  ApiWorld world;
  const auto before = world.get(world.admin, "/openapi.json");
  EXPECT_TRUE(before.has("/components/schemas/CustomersRecord/properties/credit_code"));
  EXPECT_TRUE(before.has("/components/schemas/FollowUpsInput/properties/content"));
  EXPECT_EQ(before.string("/components/schemas/CustomersInput/required/0"), "name");
  const auto* paths = before.at("/paths").as_object();
  ASSERT_TRUE(paths);
  EXPECT_TRUE(before.at("/paths").find("/v1/customers/{id}/claim"));
  EXPECT_FALSE(before.at("/paths").find("/v1/products/{id}/claim"));
  auto fields = world.get(world.admin, "/v1/forms/customers").body;
  auto patch = *fields.find("fields");
  patch.as_array()->push_back(
      Json::Object{{"key", "vat_no"}, {"type", "text"}, {"label", Json::Object{{"zh", "税号二"}}}});
  const Json body = Json::Object{{"fields", patch}};
  ASSERT_EQ(world.patch(world.admin, "/v1/forms/customers", api::json::to_text(body)).status, 200);
  EXPECT_TRUE(world.get(world.admin, "/openapi.json").has("/components/schemas/CustomersRecord/properties/vat_no"));
  const auto stranger = world.call("GET", "/openapi.json");
  EXPECT_TRUE(stranger.has("/components/schemas/CustomersRecord/properties/credit_code"));
  EXPECT_EQ(stranger.text.find("vat_no"), std::string::npos) << "what a company keeps is told to its members alone";
}

TEST(OpenApi, leaves_out_what_is_hidden_from_her_everywhere) {
  ApiWorld world;
  constexpr auto kCost = "/components/schemas/ProductsRecord/properties/cost";
  EXPECT_TRUE(world.get(world.admin, "/openapi.json").has(kCost));
  EXPECT_FALSE(world.get(world.seller, "/openapi.json").has(kCost));
  EXPECT_TRUE(world.get(world.manager, "/openapi.json").has(kCost));
}

TEST(Health, and_readiness_and_metrics_ask_for_no_credentials) {
  ApiWorld world;
  EXPECT_EQ(world.call("GET", "/healthz").string("/status"), "ok");
  EXPECT_EQ(world.call("GET", "/readyz").string("/status"), "ready");
  const auto metrics = world.call("GET", "/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_NE(metrics.text.find("\nhighseas_position " + std::to_string(world.position()) + "\n"), std::string::npos);
  EXPECT_NE(metrics.text.find("highseas_members{state=\"active\"} 5"), std::string::npos);
  for (const auto* name : {"周敏", "海东", "zhou"}) EXPECT_EQ(metrics.text.find(name), std::string::npos);
}

TEST(Welcome, says_where_the_description_lies_in_the_language_asked_for) {
  ApiWorld world;
  const auto zh = world.call("GET", "/");
  EXPECT_NE(zh.text.find("接口一览"), std::string::npos);
  EXPECT_NE(zh.text.find("/openapi.json"), std::string::npos);
  const auto en = world.call("GET", "/", nullptr, "", {{"Accept-Language", "en"}});
  EXPECT_NE(en.text.find("The server is running"), std::string::npos);
}

TEST(Docs, list_every_address_with_what_it_is_for) {
  ApiWorld world;
  const auto page = world.call("GET", "/docs", nullptr, "", {{"Accept-Language", "en"}});
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  for (const auto& route : api::routes()) {
    EXPECT_NE(page.text.find("<td>" + std::string(route.pattern) + "</td>"), std::string::npos) << route.pattern;
    EXPECT_NE(page.text.find(route.summary_en), std::string::npos) << route.summary_en;
  }
}

TEST(TestClock, is_moved_by_an_admin_forward_only) {
  ApiWorld world;
  EXPECT_EQ(world.post(world.seller, "/v1/test-clock/advance", R"({"to":"2026-04-01T00:00:00Z"})").status, 403);
  const auto back = world.post(world.admin, "/v1/test-clock/advance", R"({"to":"2020-01-01T00:00:00Z"})");
  EXPECT_EQ(back.string("/code"), "before-now");
  const auto moved = world.post(world.admin, "/v1/test-clock/advance", R"({"to":"2026-04-01T00:00:00Z"})");
  ASSERT_EQ(moved.status, 200) << moved.text;
  EXPECT_EQ(moved.string("/now"), "2026-04-01T00:00:00.000Z");
  EXPECT_EQ(world.post(world.admin, "/v1/test-clock/advance?dry_run=true", R"({"to":"2026-05-01T00:00:00Z"})")
                .string("/would"),
            "accept");
  EXPECT_EQ(base::format_instant(world.engine().clock().now()), "2026-04-01T00:00:00.000Z");
  EXPECT_EQ(world.post(world.admin, "/v1/test-clock/advance", "{}").errors(), std::vector<std::string>{"required /to"});
}

TEST(Problems, every_refusal_has_a_row_with_words_in_both_languages) {
  const auto last = static_cast<std::uint16_t>(domain::RefusalCode::no_method);
  for (std::uint16_t number = 1; number <= last; ++number) {
    const auto key = domain::refusal_key(static_cast<domain::RefusalCode>(number));
    const auto& kind = api::problem_kind(key);
    EXPECT_EQ(kind.code, key);
    EXPECT_FALSE(kind.detail_zh.empty() || kind.detail_en.empty() || kind.title_zh.empty() || kind.title_en.empty());
  }
}

}  // namespace
}  // namespace highseas::test_support
