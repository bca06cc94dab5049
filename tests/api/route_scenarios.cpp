// route_scenarios — one small maker a route; a route without one is a plain GET of its pattern, or a failed test.
#include "tests/api/route_scenarios.hpp"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <thread>

#include "domain/files/file_decider.hpp"
#include "engine/clock.hpp"
#include "eventstore/passwords.hpp"

namespace highseas::api_test {
namespace {

using test_support::ApiAnswer;

constexpr std::string_view kPassword = "correct horse battery";
constexpr std::string_view kMultipart = "multipart/form-data; boundary=cut";

const ApiAnswer& checked(const ApiAnswer& answer) {
  if (answer.status >= 300) throw std::runtime_error("the scenario failed: " + answer.text);
  return answer;
}

std::string upload_body(const std::string& content) {
  return "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + content +
         "\r\n--cut--\r\n";
}

std::string in_quotes(const std::string& text) {
  return '"' + text + '"';
}

RouteRequest post(std::string target, std::string body = "") {
  return {
      .method = "POST", .target = std::move(target), .body = std::move(body), .headers = {}, .secret = {}, .hold = {}};
}
RouteRequest get(std::string target) {
  return {.method = "GET", .target = std::move(target), .body = {}, .headers = {}, .secret = {}, .hold = {}};
}
RouteRequest patch(std::string target, std::string body) {
  return {
      .method = "PATCH", .target = std::move(target), .body = std::move(body), .headers = {}, .secret = {}, .hold = {}};
}
RouteRequest put(std::string target, std::string body) {
  return {
      .method = "PUT", .target = std::move(target), .body = std::move(body), .headers = {}, .secret = {}, .hold = {}};
}
RouteRequest remove(std::string target) {
  return {.method = "DELETE", .target = std::move(target), .body = {}, .headers = {}, .secret = {}, .hold = {}};
}

}  // namespace

RouteScenarios::RouteScenarios() {
  domain::AddDepartment add;
  add.department.name = "销售二部";
  if (!world.command(ApiWorld::actor(world.admin), add)) throw std::runtime_error("no second department");
  base::DepartmentId west;
  for (const auto& [id, department] : world.design()->departments) {
    if (department.name == "销售二部") west = id;
  }
  world.wait_a_moment();  // the pool that ships is the first one for being the oldest
  other_manager = world.join("孙丽", "sun@example.com", "manager", {west});
  bystander_ = world.join("云雀", "yunque@example.com", "salesperson", {});
  closed_pool_ = checked(world.post(world.admin, "/v1/pools",
                                    R"({"name":"大客户池","form":"customers","managers":{"members":[)" +
                                        in_quotes(other_manager.id_text()) + R"(]},"claimers":{"members":[)" +
                                        in_quotes(world.other_seller.id_text()) + "]}}"))
                     .string("/id");
  sessions();
  directory();
  pools_and_rules();
  jobs_and_files();
  records();
  actions();
}

RouteRequest RouteScenarios::request(const api::Route& route, Stands stands, const Person& who) {
  if (const auto found = makers_.find(route.operation); found != makers_.end()) return found->second(stands, who);
  if (route.method == "GET" && !route.pattern.contains('{')) return get(std::string(route.pattern));
  ADD_FAILURE() << "no scenario for " << route.operation;
  return get("/");
}

// --- what requests are made of

const Person& RouteScenarios::holder(Stands stands) const {
  return stands == Stands::own ? world.seller : world.other_seller;
}

std::string RouteScenarios::fresh_name() {
  return "机密客户" + std::to_string(++fresh_);
}

std::string RouteScenarios::customer(Stands stands, std::string& secret) {
  secret = fresh_name();
  std::string body = R"({"name":)" + in_quotes(secret);
  if (stands == Stands::pooled) body += R"(,"pool":)" + in_quotes(world.customer_pool());
  if (stands == Stands::closed) body += R"(,"pool":)" + in_quotes(closed_pool_);
  if (stands == Stands::own || stands == Stands::shared || stands == Stands::others) {
    body += R"(,"owner":)" + in_quotes(holder(stands).id_text());
  }
  if (stands == Stands::shared) body += R"(,"collaborators":[)" + in_quotes(world.seller.id_text()) + "]";
  return checked(world.post(world.admin, "/v1/customers", body + "}")).string("/id");
}

std::string RouteScenarios::invited_member() {
  const auto mail = "m" + std::to_string(++fresh_) + "@example.com";
  return checked(world.post(world.admin, "/v1/members/invite",
                            R"({"name":"新人","email":)" + in_quotes(mail) + R"(,"roles":["salesperson"]})"))
      .string("/member/id");
}

std::string RouteScenarios::joined_member() {
  return world.join("新人", "j" + std::to_string(++fresh_) + "@example.com", "salesperson", {}).id_text();
}

std::string RouteScenarios::added_department() {
  return checked(world.post(world.admin, "/v1/departments", R"({"name":"部门)" + std::to_string(++fresh_) + "\"}"))
      .string("/id");
}

