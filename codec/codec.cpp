// codec — the layout of sections: what comes first, and each event with its index and type.
#include "codec/codec.hpp"

#include <map>

#include "base/assert.hpp"
#include "codec/registry.hpp"
#include "codec/tables.hpp"

namespace highseas::codec {
namespace {

using namespace domain;

constexpr std::uint8_t kLayout = 1;  // the first byte of each section

class ByType final : public FieldSealing {
 public:
  bool sealed(FormNumber, FieldNumber) const override { return false; }
  FormNumber follow_up_form() const override { return 0; }
};

// One section as it is written.
struct Draft {
  std::optional<base::Ulid> subject;
  base::Ulid key_owner;
  ByteWriter events;
  std::uint64_t event_count = 0;
  ByteWriter items;
  std::uint64_t item_count = 0;
  SecretWriter secret;
};

class Encoder {
 public:
  Encoder(const CommitContent& content, const FieldSealing& sealing)
      : content_(content), sealing_(sealing), tables_(sealing) {
    drafts_.emplace_back();
  }

  std::vector<Section> encode() {
    for (std::uint64_t i = 0; i < content_.events.size(); ++i) add_event(i);
    for (const auto& item : plan_items(content_)) add_item(item);
    std::vector<Section> sections;
    sections.reserve(drafts_.size());
    for (std::size_t i = 0; i < drafts_.size(); ++i) sections.push_back(finish(i));
    return sections;
  }

 private:
  void add_event(std::uint64_t index) {
    const Event& event = content_.events[index];
    Draft& draft = draft_of(subject_of(event));
    const std::string_view table = tables_.event(event, index, draft.secret);
    ++draft.event_count;
    draft.events.varint(index);
    draft.events.varint(event_type(event));
    draft.events.counted(table);
  }

  void add_item(const PlannedItem& item) {
    Draft& draft = drafts_[places_.at(item.subject)];
    const ItemPart part = item_part(content_.command, item);
    ++draft.item_count;
    const FormNumber form = items_form(content_.command);
    draft.items.counted(tables_.item(part, form != 0 ? form : sealing_.follow_up_form(), draft.secret));
  }

  Draft& draft_of(const std::optional<Subject>& subject) {
    if (!subject) return drafts_.front();
    const auto [place, fresh] = places_.emplace(subject->subject, drafts_.size());
    if (fresh) {
      drafts_.emplace_back();
      drafts_.back().subject = subject->subject;
      drafts_.back().key_owner = subject->key_owner;
    }
    return drafts_[place->second];
  }

  Section finish(std::size_t at) {
    Draft& draft = drafts_[at];
    ByteWriter clear;
    clear.byte(kLayout);
    if (at == 0) {
      write_first(clear);
    } else {
      clear.varint(draft.item_count);
      clear.raw(draft.items.bytes());
    }
    clear.varint(draft.event_count);
    clear.raw(draft.events.bytes());
    return Section{
        .subject = draft.subject, .key_owner = draft.key_owner, .clear = clear.take(), .secret = draft.secret.take()};
  }

  // The command's own sealed texts go to the first subject: who is invited, the record that is released with a note.
  void write_first(ByteWriter& clear) {
    clear.counted(tables_.preamble({content_.seed, content_.request_digest, content_.outcomes}));
    clear.varint(command_type(content_.command));
    SecretWriter nobody;
    clear.counted(tables_.command(content_.command, drafts_.size() > 1 ? drafts_[1].secret : nobody));
  }

  const CommitContent& content_;
  const FieldSealing& sealing_;
  TableWriter tables_;
  std::vector<Draft> drafts_;
  std::map<base::Ulid, std::size_t> places_;
};

DecodeError damaged(std::string what) {
  return {.kind = DecodeError::Kind::damaged, .what = std::move(what)};
}

class Decoder {
 public:
  explicit Decoder(Parts parts) : parts_(parts) {}

