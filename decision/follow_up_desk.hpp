// follow_up_desk — what is true of a follow-up and of the customer or lead that it stands on.
#pragma once

#include "decision/situation.hpp"
#include "domain/follow_ups/follow_up_decider.hpp"

namespace highseas::decision {

domain::SubjectFacts subject_facts(const Situation& situation, domain::FormNumber form, base::RecordId record);
domain::FollowUpFacts follow_up_facts(const Situation& situation, base::RecordId follow_up);
// `form`: of follow-ups, as of this item.
domain::FollowUpContext follow_up_context(const Situation& situation, const domain::FormDefinition& form,
                                          base::RecordId fresh, std::string pointer);

}  // namespace highseas::decision
