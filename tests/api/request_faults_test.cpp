// request_faults_test — requests that can't be read, are not the caller's, come too late, or meet a server that can't.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/json/parse.hpp"
#include "api/problem.hpp"
#include "tests/api/refused.hpp"

namespace highseas::api_test {
namespace {

using test_support::ApiAnswer;
using test_support::ApiWorld;
using test_support::Person;
using testing::ElementsAre;

using Headers = ApiWorld::Headers;

// --- the request itself

TEST(Body, of_another_media_type_is_refused) {
  ApiWorld world;
  for (const auto* type : {"text/plain", "application/xml", "application/merge-patch+json", "multipart/form-data"}) {
    expect_refused(world.post(world.seller, "/v1/customers", R"({"name":"a"})", {{"Content-Type", type}}), 415,
                   "unsupported-media-type");
  }
  EXPECT_EQ(
      world
          .post(world.seller, "/v1/customers", R"({"name":"a"})", {{"Content-Type", "Application/JSON; charset=utf-8"}})
          .status,
      201);
  expect_refused(world.post(world.seller, "/v1/files", "{}", {{"Content-Type", "application/json"}}), 415,
                 "unsupported-media-type");
  expect_refused(
      world.post(world.seller, "/v1/customers", R"({"name":"c"})", {{"Content-Type", "application/json; charset=gbk"}}),
      415, "unsupported-media-type");
  expect_refused(world.post(world.seller, "/v1/customers", R"({"name":"c"})",
                            {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}),
                 415, "unsupported-media-type");
  const auto patch = path_of(world.customer_of(world.seller, "b"));
  EXPECT_EQ(
      world.patch(world.seller, patch, R"({"remark":"x"})", {{"Content-Type", "application/merge-patch+json"}}).status,
      200);
  expect_refused(world.patch(world.seller, patch, R"({"remark":"x"})", {{"Content-Type", "text/plain"}}), 415,
                 "unsupported-media-type");
}

TEST(DryRun, says_that_a_faulty_body_would_be_refused_and_why) {
  ApiWorld world;
  const auto tried = world.post(world.seller, "/v1/customers?dry_run=true", R"({"nam":"x"})");
  EXPECT_EQ(tried.status, 200) << tried.text;
  EXPECT_EQ(tried.string("/would"), "refuse");
  EXPECT_EQ(tried.string("/problem/code"), world.post(world.seller, "/v1/customers", R"({"nam":"x"})").string("/code"));
  const auto forbidden = world.post(world.seller, "/v1/departments?dry_run=true", R"({"name":"三部"})");
  EXPECT_EQ(forbidden.string("/problem/code"), "forbidden") << forbidden.text;
  // What can't be read at all, or comes from nobody, is no question.
  EXPECT_EQ(world.post(world.seller, "/v1/customers?dry_run=true", "{").status, 400);
  EXPECT_EQ(world.call("POST", "/v1/customers?dry_run=true", nullptr, R"({"nam":"x"})").status, 401);
}

TEST(DryRun, of_a_batch_tells_what_each_item_would_come_to) {
  ApiWorld world;
  const auto head = world.position();
  const auto batch = [&](const std::string& operations) {
    return world.post(world.seller, "/v1/customers/batch?dry_run=true", R"({"operations":[)" + operations + "]}");
  };
  const auto mixed =
      batch(R"({"op":"create","data":{"name":"新客户"}},{"op":"create","data":{"name":"另一个","grade":"Z"}},
                              {"op":"create","data":{"nmae":"x"}})");
  EXPECT_EQ(mixed.status, 200);
  EXPECT_EQ(mixed.string("/would"), "accept") << mixed.text;
  EXPECT_EQ(mixed.size("/events"), 1u);
  ASSERT_EQ(mixed.size("/results"), 3u);
  EXPECT_EQ(mixed.string("/results/0/status"), "ok");
  EXPECT_EQ(mixed.string("/results/1/code"), "unknown-choice");
  EXPECT_EQ(mixed.string("/results/2/status"), "refused");
  // None could even be read.
  const auto unread = batch(R"({"op":"create","data":{"nmae":"x"}})");
  EXPECT_EQ(unread.string("/would"), "refuse") << unread.text;
  EXPECT_EQ(unread.size("/results"), 1u);
  EXPECT_EQ(batch("").string("/would"), "nothing");
  EXPECT_EQ(world.position(), head);
}

TEST(DryRun, of_an_action_on_many_is_refused_where_all_are_and_nothing_where_all_is_so_already) {
  ApiWorld world;
  const auto theirs = world.customer_of(world.other_seller, "a");
  const auto hers = world.customer_of(world.seller, "b");
  const auto free = world.customer_in_pool("c");
  const auto claim = [&](const std::string& ids) {
    return world.post(world.seller, "/v1/customers/claim?dry_run=true", R"({"ids":[)" + ids + "]}");
  };
  const auto quoted = [](const std::string& id) { return "\"" + id + "\""; };
  const auto refused = claim(quoted(theirs) + R"(,"led_01ARZ3NDEKTSV4RRFFQ69G5FAV")");
  EXPECT_EQ(refused.string("/would"), "refuse") << refused.text;
  EXPECT_EQ(refused.size("/events"), 0u);
  EXPECT_EQ(refused.string("/results/0/code"), "already-owned");
  EXPECT_EQ(refused.string("/results/0/owner/id"), world.other_seller.id_text());
  EXPECT_EQ(refused.string("/results/1/code"), "not-found");
  const auto already = claim(quoted(hers));
  EXPECT_EQ(already.string("/would"), "nothing") << already.text;
  EXPECT_EQ(already.string("/results/0/status"), "ok");
  const auto some = claim(quoted(theirs) + "," + quoted(free) + "," + quoted(hers));
  EXPECT_EQ(some.string("/would"), "accept") << some.text;
  EXPECT_EQ(some.string("/results/0/status"), "refused");
  EXPECT_EQ(some.string("/results/1/status"), "ok");
  EXPECT_TRUE(world.get(world.admin, path_of(free)).at("/owner").is_null());
}

TEST(Refusal, names_the_position_that_it_rests_on_also_where_the_body_is_refused) {
  ApiWorld world;
  const auto head = std::to_string(world.position());
  EXPECT_EQ(world.post(world.seller, "/v1/customers", R"({"nam":"x"})").header("Highseas-Position"), head);
  EXPECT_EQ(world.post(world.seller, "/v1/departments", R"({"name":"三部"})").header("Highseas-Position"), head);
  EXPECT_EQ(world.get(world.seller, "/v1/nothings").header("Highseas-Position"), head);
}

TEST(Batch, that_is_refused_whole_names_no_record_that_it_would_have_made) {
  ApiWorld world;
  const auto refused = world.post(world.seller, "/v1/customers/batch",
                                  R"({"atomic":true,"operations":[{"op":"create","data":{"name":"新客户"}},
                                      {"op":"create","data":{}}]})");
  EXPECT_EQ(refused.string("/results/0/code"), "batch-refused") << refused.text;
  EXPECT_TRUE(refused.at("/results/0/id").is_null());
}

