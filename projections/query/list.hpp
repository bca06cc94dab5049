// list — one page of a form's records: filter, rights, sort, and a cursor that is stable under concurrent writes.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "domain/permissions/permissions.hpp"
#include "expression/columns.hpp"
#include "projections/image.hpp"

namespace highseas::projections {

struct SortKey {
  domain::FieldNumber field = 0;  // of the form, or a fact
  bool descending = false;
  bool operator==(const SortKey&) const = default;
};

// Where a record is looked for.
enum class Among : std::uint8_t { live, bin };

struct ListQuery {
  domain::FormNumber form = 0;
  Among among = Among::live;
  std::optional<expression::Compiled> filter;  // compiled against FormSchema with the same rights
  expression::Environment environment;
  std::vector<SortKey> sort;  // empty: newest first by id; ties always by id, falling
  std::size_t limit = 50;
  std::string cursor;  // of the page before; empty: the first
  bool count_exact = false;
};

struct Page {
  std::vector<RecordView> rows;  // good as long as the image lives
  std::optional<std::string> next_cursor;
  std::optional<std::uint64_t> total;  // with count_exact: of all pages
};

struct ListError {
  enum class Kind : std::uint8_t { bad_cursor, fault };
  Kind kind = Kind::bad_cursor;
  expression::Fault fault;  // of the filter, where one record has it
};

// What lies in the bin is in no list but the bin's. A field that is hidden on a record is null there, in filter and
// sort too.
std::expected<Page, ListError> list(const Image& image, const domain::Rights& rights, const ListQuery& query);

// One record that she may read, where it lies there.
std::optional<RecordView> get(const Image& image, const domain::Rights& rights, domain::FormNumber form,
                              base::RecordId id, Among among = Among::live);

// The rows that a filter leaves, by row (exports, bulk by filter, previews).
std::expected<std::vector<Row>, ListError> matching_rows(const Image& image, const domain::Rights& rights,
                                                         domain::FormNumber form,
                                                         const std::optional<expression::Compiled>& filter,
                                                         const expression::Environment& environment);

}  // namespace highseas::projections