  std::expected<Decoded, DecodeError> decode(std::span<const Section> sections) {
    if (sections.empty() || sections[0].subject) return std::unexpected(damaged("a commit without a first section"));
    if (!read_secrets(sections) || !read_first(sections) || !read_subjects(sections)) return fail();
    if (!place_events() || !place_items(sections)) return fail();
    for (const auto& secret : secrets_) {
      if (parts_ == Parts::all && !secret.all_found())
        return std::unexpected(damaged("a sealed value that belongs to nothing"));
    }
    for (const auto& section : sections) {
      if (section.state == Section::State::erased) result_.erased.push_back(*section.subject);
      if (section.state == Section::State::sealed) result_.sealed.push_back(*section.subject);
    }
    return std::move(result_);
  }

  std::expected<std::vector<std::pair<std::uint64_t, Event>>, DecodeError> events_of(const Section& section) {
    const std::span<const Section> only(&section, 1);
    if (!read_secrets(only)) return fail();
    ByteReader in(section.clear);
    if (!read_layout(in)) return fail();
    if (section.subject) {
      for (auto left = in.count(1); left > 0 && in.ok(); --left) in.counted();
    } else {
      in.counted();
      in.varint();
      in.counted();
    }
    if (!read_events(in, secrets_[0])) return fail();
    return std::move(events_);
  }

 private:
  bool read_secrets(std::span<const Section> sections) {
    secrets_.reserve(sections.size() + 1);
    for (const auto& section : sections) {
      if (section.state != Section::State::open) {
        if (!section.subject) return wrong("a first section that is sealed");
        secrets_.push_back(SecretReader::missing());
        continue;
      }
      auto secret = SecretReader::parse(section.secret);
      if (!secret) return wrong("a secret that is no list of sealed values");
      secrets_.push_back(std::move(*secret));
    }
    return true;
  }

  bool read_layout(ByteReader& in) {
    const std::uint8_t layout = in.byte();
    if (layout > kLayout) return newer("section layout " + std::to_string(layout));
    return layout == kLayout || wrong("a section without its layout");
  }

  bool read_first(std::span<const Section> sections) {
    ByteReader in(sections[0].clear);
    if (!read_layout(in)) return false;
    Preamble preamble;
    if (!tables_.preamble(in.counted(), preamble)) return wrong("the preamble of a commit");
    CommitContent& content = result_.content;
    content.seed = preamble.seed;
    content.request_digest = preamble.request_digest;
    content.outcomes = std::move(preamble.outcomes);
    const std::uint64_t type = in.varint();
    SecretReader nobody = SecretReader::missing();
    SecretReader& secret = sections.size() > 1 ? secrets_[1] : nobody;
    const std::string_view table = in.counted();
    if (!in.ok()) return wrong("the first section's end");
    if (type > 0xFFFF) return newer("command type " + std::to_string(type));
    if (parts_ == Parts::all &&
        !judged(tables_.command(static_cast<std::uint16_t>(type), table, secret, content.command), "command", type)) {
      return false;
    }
    return read_events(in, secrets_[0]);
  }

  bool read_subjects(std::span<const Section> sections) {
    for (std::size_t i = 1; i < sections.size(); ++i) {
      if (!sections[i].subject) return wrong("a section without its subject");
      ByteReader in(sections[i].clear);
      if (!read_layout(in)) return false;
      for (auto left = in.count(1); left > 0 && in.ok(); --left) {
        const std::string_view table = in.counted();
        if (parts_ != Parts::all) continue;
        ItemPart part;
        if (!tables_.item(table, secrets_[i], part)) return wrong("a command's item");
        items_.emplace_back(i, std::move(part));
      }
      if (!read_events(in, secrets_[i])) return false;
    }
    return true;
  }

  bool read_events(ByteReader& in, SecretReader& secret) {
    const std::size_t count = in.count(3);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t index = in.varint();
      const std::uint64_t type = in.varint();
      const std::string_view table = in.counted();
      if (!in.ok()) break;
      if (type > 0xFFFF) return newer("event type " + std::to_string(type));
      auto& [at, event] = events_.emplace_back();
      at = index;
      if (!judged(tables_.event(static_cast<std::uint16_t>(type), table, index, secret, event), "event", type)) {
        return false;
      }
    }
    return in.finished() || wrong("a section's end");
  }

