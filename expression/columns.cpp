// columns — cuts what is asked for into blocks.
#include "expression/columns.hpp"

#include <algorithm>
#include <utility>

#include "expression/filter_plan.hpp"

namespace highseas::expression {

ColumnFilter::ColumnFilter(Compiled compiled, const Environment& environment)
    : plan_(std::make_unique<FilterPlan>(std::move(compiled), environment)) {}
ColumnFilter::~ColumnFilter() = default;
ColumnFilter::ColumnFilter(ColumnFilter&&) noexcept = default;
ColumnFilter& ColumnFilter::operator=(ColumnFilter&&) noexcept = default;

std::expected<void, Fault> ColumnFilter::apply(const ColumnSource& source, std::size_t first,
                                               std::span<std::uint8_t> selected) {
  for (std::size_t done = 0; done < selected.size();) {
    const std::size_t row = first + done;
    const std::size_t count = std::min(kBlockRows - row % kBlockRows, selected.size() - done);
    if (auto judged = plan_->apply(source, row, selected.subspan(done, count)); !judged) return judged;
    done += count;
  }
  return {};
}

}  // namespace highseas::expression
