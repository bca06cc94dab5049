// row_rights — most rows share their owner and pool with thousands of others.
#include "projections/query/row_rights.hpp"

namespace highseas::projections {
namespace {

namespace facts = domain::facts;

std::uint32_t code(const RecordTable& table, domain::FieldNumber fact, Row row) {
  const auto* column = static_cast<const ReferenceColumn*>(table.column(fact));
  const auto found = column ? column->code(row) : std::nullopt;
  return found ? *found + 1 : 0;
}

bool has_collaborators(const RecordTable& table, Row row) {
  return !base::is_null(table.value(facts::kCollaborators, row));
}

}  // namespace

std::size_t RowRights::Hash::operator()(const Combination& combination) const {
  std::uint64_t hash = 0;
  for (const auto part : combination) hash = (hash ^ part) * 0x9E3779B97F4A7C15ull;
  return static_cast<std::size_t>(hash ^ (hash >> 32));
}

RowRights::RowRights(const Image& image, const domain::Rights& rights, const RecordTable& table)
    : image_(image), rights_(rights), table_(table), sees_all_(rights.opens_all(table.form(), domain::kRead)) {}

std::optional<RowRights::Combination> RowRights::combination(Row row) const {
  if (has_collaborators(table_, row)) return std::nullopt;
  Combination found{code(table_, facts::kOwner, row), code(table_, facts::kPool, row), 0, 0, 0};
  const auto root_form = table_.hidden(Hidden::root_form).get(row);
  if (!root_form) return found;
  const auto* root = image_.table(static_cast<domain::FormNumber>(*root_form));
  const auto root_row = static_cast<Row>(table_.hidden(Hidden::root_row).get_or(row, 0));
  if (has_collaborators(*root, root_row)) return std::nullopt;
  found[2] = static_cast<std::uint32_t>(*root_form);
  found[3] = code(*root, facts::kOwner, root_row);
  found[4] = code(*root, facts::kPool, root_row);
  return found;
}

template <class Judge>
bool RowRights::judged(Memo& memo, Row row, const Judge& judge) const {
  const auto key = combination(row);
  if (key) {
    if (const auto found = memo.find(*key); found != memo.end()) return found->second;
  }
  const auto standing = RecordView(image_, table_, row).standing();
  const bool result = judge(standing.get());
  if (key) memo.emplace(*key, result);
  return result;
}

bool RowRights::sees(Row row) const {
  if (sees_all_) return true;
  return judged(seen_, row, [&](const domain::RecordStanding& standing) {
    return rights_.may(table_.form(), domain::kRead, standing);
  });
}

bool RowRights::hides(domain::FieldNumber field, Row row) const {
  return judged(hidden_[field], row, [&](const domain::RecordStanding& standing) {
    return rights_.field(table_.form(), field, standing) == domain::FieldAccess::hidden;
  });
}

}  // namespace highseas::projections
