// projections_bench — a million customers: events folded a second, bytes a customer, lists and snapshots over them.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "domain/forms/builtin_forms.hpp"
#include "domain/forms/shipped.hpp"
#include "projections/query/form_schema.hpp"
#include "projections/query/list.hpp"
#include "projections/record_table.hpp"
#include "projections/state.hpp"

using namespace highseas;

namespace {

namespace fields = domain::shipped::customers;
using domain::shipped::kCustomers;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kChunk = 500;
constexpr std::int64_t kStartMs = 1'767'225'600'000;
const base::PoolId kSea{{9, 1}};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string chinese(std::mt19937_64& random, std::size_t characters) {
  static const std::string kCharacters = "上海机电设备有限公司江苏华东精密制造科技工业自动化材料贸易";
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) text += kCharacters.substr(random() % (kCharacters.size() / 3) * 3, 3);
  return text;
}

domain::RecordCreated customer(std::mt19937_64& random, std::uint64_t number) {
  domain::RecordCreated created;
  created.record = {{static_cast<std::uint64_t>(kStartMs + static_cast<std::int64_t>(number / kChunk)) << 16, number}};
  created.form = kCustomers;
  created.home_pool = kSea;
  if (number % 3 == 0) {
    created.pool = kSea;
  } else {
    created.owner = base::MemberId{{8, random() % 300}};
  }
  const auto choice = [&](std::uint32_t of) { return base::Choice{1 + static_cast<std::uint32_t>(random() % of)}; };
  created.values = {{fields::kName, chinese(random, 12)},
                    {fields::kShortName, chinese(random, 4)},
                    {fields::kCreditCode, "91310000MA" + std::to_string(10'000'000 + number)},
                    {fields::kType, choice(4)},
                    {fields::kGrade, choice(4)},
                    {fields::kStatus, choice(4)},
                    {fields::kSource, choice(7)},
                    {fields::kIndustry, choice(10)},
                    {fields::kScale, choice(5)},
                    {fields::kWebsite, "www." + std::to_string(number) + ".cn"},
                    {fields::kPhone, "138" + std::to_string(10'000'000 + number)},
                    {fields::kEmail, std::to_string(number) + "@qq.com"},
                    {fields::kRegion, base::Region{"江苏省", "苏州市" + std::to_string(random() % 300), ""}},
                    {fields::kAddress, chinese(random, 10)},
                    {fields::kTags, base::Choices{{1 + static_cast<std::uint32_t>(random() % 30)}}},
                    {fields::kCreditLimit, base::Decimal{static_cast<std::int64_t>(random() % 10'000'000), 2}},
                    {fields::kPaymentTerms, choice(6)},
                    {fields::kTaxNo, std::to_string(100'000'000 + number)},
                    {fields::kBankName, chinese(random, 6)},
                    {fields::kBankAccount, std::to_string(6'222'000'000'000 + number)}};
  return created;
}

class Bench {
 public:
  explicit Bench(std::size_t of) : customers(of) {}

  void open() {
    domain::Events events{domain::WorkspaceOpened{{{1, 1}}, "测试", "Asia/Shanghai", "CNY"}};
    for (const auto& form : domain::builtin_forms()) events.push_back(domain::FormAdded{form});
    domain::PoolDefinition pool;
    pool.id = kSea;
    pool.form = kCustomers;
    pool.name = "公海";
    events.push_back(domain::PoolAdded{pool});
    domain::RecycleRulePublished rule;
    rule.rule = {{5, 1}};
    rule.version = 1;
    rule.draft.form = kCustomers;
    rule.draft.pools = {kSea};
    rule.draft.triggers = {{domain::TriggerType::no_follow_up, 30}};
    rule.draft.protect_when = "status == \"won\"";
    events.push_back(rule);
    replay(std::move(events));
    state.settle();
  }

  void replay(domain::Events events) {
    domain::Commit commit;
    commit.position = state.position() + 1;
    commit.time = commit.recorded_at = {kStartMs + static_cast<std::int64_t>(commit.position)};
    commit.command_id = {{commit.position, 1}};
    commit.content.events = std::move(events);
    const auto start = Clock::now();
    state.replay(commit);
    folding += seconds_since(start);
    folded += commit.content.events.size();
  }

  // What making the events costs is not counted.
  template <class Make>
  void phase(const char* name, std::size_t count, const Make& make) {
    folding = 0;
    folded = 0;
    for (std::size_t at = 0; at < count;) {
      domain::Events events;
      for (; events.size() < kChunk && at < count; ++at) events.push_back(make(at));
      replay(std::move(events));
    }
    const auto start = Clock::now();
    state.settle();
    const auto settling = seconds_since(start);
    const auto events = static_cast<double>(folded);
    std::printf("rebuild, %s, folded: %.0f events/s\n", name, events / folding);
    std::printf("rebuild, %s, with indexes settled: %.0f events/s\n", name, events / (folding + settling));
  }

  void query(const char* filter, std::vector<projections::SortKey> sort) {
    const auto& workspace = state.workspace();
    const projections::FormSchema schema(workspace, *workspace.form(kCustomers));
    const auto rights = domain::Rights::of_system(workspace);
    projections::ListQuery query{.form = kCustomers, .filter = {}, .environment = {{kStartMs}, {}, {8, 5}}};
    if (*filter != '\0') query.filter = expression::compile(filter, schema).value();
    const bool sorted = !sort.empty();
    query.sort = std::move(sort);
    std::vector<double> took;
    for (int run = 0; run < 7; ++run) {
      const auto start = Clock::now();
      if (projections::list(state.image(), rights, query).value().rows.empty()) std::printf("(nothing) ");
      took.push_back(seconds_since(start) * 1e3);
    }
    std::ranges::sort(took);
    std::printf("list of %zu, filter [%s], %s: %.2f ms\n", customers, filter, sorted ? "sorted" : "newest first",
                took[took.size() / 2]);
  }

  const std::size_t customers;
  projections::State state;
  double folding = 0;
  std::size_t folded = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const std::size_t customers = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
  std::mt19937_64 random(1);
  Bench bench(customers);
  bench.open();
  bench.phase("customers created", customers, [&](std::size_t at) { return customer(random, at); });
  const auto bytes = bench.state.image().bytes() + bench.state.bytes_of_indexes();
  std::printf("memory, columns and indexes: %.0f bytes a customer\n",
              static_cast<double>(bytes) / static_cast<double>(customers));
  const auto& table = *bench.state.image().table(kCustomers);
  bench.phase("changed", customers, [&](std::size_t) {
    const auto row = static_cast<projections::Row>(random() % customers);
    return domain::RecordChanged{table.id(row), kCustomers, {}, {{fields::kGrade, base::Choice{2}}}};
  });
  bench.phase("locked", customers, [&](std::size_t) {
    const auto row = static_cast<projections::Row>(random() % customers);
    return domain::Locked{table.id(row), kCustomers, base::Instant{kStartMs}, ""};
  });
  const auto start = Clock::now();
  const auto snapshot = bench.state.snapshot();
  std::printf("snapshot: %.3f ms\n", seconds_since(start) * 1e3);
  bench.query("", {});
  bench.query("grade == \"A\" && status != \"won\"", {});
  bench.query("grade == \"A\" && status != \"won\"", {{fields::kCreditLimit, true}});
  bench.query("owner == me", {{domain::facts::kUpdatedAt, true}});
  bench.query("name.contains(\"机电\")", {{fields::kCreditLimit, true}});
  bench.query("grade == \"A\" && credit_limit > 99000.00", {{fields::kName, false}});
}
