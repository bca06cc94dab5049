// sort_order — Chinese by pinyin, choices in the order in which they are shown, members and pools by name.
#include "projections/query/sort_order.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "projections/columns/dictionary.hpp"

namespace highseas::projections {
namespace {

namespace facts = domain::facts;

constexpr std::size_t kSortedCodePoints = 64;
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<std::uint8_t>(c);
    for (count += 8; count >= 6; count -= 6) text.push_back(kAlphabet[bits >> (count - 6) & 63]);
  }
  if (count > 0) text.push_back(kAlphabet[bits << (6 - count) & 63]);
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto at = kAlphabet.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(at);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<char>(bits >> count & 255));
  }
  return bytes;
}

std::string_view first_code_points(std::string_view text) {
  std::size_t points = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80) continue;
    if (points++ == kSortedCodePoints) return text.substr(0, at);
  }
  return text;
}

std::string text_key(std::string_view text) {
  return base::collation_key_zh(first_code_points(text));
}

std::string id_bytes(base::Ulid id) {
  const auto bytes = base::ulid_bytes(id);
  return {bytes.begin(), bytes.end()};
}

// Sixteen bytes that compare as the decimals do: the mantissa at six places in 128 bits, sign turned.
std::string decimal_bytes(base::Decimal decimal) {
  __extension__ typedef unsigned __int128 Wide;
  __extension__ typedef __int128 SignedWide;
  SignedWide wide = decimal.mantissa;
  for (int scale = decimal.scale; scale < base::kMaxScale; ++scale) wide *= 10;
  const Wide turned = static_cast<Wide>(wide) ^ (static_cast<Wide>(1) << 127);
  std::string bytes;
  for (int shift = 120; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(turned >> shift & 255));
  return bytes;
}

}  // namespace

SortOrder::SortOrder(const Image& image, const RecordTable& table, const TableSource& source,
                     const std::vector<SortKey>& keys)
    : image_(image), table_(table), source_(source) {
  const auto& form = image_.workspace().forms.at(table.form());
  for (const auto& key : keys) {
    Key& own = keys_.emplace_back(Key{.key = key, .by = By::bytes, .ranks = {}});
    const auto* field = form.field(key.field);
    const auto* fact = domain::fact_field(key.field);
    HS_ASSERT(field || fact);
    const auto type = field ? field->type : fact->type;
    const bool many = field ? field->many : fact->many;
    using enum domain::FieldType;
    if (key.field == facts::kId) {
      own.by = By::id;
    } else if (type == integer || type == rating || type == boolean || type == date || type == datetime) {
      own.by = By::number;
    } else if (type == decimal || type == money || type == percent) {
      own.by = By::decimal;
    } else if (type == choice) {
      own.by = By::rank;
      std::int64_t rank = 0;
      for (std::size_t at = 0; field && at < field->choices.size(); ++at) own.ranks[field->choices[at].number] = rank++;
    } else if (domain::is_sealed_type(type) && type != location) {
      own.by = By::text;
    } else if (!many && (type == member || type == department || type == reference)) {
      own.by = By::name;
    }
  }
}

SortValue SortOrder::name_of(base::Ulid id) const {
  const auto known = names_.find(id);
  if (known != names_.end()) return {false, 0, known->second};
  const auto& workspace = image_.workspace();
  std::string key;
  if (const auto* member = workspace.member({id})) {
    key = text_key(member->name);
  } else if (const auto* pool = workspace.pool({id})) {
    key = text_key(pool->name);
  } else if (const auto department = workspace.departments.find({id}); department != workspace.departments.end()) {
    key = text_key(department->second.name);
  }
  key.push_back('\0');
  key += id_bytes(id);
  names_.emplace(id, key);
  return {false, 0, key};
}

