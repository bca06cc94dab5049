// list — the first rows of an order after a place: kept in a heap of the page's size, so that nothing is sorted whole.
#include "projections/query/list.hpp"

#include <algorithm>

#include "projections/query/scan.hpp"
#include "projections/query/sort_order.hpp"

namespace highseas::projections {
namespace {

constexpr std::size_t kMaxLimit = 1'000;

std::uint64_t tie_of(const ListQuery& query) {
  ByteWriter out;
  out.raw(query.form);
  if (query.among == Among::bin) out.text("bin");
  if (query.filter) out.text(query.filter->text());
  for (const auto& key : query.sort) {
    out.raw(key.field);
    out.raw(static_cast<std::uint8_t>(key.descending ? 1 : 0));
  }
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325ull;
  for (const char c : out.take()) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x0000'0100'0000'01B3ull;
  return hash;
}

struct Candidate {
  SortPlace place;
  Row row = 0;
};

// The best rows so far; the worst of them on top.
class Best {
  auto before() const {
    return
        [this](const Candidate& left, const Candidate& right) { return order_.compare(left.place, right.place) < 0; };
  }

 public:
  Best(const SortOrder& order, std::size_t limit) : order_(order), limit_(limit) {}

  void offer(Row row) {
    if (full()) {
      if (order_.compare(row, heap_.front().place) >= 0) return;
      std::ranges::pop_heap(heap_, before());
      heap_.pop_back();
    }
    heap_.push_back({order_.place(row), row});
    std::ranges::push_heap(heap_, before());
  }
  bool full() const { return heap_.size() == limit_; }
  const Candidate& worst() const { return heap_.front(); }
  std::vector<Candidate> take() {
    std::ranges::sort_heap(heap_, before());
    return std::move(heap_);
  }

 private:
  const SortOrder& order_;
  std::size_t limit_;
  std::vector<Candidate> heap_;
};

// Ids rise with the time of their commit, and rows with the log: of a list in the order of ids, old blocks can't hold
// what new ones must (equal milliseconds apart).
std::uint64_t milliseconds(base::Ulid id) {
  return id.high >> 16;
}

std::expected<std::uint64_t, ListError> gather(const ListQuery& query, const RecordTable& table, Scan& scan,
                                               const SortOrder& order, const std::optional<SortPlace>& after,
                                               Best& best) {
  const bool newest_first = query.sort.empty();
  std::uint64_t total = 0;
  for (std::size_t done = 0; done < scan.blocks(); ++done) {
    const std::size_t number = newest_first ? scan.blocks() - 1 - done : done;
    const std::size_t first = number * expression::kBlockRows;
    const std::size_t last = std::min(first + expression::kBlockRows, table.size()) - 1;
    if (newest_first && !query.count_exact) {
      if (after && milliseconds(table.id(static_cast<Row>(first)).ulid) > milliseconds(after->id)) continue;
      if (best.full() && milliseconds(table.id(static_cast<Row>(last)).ulid) < milliseconds(best.worst().place.id)) {
        break;
      }
    }
    const auto selected = scan.block(number);
    if (!selected) return std::unexpected(selected.error());
    for (std::size_t i = 0; i < selected->size(); ++i) {
      if ((*selected)[i] == 0) continue;
      ++total;
      const auto row = static_cast<Row>(first + i);
      if (!after || order.compare(row, *after) > 0) best.offer(row);
    }
  }
  return total;
}

}  // namespace

std::expected<Page, ListError> list(const Image& image, const domain::Rights& rights, const ListQuery& query) {
  Page page;
  const auto* table = image.table(query.form);
  if (query.count_exact) page.total = 0;
  if (!table || !rights.opens(query.form, domain::kRead)) return page;

  Scan scan(image, rights, *table, query.filter, query.environment, query.among);
  const SortOrder order(image, *table, scan.source(), query.sort);
  const auto tie = tie_of(query);
  std::optional<SortPlace> after;
  if (!query.cursor.empty()) {
    after = order.read_cursor(query.cursor, tie);
    if (!after) return std::unexpected(ListError{ListError::Kind::bad_cursor, {}});
  }
  const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, kMaxLimit);
  Best best(order, limit + 1);  // one more tells whether there is a next page
  const auto total = gather(query, *table, scan, order, after, best);
  if (!total) return std::unexpected(total.error());

  auto rows = best.take();
  if (rows.size() > limit) {
    rows.pop_back();
    page.next_cursor = order.cursor(rows.back().place, tie);
  }
  for (const auto& candidate : rows) page.rows.emplace_back(image, *table, candidate.row);
  if (query.count_exact) page.total = *total;
  return page;
}

std::optional<RecordView> get(const Image& image, const domain::Rights& rights, domain::FormNumber form,
                              base::RecordId id, Among among) {
  auto record = image.record(form, id);
  if (!record || record->deleted() != (among == Among::bin)) return std::nullopt;
  const auto standing = record->standing();
  if (!rights.may(form, domain::kRead, standing.get())) return std::nullopt;
  return record;
}

std::expected<std::vector<Row>, ListError> matching_rows(const Image& image, const domain::Rights& rights,
                                                         domain::FormNumber form,
                                                         const std::optional<expression::Compiled>& filter,
                                                         const expression::Environment& environment) {
  std::vector<Row> rows;
  const auto* table = image.table(form);
  if (!table || !rights.opens(form, domain::kRead)) return rows;
  Scan scan(image, rights, *table, filter, environment);
  for (std::size_t number = 0; number < scan.blocks(); ++number) {
    const auto selected = scan.block(number);
    if (!selected) return std::unexpected(selected.error());
    for (std::size_t i = 0; i < selected->size(); ++i) {
      if ((*selected)[i] != 0) rows.push_back(static_cast<Row>(number * expression::kBlockRows + i));
    }
  }
  return rows;
}

}  // namespace highseas::projections
