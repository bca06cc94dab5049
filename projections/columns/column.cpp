// column — values in and out of the chunks.
#include "projections/columns/column.hpp"

#include "base/assert.hpp"

namespace highseas::projections {

using base::Value;

std::unique_ptr<Column> make_column(domain::FieldType type, bool many) {
  using enum domain::FieldType;
  using Kind = ScalarColumn::Kind;
  switch (type) {
    case text:
    case long_text:
    case address:
    case phone:
    case email:
    case url:
      return std::make_unique<TextValueColumn>(false);
    case location:
      return std::make_unique<TextValueColumn>(true);
    case integer:
    case rating:
      return std::make_unique<ScalarColumn>(Kind::integer);
    case boolean:
      return std::make_unique<ScalarColumn>(Kind::boolean);
    case date:
      return std::make_unique<ScalarColumn>(Kind::date);
    case datetime:
      return std::make_unique<ScalarColumn>(Kind::instant);
    case choice:
      return std::make_unique<ScalarColumn>(Kind::choice);
    case decimal:
    case money:
    case percent:
      return std::make_unique<DecimalColumn>();
    case choices:
    case region:
      return std::make_unique<ValueColumn>();
    case member:
    case department:
    case reference:
    case file:
    case image:
      if (many) return std::make_unique<ValueColumn>();
      return std::make_unique<ReferenceColumn>();
  }
  HS_ASSERT(!"field type");
  return nullptr;
}

void ScalarColumn::set(std::size_t row, const Value& value) {
  if (base::is_null(value)) return numbers_.clear(row);
  switch (kind_) {
    case Kind::boolean:
      return numbers_.set(row, std::get<bool>(value) ? 1 : 0);
    case Kind::integer:
      return numbers_.set(row, std::get<std::int64_t>(value));
    case Kind::date:
      return numbers_.set(row, std::get<base::Date>(value).days);
    case Kind::instant:
      return numbers_.set(row, std::get<base::Instant>(value).ms);
    case Kind::choice:
      return numbers_.set(row, std::get<base::Choice>(value).number);
  }
}

Value ScalarColumn::value(std::size_t row) const {
  const auto number = numbers_.get(row);
  if (!number) return {};
  switch (kind_) {
    case Kind::boolean:
      return *number != 0;
    case Kind::integer:
      return *number;
    case Kind::date:
      return base::Date{static_cast<std::int32_t>(*number)};
    case Kind::instant:
      return base::Instant{*number};
    case Kind::choice:
      return base::Choice{static_cast<std::uint32_t>(*number)};
  }
  return {};
}

void DecimalColumn::set(std::size_t row, const Value& value) {
  outliers_.erase(row);
  if (base::is_null(value)) {
    mantissas_.clear(row);
    scales_.clear(row);
    return;
  }
  rows_ = std::max(rows_, row + 1);
  const auto decimal = std::get<base::Decimal>(value);
  if (decimal.scale > scale_) raise_scale(decimal.scale);
  const auto fitting = base::rescale(decimal, scale_);
  if (!fitting) outliers_[row] = decimal;
  mantissas_.set(row, fitting ? fitting->mantissa : 0);
  scales_.set(row, decimal.scale);
}

Value DecimalColumn::value(std::size_t row) const {
  if (const auto outlier = outliers_.find(row); outlier != outliers_.end()) return outlier->second;
  const auto mantissa = mantissas_.get(row);
  if (!mantissa) return {};
  const auto as_given = base::rescale({*mantissa, scale_}, static_cast<int>(scales_.get_or(row, scale_)));
  HS_ASSERT(as_given.has_value());
  return *as_given;
}

void DecimalColumn::load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const {
  const auto outlier = outliers_.lower_bound(first);
  if (outlier != outliers_.end() && outlier->first < first + count) return;  // row by row
  mantissas_.load_integers(first, count, chunk);
  chunk.scale = scale_;
}

void DecimalColumn::raise_scale(std::uint8_t scale) {
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto mantissa = mantissas_.get(row);
    if (!mantissa || outliers_.contains(row)) continue;
    const base::Decimal old{*mantissa, scale_};
    const auto wider = base::rescale(old, scale);
    if (!wider) outliers_[row] = std::get<base::Decimal>(value(row));
    mantissas_.set(row, wider ? wider->mantissa : 0);
  }
  scale_ = scale;
}

