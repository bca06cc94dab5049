// expression_bench — a million rows filtered by the expressions that lists are made of, and one record by a rule's.
#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

#include "expression/columns.hpp"
#include "expression/evaluate.hpp"
#include "expression/expression.hpp"

namespace {

namespace expression = highseas::expression;
namespace base = highseas::base;
using expression::ColumnChunk;
using expression::Type;

constexpr std::size_t kRows = 1'000'000;
constexpr std::int64_t kNowMs = 1'795'489'200'000;

enum Slot : std::uint32_t { kName, kAmount, kStatus, kSeenAt, kOwner };

class Form : public expression::Schema {
 public:
  std::optional<expression::FieldInfo> field(std::string_view name) const override {
    if (name == "name") return expression::FieldInfo{kName, Type::text};
    if (name == "amount") return expression::FieldInfo{kAmount, Type::decimal};
    if (name == "status") return expression::FieldInfo{kStatus, Type::choice};
    if (name == "seen_at") return expression::FieldInfo{kSeenAt, Type::instant};
    if (name == "owner") return expression::FieldInfo{kOwner, Type::reference};
    return std::nullopt;
  }
  std::optional<std::uint32_t> choice(std::uint32_t, std::string_view key) const override {
    return key == "won" ? 1 : key == "lost" ? 2 : 3;
  }
  std::optional<base::Ulid> reference(std::uint32_t, std::string_view text) const override {
    return base::parse_prefixed("mem_", text);
  }
};

class Names : public expression::Dictionary {
 public:
  Names() {
    for (std::size_t i = 0; i < kRows; ++i)
      texts_.push_back("江南第" + std::to_string(i * 7919 % kRows) + "机械有限公司");
  }
  base::Value value(std::uint32_t code) const override { return texts_[code]; }
  std::optional<std::string_view> text(std::uint32_t code) const override { return texts_[code]; }

 private:
  std::vector<std::string> texts_;
};

class Owners : public expression::Dictionary {
 public:
  base::Value value(std::uint32_t code) const override { return base::Reference{base::Ulid{0, code}}; }
};

class Table : public expression::ColumnSource {
 public:
  Table() : nulls_(kRows / 64 + 1, 0) {
    for (std::size_t row = 0; row < kRows; ++row) {
      const auto number = static_cast<std::int64_t>(row * 2'654'435'761u % 1'000'003);
      names_.push_back(static_cast<std::uint32_t>(row));
      owners_.push_back(static_cast<std::uint32_t>(number % 500));
      amounts_.push_back(number * 100);
      statuses_.push_back(1 + number % 3);
      seen_.push_back(kNowMs - number * 6'000);
      if (number % 10 == 0) nulls_[row / 64] |= std::uint64_t{1} << (row % 64);
    }
  }

  void load(std::uint32_t slot, std::size_t first, std::size_t count, ColumnChunk& chunk) const override {
    if (slot == kName || slot == kOwner) {
      chunk.kind = ColumnChunk::Kind::codes;
      chunk.codes = std::span(slot == kName ? names_ : owners_).subspan(first, count);
      if (slot == kName) {
        chunk.dictionary = &name_dictionary_;
      } else {
        chunk.dictionary = &owner_dictionary_;
      }
      return;
    }
    chunk.kind = ColumnChunk::Kind::integers;
    chunk.scale = 2;
    chunk.integers = std::span(slot == kAmount ? amounts_ : slot == kStatus ? statuses_ : seen_).subspan(first, count);
    chunk.nulls = nulls_.data() + first / 64;
    chunk.null_bit = first % 64;
  }

  base::Value value(std::uint32_t slot, std::size_t row) const override {
    switch (slot) {
      case kName:
        return name_dictionary_.value(names_[row]);
      case kOwner:
        return owner_dictionary_.value(owners_[row]);
      case kAmount:
        return base::Decimal{amounts_[row], 2};
      case kStatus:
        return base::Choice{static_cast<std::uint32_t>(statuses_[row])};
      default:
        return base::Instant{seen_[row]};
    }
  }

 private:
  Names name_dictionary_;
  Owners owner_dictionary_;
  std::vector<std::uint32_t> names_;
  std::vector<std::uint32_t> owners_;
  std::vector<std::int64_t> amounts_;
  std::vector<std::int64_t> statuses_;
  std::vector<std::int64_t> seen_;
  std::vector<std::uint64_t> nulls_;
};

const expression::Environment kEnvironment({kNowMs}, {20'781}, {0, 7});

void filter_table(benchmark::State& state, const char* text) {
  static const Table table;
  const auto compiled = expression::compile(text, Form());
  if (!compiled) {
    state.SkipWithError(compiled.error().message_en.c_str());
    return;
  }
  std::vector<std::uint8_t> selected(kRows);
  for (auto _ : state) {
    std::fill(selected.begin(), selected.end(), std::uint8_t{1});
    expression::ColumnFilter filter(*compiled, kEnvironment);
    benchmark::DoNotOptimize(filter.apply(table, 0, selected));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
}
BENCHMARK_CAPTURE(filter_table, one_comparison, "amount > 500000.005")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(filter_table, choice_and_time, "status in ['won', 'lost'] && seen_at < now - days(30)")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(filter_table, owner_me, "owner == me && status != 'won'")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(filter_table, contains_in_distinct_names, "name.contains('77机')")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(filter_table, arithmetic_row_by_row, "amount * 2 > 100")->Unit(benchmark::kMillisecond);

class OneRecord : public expression::RecordSource {
 public:
  base::Value value(std::uint32_t slot) const override {
    if (slot == kAmount) return base::Decimal{100, 2};
    if (slot == kStatus) return base::Choice{2};
    return {};
  }
};

void judge_record(benchmark::State& state) {
  const auto compiled = expression::compile("amount > 0.5 && status != 'won' && seen_at == null", Form());
  const OneRecord record;
  for (auto _ : state) benchmark::DoNotOptimize(expression::evaluate(*compiled, record, kEnvironment));
}
BENCHMARK(judge_record);

void compile_filter(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(expression::compile(
        "status in ['won', 'lost'] && owner == me && seen_at < now - days(30) && name.contains('机械')", Form()));
  }
}
BENCHMARK(compile_filter);

}  // namespace

BENCHMARK_MAIN();
