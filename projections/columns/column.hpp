// column — one field of all records of a form; a class for each way in which values are kept.
#pragma once

#include <map>
#include <memory>

#include "domain/forms/form_definition.hpp"
#include "projections/columns/dictionary.hpp"
#include "projections/columns/number_column.hpp"
#include "projections/columns/text_column.hpp"

namespace highseas::projections {

class Column {
 public:
  virtual ~Column() = default;

  // The value must be of the alternative that belongs to the field's type, or null.
  virtual void set(std::size_t row, const base::Value& value) = 0;
  virtual base::Value value(std::size_t row) const = 0;
  // As expression::ColumnSource::load.
  virtual void load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const = 0;

  // A copy that shares its chunks, for a snapshot.
  virtual std::unique_ptr<Column> share() const = 0;
  virtual std::size_t bytes() const = 0;
  virtual void write(ByteWriter& out) const = 0;
  virtual void read(ByteReader& in) = 0;
};

// Empty, as the type wants it.
std::unique_ptr<Column> make_column(domain::FieldType type, bool many);

// Booleans, integers and ratings, dates, instants, choices.
class ScalarColumn : public Column {
 public:
  enum class Kind : std::uint8_t { boolean, integer, date, instant, choice };
  explicit ScalarColumn(Kind kind) : kind_(kind) {}

  NumberColumn& numbers() { return numbers_; }
  const NumberColumn& numbers() const { return numbers_; }

  void set(std::size_t row, const base::Value& value) override;
  base::Value value(std::size_t row) const override;
  void load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const override {
    numbers_.load_integers(first, count, chunk);
  }
  std::unique_ptr<Column> share() const override { return std::make_unique<ScalarColumn>(*this); }
  std::size_t bytes() const override { return numbers_.bytes(); }
  void write(ByteWriter& out) const override { numbers_.write(out); }
  void read(ByteReader& in) override { numbers_.read(in); }

 private:
  Kind kind_;
  NumberColumn numbers_;
};

// Mantissas at one scale for the whole column, the largest that was needed, and the scale that each was given with.
// What does not fit so (rare: beyond 64 bits at that scale) is kept apart; filters then ask row by row.
class DecimalColumn : public Column {
 public:
  void set(std::size_t row, const base::Value& value) override;
  base::Value value(std::size_t row) const override;
  void load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const override;
  std::unique_ptr<Column> share() const override { return std::make_unique<DecimalColumn>(*this); }
  std::size_t bytes() const override { return mantissas_.bytes() + scales_.bytes() + outliers_.size() * 64; }
  void write(ByteWriter& out) const override;
  void read(ByteReader& in) override;

 private:
  void raise_scale(std::uint8_t scale);

  std::uint8_t scale_ = 0;
  std::size_t rows_ = 0;  // beyond the last that was set
  NumberColumn mantissas_;
  NumberColumn scales_;
  std::map<std::size_t, base::Decimal> outliers_;
};

// Members, departments, records and files, one each.
class ReferenceColumn : public Column {
 public:
  std::optional<base::Ulid> get(std::size_t row) const;
  std::optional<std::uint32_t> code(std::size_t row) const;
  void put(std::size_t row, std::optional<base::Ulid> id);
  const IdDictionary& ids() const { return ids_; }
  const NumberColumn& codes() const { return codes_; }

  void set(std::size_t row, const base::Value& value) override;
  base::Value value(std::size_t row) const override;
  void load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const override;
  std::unique_ptr<Column> share() const override;
  std::size_t bytes() const override { return codes_.bytes() + ids_.bytes(); }
  void write(ByteWriter& out) const override;
  void read(ByteReader& in) override;

 private:
  NumberColumn codes_;
  IdDictionary ids_;
};

// Choices, references and regions.
class ValueColumn : public Column {
 public:
  void set(std::size_t row, const base::Value& value) override;
  base::Value value(std::size_t row) const override;
  void load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const override;
  std::unique_ptr<Column> share() const override;
  std::size_t bytes() const override { return codes_.bytes() + values_.bytes(); }
  void write(ByteWriter& out) const override;
  void read(ByteReader& in) override;

 private:
  NumberColumn codes_;
  ValueDictionary values_;
};

// Texts of all kinds, and locations in bytes of their own.
class TextValueColumn : public Column {
 public:
  explicit TextValueColumn(bool locations) : locations_(locations) {}

  const TextColumn& texts() const { return texts_; }

  void set(std::size_t row, const base::Value& value) override;
  base::Value value(std::size_t row) const override;
  void load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const override;
  std::unique_ptr<Column> share() const override { return std::make_unique<TextValueColumn>(*this); }
  std::size_t bytes() const override { return texts_.bytes(); }
  void write(ByteWriter& out) const override { texts_.write(out); }
  void read(ByteReader& in) override { texts_.read(in); }

 private:
  bool locations_;
  TextColumn texts_;
};

}  // namespace highseas::projections
