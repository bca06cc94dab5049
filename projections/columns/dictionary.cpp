// dictionary — codes are given in order of first appearance.
#include "projections/columns/dictionary.hpp"

#include <functional>

#include "base/assert.hpp"

namespace highseas::projections {
namespace {

enum class Kind : std::uint8_t { choices = 1, references = 2, region = 3, location = 4 };

std::uint64_t hash_of(const base::Value& value) {
  return std::hash<std::string>{}(value_bytes(value));
}

}  // namespace

std::uint32_t IdDictionary::intern(base::Ulid id) {
  if (!indexed_) index();
  if (const auto found = find(id)) return *found;
  const auto code = static_cast<std::uint32_t>(ids_.size());
  ids_.push_back(id);
  index_.insert(base::UlidHash{}(id), code, [this](std::uint32_t of) { return base::UlidHash{}(ids_[of]); });
  return code;
}

std::optional<std::uint32_t> IdDictionary::find(base::Ulid id) const {
  std::optional<std::uint32_t> found;
  if (!indexed_) {
    for (std::size_t code = 0; code < ids_.size(); ++code) {
      if (ids_[code] == id) return static_cast<std::uint32_t>(code);
    }
    return found;
  }
  index_.find(base::UlidHash{}(id), [&](std::uint32_t code) {
    if (ids_[code] == id) found = code;
    return found.has_value();
  });
  return found;
}

IdDictionary IdDictionary::shared() const {
  IdDictionary copy;
  copy.ids_ = ids_;
  copy.indexed_ = false;
  return copy;
}

void IdDictionary::read(ByteReader& in) {
  ids_.read(in);
  indexed_ = false;
}

void IdDictionary::index() {
  indexed_ = true;
  const auto hash = [this](std::uint32_t of) { return base::UlidHash{}(ids_[of]); };
  for (std::size_t code = 0; code < ids_.size(); ++code) {
    index_.insert(base::UlidHash{}(ids_[code]), static_cast<std::uint32_t>(code), hash);
  }
}

std::uint32_t ValueDictionary::intern(const base::Value& value) {
  if (!indexed_) index();
  const auto hash = hash_of(value);
  std::optional<std::uint32_t> found;
  index_.find(hash, [&](std::uint32_t code) {
    if (values_[code] == value) found = code;
    return found.has_value();
  });
  if (found) return *found;
  const auto code = static_cast<std::uint32_t>(values_.size());
  values_.push_back(value);
  index_.insert(hash, code, [this](std::uint32_t of) { return hash_of(values_[of]); });
  return code;
}

ValueDictionary ValueDictionary::shared() const {
  ValueDictionary copy;
  copy.values_ = values_;
  copy.indexed_ = false;
  return copy;
}

void ValueDictionary::index() {
  indexed_ = true;
  for (std::size_t code = 0; code < values_.size(); ++code) {
    index_.insert(hash_of(values_[code]), static_cast<std::uint32_t>(code),
                  [this](std::uint32_t of) { return hash_of(values_[of]); });
  }
}

std::size_t ValueDictionary::bytes() const {
  std::size_t sum = values_.bytes() + index_.bytes();
  for (std::size_t code = 0; code < values_.size(); ++code) sum += value_bytes(values_[code]).size();
  return sum;
}

void ValueDictionary::write(ByteWriter& out) const {
  out.size(values_.size());
  for (std::size_t code = 0; code < values_.size(); ++code) out.text(value_bytes(values_[code]));
}

void ValueDictionary::read(ByteReader& in) {
  values_.clear();
  indexed_ = false;
  for (auto left = in.size(); left > 0 && in.ok(); --left) {
    ByteReader one(in.text());
    values_.push_back(value_from_bytes(one));
    if (!one.ok() || !one.at_end()) in.fail();
  }
}

std::string value_bytes(const base::Value& value) {
  ByteWriter out;
  if (const auto* choices = std::get_if<base::Choices>(&value)) {
    out.raw(Kind::choices);
    out.size(choices->numbers.size());
    out.raw(choices->numbers.data(), choices->numbers.size() * sizeof(std::uint32_t));
  } else if (const auto* references = std::get_if<base::References>(&value)) {
    out.raw(Kind::references);
    out.size(references->ids.size());
    out.raw(references->ids.data(), references->ids.size() * sizeof(base::Ulid));
  } else if (const auto* region = std::get_if<base::Region>(&value)) {
    out.raw(Kind::region);
    out.text(region->province);
    out.text(region->city);
    out.text(region->district);
  } else {
    const auto* location = std::get_if<base::Location>(&value);
    HS_ASSERT(location != nullptr);
    out.raw(Kind::location);
    for (const auto& part : {location->longitude, location->latitude}) {
      out.raw(part.mantissa);
      out.raw(part.scale);
    }
  }
  return out.take();
}

base::Value value_from_bytes(ByteReader& in) {
  switch (in.raw<Kind>()) {
    case Kind::choices: {
      base::Choices choices;
      choices.numbers.resize(in.size(sizeof(std::uint32_t)));
      in.raw(choices.numbers.data(), choices.numbers.size() * sizeof(std::uint32_t));
      return choices;
    }
    case Kind::references: {
      base::References references;
      references.ids.resize(in.size(sizeof(base::Ulid)));
      in.raw(references.ids.data(), references.ids.size() * sizeof(base::Ulid));
      return references;
    }
    case Kind::region: {
      base::Region region;
      region.province = in.text();
      region.city = in.text();
      region.district = in.text();
      return region;
    }
    case Kind::location: {
      base::Location location;
      for (auto* part : {&location.longitude, &location.latitude}) {
        part->mantissa = in.raw<std::int64_t>();
        part->scale = in.raw<std::uint8_t>();
      }
      return location;
    }
  }
  in.fail();
  return {};
}

}  // namespace highseas::projections
