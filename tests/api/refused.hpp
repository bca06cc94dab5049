// refused — what tests of refusals share: how a refusal looks, and the shortest way to say a request.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/support/api_world.hpp"

namespace highseas::api_test {

inline std::string owner_body(const test_support::Person& person) {
  return R"({"owner":")" + person.id_text() + "\"}";
}

inline std::string path_of(const std::string& customer, const std::string& rest = "") {
  return "/v1/customers/" + customer + rest;
}

inline void expect_refused(const test_support::ApiAnswer& answer, int status, const std::string& code) {
  EXPECT_EQ(answer.status, status) << answer.text;
  EXPECT_EQ(answer.string("/code"), code) << answer.text;
  EXPECT_EQ(answer.string("/type"), "https://highseas.dev/problems/" + code);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_FALSE(answer.string("/detail").empty());
}

}  // namespace highseas::api_test