  // Every index once and none left out; the common commit has them in order already.
  bool place_events() {
    Events& events = result_.content.events;
    events.resize(events_.size());
    std::vector<bool> taken(events_.size());
    for (auto& [index, event] : events_) {
      if (index >= events.size() || taken[index]) return wrong("an event's index");
      taken[index] = true;
      events[index] = std::move(event);
    }
    return true;
  }

  bool place_items(std::span<const Section> sections) {
    for (auto& [section, part] : items_) {
      if (part.as_event) {
        const Events& events = result_.content.events;
        const auto* values = *part.as_event < events.size() ? values_of(events[*part.as_event]) : nullptr;
        if (!values) return wrong("an item that names an event without values");
        part.values = *values;
      }
      if (!put_item(result_.content.command, std::move(part), *sections[section].subject)) {
        return wrong("an item that the command does not have");
      }
    }
    return true;
  }

  bool judged(TableReader::Result result, std::string_view what, std::uint64_t type) {
    if (result == TableReader::Result::read) return true;
    const std::string name = std::string(what) + " type " + std::to_string(type);
    return result == TableReader::Result::unknown_type ? newer(name) : wrong("the table of " + name);
  }
  bool newer(const std::string& what) {
    error_ = {.kind = DecodeError::Kind::newer, .what = what + " was written by a newer version"};
    return false;
  }
  bool wrong(std::string_view what) {
    error_ = damaged("damaged: " + std::string(what));
    return false;
  }
  std::unexpected<DecodeError> fail() { return std::unexpected(std::move(error_)); }

  Parts parts_;
  TableReader tables_;
  std::vector<SecretReader> secrets_;
  std::vector<std::pair<std::uint64_t, Event>> events_;
  std::vector<std::pair<std::size_t, ItemPart>> items_;  // and their sections
  Decoded result_;
  DecodeError error_;
};

}  // namespace

const FieldSealing& sealed_by_type() {
  static const ByType by_type;
  return by_type;
}

std::vector<Section> encode(const CommitContent& content, const FieldSealing& sealing) {
  return Encoder(content, sealing).encode();
}

std::expected<Decoded, DecodeError> decode(std::span<const Section> sections, Parts parts) {
  return Decoder(parts).decode(sections);
}

std::expected<std::vector<std::pair<std::uint64_t, Event>>, DecodeError> decode_events(const Section& section) {
  return Decoder(Parts::events).events_of(section);
}

CommitContent recorded(const CommitContent& content) {
  const auto planned = plan_items(content);
  CommitContent kept = content;
  if (auto* write = std::get_if<WriteRecords>(&kept.command)) write->items.assign(write->items.size(), {});
  if (auto* rows = std::get_if<ImportRows>(&kept.command)) rows->items.assign(rows->items.size(), {});
  if (auto* write = std::get_if<WriteFollowUp>(&kept.command)) write->values.clear();
  if (auto* correct = std::get_if<CorrectFollowUp>(&kept.command)) correct->values.clear();
  for (const auto& item : planned) {
    ItemPart part = item_part(content.command, {item.index, item.subject, std::nullopt});
    HS_ASSERT(put_item(kept.command, std::move(part), item.subject));
  }
  bool any_subject = false;
  for (const auto& event : content.events) any_subject = any_subject || subject_of(event).has_value();
  if (!any_subject) drop_sealed_texts(kept.command);
  return kept;
}

std::uint16_t event_type(const Event& event) {
  return kRegistry<Event>[event.index()].number;
}

std::uint16_t command_type(const Command& command) {
  return kRegistry<Command>[command.index()].number;
}

std::string_view command_type_name(std::uint16_t type) {
  for (const auto& entry : kRegistry<Command>) {
    if (entry.number == type) return entry.name;
  }
  return {};
}

std::vector<std::uint16_t> command_types() {
  std::vector<std::uint16_t> types;
  for (const auto& entry : kRegistry<Command>) types.push_back(entry.number);
  return types;
}

}  // namespace highseas::codec
