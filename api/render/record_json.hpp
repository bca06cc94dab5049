// record_json — a record as its caller may see it: envelope, facts and fields flat; what is hidden is absent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call.hpp"
#include "api/json/writer.hpp"
#include "projections/image.hpp"
#include "projections/state.hpp"

namespace highseas::api {

struct RecordParts {
  // Numbers of fields and facts to tell; nothing: all. The id is always told.
  std::optional<std::vector<domain::FieldNumber>> only;
  // Things that are told whole instead of by their id: records, members, departments, pools, rules, files.
  std::vector<domain::FieldNumber> expanded;
};

// Judges the record's fields only: whoever calls it knows that she may read the record. Facts and fields in the order
// of fact_fields() and of the form.
void write_record(json::Writer& writer, const projections::Image& image, const domain::Rights& rights,
                  const projections::RecordView& record, const RecordParts& parts = {});

// Whether she may read it; deleted records too.
bool may_read(const domain::Rights& rights, const projections::RecordView& record);

// What a record is called: its `name`, where the form has one that she may see; else nothing.
std::optional<std::string> record_name(const domain::Rights& rights, const projections::RecordView& record);

// The one record as an answer, with its entity tag. Of one that she may not see (any more) its id alone.
http::Response record_answer(const Call& call, const projections::Image& image, domain::FormNumber form,
                             base::RecordId record, int status, const RecordParts& parts = {});
// The same as a command left it; of a repeated one, only what she may see now of what it was then.
http::Response record_answer(const Call& call, const projections::State& state, const engine::CommandOutcome& outcome,
                             domain::FormNumber form, base::RecordId record, int status);

}  // namespace highseas::api
