// situation — what every decision starts from: the state, who asks, her rights, and the commit's fresh ids.
#pragma once

#include <optional>

#include "base/zone.hpp"
#include "decision/decide.hpp"
#include "domain/context.hpp"
#include "domain/jobs/job_decider.hpp"
#include "domain/ownership/ownership_decider.hpp"
#include "domain/records/record_decider.hpp"
#include "projections/state.hpp"

namespace highseas::decision {

using Outcome = std::expected<Decided, domain::Refusal>;

class Situation {
 public:
  Situation(const projections::State& state, const Request& request);
  Situation(const Situation&) = delete;
  Situation& operator=(const Situation&) = delete;

  const projections::State& state() const { return state_; }
  const domain::Workspace& workspace() const { return state_.workspace(); }
  const domain::Rights& rights() const { return rights_; }
  const domain::Actor& actor() const { return request_.actor; }
  base::Instant now() const { return request_.now; }
  base::IdSource& ids() { return ids_; }
  domain::DecisionContext context() { return {request_.now, rights_, workspace(), ids_}; }
  // The workspace's day of now.
  base::Date today() const;

  domain::JobFacts job(base::JobId id) const;
  // Exists, is live, and she may see it; of files: that she may read it.
  bool reference_exists(const domain::FieldDefinition& field, base::Ulid id) const;
  bool file_exists(base::FileId id) const;  // and she may read it

 private:
  const projections::State& state_;
  const Request& request_;
  domain::Rights rights_;
  base::IdSource ids_;
};

// The decision of a command without items, as the content of its commit.
Outcome whole(Situation& situation, const Request& request, domain::Decision decision);
// Content without events yet.
Decided begin(const Request& request);

// The values of a record that is not there yet, as an expression reads them.
class ValueSource : public expression::RecordSource {
 public:
  explicit ValueSource(const std::vector<domain::FieldValue>& values) : values_(values) {}
  base::Value value(std::uint32_t field) const override;

 private:
  const std::vector<domain::FieldValue>& values_;
};

}  // namespace highseas::decision
