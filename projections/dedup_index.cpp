// dedup_index — hashes find candidates, the keys themselves decide.
#include "projections/dedup_index.hpp"

#include <algorithm>
#include <map>

#include "base/assert.hpp"
#include "rules/dedup/dedup.hpp"

namespace highseas::projections {
namespace {

// FNV-1a: the same on every machine, since checkpoints hold it.
std::uint64_t hash_of(std::string_view key) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325ull;
  for (const char c : key) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x0000'0100'0000'01B3ull;
  return hash;
}

class RowSource : public expression::RecordSource {
 public:
  RowSource(const RecordTable& table, Row row) : table_(table), row_(row) {}
  base::Value value(std::uint32_t field) const override { return table_.value(field, row_); }

 private:
  const RecordTable& table_;
  Row row_;
};

auto hashes_of(const NumberColumn& hashes) {
  return [&hashes](std::uint32_t row) { return static_cast<std::uint64_t>(hashes.get_or(row, 0)); };
}

}  // namespace

bool DedupIndex::take_rules(const domain::FormDefinition& form, RecordTable& table) {
  rules_ = rules::dedup_rules_in_force(form);
  fields_.clear();
  for (const auto& rule : rules_) fields_.insert(fields_.end(), rule.begin(), rule.end());
  std::ranges::sort(fields_);
  fields_.erase(std::ranges::unique(fields_).begin(), fields_.end());
  if (table.key_rules() == rules_) return false;
  table.key_rules() = rules_;
  table.key_hashes().assign(rules_.size(), {});
  rows_.assign(rules_.size(), {});
  return true;
}

void DedupIndex::load(const RecordTable& table) {
  HS_ASSERT(table.key_rules() == rules_);
  rows_.assign(rules_.size(), {});
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    const auto& hashes = table.key_hashes()[rule];
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto hash = hashes.get(row);
      if (!hash) continue;
      rows_[rule].insert(static_cast<std::uint64_t>(*hash), static_cast<std::uint32_t>(row), hashes_of(hashes));
    }
  }
}

void DedupIndex::refresh(const domain::FormDefinition& form, RecordTable& table, Row row) {
  std::vector<std::optional<std::uint64_t>> fresh(rules_.size());
  if (!table.deleted(row)) {
    for (const auto& key : rules::dedup_keys(form, key_values(RowSource(table, row)))) {
      fresh[rule_number(key.fields)] = hash_of(key.key);
    }
  }
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    auto& hashes = table.key_hashes()[rule];
    std::optional<std::uint64_t> old;
    if (const auto number = hashes.get(row)) old = static_cast<std::uint64_t>(*number);
    if (old == fresh[rule]) continue;
    if (old) HS_ASSERT(rows_[rule].erase(*old, row, hashes_of(hashes)));
    if (fresh[rule]) {
      hashes.set(row, static_cast<std::int64_t>(*fresh[rule]));
      rows_[rule].insert(*fresh[rule], row, hashes_of(hashes));
    } else {
      hashes.clear(row);
    }
  }
}

std::vector<domain::DuplicateHit> DedupIndex::find(const domain::FormDefinition& form, const RecordTable& table,
                                                   const expression::RecordSource& values,
                                                   std::optional<base::RecordId> except) const {
  std::map<Row, std::vector<domain::FieldNumber>> hits;
  for (const auto& key : rules::dedup_keys(form, key_values(values))) {
    const auto rule = rule_number(key.fields);
    const auto& hashes = table.key_hashes()[rule];
    const auto hash = hash_of(key.key);
    rows_[rule].find(hash, [&](std::uint32_t row) {
      if (hashes.get(row) != static_cast<std::int64_t>(hash)) return false;
      if (except && table.id(row) == *except) return false;
      const auto theirs = rules::dedup_keys(form, key_values(RowSource(table, row)));
      if (std::ranges::find(theirs, key) == theirs.end()) return false;
      auto& matched = hits[row];
      for (const auto field : key.fields) {
        if (std::ranges::find(matched, field) == matched.end()) matched.push_back(field);
      }
      return false;
    });
  }
  std::vector<domain::DuplicateHit> found;
  for (auto& [row, matched] : hits) {
    found.push_back({.record = table.id(row), .form = table.form(), .matched = std::move(matched)});
  }
  return found;
}

bool DedupIndex::concerns(domain::FieldNumber field) const {
  return std::ranges::binary_search(fields_, field);
}

std::size_t DedupIndex::bytes() const {
  std::size_t sum = 0;
  for (const auto& rows : rows_) sum += rows.bytes();
  return sum;
}

std::vector<domain::FieldValue> DedupIndex::key_values(const expression::RecordSource& source) const {
  std::vector<domain::FieldValue> values;
  for (const auto field : fields_) {
    auto value = source.value(field);
    if (!base::is_null(value)) values.push_back({field, std::move(value)});
  }
  return values;
}

std::size_t DedupIndex::rule_number(const domain::DedupRule& rule) const {
  const auto found = std::ranges::find(rules_, rule);
  HS_ASSERT(found != rules_.end());
  return static_cast<std::size_t>(found - rules_.begin());
}

}  // namespace highseas::projections
