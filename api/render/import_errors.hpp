// import_errors — what is told of an import's refused rows: every fault of each, and whose record stands in the way.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "api/json/writer.hpp"
#include "api/problem.hpp"
#include "domain/jobs/job_events.hpp"
#include "domain/permissions/permissions.hpp"
#include "engine/jobs/import_source.hpp"
#include "projections/image.hpp"

namespace highseas::api {

// Whom it is told to, and of which form the rows are.
struct RowErrorContext {
  const projections::Image& image;
  const domain::Rights& rights;
  domain::FormNumber form = 0;
  Language language = Language::zh;
  // Records that a trial would have made, by the rows that would have: they have no id to be asked for.
  const std::map<base::Ulid, std::uint64_t>* made = nullptr;

  const domain::FormDefinition* definition() const { return image.workspace().form(form); }
};

// In the words of the code; of a duplicate with the record and who has it, of cells without a column that they are so.
std::string row_detail(const RowErrorContext& context, const domain::ItemOutcome& fault);

// `{row, column, code, detail}` and of a duplicate `duplicates`, as the answer to a single creation has them; `column`
// is the key of the field at fault, or null.
void write_row_error(json::Writer& writer, const RowErrorContext& context, const domain::ItemOutcome& fault);

using RefusedRows = std::map<std::uint64_t, std::vector<domain::ItemOutcome>>;  // all that is wrong with each

// The refused rows as the file has them, with reasons behind, as CSV: to be mended and sent again.
std::string refused_rows_csv(const engine::ImportSource& source, const RefusedRows& refused,
                             const RowErrorContext& context);

}  // namespace highseas::api
