// set_up_test — the first request that an empty server takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include "api/app.hpp"
#include "api/http/mailbox.hpp"
#include "api/http/target.hpp"
#include "api/json/parse.hpp"
#include "tests/support/temporary_directory.hpp"

namespace highseas::test_support {
namespace {

// An engine that nobody has set up.
class EmptyServer {
 public:
  EmptyServer() {
    auto opened = engine::Engine::open({.data = directory_ / "data", .keys = "", .test_clock = {}, .fatal = {}});
    EXPECT_TRUE(opened.has_value());
    engine_ = std::move(*opened);
    app_ = std::make_unique<api::App>(*engine_, api::AppOptions{});
  }
  ~EmptyServer() { engine_->stop(); }

  api::http::Response call(const std::string& method, const std::string& path, std::string body = "",
                           const std::string& token = "") {
    api::http::Request request;
    if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
    request.method = method;
    request.target = path;
    const auto target = *api::http::parse_target(path);
    request.path = target.path;
    request.query = target.query;
    request.remote_address = "127.0.0.1";
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = std::move(body);
    struct State {
      std::mutex mutex;
      std::condition_variable told;
      bool there = false;
    };
    auto state = std::make_shared<State>();
    auto mailbox = std::make_shared<api::http::Mailbox>([state] {
      const std::lock_guard lock(state->mutex);
      state->there = true;
      state->told.notify_one();
    });
    app_->handle(std::move(request),
                 api::http::Responder(std::make_unique<api::http::AnswerSlot>(api::http::AnswerSlot{mailbox, {}})));
    std::unique_lock lock(state->mutex);
    EXPECT_TRUE(state->told.wait_for(lock, std::chrono::seconds(60), [&] { return state->there; }));
    return std::move(mailbox->take().front().response);
  }

  std::string token() const {
    std::ifstream in(directory_ / "data/setup-token");
    std::string line;
    std::getline(in, line);
    return line;
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<api::App> app_;
};

std::string set_up_body(const std::string& token, const std::string& password = "correct horse battery") {
  return R"({"setup_token":")" + token +
         R"(","workspace":{"name":"海东","time_zone":"Asia/Shanghai","currency":"CNY"},)"
         R"("admin":{"name":"周敏","email":"zhou@example.com","password":")" +
         password + "\"}}";
}

TEST(SetUp, takes_the_token_of_the_data_directory_once_and_gives_a_session) {
  EmptyServer server;
  const auto token = server.token();
  EXPECT_EQ(server.call("POST", "/v1/setup", set_up_body(std::string(64, '0'))).status, 401);
  const auto done = server.call("POST", "/v1/setup", set_up_body(token));
  ASSERT_EQ(done.status, 201) << done.body;
  EXPECT_TRUE(done.headers.contains("Set-Cookie"));
  EXPECT_EQ(server.token(), "");
  EXPECT_EQ(server.call("POST", "/v1/setup", set_up_body(token)).status, 409);
  const auto body = R"({"email":"zhou@example.com","password":"correct horse battery"})";
  EXPECT_EQ(server.call("POST", "/v1/sessions", body).status, 201);
}

TEST(SetUp, tells_nothing_of_the_body_without_the_token) {
  EmptyServer server;
  for (const auto* body :
       {R"({"setup_token":"x","workspace":{"name":" "},"colour":1})", R"({"setup_token":7})", "{}"}) {
    const auto refused = server.call("POST", "/v1/setup", body);
    EXPECT_EQ(refused.status, 401) << body;
    const auto json = api::json::parse(refused.body);
    EXPECT_EQ(*json->find("code")->as_string(), "wrong-setup-token");
    EXPECT_EQ(json->find("errors"), nullptr);
  }
}

TEST(SetUp, tried_out_leaves_the_token_as_it_was) {
  EmptyServer server;
  const auto tried = server.call("POST", "/v1/setup?dry_run=true", set_up_body(server.token()));
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_EQ(*api::json::parse(tried.body)->find("would")->as_string(), "accept");
  EXPECT_EQ(server.call("POST", "/v1/setup?dry_run=true", set_up_body("x")).status, 401);
  EXPECT_EQ(server.call("POST", "/v1/setup", set_up_body(server.token())).status, 201);
}

TEST(SetUp, names_every_fault_of_the_body_at_once) {
  EmptyServer server;
  const auto refused = server.call("POST", "/v1/setup",
                                   R"({"setup_token":")" + server.token() +
                                       R"(","workspace":{"name":" ","time_zone":"Mars/Base","currency":"RMB"},)"
                                       R"("admin":{"name":"周敏","email":"nobody","password":"12345678","age":3}})");
  EXPECT_EQ(refused.status, 422);
  const auto json = api::json::parse(refused.body);
  ASSERT_TRUE(json.has_value());
  std::vector<std::string> pointers;
  for (const auto& error : *json->find("errors")->as_array()) pointers.push_back(*error.find("pointer")->as_string());
  std::ranges::sort(pointers);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/admin/age", "/admin/email", "/admin/password", "/workspace/currency",
                                                "/workspace/name", "/workspace/time_zone"}));
}

TEST(SetUp, with_a_guessed_token_is_refused) {
  EmptyServer server;
  const auto refused = server.call("POST", "/v1/setup", set_up_body(std::string(43, 'x')));
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(*api::json::parse(refused.body)->find("code")->as_string(), "wrong-setup-token");
}

TEST(TestClock, is_moved_only_where_it_was_started_as_one) {
  EmptyServer server;
  const auto opened = api::json::parse(server.call("POST", "/v1/setup", set_up_body(server.token())).body);
  const auto session = *opened->find("token")->as_string();
  const auto advance = [&](const std::string& query) {
    return server.call("POST", "/v1/test-clock/advance" + query, R"({"to":"2099-01-01T00:00:00Z"})", session);
  };
  const auto refused = advance("");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(*api::json::parse(refused.body)->find("code")->as_string(), "clock-not-test");
  const auto tried = api::json::parse(advance("?dry_run=true").body);
  ASSERT_TRUE(tried.has_value());
  EXPECT_EQ(*tried->find("would")->as_string(), "refuse");
  EXPECT_EQ(*tried->find("problem")->find("code")->as_string(), "clock-not-test");
}

TEST(Readiness, says_that_a_set_up_is_needed) {
  EmptyServer server;
  EXPECT_NE(server.call("GET", "/readyz").body.find("set-up-needed"), std::string::npos);
  EXPECT_EQ(server.call("GET", "/openapi.json").status, 200);
  EXPECT_EQ(server.call("GET", "/metrics").status, 200);
}

}  // namespace
}  // namespace highseas::test_support
