// imports — files brought in, imports of them, and their jobs.
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "tests/support/api_world.hpp"

namespace highseas::api_test {

using test_support::ApiAnswer;
using test_support::ApiWorld;
using test_support::Person;

inline ApiAnswer upload(ApiWorld& world, const Person& who, const std::string& name, const std::string& content,
                        ApiWorld::Headers headers = {}) {
  headers.emplace_back("Content-Type", "multipart/form-data; boundary=cut");
  return world.post(who, "/v1/files",
                    "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                        "\"\r\nContent-Type: text/html\r\n\r\n" + content + "\r\n--cut--\r\n",
                    headers);
}

inline ApiAnswer import(ApiWorld& world, const Person& who, const std::string& csv, const std::string& more = "",
                        const std::string& form = "customers") {
  const auto file = upload(world, who, "客户.csv", csv);
  return world.post(who, "/v1/imports",
                    R"({"file":")" + file.string("/id") + R"(","form":")" + form + "\"" + more + "}");
}

inline ApiAnswer ended(ApiWorld& world, const Person& who, const std::string& job) {
  for (int tries = 0; tries < 600; ++tries) {
    auto answer = world.get(who, "/v1/jobs/" + job);
    if (answer.string("/state") != "running") return answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return {};
}

}  // namespace highseas::api_test