void DecimalColumn::write(ByteWriter& out) const {
  out.raw(scale_);
  out.size(rows_);
  mantissas_.write(out);
  scales_.write(out);
  out.size(outliers_.size());
  for (const auto& [row, decimal] : outliers_) {
    out.size(row);
    out.raw(decimal.mantissa);
    out.raw(decimal.scale);
  }
}

void DecimalColumn::read(ByteReader& in) {
  scale_ = in.raw<std::uint8_t>();
  rows_ = static_cast<std::size_t>(in.raw<std::uint64_t>());
  if (scale_ > base::kMaxScale) in.fail();
  mantissas_.read(in);
  scales_.read(in);
  for (auto left = in.size(); left > 0 && in.ok(); --left) {
    const auto row = static_cast<std::size_t>(in.raw<std::uint64_t>());
    const auto mantissa = in.raw<std::int64_t>();
    outliers_[row] = {mantissa, in.raw<std::uint8_t>()};
  }
}

std::optional<std::uint32_t> ReferenceColumn::code(std::size_t row) const {
  const auto number = codes_.get(row);
  if (!number) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

std::optional<base::Ulid> ReferenceColumn::get(std::size_t row) const {
  const auto found = code(row);
  if (!found) return std::nullopt;
  return ids_.id(*found);
}

void ReferenceColumn::put(std::size_t row, std::optional<base::Ulid> id) {
  if (!id) return codes_.clear(row);
  codes_.set(row, ids_.intern(*id));
}

void ReferenceColumn::set(std::size_t row, const Value& value) {
  if (base::is_null(value)) return codes_.clear(row);
  put(row, std::get<base::Reference>(value).id);
}

Value ReferenceColumn::value(std::size_t row) const {
  const auto id = get(row);
  if (!id) return {};
  return base::Reference{*id};
}

void ReferenceColumn::load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const {
  codes_.load_codes(first, count, chunk);
  chunk.dictionary = &ids_;
}

std::unique_ptr<Column> ReferenceColumn::share() const {
  auto copy = std::make_unique<ReferenceColumn>();
  copy->codes_ = codes_;
  copy->ids_ = ids_.shared();
  return copy;
}

void ReferenceColumn::write(ByteWriter& out) const {
  codes_.write(out);
  ids_.write(out);
}

void ReferenceColumn::read(ByteReader& in) {
  codes_.read(in);
  ids_.read(in);
}

void ValueColumn::set(std::size_t row, const Value& value) {
  if (base::is_null(value)) return codes_.clear(row);
  codes_.set(row, values_.intern(value));
}

Value ValueColumn::value(std::size_t row) const {
  const auto code = codes_.get(row);
  if (!code) return {};
  return values_.value(static_cast<std::uint32_t>(*code));
}

void ValueColumn::load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const {
  codes_.load_codes(first, count, chunk);
  chunk.dictionary = &values_;
}

std::unique_ptr<Column> ValueColumn::share() const {
  auto copy = std::make_unique<ValueColumn>();
  copy->codes_ = codes_;
  copy->values_ = values_.shared();
  return copy;
}

void ValueColumn::write(ByteWriter& out) const {
  codes_.write(out);
  values_.write(out);
}

void ValueColumn::read(ByteReader& in) {
  codes_.read(in);
  values_.read(in);
}

void TextValueColumn::set(std::size_t row, const Value& value) {
  if (base::is_null(value)) return texts_.clear(row);
  texts_.set(row, locations_ ? value_bytes(value) : std::get<std::string>(value));
}

Value TextValueColumn::value(std::size_t row) const {
  const auto text = texts_.get(row);
  if (!text) return {};
  if (!locations_) return std::string(*text);
  ByteReader in(*text);
  return value_from_bytes(in);
}

void TextValueColumn::load(std::size_t first, std::size_t count, expression::ColumnChunk& chunk) const {
  if (!locations_) texts_.load(first, count, chunk);  // locations are asked row by row
}

}  // namespace highseas::projections
