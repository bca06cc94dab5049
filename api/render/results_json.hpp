// results_json — what came of each item of a batch, in the order asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/app.hpp"

namespace highseas::api {

// The items of a batch as they were asked for. Those that could not be read are refused here and never sent.
class AskedItems {
 public:
  // `id` as given; nothing where a record is to be created.
  void add(std::optional<std::string> id) {
    sent_.push_back(items_.size());
    items_.push_back({std::move(id), std::nullopt});
  }
  void add_refused(std::optional<std::string> id, domain::Refusal refusal) {
    items_.push_back({std::move(id), std::move(refusal)});
  }
  // Of an atomic batch: one refused item refuses all.
  void refuse_all();

  std::size_t size() const { return items_.size(); }
  bool any_refused() const { return sent_.size() < items_.size(); }

 private:
  friend class ResultsWriter;
  struct Item {
    std::optional<std::string> id;
    std::optional<domain::Refusal> refusal;
  };
  std::vector<Item> items_;
  std::vector<std::size_t> sent_;  // places of those that the decider was asked about
};

// `{"results":[{"status","id","code"?,"detail"?,"errors"?,…}],"position"}`; of a dry run
// `{"would","events","results"}`. Without an outcome none was sent.
http::Response results_answer(const Call& call, const projections::State& state, const domain::FormDefinition& form,
                              const AskedItems& asked, const engine::CommandOutcome* outcome);

// Sends the command of those that could be read, and answers as above. The form is of the call's design.
void submit_items(const CallPtr& call, const domain::FormDefinition& form, domain::Command command, AskedItems asked);

}  // namespace highseas::api
