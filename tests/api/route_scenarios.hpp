// route_scenarios — for every route a request that succeeds for who may send it, on a fresh target that stands as asked
// for.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "api/routes.hpp"
#include "tests/support/api_world.hpp"

namespace highseas::api_test {

using test_support::ApiWorld;
using test_support::Person;

// Where the target stands.
enum class Stands {
  plain,   // there is no target, or all look at it alike
  own,     // the seller's, who is of the manager's department
  shared,  // another seller's, of no department; the seller collaborates
  others,  // another seller's
  pooled,  // in the pool that ships: whoever sells may claim, managers manage
  closed,  // in a pool in which the other seller alone may claim, and which the other manager manages
};

struct RouteRequest {
  std::string method;
  std::string target;
  std::string body;
  ApiWorld::Headers headers;
  std::string secret;          // stands in the target; empty: it has none
  std::shared_ptr<void> hold;  // keeps the world as the request needs it
};

// A company with two managers of two departments; what the requests are made of is made fresh for each.
class RouteScenarios {
 public:
  RouteScenarios();

  ApiWorld world;
  Person other_manager;

  // As `who` would send it. Fails the test where the route has no scenario.
  RouteRequest request(const api::Route& route, Stands stands, const Person& who);

 private:
  using Make = std::function<RouteRequest(Stands stands, const Person& who)>;

  void sessions();
  void directory();
  void pools_and_rules();
  void jobs_and_files();
  void records();
  void actions();
  void action(const std::string& name, std::function<std::string()> body);

  const Person& holder(Stands stands) const;
  std::string fresh_name();
  std::string customer(Stands stands, std::string& secret);
  std::string invited_member();
  std::string joined_member();
  std::string added_department();
  std::string added_pool();
  std::string api_key_of_admin();
  std::string published_rule();
  std::string preview_token();
  std::string uploaded(const Person& who, const std::string& content);
  std::string import_of(const Person& who);
  std::shared_ptr<void> busy_worker();

  Person bystander_;  // sells, of no department, and has nothing
  std::string closed_pool_;
  std::map<std::string, Make, std::less<>> makers_;  // by operation
  int fresh_ = 0;
};

}  // namespace highseas::api_test
