// record_desk — what a write asks of the tables, with what the items before it in the same commit did laid over it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "decision/situation.hpp"

namespace highseas::decision {

class RecordDesk {
 public:
  RecordDesk(Situation& situation, domain::FormNumber form);

  // In force for the next item: with the choices that items before it added.
  const domain::FormDefinition& form() const { return form_; }
  domain::RecordFacts facts(base::RecordId record) const;
  // `self`: the record that is written, where it exists already.
  domain::RecordQuestions questions(std::optional<base::RecordId> self) const;
  void note(const domain::Events& events);

 private:
  std::vector<domain::DuplicateHit> duplicates(const std::vector<domain::FieldValue>& values,
                                               std::optional<base::RecordId> self) const;
  std::optional<domain::RootFacts> root(domain::FormNumber form, base::RecordId record) const;
  void lay(base::RecordId record, domain::RecordFacts facts);
  void count(const domain::RecordFacts& facts);

  Situation& situation_;
  domain::FormDefinition form_;
  std::map<base::RecordId, domain::RecordFacts> touched_;  // created or written in this commit
  std::map<std::string, std::set<base::RecordId>> keys_;   // dedup keys of the live ones among them
  std::map<std::pair<base::PoolId, base::MemberId>, std::uint64_t> held_;
};

}  // namespace highseas::decision
