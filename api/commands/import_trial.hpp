// import_trial — the first rows of an import, decided on the state of now; nothing is written. Its job is told at once,
// and kept for a while.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/app.hpp"
#include "api/json/writer.hpp"
#include "api/read/import_request.hpp"
#include "api/render/import_errors.hpp"

namespace highseas::api {

inline constexpr std::size_t kTrialRows = 20;

// Answers the call: first whether the import might start at all, then row by row.
class ImportTrial : public std::enable_shared_from_this<ImportTrial> {
 public:
  // On a worker: types the rows.
  ImportTrial(App& app, CallPtr call, const projections::Image& image, OpenedImport opened, base::Instant now);
  void run();

 private:
  struct Row {
    std::uint64_t number = 0;
    std::string_view outcome;  // "created", "updated", "skipped", "refused": what would come of it
    std::vector<domain::ItemOutcome> faults;
  };

  engine::CommandRequest dry(domain::Command command) const;
  void try_rows();
  void judge(const engine::CommandOutcome& outcome);
  http::Response answer_of(const projections::State& state) const;
  void write_result(json::Writer& writer, const RowErrorContext& context) const;
  std::string body(base::JobId id, const RowErrorContext& context) const;
  std::vector<std::string> items(const RowErrorContext& context) const;
  std::uint64_t count(std::string_view outcome) const;

  App& app_;
  CallPtr call_;
  OpenedImport opened_;
  base::Instant now_;
  domain::ImportRows chunk_;
  std::vector<Row> rows_;
  std::map<base::Ulid, std::uint64_t> made_;  // records of the rows that would be created
};

}  // namespace highseas::api
