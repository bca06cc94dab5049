// examples — for each refusal of each decider one example: given a company, when that is asked, then this is refused.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "tests/domain/company.hpp"

namespace highseas::domain::tests {

struct RefusalExample {
  std::string_view decider;  // the function that answers
  RefusalCode code;          // the refusal's, or that of one of its faults
  std::string_view when;
  std::function<Decision(Company&)> ask;
};

// All of one source file of the room, whose path below domain/ it names.
struct RefusalsOfFile {
  std::string_view file;
  std::vector<RefusalExample> examples;
};

RefusalsOfFile refusals_of_ownership();
RefusalsOfFile refusals_of_pools();
RefusalsOfFile refusals_of_recycling();
RefusalsOfFile refusals_of_records();
RefusalsOfFile refusals_of_follow_ups();
RefusalsOfFile refusals_of_directory();
RefusalsOfFile refusals_of_departments();
RefusalsOfFile refusals_of_jobs();
RefusalsOfFile refusals_of_files();
RefusalsOfFile refusals_of_workspaces();
RefusalsOfFile refusals_of_opening();
RefusalsOfFile refusals_of_forms();
RefusalsOfFile refusals_of_form_changes();
RefusalsOfFile refusals_of_names();
RefusalsOfFile refusals_of_values();
RefusalsOfFile refusals_of_single_values();

}  // namespace highseas::domain::tests