std::string RouteScenarios::added_pool() {
  return checked(world.post(world.admin, "/v1/pools",
                            R"({"form":"customers","name":"公海)" + std::to_string(++fresh_) + "\"}"))
      .string("/id");
}

std::string RouteScenarios::api_key_of_admin() {
  return checked(world.post(world.admin, "/v1/api-keys", R"({"name":"键"})")).string("/id");
}

std::string RouteScenarios::preview_token() {
  return checked(world.post(world.admin, "/v1/recycle-rules/preview",
                            R"({"draft":{"name":"规则)" + std::to_string(++fresh_) +
                                R"(","form":"customers","pools":[)" + in_quotes(world.customer_pool()) +
                                R"(],"triggers":[{"type":"no_follow_up","days":30}]}})"))
      .string("/preview_token");
}

std::string RouteScenarios::published_rule() {
  return checked(world.post(world.admin, "/v1/recycle-rules/publish",
                            R"({"existing":"now","preview_token":)" + in_quotes(preview_token()) + "}"))
      .string("/rule/id");
}

std::string RouteScenarios::uploaded(const Person& who, const std::string& content) {
  return checked(world.post(who, "/v1/files", upload_body(content), {{"Content-Type", std::string(kMultipart)}}))
      .string("/id");
}

std::string RouteScenarios::import_of(const Person& who) {
  const auto file = uploaded(who, "客户名称\n" + fresh_name() + "\n");
  return checked(world.post(who, "/v1/imports",
                            R"({"form":"customers","owner":)" + in_quotes(who.id_text()) + R"(,"file":)" +
                                in_quotes(file) + "}"))
      .string("/id");
}

// The world has one worker: while it waits, no job moves.
std::shared_ptr<void> RouteScenarios::busy_worker() {
  auto release = std::make_shared<std::promise<void>>();
  world.engine().threads().on_worker(
      [waits = std::make_shared<std::shared_future<void>>(release->get_future())] { waits->wait(); });
  return {release.get(), [release](void*) { release->set_value(); }};
}

// --- sessions and start

void RouteScenarios::sessions() {
  makers_["set_up"] = [](Stands, const Person&) {
    return post("/v1/setup", R"({"setup_token":"x","workspace":{"name":"a","time_zone":"Asia/Shanghai",)"
                             R"("currency":"CNY"},"admin":{"name":"b","email":"b@example.com",)"
                             R"("password":"correct horse battery"}})");
  };
  makers_["log_in"] = [](Stands, const Person&) {
    return post("/v1/sessions", R"({"email":"zhou@example.com","password":"correct horse battery"})");
  };
  makers_["log_out"] = [](Stands, const Person&) { return remove("/v1/sessions/current"); };
  makers_["end_session"] = [this](Stands stands, const Person& who) {
    const auto member = stands == Stands::own ? who.id : world.admin.id;
    const auto session = world.engine().credentials().start_session(1, member, engine::real_now());
    const Person there{.id = member, .name = {}, .token = session->token};
    return remove("/v1/sessions/" + checked(world.get(there, "/v1/me")).string("/session/id"));
  };
  makers_["change_password"] = [this](Stands, const Person& who) {
    const auto set = world.engine().credentials().set_password_hash(1, who.id, eventstore::hash_password(kPassword));
    if (!set) throw std::runtime_error("no password");
    return put("/v1/me/password", R"({"password":"correct horse battery","new_password":"another horse battery"})");
  };
  makers_["accept_invitation"] = [this](Stands, const Person&) {
    const auto mail = "n" + std::to_string(++fresh_) + "@example.com";
    const auto invited =
        checked(world.post(world.admin, "/v1/members/invite",
                           R"({"name":"新人","email":)" + in_quotes(mail) + R"(,"roles":["salesperson"]})"));
    return post("/v1/invitations/" + invited.string("/invitation/token") + "/accept",
                R"({"password":"correct horse battery"})");
  };
  makers_["advance_test_clock"] = [this](Stands, const Person&) {
    const auto to = world.engine().clock().now() + base::kMsPerSecond;
    return post("/v1/test-clock/advance", R"({"to":)" + in_quotes(base::format_instant(to)) + "}");
  };
  makers_["release_test_clock"] = [this](Stands, const Person&) {
    const auto now = engine::real_now();
    if (world.engine().clock().now() < now) world.advance_clock(base::format_instant(now));
    return post("/v1/test-clock/release");
  };
  makers_["accept_clock"] = [](Stands, const Person&) { return post("/v1/clock/accept"); };
}