TEST(Body, that_is_no_json_object_is_refused_with_its_place) {
  ApiWorld world;
  const auto send = [&](const std::string& body) { return world.post(world.seller, "/v1/customers", body); };
  const auto broken = send("{\n \"name\": }");
  expect_refused(broken, 400, "malformed-json");
  EXPECT_EQ(broken.number("/line"), 2);
  EXPECT_EQ(broken.number("/column"), 10);
  expect_refused(send("{\"name\":\"\xff\"}"), 400, "malformed-json");
  expect_refused(send(R"({"name":"a","name":"b"})"), 400, "duplicate-key");
  std::string deep = R"({"name":)" + std::string(40, '[') + std::string(40, ']') + "}";
  expect_refused(send(deep), 422, "json-limit");
  expect_refused(send("[]"), 422, "not-an-object");
  expect_refused(send("\"a\""), 422, "not-an-object");
  expect_refused(world.call("POST", "/v1/customers", &world.seller, "", {{"Content-Type", "application/json"}}), 400,
                 "malformed-json");
  expect_refused(world.post(world.seller, "/v1/customers/batch", R"({"operations":[)" + std::string(1, ']')), 400,
                 "malformed-json");
}

TEST(Body, of_an_action_without_one_may_be_empty_only) {
  ApiWorld world;
  const auto id = world.customer_of(world.admin, "a");
  ASSERT_EQ(world.call("DELETE", path_of(id), &world.admin).status, 204);
  const auto refused = world.post(world.admin, path_of(id, "/restore"), R"({"now":true,"please":1})");
  expect_refused(refused, 422, "unknown-field");
  EXPECT_THAT(refused.errors(), ElementsAre("unknown-field /now", "unknown-field /please"));
  EXPECT_EQ(world.post(world.admin, path_of(id, "/restore"), "{}").status, 200);
}

TEST(Credentials, come_before_the_body) {
  ApiWorld world;
  expect_refused(world.call("POST", "/v1/customers", nullptr, "{"), 401, "unauthorized");
  const auto basic = world.call("GET", "/v1/me", nullptr, "", {{"Authorization", "Basic emhvdTpwdw=="}});
  expect_refused(basic, 401, "unauthorized");
}

