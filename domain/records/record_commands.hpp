// record_commands — one record or many, of any form; a single one is a batch of one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/jobs/job_events.hpp"
#include "domain/records/record_events.hpp"

namespace highseas::domain {

enum class RecordOperation : std::uint8_t { create = 1, update = 2, remove = 3, restore = 4 };

// A word typed into an open list that has no choice for it yet; the decider gives it a number.
struct NewChoice {
  FieldNumber field = 0;
  std::string text;
  bool operator==(const NewChoice&) const = default;
};

// Of a region that a patch names only some parts of: the parts that it names. The others stay (RFC 7396).
struct RegionPatch {
  FieldNumber field = 0;
  bool province = false;
  bool city = false;
  bool district = false;
  bool operator==(const RegionPatch&) const = default;
};

struct RecordItem {
  RecordOperation operation = RecordOperation::create;
  std::optional<base::RecordId> record;  // absent: create
  std::vector<FieldValue> values;
  std::vector<NewChoice> new_choices;
  std::vector<RegionPatch> region_patches;  // update only; of regions among the values
  std::optional<std::vector<base::MemberId>> collaborators;
  std::optional<base::MemberId> owner;  // create only
  std::optional<base::PoolId> pool;     // create only
  std::optional<std::uint64_t> expected_version;
  bool operator==(const RecordItem&) const = default;
};

struct WriteRecords {
  FormNumber form = 0;
  bool atomic = true;  // one refused item refuses all
  Origin origin = Origin::manual;
  std::vector<RecordItem> items;
  bool operator==(const WriteRecords&) const = default;
};

// A chunk of an import: the rows' typed values, in file order. Rows that could not be read come along as outcomes.
struct ImportRows {
  base::JobId job;
  FormNumber form = 0;
  OnDuplicate on_duplicate = OnDuplicate::refuse;
  std::uint64_t done = 0;           // rows behind us, this chunk counted
  std::vector<std::uint64_t> rows;  // of each item, as the file counts
  std::vector<RecordItem> items;
  std::vector<ItemOutcome> unreadable;
  bool operator==(const ImportRows&) const = default;
};

}  // namespace highseas::domain
