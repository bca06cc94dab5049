// values — how many there are, then each as a tag (field number × 16 + kind) and what its kind needs.
#include "codec/values.hpp"

#include "codec/bytes.hpp"

namespace highseas::codec {
namespace {

using base::Value;

// Stored numbers, never reused; 15 is kept for a wider kind to follow.
enum Kind : std::uint8_t {
  kNull = 0,
  kFalse = 1,
  kTrue = 2,
  kInteger = 3,
  kDecimal = 4,
  kDate = 5,
  kInstant = 6,
  kText = 7,
  kChoice = 8,
  kChoices = 9,
  kReference = 10,
  kReferences = 11,
  kRegion = 12,
  kLocation = 13,
  kSealed = 14,  // its place only: the value lies in the secret
};

struct KindOf {
  Kind operator()(std::monostate) const { return kNull; }
  Kind operator()(bool value) const { return value ? kTrue : kFalse; }
  Kind operator()(std::int64_t) const { return kInteger; }
  Kind operator()(base::Decimal) const { return kDecimal; }
  Kind operator()(base::Date) const { return kDate; }
  Kind operator()(base::Instant) const { return kInstant; }
  Kind operator()(const std::string&) const { return kText; }
  Kind operator()(base::Choice) const { return kChoice; }
  Kind operator()(const base::Choices&) const { return kChoices; }
  Kind operator()(base::Reference) const { return kReference; }
  Kind operator()(const base::References&) const { return kReferences; }
  Kind operator()(const base::Region&) const { return kRegion; }
  Kind operator()(const base::Location&) const { return kLocation; }
};

void write_decimal(ByteWriter& out, base::Decimal value) {
  out.signed_varint(value.mantissa);
  out.byte(value.scale);
}

struct WriteValue {
  ByteWriter& out;

  void operator()(std::monostate) const {}
  void operator()(bool) const {}
  void operator()(std::int64_t value) const { out.signed_varint(value); }
  void operator()(base::Decimal value) const { write_decimal(out, value); }
  void operator()(base::Date value) const { out.signed_varint(value.days); }
  void operator()(base::Instant value) const { out.signed_varint(value.ms); }
  void operator()(const std::string& value) const { out.counted(value); }
  void operator()(base::Choice value) const { out.varint(value.number); }
  void operator()(const base::Choices& value) const {
    out.varint(value.numbers.size());
    for (const auto number : value.numbers) out.varint(number);
  }
  void operator()(base::Reference value) const { out.ulid(value.id); }
  void operator()(const base::References& value) const {
    out.varint(value.ids.size());
    for (const auto id : value.ids) out.ulid(id);
  }
  void operator()(const base::Region& value) const {
    out.counted(value.province);
    out.counted(value.city);
    out.counted(value.district);
  }
  void operator()(const base::Location& value) const {
    write_decimal(out, value.longitude);
    write_decimal(out, value.latitude);
  }
};

void write_value(ByteWriter& out, domain::FieldNumber field, const Value& value) {
  out.varint(static_cast<std::uint64_t>(field) << 4 | std::visit(KindOf{}, value));
  std::visit(WriteValue{out}, value);
}

base::Decimal read_decimal(ByteReader& in) {
  base::Decimal value{.mantissa = in.signed_varint(), .scale = in.byte()};
  if (value.scale > base::kMaxScale) in.fail();
  return value;
}

base::Date read_date(ByteReader& in) {
  const std::int64_t days = in.signed_varint();
  if (days != static_cast<std::int32_t>(days)) in.fail();
  return {static_cast<std::int32_t>(days)};
}

// The texts' UTF-8 is not judged here: what was stored was checked on its way in, and its bytes are hashed.
Value read_value(ByteReader& in, std::uint8_t kind) {
  switch (kind) {
    case kNull:
      return {};
    case kFalse:
      return false;
    case kTrue:
      return true;
    case kInteger:
      return in.signed_varint();
    case kDecimal:
      return read_decimal(in);
    case kDate:
      return read_date(in);
    case kInstant:
      return base::Instant{in.signed_varint()};
    case kText:
      return std::string(in.counted());
    case kChoice:
      return base::Choice{in.varint32()};
    case kChoices: {
      base::Choices choices;
      choices.numbers.resize(in.count(1));
      for (auto& number : choices.numbers) number = in.varint32();
      return choices;
    }
    case kReference:
      return base::Reference{in.ulid()};
    case kReferences: {
      base::References references;
      references.ids.resize(in.count(16));
      for (auto& id : references.ids) id = in.ulid();
      return references;
    }
    case kRegion: {
      base::Region region;
      region.province = in.counted();
      region.city = in.counted();
      region.district = in.counted();
      return region;
    }
    case kLocation: {
      base::Location location;
      location.longitude = read_decimal(in);
      location.latitude = read_decimal(in);
      return location;
    }
    default:
      in.fail();
      return {};
  }
}

struct Tag {
  domain::FieldNumber field = 0;
  std::uint8_t kind = 0;
};

Tag read_tag(ByteReader& in) {
  const std::uint64_t tag = in.varint();
  if (tag >> 4 > 0xFFFF'FFFF) in.fail();
  return {static_cast<domain::FieldNumber>(tag >> 4), static_cast<std::uint8_t>(tag & 15)};
}

}  // namespace

bool is_sealed_value(const Value& value) {
  return std::holds_alternative<std::string>(value) || std::holds_alternative<base::Location>(value);
}

SplitValues encode_values(const std::vector<domain::FieldValue>& values,
                          const std::function<bool(const domain::FieldValue&)>& is_sealed) {
  ByteWriter clear;
  ByteWriter sealed;
  clear.varint(values.size());
  for (const auto& entry : values) {
    // A value taken away says nothing about anybody.
    if (!base::is_null(entry.value) && is_sealed(entry)) {
      clear.varint(static_cast<std::uint64_t>(entry.field) << 4 | kSealed);
      write_value(sealed, entry.field, entry.value);
    } else {
      write_value(clear, entry.field, entry.value);
    }
  }
  return {.clear = clear.take(), .sealed = sealed.take()};
}

std::string encode_values(const std::vector<domain::FieldValue>& values) {
  ByteWriter out;
  out.varint(values.size());
  for (const auto& entry : values) write_value(out, entry.field, entry.value);
  return out.take();
}

std::optional<std::vector<domain::FieldValue>> decode_values(std::string_view clear,
                                                             std::optional<std::string_view> sealed) {
  std::vector<domain::FieldValue> values;
  ByteReader in(clear);
  ByteReader secret(sealed.value_or(""));
  const std::size_t count = in.count(1);
  values.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Tag tag = read_tag(in);
    ByteReader* from = &in;
    if (tag.kind == kSealed) {
      if (!sealed) continue;
      const Tag inner = read_tag(secret);
      if (inner.field != tag.field || inner.kind == kNull) return std::nullopt;
      tag = inner;
      from = &secret;
    }
    values.push_back({tag.field, read_value(*from, tag.kind)});
    if (!from->ok()) return std::nullopt;
  }
  if (!in.finished() || !secret.finished()) return std::nullopt;
  return values;
}

std::string encode_value(const Value& value) {
  ByteWriter out;
  write_value(out, 0, value);
  return out.take();
}

std::optional<Value> decode_value(std::string_view bytes) {
  ByteReader in(bytes);
  const Tag tag = read_tag(in);
  if (tag.field != 0) return std::nullopt;
  Value value = read_value(in, tag.kind);
  if (!in.finished()) return std::nullopt;
  return value;
}

}  // namespace highseas::codec
