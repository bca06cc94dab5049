// random_days — a company's working days at random, with a naive model beside: what a record must show.
#pragma once

#include <map>

#include "company.hpp"

namespace highseas::projections::tests {

struct ModelRecord {
  std::map<domain::FieldNumber, base::Value> values;
  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  base::PoolId home;
  std::uint64_t version = 1;
  bool deleted = false;
  std::vector<base::RecordId> follow_ups;
};

// What happens is chosen by numbers: of a seed, without end; or of a list, which rapidcheck makes and shortens.
class RandomDays {
 public:
  explicit RandomDays(std::uint64_t seed) : random_(seed) {}
  explicit RandomDays(std::vector<std::uint32_t> numbers) : numbers_(std::move(numbers)) {}

  Company company;
  std::map<base::RecordId, ModelRecord> model;

  void run(int steps) {
    for (int step = 0; step < steps; ++step) act();
  }
  // Until the numbers of the list are used up.
  void run() {
    while (used_ < numbers_->size()) act();
  }
  // Of a list that is used up: 0.
  std::uint64_t below(std::uint64_t limit) {
    if (!numbers_) return random_() % limit;
    return used_ < numbers_->size() ? (*numbers_)[used_++] % limit : 0;
  }

  std::vector<FieldValue> values() {
    using namespace shipped::customers;
    static const std::vector<std::string> kNames{"华为",     "阿里巴巴", "重庆机电", "Ångström",
                                                 "上海电气", "bosch",    "安徽合力"};
    std::vector<FieldValue> made{named(kNames[below(kNames.size())] + std::to_string(below(30)))};
    const auto maybe = [&](domain::FieldNumber field, base::Value value) {
      if (below(2) == 0) made.push_back({field, below(4) == 0 ? base::Value{} : std::move(value)});
    };
    maybe(kGrade, base::Choice{static_cast<std::uint32_t>(1 + below(4))});
    maybe(kStatus, base::Choice{static_cast<std::uint32_t>(1 + below(4))});
    maybe(kCreditLimit, base::Decimal{static_cast<std::int64_t>(below(100'000)), 2});
    maybe(kPhone, "1380000" + std::to_string(1000 + below(200)));
    maybe(kRegion, base::Region{"江苏省", below(2) == 0 ? "苏州市" : "南京市", ""});
    maybe(kAddress, std::string(below(200), 'x'));
    return made;
  }

 private:
  base::MemberId member() { return below(2) == 0 ? company.seller : company.colleague; }

  void put(ModelRecord& record, const std::vector<FieldValue>& values) {
    for (const auto& value : values) {
      record.values[value.field] = value.value;
      if (base::is_null(value.value)) record.values.erase(value.field);
    }
  }

  void act() {
    if (below(3) != 0) company.now = company.now + static_cast<std::int64_t>(below(5 * 86'400'000));
    const auto what = below(20);
    if (model.empty() || what < 5) {
      create();
    } else if (what == 5 && rules_ < 4) {
      company.publish_rule(10 + static_cast<std::uint32_t>(below(40)), below(2) == 0 ? "" : "grade != \"A\"", ++rules_);
    } else if (what == 6) {
      change_pool();
    } else {
      act_on_one(what);
    }
  }

  void create() {
    const auto owner = below(2) == 0 ? std::optional(member()) : std::nullopt;
    const auto made = values();
    auto& record = model[company.create(owner, made)];
    record.owner = owner;
    if (!owner) record.pool = company.sea;
    record.home = company.sea;
    put(record, made);
  }

  void change_pool() {
    auto pool = *company.state.workspace().pool(company.sea);
    pool.holding_excludes = below(2) == 0 ? "" : "status == \"won\" || credit_limit > 500.00";
    company.commit({domain::PoolChanged{pool}}, company.admin);
  }

  void act_on_one(std::uint64_t what) {
    auto at = model.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(model.size())));
    const auto id = at->first;
    auto& record = at->second;
    if (record.deleted || what == 7) return bin(id, record);
    if (what < 12) return change(id, record);
    if (record.owner) return what < 15 ? follow_up(id, record) : give_up(id, record, what);
    if (what == 12) {
      const auto to = *record.pool == company.sea ? company.second_sea : company.sea;
      company.commit({domain::MovedToPool{id, kCustomers, *record.pool, to}}, company.manager);
      record.pool = to;
    } else {
      record.owner = member();
      record.home = *record.pool;
      record.pool.reset();
      if (what < 16) {
        company.commit({domain::Claimed{id, kCustomers, *record.owner, record.home}}, record.owner);
      } else {
        company.commit({domain::Assigned{id, kCustomers, *record.owner, record.home}}, company.manager);
      }
    }
    ++record.version;
  }

  void bin(base::RecordId id, ModelRecord& record) {
    if (record.deleted) {
      company.commit({domain::RecordRestored{id, kCustomers}}, company.admin);
    } else {
      company.commit({domain::RecordDeleted{id, kCustomers}}, company.admin);
    }
    record.deleted = !record.deleted;
    ++record.version;
  }

  void change(base::RecordId id, ModelRecord& record) {
    const auto made = values();
    company.commit({domain::RecordChanged{id, kCustomers, {}, made}}, member());
    put(record, made);
    ++record.version;
  }

  void follow_up(base::RecordId id, ModelRecord& record) {
    const auto when = company.now - static_cast<std::int64_t>(below(1'000'000));
    if (record.follow_ups.empty() || below(3) != 0) {
      record.follow_ups.push_back(company.follow_up(id, *record.owner, when, below(4) != 0));
      return;
    }
    const auto corrected = record.follow_ups[below(record.follow_ups.size())];
    company.commit({domain::FollowUpCorrected{corrected, id, kCustomers, when, below(2) == 0, {}}}, record.owner);
  }

  void give_up(base::RecordId id, ModelRecord& record, std::uint64_t what) {
    ++record.version;
    const auto from = *record.owner;
    if (what == 15) {
      record.owner = from == company.seller ? company.colleague : company.seller;
      company.commit({domain::Transferred{id, kCustomers, from, *record.owner, "", {}}}, company.manager);
      return;
    }
    if (what == 16) {
      company.commit({domain::Locked{id, kCustomers, company.now + base::kMsPerDay, ""}}, company.manager);
      return;
    }
    record.owner.reset();
    record.pool = below(2) == 0 ? company.sea : company.second_sea;
    const auto until = company.now + static_cast<std::int64_t>(below(9)) * base::kMsPerDay;
    if (what == 17) {
      company.commit({domain::Recycled{id, kCustomers, from, *record.pool, until, {}, {}}});
    } else {
      company.commit({domain::Released{id, kCustomers, from, *record.pool, until, what == 18, "忙", ""}}, from);
    }
  }

  std::mt19937_64 random_;
  std::optional<std::vector<std::uint32_t>> numbers_;
  std::size_t used_ = 0;
  std::uint32_t rules_ = 0;
};

}  // namespace highseas::projections::tests