// --- directory and design

void RouteScenarios::directory() {
  makers_["invite_member"] = [this](Stands, const Person&) {
    const auto mail = "i" + std::to_string(++fresh_) + "@example.com";
    return post("/v1/members/invite", R"({"name":"新人","email":)" + in_quotes(mail) + R"(,"roles":["salesperson"]})");
  };
  makers_["get_member"] = [this](Stands, const Person&) { return get("/v1/members/" + world.seller.id_text()); };
  makers_["change_member"] = [this](Stands, const Person&) {
    return patch("/v1/members/" + invited_member(), R"({"name":"改名"})");
  };
  makers_["deactivate_member"] = [this](Stands, const Person&) {
    return post("/v1/members/" + joined_member() + "/deactivate", R"({"release":true})");
  };
  makers_["get_effective_permissions"] = [this](Stands stands, const Person& who) {
    const auto id = stands == Stands::own ? who.id_text() : world.auditor.id_text();
    return get("/v1/members/" + id + "/effective-permissions");
  };
  makers_["add_department"] = [this](Stands, const Person&) {
    return post("/v1/departments", R"({"name":"部门)" + std::to_string(++fresh_) + "\"}");
  };
  makers_["get_department"] = [this](Stands, const Person&) { return get("/v1/departments/" + added_department()); };
  makers_["change_department"] = [this](Stands, const Person&) {
    return patch("/v1/departments/" + added_department(), R"({"name":"新部门)" + std::to_string(++fresh_) + "\"}");
  };
  makers_["remove_department"] = [this](Stands, const Person&) {
    return remove("/v1/departments/" + added_department());
  };
  makers_["issue_api_key"] = [](Stands, const Person&) { return post("/v1/api-keys", R"({"name":"键"})"); };
  makers_["revoke_api_key"] = [this](Stands, const Person&) { return remove("/v1/api-keys/" + api_key_of_admin()); };
  makers_["get_form"] = [](Stands, const Person&) { return get("/v1/forms/customers"); };
  makers_["change_form"] = [this](Stands, const Person&) {
    return patch("/v1/forms/products", R"({"label":{"zh":"产品)" + std::to_string(++fresh_) + R"(","en":"Products"}})");
  };
  makers_["get_dedup_rules"] = [](Stands, const Person&) { return get("/v1/forms/customers/dedup"); };
  makers_["change_dedup_rules"] = [this](Stands, const Person&) {
    return put("/v1/forms/leads/dedup", ++fresh_ % 2 == 0 ? R"({"rules":[["mobile"]]})" : R"({"rules":[]})");
  };
}

// --- pools and rules

