// preview_figures — what a draft would do, counted by owner, department and pool.
#pragma once

#include <map>

#include "api/json/writer.hpp"
#include "api/previews.hpp"
#include "projections/image.hpp"

namespace highseas::api {

struct DueCounts {
  std::uint64_t due_now = 0;
  std::uint64_t in_7_days = 0;   // those of now left out
  std::uint64_t in_30_days = 0;  // those of 7 days counted in
};

class PreviewFigures {
 public:
  // Judges every record at the preview's instant and fills its records, count, digest and share.
  static PreviewFigures of(const projections::Image& image, Preview& preview);

  void write(json::Writer& writer, const domain::Workspace& workspace) const;
  std::uint64_t faulted() const { return faulted_; }

 private:
  void add(const projections::Image& image, const projections::RecordView& record, const rules::Due& due,
           base::Instant at);

  DueCounts all_;
  std::map<base::MemberId, DueCounts> by_owner_;
  std::map<std::optional<base::DepartmentId>, DueCounts> by_department_;
  std::map<base::PoolId, DueCounts> by_pool_;
  std::uint64_t owned_ = 0;
  std::uint64_t spared_ = 0;
  std::uint64_t faulted_ = 0;  // a condition could not be evaluated
};

}  // namespace highseas::api
