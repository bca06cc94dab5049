// filter_plan — how one boolean expression is judged on blocks of a table: which of its tests a column answers itself.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "expression/columns.hpp"
#include "expression/filter_tests.hpp"
#include "expression/interpreter.hpp"
#include "expression/program.hpp"

namespace highseas::expression {

using Mask = std::array<std::uint8_t, kBlockRows>;

class FilterPlan {
 public:
  FilterPlan(Compiled compiled, const Environment& environment);

  // One block: rows [first, first + selected.size()), not more than kBlockRows.
  std::expected<void, Fault> apply(const ColumnSource& source, std::size_t first, std::span<std::uint8_t> selected);

 private:
  enum class Kind : std::uint8_t { logical_and, logical_or, logical_not, leaf };

  // What was found out for a code.
  enum Known : std::uint8_t { kUnknown, kFalse, kTrue, kFault };
  using CodeMemo = std::vector<std::uint8_t>;

  struct Step {
    Kind kind = Kind::leaf;
    const Node* node = nullptr;
    std::vector<Step> children;
    // Leaves:
    std::optional<FieldTest> test;
    std::optional<IntegerTest> integers;
    int integers_scale = -1;  // what `integers` was made for
    std::optional<TextTest> texts;
    std::uint32_t only_slot = kNoSlot;  // the one field that the leaf reads
    std::uint8_t of_null = kUnknown;
    std::unordered_map<const Dictionary*, CodeMemo> memos;
  };

  struct Block {
    const ColumnSource& source;
    std::size_t first;
    std::size_t count;
    // The first fault of the first row that has one; each row is judged from left to right, so it is the row's own.
    std::optional<Fault> fault;
    std::size_t fault_row;
  };

  struct Loaded {
    ColumnChunk chunk;
    bool fresh = false;  // loaded for the present block
  };

  Step make_step(const Node& node) const;
  const ColumnChunk& load(std::uint32_t slot, const Block& block);

  void judge(Step& step, Block& block, const Mask& active, Mask& out);
  void judge_chain(Step& step, Block& block, const Mask& active, Mask& out);
  void judge_leaf(Step& step, Block& block, const Mask& active, Mask& out);
  void judge_constant(const Step& step, Block& block, const Mask& active, Mask& out);
  bool judge_integers(Step& step, const ColumnChunk& chunk, const Block& block, const Mask& active, Mask& out);
  void judge_texts(const Step& step, const ColumnChunk& chunk, const Block& block, const Mask& active, Mask& out);
  void judge_codes(Step& step, const ColumnChunk& chunk, Block& block, const Mask& active, Mask& out);
  void judge_rows(const Step& step, Block& block, const Mask& active, Mask& out);

  std::uint8_t of_code(const Step& step, const ColumnChunk& chunk, std::uint32_t code) const;
  std::uint8_t of_value(const Step& step, const base::Value& value, Fault* fault = nullptr) const;
  static void note_fault(Block& block, std::size_t row, const Fault& fault);

  Compiled compiled_;
  Environment environment_;
  Step root_;
  std::unordered_map<std::uint32_t, Loaded> loaded_;
};

}  // namespace highseas::expression
