// import_request — the body of an import, and what its file makes of it.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/call.hpp"
#include "domain/jobs/job_events.hpp"
#include "engine/jobs/import_source.hpp"
#include "eventstore/sealed_files.hpp"

namespace highseas::api {

struct ImportRequest {
  domain::ImportPlan plan;                                   // its columns are known once the file is read
  std::vector<std::pair<std::string, std::string>> mapping;  // column header → field key
  bool trial = false;
};

// All faults of the body at once; forbidden where no group lets her create records of the form.
std::expected<ImportRequest, Problem> read_import(const Call& call);

struct OpenedImport {
  ImportRequest request;
  std::shared_ptr<engine::ImportSource> source;
  std::vector<std::string> left_out;  // headers that no field has
};

// On a worker: reads the file whole and finds the field of each column. Problems: unknown-reference (/file), bad-file,
// and the faults of the mapping.
std::expected<OpenedImport, Problem> open_import(const Call& call, const projections::Image& image,
                                                 const eventstore::SealedFiles& files, ImportRequest request);

}  // namespace highseas::api
