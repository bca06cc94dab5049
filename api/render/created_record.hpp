// created_record — 201 with the record that a command made, and where it is to be found.
#pragma once

#include "api/app.hpp"

namespace highseas::api {

// The outcome has a commit, with the event of a record of the form.
http::Response created_answer(const Call& call, const projections::State& state, const domain::FormDefinition& form,
                              const engine::CommandOutcome& outcome);

}  // namespace highseas::api
