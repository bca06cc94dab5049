// file_uses — a chain of entries for each file.
#include "projections/file_uses.hpp"

#include "base/assert.hpp"

namespace highseas::projections {

bool names_file(const base::Value& value, base::Ulid file) {
  if (const auto* one = std::get_if<base::Reference>(&value)) return one->id == file;
  const auto* many = std::get_if<base::References>(&value);
  return many && std::ranges::find(many->ids, file) != many->ids.end();
}

void FileUses::note(const base::Value& before, const base::Value& value, domain::FormNumber form, Row row) {
  if (const auto* one = std::get_if<base::Reference>(&value)) {
    if (!names_file(before, one->id)) add(one->id, form, row);
  } else if (const auto* many = std::get_if<base::References>(&value)) {
    for (const auto file : many->ids) {
      if (!names_file(before, file)) add(file, form, row);
    }
  }
}

std::uint32_t FileUses::newest(base::Ulid file) const {
  std::uint32_t found = kNone;
  newest_.find(base::UlidHash{}(file), [&](std::uint32_t at) {
    if (entries_[at].file == file) found = at;
    return found != kNone;
  });
  return found;
}

void FileUses::add(base::Ulid file, domain::FormNumber form, Row row) {
  const auto before = newest(file);
  if (before != kNone && entries_[before].form == form && entries_[before].row == row) return;
  HS_ASSERT(entries_.size() < kNone);
  const auto at = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({.file = file, .form = form, .row = row, .previous = before});
  const auto hash_of = [this](std::uint32_t entry) { return base::UlidHash{}(entries_[entry].file); };
  if (before != kNone) HS_ASSERT(newest_.erase(base::UlidHash{}(file), before, hash_of));
  newest_.insert(base::UlidHash{}(file), at, hash_of);
}

}  // namespace highseas::projections