SortValue SortOrder::value(const Key& key, Row row) const {
  if (key.by == By::id) return {false, 0, id_bytes(table_.id(row).ulid)};
  const auto value = source_.value(key.key.field, row);
  if (base::is_null(value)) return {};
  switch (key.by) {
    case By::number:
      if (const auto* number = std::get_if<std::int64_t>(&value)) return {false, *number, {}};
      if (const auto* flag = std::get_if<bool>(&value)) return {false, *flag ? 1 : 0, {}};
      if (const auto* date = std::get_if<base::Date>(&value)) return {false, date->days, {}};
      return {false, std::get<base::Instant>(value).ms, {}};
    case By::decimal:
      return {false, 0, decimal_bytes(std::get<base::Decimal>(value))};
    case By::text:
      return {false, 0, text_key(std::get<std::string>(value))};
    case By::rank: {
      const auto number = std::get<base::Choice>(value).number;
      const auto rank = key.ranks.find(number);
      return {false, rank == key.ranks.end() ? number : rank->second, {}};
    }
    case By::name:
      return name_of(std::get<base::Reference>(value).id);
    case By::bytes:
      if (const auto* region = std::get_if<base::Region>(&value)) {
        return {false, 0, text_key(region->province + " " + region->city + " " + region->district)};
      }
      if (const auto* reference = std::get_if<base::Reference>(&value)) return {false, 0, id_bytes(reference->id)};
      return {false, 0, value_bytes(value)};
    case By::id:
      break;
  }
  return {};
}

std::strong_ordering SortOrder::compare_values(const Key& key, const SortValue& left, const SortValue& right) const {
  if (left.null != right.null) return left.null ? std::strong_ordering::greater : std::strong_ordering::less;
  auto order = left.number <=> right.number;
  if (order == 0) order = left.bytes.compare(right.bytes) <=> 0;
  return key.key.descending ? 0 <=> order : order;
}

SortPlace SortOrder::place(Row row) const {
  SortPlace found;
  found.id = table_.id(row).ulid;
  for (const auto& key : keys_) found.values.push_back(value(key, row));
  return found;
}

std::strong_ordering SortOrder::compare(Row row, const SortPlace& place) const {
  for (std::size_t at = 0; at < keys_.size(); ++at) {
    const auto order = compare_values(keys_[at], value(keys_[at], row), place.values[at]);
    if (order != 0) return order;
  }
  return place.id <=> table_.id(row).ulid;
}

std::strong_ordering SortOrder::compare(const SortPlace& left, const SortPlace& right) const {
  for (std::size_t at = 0; at < keys_.size(); ++at) {
    const auto order = compare_values(keys_[at], left.values[at], right.values[at]);
    if (order != 0) return order;
  }
  return right.id <=> left.id;
}

std::string SortOrder::cursor(const SortPlace& place, std::uint64_t tie) const {
  ByteWriter out;
  out.raw(tie);
  out.raw(place.id);
  for (const auto& value : place.values) {
    out.raw(static_cast<std::uint8_t>(value.null ? 1 : 0));
    out.raw(value.number);
    out.raw(static_cast<std::uint32_t>(value.bytes.size()));
    out.raw(value.bytes.data(), value.bytes.size());
  }
  return base64url(out.take());
}

std::optional<SortPlace> SortOrder::read_cursor(std::string_view cursor, std::uint64_t tie) const {
  const auto bytes = from_base64url(cursor);
  if (!bytes) return std::nullopt;
  ByteReader in(*bytes);
  if (in.raw<std::uint64_t>() != tie) return std::nullopt;
  SortPlace place;
  place.id = in.raw<base::Ulid>();
  for (std::size_t at = 0; at < keys_.size(); ++at) {
    auto& value = place.values.emplace_back();
    value.null = in.raw<std::uint8_t>() != 0;
    value.number = in.raw<std::int64_t>();
    const auto length = in.raw<std::uint32_t>();
    if (length > bytes->size()) return std::nullopt;
    value.bytes.resize(length);
    in.raw(value.bytes.data(), length);
  }
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return place;
}

}  // namespace highseas::projections
