// basis — what this program decides by.
#include "decision/basis.hpp"

#include "base/text.hpp"
#include "base/zone.hpp"
#include "decision/decide.hpp"

namespace highseas::decision {

std::vector<domain::DecisionGeneration> decision_generations() {
  std::vector<domain::DecisionGeneration> generations;
  for (const auto& [type, generation] : raised_generations()) {
    generations.push_back({.command_type = type, .generation = generation});
  }
  return generations;
}

domain::ChangeDecisionBasis current_basis() {
  return {.generations = decision_generations(),
          .unicode_version = base::unicode_version(),
          .zone_version = base::Zone::data_version()};
}

}  // namespace highseas::decision
