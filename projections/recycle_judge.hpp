// recycle_judge — a record's facts as the recycle rules want them, out of the tables.
#pragma once

#include <span>
#include <vector>

#include "projections/record_view.hpp"
#include "rules/recycle/recycle_facts.hpp"

namespace highseas::projections {

// Holds what the facts point at.
class RecordFacts {
 public:
  // `watched`: the fields whose last changes are wanted (RuleBook::watched_slots, CompiledRule::condition_slots).
  RecordFacts(const RecordView& record, std::span<const std::uint32_t> watched);
  RecordFacts(const RecordFacts&) = delete;
  RecordFacts& operator=(const RecordFacts&) = delete;

  const rules::RecycleFacts& get() const { return facts_; }

 private:
  rules::RecycleFacts facts_;
  std::vector<rules::FieldChange> changes_;
};

}  // namespace highseas::projections
