// codec — a commit's content as plain sections (what eventstore seals and hashes), and back; docs/events.md lists all.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "domain/commit_content.hpp"

namespace highseas::codec {

// What a commit says of one subject. The first section belongs to no record: it has neither subject nor secret.
struct Section {
  enum class State : std::uint8_t {
    open,    // the secret is here (or there was none)
    erased,  // its key was destroyed
    sealed,  // its key is not at hand
  };
  std::optional<base::Ulid> subject;
  base::Ulid key_owner;  // whose key seals the secret; zero in the first section
  std::string clear;
  std::string secret;  // empty: nothing to seal
  State state = State::open;
  bool operator==(const Section&) const = default;
};

// Which fields are sealed though their type is not: those marked `personal`. Asked on encoding only.
class FieldSealing {
 public:
  virtual ~FieldSealing() = default;
  virtual bool sealed(domain::FormNumber form, domain::FieldNumber field) const = 0;
  // The number of the form whose values follow-ups carry; their events do not name it.
  virtual domain::FormNumber follow_up_form() const = 0;
};

// By the values' types alone.
const FieldSealing& sealed_by_type();

struct DecodeError {
  enum class Kind : std::uint8_t {
    damaged,  // the bytes are not what this program ever wrote
    newer,    // written by a newer version: a type of event or command that is not known here
  };
  Kind kind = Kind::damaged;
  std::string what;  // for operators: "event type 812 was written by a newer version"
  bool operator==(const DecodeError&) const = default;
};

struct Decoded {
  domain::CommitContent content;
  // The subjects whose sealed values are missing from `content` (fields left out, texts empty), by why.
  std::vector<base::Ulid> erased;
  std::vector<base::Ulid> sealed;
  bool whole() const { return erased.empty() && sealed.empty(); }
};

// The first section, then one for each subject in order of first appearance among the events.
std::vector<Section> encode(const domain::CommitContent& content, const FieldSealing& sealing);
// `events`: what a fold needs; the command and its items are left unread (`content.command` says nothing then).
enum class Parts : std::uint8_t { all, events };
std::expected<Decoded, DecodeError> decode(std::span<const Section> sections, Parts parts = Parts::all);

// The events of one section alone, each with its index in the commit: what a bundle for one record shows.
std::expected<std::vector<std::pair<std::uint64_t, domain::Event>>, DecodeError> decode_events(const Section& section);

// The content as it is read back: an item that `outcomes` names is reduced to its place, and a command that concerns
// no subject keeps no sealed text. decode(encode(x)) gives recorded(x); to compare a commit decided again.
domain::CommitContent recorded(const domain::CommitContent& content);

// The stored numbers (codec/registry.hpp); a command's is what DecisionGeneration names.
std::uint16_t event_type(const domain::Event& event);
std::uint16_t command_type(const domain::Command& command);
// "WriteRecords"; empty for a number that is not known.
std::string_view command_type_name(std::uint16_t type);
// Every command's number, rising.
std::vector<std::uint16_t> command_types();

}  // namespace highseas::codec