void RouteScenarios::pools_and_rules() {
  makers_["add_pool"] = [this](Stands, const Person&) {
    return post("/v1/pools", R"({"form":"customers","name":"公海)" + std::to_string(++fresh_) + "\"}");
  };
  makers_["get_pool"] = [this](Stands, const Person&) { return get("/v1/pools/" + closed_pool_); };
  makers_["change_pool"] = [this](Stands, const Person&) {
    return patch("/v1/pools/" + added_pool(), R"({"daily_claim_limit":7})");
  };
  makers_["remove_pool"] = [this](Stands, const Person&) { return remove("/v1/pools/" + added_pool()); };
  makers_["get_pool_stats"] = [this](Stands stands, const Person&) {
    return get("/v1/pools/" + (stands == Stands::closed ? closed_pool_ : world.customer_pool()) + "/stats");
  };
  makers_["get_recycle_rule"] = [this](Stands, const Person&) { return get("/v1/recycle-rules/" + published_rule()); };
  makers_["list_recycle_rule_versions"] = [this](Stands, const Person&) {
    return get("/v1/recycle-rules/" + published_rule() + "/versions");
  };
  makers_["preview_recycle_rule"] = [this](Stands, const Person&) {
    return post("/v1/recycle-rules/preview", R"({"draft":{"name":"规则","form":"customers","pools":[)" +
                                                 in_quotes(world.customer_pool()) +
                                                 R"(],"triggers":[{"type":"no_follow_up","days":30}]}})");
  };
  makers_["list_preview_items"] = [this](Stands, const Person&) {
    return get("/v1/recycle-rules/previews/" + preview_token() + "/items");
  };
  makers_["publish_recycle_rule"] = [this](Stands, const Person&) {
    return post("/v1/recycle-rules/publish",
                R"({"existing":"now","preview_token":)" + in_quotes(preview_token()) + "}");
  };
  makers_["switch_recycle_rule"] = [this](Stands, const Person&) {
    return post("/v1/recycle-rules/" + published_rule() + "/switch", R"({"enabled":false})");
  };
  makers_["run_recycle_rules"] = [](Stands, const Person&) { return post("/v1/recycle-rules/run"); };
}

// --- jobs, files, imports

void RouteScenarios::jobs_and_files() {
  const auto of_job = [this](const std::string& rest) {
    return [this, rest](Stands stands, const Person&) {
      return get("/v1/jobs/" + import_of(stands == Stands::own ? world.seller : world.admin) + rest);
    };
  };
  makers_["get_job"] = of_job("");
  makers_["list_job_items"] = of_job("/items");
  makers_["cancel_job"] = [this](Stands stands, const Person&) {
    const auto& starter = stands == Stands::own ? world.seller : world.admin;
    const auto file = uploaded(starter, "客户名称\n" + fresh_name() + "\n");
    const auto& design = *world.design();
    const auto* form = design.form_by_slug("customers");
    domain::ImportPlan plan{.file = *base::parse_id<base::FileTag>(file),
                            .form = form->number,
                            .pool = {},
                            .owner = starter.id,
                            .columns = {form->field_by_key("name")->number}};
    auto hold = busy_worker();
    std::string job;
    if (!world.command(ApiWorld::actor(starter), domain::StartImport{.plan = plan, .total = 1})) {
      throw std::runtime_error("no import");
    }
    job = world.newest_job();
    auto request = post("/v1/jobs/" + job + "/cancel");
    request.hold = std::move(hold);
    return request;
  };
  makers_["add_file"] = [](Stands, const Person&) {
    auto request = post("/v1/files", upload_body("inhalt"));
    request.headers.emplace_back("Content-Type", std::string(kMultipart));
    return request;
  };
  // Brought in by an admin and named by a follow-up on the customer.
  makers_["get_file"] = [this](Stands stands, const Person&) {
    std::string secret;
    const auto subject = customer(stands, secret);
    const auto file = uploaded(world.admin, "机密内容");
    checked(world.post(world.admin, "/v1/customers/" + subject + "/follow-ups",
                       R"({"method":"call","content":"x","attachments":[)" + in_quotes(file) + "]}"));
    auto request = get("/v1/files/" + file);
    request.secret = "机密内容";
    return request;
  };
  makers_["start_import"] = [this](Stands stands, const Person& who) {
    const bool brings_files =
        domain::may_add_files(*world.design(), domain::Rights::of_member(*world.design(), who.id));
    const auto file = uploaded(brings_files ? who : world.admin, "客户名称\n" + fresh_name() + "\n");
    const auto owner = stands == Stands::own ? R"(,"owner":)" + in_quotes(who.id_text()) : std::string();
    return post("/v1/imports", R"({"form":"customers","file":)" + in_quotes(file) + owner + "}");
  };
  makers_["get_import_errors"] = [this](Stands stands, const Person&) {
    return get("/v1/imports/" + import_of(stands == Stands::own ? world.seller : world.admin) + "/errors.csv");
  };
}

