// standing_pairs — the hashes that the table keeps find candidates, the keys themselves decide.
#include "api/queries/standing_pairs.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "projections/record_table.hpp"
#include "rules/dedup/dedup.hpp"

namespace highseas::api {
namespace {

using projections::Row;

class Pairs {
 public:
  Pairs(const projections::Image& image, const projections::RecordTable& table, const domain::FormDefinition& form,
        std::size_t limit)
      : image_(image), table_(table), form_(form), limit_(limit) {}

  void look_at(const domain::DedupRule& rule, const projections::NumberColumn& hashes) {
    std::unordered_map<std::int64_t, Row> first;
    for (std::size_t at = 0; at < table_.size() && found.size() < limit_; ++at) {
      const auto row = static_cast<Row>(at);
      const auto hash = table_.deleted(row) ? std::nullopt : hashes.get(row);
      if (!hash) continue;
      const auto [place, fresh] = first.emplace(*hash, row);
      if (fresh) continue;
      const auto key = key_of(row, rule);
      if (key && key == key_of(place->second, rule)) add(place->second, row, rule);
    }
  }

  std::vector<std::pair<domain::DuplicateHit, domain::DuplicateHit>> found;

 private:
  std::optional<std::string> key_of(Row row, const domain::DedupRule& rule) const {
    const projections::RecordView record(image_, table_, row);
    for (const auto& key : rules::dedup_keys(form_, record.values())) {
      if (key.fields == rule) return key.key;
    }
    return std::nullopt;
  }

  void add(Row left, Row right, const domain::DedupRule& rule) {
    const auto hit = [&](Row row) {
      return domain::DuplicateHit{.record = table_.id(row), .form = form_.number, .matched = rule};
    };
    found.emplace_back(hit(left), hit(right));
  }

  const projections::Image& image_;
  const projections::RecordTable& table_;
  const domain::FormDefinition& form_;
  std::size_t limit_;
};

}  // namespace

std::vector<std::pair<domain::DuplicateHit, domain::DuplicateHit>> standing_pairs(const projections::Image& image,
                                                                                  const domain::FormDefinition& form,
                                                                                  std::size_t limit) {
  const auto* table = image.table(form.number);
  if (!table) return {};
  Pairs pairs(image, *table, form, limit);
  for (std::size_t rule = 0; rule < table->key_rules().size(); ++rule) {
    if (std::ranges::find(form.dedup, table->key_rules()[rule]) == form.dedup.end()) continue;
    pairs.look_at(table->key_rules()[rule], table->key_hashes()[rule]);
  }
  return std::move(pairs.found);
}

}  // namespace highseas::api
