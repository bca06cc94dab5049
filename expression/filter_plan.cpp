// filter_plan — a block is narrowed by masks; what no column answers is judged row by row with the interpreter.
#include "expression/filter_plan.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace highseas::expression {
namespace {

// One row of a table as a record.
class RowOfTable : public RecordSource {
 public:
  RowOfTable(const ColumnSource& source, std::size_t row) : source_(source), row_(row) {}
  base::Value value(std::uint32_t slot) const override { return source_.value(slot, row_); }

 private:
  const ColumnSource& source_;
  std::size_t row_;
};

// A record of which only one field is known, and asked for.
class OneValue : public RecordSource {
 public:
  explicit OneValue(const base::Value& value) : value_(value) {}
  base::Value value(std::uint32_t) const override { return value_; }

 private:
  const base::Value& value_;
};

bool is_null_at(const ColumnChunk& chunk, std::size_t i) {
  if (chunk.nulls == nullptr) return false;
  const std::size_t bit = chunk.null_bit + i;
  return (chunk.nulls[bit / 64] >> (bit % 64) & 1) != 0;
}

bool any(const Mask& mask, std::size_t count) {
  return std::any_of(mask.begin(), mask.begin() + static_cast<std::ptrdiff_t>(count),
                     [](auto byte) { return byte != 0; });
}

void collect_slots(const Node& node, std::vector<std::uint32_t>& slots) {
  if (node.op == Op::field || node.op == Op::region_part) slots.push_back(node.slot);
  for (const auto& child : node.children) collect_slots(child, slots);
}

// Where a chunk has nulls, what null gives goes over what the numbers gave.
void apply_nulls(const ColumnChunk& chunk, bool null_result, std::size_t count, const Mask& active, Mask& out) {
  if (chunk.nulls == nullptr) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (is_null_at(chunk, i)) out[i] = static_cast<std::uint8_t>(active[i] & (null_result ? 1 : 0));
  }
}

}  // namespace

FilterPlan::FilterPlan(Compiled compiled, const Environment& environment)
    : compiled_(std::move(compiled)), environment_(environment) {
  const Node& root = compiled_.program().root;
  HS_ASSERT(root.type == Type::boolean || root.type == Type::null);
  root_ = make_step(root);
}

FilterPlan::Step FilterPlan::make_step(const Node& node) const {
  Step step;
  step.node = &node;
  if (node.op == Op::logical_and || node.op == Op::logical_or || node.op == Op::logical_not) {
    step.kind = node.op == Op::logical_and  ? Kind::logical_and
                : node.op == Op::logical_or ? Kind::logical_or
                                            : Kind::logical_not;
    for (const auto& child : node.children) step.children.push_back(make_step(child));
    return step;
  }
  const NoRecord none;
  step.test = field_test(node, Frame{none, environment_});
  if (step.test) step.texts = text_test(*step.test);
  std::vector<std::uint32_t> slots;
  collect_slots(node, slots);
  const bool one = !slots.empty() && std::ranges::count(slots, slots[0]) == static_cast<std::ptrdiff_t>(slots.size());
  if (one) step.only_slot = slots[0];
  return step;
}

std::expected<void, Fault> FilterPlan::apply(const ColumnSource& source, std::size_t first,
                                             std::span<std::uint8_t> selected) {
  HS_ASSERT(selected.size() <= kBlockRows);
  for (auto& [slot, loaded] : loaded_) loaded.fresh = false;
  Block block{source, first, selected.size(), std::nullopt, 0};
  Mask active;
  for (std::size_t i = 0; i < block.count; ++i) active[i] = selected[i] != 0 ? 1 : 0;
  Mask out;
  judge(root_, block, active, out);
  if (block.fault) return std::unexpected(*block.fault);
  std::copy_n(out.begin(), block.count, selected.begin());
  return {};
}

const ColumnChunk& FilterPlan::load(std::uint32_t slot, const Block& block) {
  Loaded& loaded = loaded_[slot];
  if (!loaded.fresh) {
    ColumnChunk& chunk = loaded.chunk;
    chunk.kind = ColumnChunk::Kind::values;
    chunk.scale = 0;
    chunk.dictionary = nullptr;
    chunk.nulls = nullptr;
    chunk.null_bit = 0;
    block.source.load(slot, block.first, block.count, chunk);
    loaded.fresh = true;
  }
  return loaded.chunk;
}

void FilterPlan::note_fault(Block& block, std::size_t row, const Fault& fault) {
  if (block.fault && row >= block.fault_row) return;
  block.fault = fault;
  block.fault_row = row;
}

void FilterPlan::judge(Step& step, Block& block, const Mask& active, Mask& out) {
  switch (step.kind) {
    case Kind::logical_and:
    case Kind::logical_or:
      judge_chain(step, block, active, out);
      return;
    case Kind::logical_not:
      judge(step.children[0], block, active, out);
      for (std::size_t i = 0; i < block.count; ++i) out[i] = static_cast<std::uint8_t>(active[i] & (out[i] ^ 1));
      return;
    case Kind::leaf:
      judge_leaf(step, block, active, out);
      return;
  }
}