TEST(Parameters, that_are_bad_doubled_or_unknown_are_refused_by_name) {
  ApiWorld world;
  const auto refused = [&](const std::string& query, const std::string& code, const std::string& name) {
    const auto answer = world.get(world.seller, "/v1/customers?" + query);
    expect_refused(answer, code == "out-of-range" ? 422 : 400, code);
    EXPECT_EQ(answer.string("/parameter"), name) << query;
  };
  refused("limit=0", "bad-parameter", "limit");
  refused("limit=-1", "bad-parameter", "limit");
  refused("limit=ten", "bad-parameter", "limit");
  refused("limit=", "bad-parameter", "limit");
  refused("limit=501", "out-of-range", "limit");
  refused("limit=99999999999999999999999", "out-of-range", "limit");
  refused("count=some", "bad-parameter", "count");
  refused("sort=nonsense", "bad-parameter", "sort");
  refused("fields=name,nonsense", "bad-parameter", "fields");
  refused("limit=1&limit=2", "bad-parameter", "limit");
  refused("filtre=true", "unknown-parameter", "filtre");
  refused("=1", "unknown-parameter", "");
  refused("dry_run=true", "unknown-parameter", "dry_run");
  const auto path = path_of(world.customer_of(world.seller, "a"));
  expect_refused(world.post(world.seller, path + "/release?dry_run=perhaps", ""), 400, "bad-parameter");
}

TEST(Cursors, that_were_not_given_out_are_refused_wherever_there_are_pages) {
  ApiWorld world;
  const auto id = world.customer_of(world.seller, "a");
  for (const auto& path :
       {std::string("/v1/customers"), path_of(id, "/history"), std::string("/v1/members"), std::string("/v1/pools"),
        std::string("/v1/jobs"), std::string("/v1/sessions"), std::string("/v1/forms"),
        std::string("/v1/recycle-rules"), std::string("/v1/api-keys"), std::string("/v1/permission-groups"),
        std::string("/v1/departments"), std::string("/v1/roles"), std::string("/v1/calendars")}) {
    expect_refused(world.get(world.admin, path + "?cursor=nonsense"), 400, "bad-cursor");
  }
}

TEST(Headers, that_can_not_be_read_are_refused) {
  ApiWorld world;
  const auto with = [&](const std::string& name, const std::string& value) {
    return world.post(world.seller, "/v1/customers", R"({"name":"a"})", {{name, value}});
  };
  for (const auto* position : {"", "-1", "x", "1.5", "99999999999999999999999"}) {
    expect_refused(with("Highseas-Min-Position", position), 400, "bad-position");
  }
  expect_refused(with("Idempotency-Key", ""), 400, "bad-idempotency-key");
  expect_refused(with("Idempotency-Key", std::string(201, 'k')), 400, "bad-idempotency-key");
  EXPECT_EQ(with("Idempotency-Key", std::string(200, 'k')).status, 201);
}

TEST(MinPosition, that_is_not_reached_in_time_is_told_as_such) {
  ApiWorld world;
  const auto late = world.call("GET", "/v1/customers", &world.seller, "", {{"Highseas-Min-Position", "1000000"}});
  expect_refused(late, 503, "behind");
  EXPECT_EQ(late.header("Retry-After"), "1");
}

TEST(Cookie, needs_the_csrf_token_for_writes_and_no_other_sites_origin) {
  ApiWorld world;
  const auto session = world.engine().credentials().start_session(1, world.seller.id, engine::real_now());
  ASSERT_TRUE(session.has_value());
  const auto send = [&](const std::string& method, const Headers& more) {
    Headers headers{{"Cookie", "theme=dark; highseas_session=" + session->token}, {"Host", "crm.example.com"}};
    headers.insert(headers.end(), more.begin(), more.end());
    return world.call(method, "/v1/customers", nullptr, method == "POST" ? R"({"name":"a"})" : "", headers);
  };
  EXPECT_EQ(send("GET", {}).status, 200);
  expect_refused(send("POST", {}), 403, "csrf");
  expect_refused(send("POST", {{"X-CSRF-Token", "guess"}}), 403, "csrf");
  const std::pair<std::string, std::string> token{"X-CSRF-Token", session->csrf_token};
  expect_refused(send("POST", {token, {"Origin", "https://evil.example"}}), 403, "csrf");
  expect_refused(send("POST", {token, {"Origin", "null"}}), 403, "csrf");
  EXPECT_EQ(send("POST", {token, {"Origin", "https://crm.example.com"}}).status, 201);
}

