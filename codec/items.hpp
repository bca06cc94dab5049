// items — a command's records: which of them belongs to which record of its commit, and the part that is stored there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "codec/shape.hpp"
#include "codec/shapes/records.hpp"

namespace highseas::codec {

// What the command said of one record; lies in that record's section.
struct ItemPart {
  std::uint64_t index = 0;
  domain::RecordOperation operation = domain::RecordOperation::create;
  bool names_record = false;  // the command named the section's record
  std::optional<std::vector<base::MemberId>> collaborators;
  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  std::optional<std::uint64_t> expected_version;
  std::vector<domain::NewChoice> new_choices;
  std::vector<domain::FieldValue> values;
  std::vector<domain::RegionPatch> region_patches;
  std::optional<std::uint32_t> as_event;  // its values are those of this event of the commit, and stored there
};

// What a commit's first section says beside its command and events.
struct Preamble {
  std::uint64_t seed = 0;
  std::array<std::uint8_t, 16> request_digest{};
  std::vector<domain::ItemOutcome> outcomes;
};

struct PlannedItem {
  std::size_t index = 0;
  base::Ulid subject;
  std::optional<std::uint32_t> as_event;
};

// The items that left an event, rising, each with the record that it left it on: the one that it names, that was made
// of it, or that an import's row updated. All others are reduced to their place.
std::vector<PlannedItem> plan_items(const domain::CommitContent& content);

// The form of the items' values; 0 for follow-ups and for commands without items.
domain::FormNumber items_form(const domain::Command& command);
ItemPart item_part(const domain::Command& command, const PlannedItem& item);
// False where the command has no such item.
bool put_item(domain::Command& command, ItemPart part, base::Ulid subject);
// The values of the events that carry any.
const std::vector<domain::FieldValue>* values_of(const domain::Event& event);

}  // namespace highseas::codec

template <>
struct highseas::codec::Shape<highseas::codec::ItemPart> {
  using T = highseas::codec::ItemPart;
  static constexpr std::string_view kName = "ItemPart";
  static constexpr auto kFields =
      std::make_tuple(HS_CLEAR(0, index), HS_CLEAR(1, operation), HS_CLEAR(2, names_record), HS_CLEAR(3, collaborators),
                      HS_CLEAR(4, owner), HS_CLEAR(5, pool), HS_CLEAR(6, expected_version), HS_CLEAR(7, new_choices),
                      HS_CLEAR(8, values), HS_CLEAR(9, as_event), HS_CLEAR(10, region_patches));
};

template <>
struct highseas::codec::Shape<highseas::codec::Preamble> {
  using T = highseas::codec::Preamble;
  static constexpr std::string_view kName = "Preamble";
  static constexpr auto kFields =
      std::make_tuple(HS_CLEAR(0, seed), HS_CLEAR(1, request_digest), HS_CLEAR(2, outcomes));
};