// --- records of any form

void RouteScenarios::records() {
  makers_["list_records"] = [](Stands, const Person&) { return get("/v1/customers"); };
  makers_["create_record"] = [this](Stands stands, const Person& who) {
    auto body = R"({"name":)" + in_quotes(fresh_name());
    if (stands == Stands::own) body += R"(,"owner":)" + in_quotes(who.id_text());
    if (stands == Stands::others) body += R"(,"owner":)" + in_quotes(bystander_.id_text());
    if (stands == Stands::pooled) body += R"(,"pool":)" + in_quotes(world.customer_pool());
    if (stands == Stands::closed) body += R"(,"pool":)" + in_quotes(closed_pool_);
    return post("/v1/customers", body + "}");
  };
  makers_["check_duplicates"] = [this](Stands, const Person&) {
    return post("/v1/customers/check-duplicates", R"({"name":)" + in_quotes(fresh_name()) + "}");
  };
  const auto on = [this](auto make) {
    return [this, make](Stands stands, const Person&) {
      std::string secret;
      const auto id = customer(stands, secret);
      RouteRequest request = make(id);
      request.secret = secret;
      return request;
    };
  };
  makers_["get_record"] = on([](const std::string& id) { return get("/v1/customers/" + id); });
  makers_["get_history"] = on([](const std::string& id) { return get("/v1/customers/" + id + "/history"); });
  makers_["get_recycle_forecast"] =
      on([](const std::string& id) { return get("/v1/customers/" + id + "/recycle-forecast"); });
  makers_["change_record"] =
      on([](const std::string& id) { return patch("/v1/customers/" + id, R"({"remark":"新"})"); });
  makers_["delete_record"] = on([](const std::string& id) { return remove("/v1/customers/" + id); });
  makers_["restore_record"] = on([this](const std::string& id) {
    checked(world.call("DELETE", "/v1/customers/" + id, &world.admin));
    return post("/v1/customers/" + id + "/restore");
  });
  makers_["write_follow_up"] = on([](const std::string& id) {
    return post("/v1/customers/" + id + "/follow-ups", R"({"method":"call","content":"谈了"})");
  });
  makers_["write_batch"] = on([](const std::string& id) {
    return post("/v1/customers/batch",
                R"({"operations":[{"op":"update","id":)" + in_quotes(id) + R"(,"data":{"remark":"新"}}]})");
  });
}

void RouteScenarios::action(const std::string& name, std::function<std::string()> body) {
  makers_[name + "_record"] = [this, name, body](Stands stands, const Person&) {
    std::string secret;
    const auto id = customer(stands, secret);
    const auto rest = body();
    auto request = post("/v1/customers/" + id + "/" + name, rest.empty() ? "" : "{" + rest + "}");
    request.secret = secret;
    return request;
  };
  makers_[name + "_records"] = [this, name, body](Stands stands, const Person&) {
    std::string secret;
    const auto id = customer(stands, secret);
    const auto rest = body();
    auto request =
        post("/v1/customers/" + name, R"({"ids":[)" + in_quotes(id) + "]" + (rest.empty() ? "" : "," + rest) + "}");
    request.secret = secret;
    return request;
  };
}

void RouteScenarios::actions() {
  const auto to_bystander = [this] { return R"("owner":)" + in_quotes(bystander_.id_text()); };
  action("claim", [] { return std::string(); });
  action("assign", to_bystander);
  action("transfer", to_bystander);
  action("release", [] { return std::string(R"("reason":"联系不上")"); });
  action("move", [this] { return R"("pool":)" + in_quotes(added_pool()); });
  action("lock", [] { return std::string(R"("until":"2099-01-01T00:00:00Z")"); });
}

}  // namespace highseas::api_test
