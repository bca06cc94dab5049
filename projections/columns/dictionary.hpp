// dictionary — what the codes of a column stand for: ids, or whole values that repeat. Codes only grow in number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/value.hpp"
#include "expression/columns.hpp"
#include "projections/columns/block_vector.hpp"
#include "projections/columns/row_index.hpp"

namespace highseas::projections {

// Ids by code; as values they are single references.
class IdDictionary : public expression::Dictionary {
 public:
  std::uint32_t intern(base::Ulid id);
  std::optional<std::uint32_t> find(base::Ulid id) const;  // slow in a snapshot, which has no index
  base::Ulid id(std::uint32_t code) const { return ids_[code]; }
  std::size_t size() const { return ids_.size(); }
  base::Value value(std::uint32_t code) const override { return base::Reference{ids_[code]}; }

  // For a snapshot: without the index, which only writing needs.
  IdDictionary shared() const;
  std::size_t bytes() const { return ids_.bytes() + index_.bytes(); }
  void write(ByteWriter& out) const { ids_.write(out); }
  void read(ByteReader& in);

 private:
  void index();

  BlockVector<base::Ulid> ids_;
  RowIndex index_;
  bool indexed_ = true;
};

// Choices, references and regions by code: sets of them repeat.
class ValueDictionary : public expression::Dictionary {
 public:
  std::uint32_t intern(const base::Value& value);
  std::size_t size() const { return values_.size(); }
  base::Value value(std::uint32_t code) const override { return values_[code]; }

  ValueDictionary shared() const;
  std::size_t bytes() const;
  void write(ByteWriter& out) const;
  void read(ByteReader& in);

 private:
  void index();

  BlockVector<base::Value, 256> values_;
  RowIndex index_;
  bool indexed_ = true;
};

// Bytes that are equal for equal values of the multi-valued kinds and of locations, and nothing else.
std::string value_bytes(const base::Value& value);
base::Value value_from_bytes(ByteReader& in);

}  // namespace highseas::projections