// Each part sees only the rows that the parts before it left undecided, as the interpreter would.
void FilterPlan::judge_chain(Step& step, Block& block, const Mask& active, Mask& out) {
  const bool is_or = step.kind == Kind::logical_or;
  Mask open = active;
  Mask found;
  std::fill_n(out.begin(), block.count, std::uint8_t{0});
  for (auto& child : step.children) {
    if (!any(open, block.count)) break;
    judge(child, block, open, found);
    for (std::size_t i = 0; i < block.count; ++i) {
      if (is_or) {
        out[i] |= found[i];
        open[i] = static_cast<std::uint8_t>(open[i] & (found[i] ^ 1));
      } else {
        open[i] = found[i];
      }
    }
  }
  if (!is_or) std::copy_n(open.begin(), block.count, out.begin());
}

void FilterPlan::judge_leaf(Step& step, Block& block, const Mask& active, Mask& out) {
  if (!any(active, block.count)) {
    std::fill_n(out.begin(), block.count, std::uint8_t{0});
    return;
  }
  if (!step.node->uses_record) {
    judge_constant(step, block, active, out);
    return;
  }
  if (step.only_slot != kNoSlot) {
    const ColumnChunk& chunk = load(step.only_slot, block);
    switch (chunk.kind) {
      case ColumnChunk::Kind::integers:
        HS_ASSERT(chunk.integers.size() >= block.count);
        if (judge_integers(step, chunk, block, active, out)) return;
        break;
      case ColumnChunk::Kind::texts:
        HS_ASSERT(chunk.texts.size() >= block.count);
        if (!step.texts) break;
        judge_texts(step, chunk, block, active, out);
        return;
      case ColumnChunk::Kind::codes:
        HS_ASSERT(chunk.codes.size() >= block.count && chunk.dictionary != nullptr);
        judge_codes(step, chunk, block, active, out);
        return;
      case ColumnChunk::Kind::values:
        break;
    }
  }
  judge_rows(step, block, active, out);
}

void FilterPlan::judge_constant(const Step& step, Block& block, const Mask& active, Mask& out) {
  const NoRecord none;
  const auto result = run_boolean(*step.node, Frame{none, environment_});
  const std::uint8_t truth = result.value_or(false) ? 1 : 0;
  for (std::size_t i = 0; i < block.count; ++i) {
    out[i] = static_cast<std::uint8_t>(active[i] & truth);
    if (active[i] != 0 && !result) note_fault(block, i, result.error());
  }
}

bool FilterPlan::judge_integers(Step& step, const ColumnChunk& chunk, const Block& block, const Mask& active,
                                Mask& out) {
  if (!step.test) return false;
  if (step.integers_scale != chunk.scale) {
    step.integers = integer_test(*step.test, chunk.scale);
    step.integers_scale = chunk.scale;
  }
  if (!step.integers) return false;
  apply_integer_test(*step.integers, chunk.integers.first(block.count), active.data(), out.data());
  apply_nulls(chunk, step.integers->null_result, block.count, active, out);
  return true;
}

void FilterPlan::judge_texts(const Step& step, const ColumnChunk& chunk, const Block& block, const Mask& active,
                             Mask& out) {
  for (std::size_t i = 0; i < block.count; ++i) {
    out[i] = active[i] != 0 && !is_null_at(chunk, i) && step.texts->holds(chunk.texts[i]) ? 1 : 0;
  }
  apply_nulls(chunk, step.texts->null_result, block.count, active, out);
}

std::uint8_t FilterPlan::of_value(const Step& step, const base::Value& value, Fault* fault) const {
  const auto result = run_boolean(*step.node, Frame{OneValue(value), environment_});
  if (result) return *result ? kTrue : kFalse;
  if (fault != nullptr) *fault = result.error();
  return kFault;
}

std::uint8_t FilterPlan::of_code(const Step& step, const ColumnChunk& chunk, std::uint32_t code) const {
  if (step.texts) {
    if (const auto text = chunk.dictionary->text(code)) return step.texts->holds(*text) ? kTrue : kFalse;
  }
  return of_value(step, chunk.dictionary->value(code));
}

void FilterPlan::judge_codes(Step& step, const ColumnChunk& chunk, Block& block, const Mask& active, Mask& out) {
  CodeMemo& memo = step.memos[chunk.dictionary];
  for (std::size_t i = 0; i < block.count; ++i) {
    out[i] = 0;
    if (active[i] == 0) continue;
    const std::uint32_t code = chunk.codes[i];
    const bool null = code == kNullCode || is_null_at(chunk, i);
    std::uint8_t known = null ? step.of_null : code < memo.size() ? memo[code] : std::uint8_t{kUnknown};
    if (known == kUnknown) {
      known = null ? of_value(step, base::Value{}) : of_code(step, chunk, code);
      if (null) {
        step.of_null = known;
      } else {
        if (code >= memo.size()) memo.resize(std::max<std::size_t>(code + std::size_t{1}, memo.size() * 2), kUnknown);
        memo[code] = known;
      }
    }
    if (known == kFault) {
      Fault fault;
      of_value(step, null ? base::Value{} : chunk.dictionary->value(code), &fault);
      note_fault(block, i, fault);
    }
    out[i] = known == kTrue ? 1 : 0;
  }
}

void FilterPlan::judge_rows(const Step& step, Block& block, const Mask& active, Mask& out) {
  for (std::size_t i = 0; i < block.count; ++i) {
    out[i] = 0;
    if (active[i] == 0) continue;
    const RowOfTable row(block.source, block.first + i);
    const auto result = run_boolean(*step.node, Frame{row, environment_});
    if (result) {
      out[i] = *result ? 1 : 0;
    } else {
      note_fault(block, i, result.error());
    }
  }
}

}  // namespace highseas::expression
