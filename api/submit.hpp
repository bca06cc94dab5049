// submit — a command whose handler has words of its own for a dry run or a refusal, where the general ones say too
// little.
#pragma once

#include "api/app.hpp"
#include "api/json/writer.hpp"
#include "domain/faults.hpp"

namespace highseas::api {

struct OwnWords {
  // Of a dry run that was not refused whole.
  std::move_only_function<http::Response(const projections::State&, const engine::CommandOutcome&)> tried = {};
  // Of a refusal; nothing: the general ones.
  std::move_only_function<std::optional<engine::Answer>(const projections::State&, const domain::Refusal&)> refused =
      {};
};

// As submit of app.hpp.
void submit(const CallPtr& call, domain::Command command, RenderAccepted render, Submission how, OwnWords words);

// Of a body that could not be read whole: its faults, with those that are found in the rest of it. Who may not do such
// a thing at all, as far as the rest tells, is told that alone. Nothing is written.
void refuse_unread(const CallPtr& call, domain::Command rest, domain::Faults faults);

// The events of a dry run, as an array; empty where nothing would be appended.
void write_tried_events(json::Writer& writer, const Call& call, const projections::State& state,
                        const engine::CommandOutcome& outcome);

}  // namespace highseas::api