TEST(Method, that_an_address_does_not_take_is_named_with_those_that_it_takes) {
  ApiWorld world;
  const auto refused = world.call("PUT", "/v1/customers", &world.seller, "{}");
  expect_refused(refused, 405, "method-not-allowed");
  EXPECT_EQ(refused.header("Allow"), "GET, POST");
  expect_refused(world.get(world.seller, "/v1/customers/claim"), 405, "method-not-allowed");
  expect_refused(world.get(world.seller, "/v2/customers"), 404, "not-found");
  expect_refused(world.get(world.seller, "/v1/nonsense"), 404, "not-found");
}

// --- If-Match

TEST(IfMatch, holds_for_every_action_on_one_record) {
  ApiWorld world;
  world.wait_a_moment();  // the pool that ships stays the first one
  const auto until = R"({"until":"2026-04-01T00:00:00Z"})";
  const auto pool = world.post(world.admin, "/v1/pools", R"({"form":"customers","name":"二号"})").string("/id");
  struct Step {
    std::string action;
    std::string body;
  };
  const auto id = world.customer_in_pool("a");
  const std::vector<Step> steps{{"claim", ""},
                                {"lock", until},
                                {"transfer", owner_body(world.seller)},
                                {"release", ""},
                                {"move", R"({"pool":")" + pool + "\"}"},
                                {"assign", owner_body(world.seller)}};
  // An admin is no claimer of the shipped pool unless she is named; she is.
  std::uint64_t version = 1;
  for (const auto& [action, body] : steps) {
    const auto path = path_of(id, "/" + action);
    const auto head = world.position();
    for (const std::string& stale :
         {"\"" + std::to_string(version - 1) + "\"", std::string("\"99\""), std::string("\"word\"")}) {
      const auto refused = world.post(world.admin, path, body, {{"If-Match", stale}});
      expect_refused(refused, 412, "version-conflict");
      EXPECT_EQ(refused.number("/version"), static_cast<std::int64_t>(version)) << action;
    }
    const auto tried = world.post(world.admin, path + "?dry_run=true", body, {{"If-Match", "\"99\""}});
    EXPECT_EQ(tried.string("/problem/code"), "version-conflict") << tried.text;
    EXPECT_EQ(world.position(), head) << action;
    const auto tag = "\"" + std::to_string(version) + "\"";
    const auto done = world.post(world.admin, path, body, {{"If-Match", tag}});
    ASSERT_EQ(done.status, 200) << action << done.text;
    ++version;
    EXPECT_EQ(done.header("ETag"), "\"" + std::to_string(version) + "\"") << action;
  }
  EXPECT_EQ(world.post(world.admin, path_of(id, "/release"), "", {{"If-Match", "*"}}).status, 200);
}

TEST(IfMatch, tells_no_version_to_who_would_be_refused_anyway) {
  ApiWorld world;
  const auto others = world.customer_of(world.other_seller, "机密客户");
  const Headers stale{{"If-Match", "\"99\""}};
  expect_refused(world.post(world.seller, path_of(others, "/claim"), "", stale), 409, "already-owned");
  expect_refused(world.post(world.seller, path_of(others, "/release"), "", stale), 404, "not-found");
  expect_refused(world.post(world.auditor, path_of(others, "/lock"), R"({"until":null})", stale), 403, "forbidden");
}

// --- the server

// What the engine could not do, as problems: what may be tried again says when.
TEST(Failures, of_the_engine_are_503_with_retry_after) {
  const std::pair<engine::Failure, std::string> all[] = {{engine::Failure::overloaded, "overloaded"},
                                                         {engine::Failure::storage, "storage"},
                                                         {engine::Failure::outcome_unknown, "outcome-unknown"},
                                                         {engine::Failure::behind, "behind"},
                                                         {engine::Failure::stopping, "stopping"}};
  for (const auto& [failure, code] : all) {
    const auto answer = test_support::answer_of([&](api::http::Responder responder) {
      api::http::Request request;
      request.path = "/v1/customers";
      api::Call(std::move(request), std::move(responder)).fail(failure);
    });
    expect_refused(answer, 503, code);
    EXPECT_EQ(answer.header("Retry-After"), "1");
  }
}

// What the HTTP server refuses by itself is told by the same table.
TEST(Faults, of_the_http_server_are_problems_in_the_language_asked_for) {
  for (const std::string code : {"internal", "busy", "stopping"}) {
    api::http::Fault fault;
    fault.code = code;
    const auto told = [&](const char* language) {
      fault.accept_language = language;
      return *api::json::parse(api::fault_document(fault));
    };
    const auto zh = told("");
    const auto en = told("en");
    EXPECT_EQ(*zh.find("code")->as_string(), code);
    EXPECT_EQ(zh.find("status")->as_int64(), api::problem_kind(code).status);
    EXPECT_NE(*zh.find("title")->as_string(), *en.find("title")->as_string());
    EXPECT_TRUE(zh.find("instance")->is_null());
  }
}

}  // namespace
}  // namespace highseas::api_test
