// indexes — what the state finds things by: counts, holdings, dedup keys, what is due. All of it follows from the
// image.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "projections/dedup_index.hpp"
#include "projections/image.hpp"
#include "projections/ordered_index.hpp"
#include "projections/recycle_judge.hpp"
#include "projections/state.hpp"

namespace highseas::projections {

class Indexes {
 public:
  // Builds all from the image.
  explicit Indexes(Image& image);

  // --- told by the fold, brought up to date by settle()
  void touch(domain::FormNumber form, Row row, bool keys = false);  // facts or values; `keys`: its dedup keys too
  void touch_field(domain::FormNumber form, Row row, domain::FieldNumber field);
  void rules_changed() { rules_stale_ = true; }
  void form_changed(domain::FormNumber form);
  void pool_changed(const domain::PoolDefinition& pool);
  void zone_changed();
  void remember(std::uint32_t entry);  // of the command memory
  void remember_all();                 // its entries got other numbers
  void start_backfill(const domain::BackfillStarted& event);
  void leave_backfill(domain::FormNumber form, Row row);
  void end_backfill(std::uint32_t number, bool cancelled);
  void settle();

  // --- asked, when settled
  const rules::RuleBook& book() const { return book_; }
  const rules::Calendar& calendar() const { return *calendar_; }
  const base::Zone& zone() const { return zone_; }
  std::uint32_t holdings(base::MemberId member, base::PoolId pool) const;
  bool counts_as_holding(base::PoolId pool, const expression::RecordSource& record) const;
  std::uint32_t owned_count(base::MemberId member) const;
  std::uint32_t owned_count(base::MemberId member, domain::FormNumber form) const;
  // By row, from `first` on.
  std::vector<Row> owned(base::MemberId member, domain::FormNumber form, Row first, std::size_t limit) const;
  std::uint32_t pool_count(base::PoolId pool) const;
  std::vector<domain::DuplicateHit> duplicates(domain::FormNumber form, const expression::RecordSource& values,
                                               std::optional<base::RecordId> except) const;
  const OrderedIndex& due() const { return due_; }
  rules::DueOfAll judge(const RecordView& record) const;
  std::uint64_t backfill_left(std::uint32_t number) const;
  // By form, then by row.
  std::vector<OrderedIndex::Key> backfill(std::uint32_t number, std::size_t limit) const;
  std::optional<std::uint32_t> command(base::CommandId id) const;
  std::size_t bytes() const;

 private:
  // What a record counts for, as it was last counted.
  struct Counted {
    NumberColumn owner;
    NumberColumn pool;
    NumberColumn held_by;
    NumberColumn held_in;
  };
  struct Form {
    Counted counted;
    std::vector<std::uint32_t> owned;  // by member code
    DedupIndex dedup;
    std::vector<std::uint32_t> watched;
    bool pooled = false;
    bool all_keys = false;          // every record's keys are to be made
    std::vector<Row> touched;       // each once
    std::vector<std::uint8_t> how;  // of each row: Touch bits
  };
  enum Touch : std::uint8_t { kFacts = 1, kKeys = 2, kDue = 4 };

  struct PairHash {
    std::size_t operator()(const std::pair<base::MemberId, base::PoolId>& pair) const {
      return base::UlidHash{}(pair.first.ulid) * 31 + base::UlidHash{}(pair.second.ulid);
    }
  };

  RecordTable& table(domain::FormNumber form);
  Form& form(domain::FormNumber form) { return forms_[form]; }
  void make_designs();
  void make_pins();
  void compile_excludes(const domain::PoolDefinition& pool);
  void load(domain::FormNumber form);
  void load_file_uses();
  void touch_all(domain::FormNumber form, Touch how = kFacts);
  void touch_as(domain::FormNumber form, Row row, std::uint8_t how);
  void refresh_counts(Form& form, RecordTable& table, Row row);
  void refresh_due(Form& form, RecordTable& table, Row row);
  void take_due(domain::FormNumber form, const rules::CompiledRule& rule, std::uint32_t number,
                base::Instant judged_at);
  // Whether it was counted elsewhere before.
  static bool count_one(NumberColumn& column, Row row, std::optional<std::uint32_t> fresh,
                        std::vector<std::uint32_t>& counts);
  void load_owned_rows();

  Image& image_;
  base::Zone zone_ = base::Zone::utc();
  std::optional<rules::Calendar> calendar_;
  rules::RuleBook book_;
  std::vector<std::optional<rules::CompiledRule>> before_pin_;  // of each backfill: the version before its own
  std::map<base::PoolId, expression::Compiled> excludes_;
  std::map<base::PoolId, std::string> excludes_text_;
  bool designs_stale_ = false;
  bool rules_stale_ = false;  // what is due is to be judged anew, nothing to be counted
  std::map<domain::FormNumber, Form> forms_;
  IdDictionary members_;
  IdDictionary pools_;
  std::vector<std::uint32_t> in_pool_;  // by pool code
  std::unordered_map<std::pair<base::MemberId, base::PoolId>, std::uint32_t, PairHash> holdings_;
  OrderedIndex due_;
  bool loaded_ = false;
  OrderedIndex owned_rows_;                   // by member code
  OrderedIndex backfill_rows_;                // by number
  std::vector<std::uint64_t> backfill_left_;  // by number
  RowIndex commands_;
};

}  // namespace highseas::projections
