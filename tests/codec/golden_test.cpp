// golden_test — the bytes of each event and command as once written are read for ever, and written so still.
#include <gtest/gtest.h>

#include <sstream>

#include "codec/codec.hpp"
#include "tests/codec/regenerated.hpp"
#include "tests/codec/text_sink.hpp"
#include "tests/support/domain_generators.hpp"

namespace highseas::codec {
namespace {

using namespace domain;
using highseas::testing::DomainGenerator;
using highseas::testing::TextSink;

std::string to_bytes(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// A file: a line a section (subject, key owner, clear, secret; "-" = none), then what the content says.
std::string golden_text(const std::vector<Section>& sections, const CommitContent& content) {
  std::string out;
  const auto hex = [](std::string_view bytes) { return bytes.empty() ? std::string("-") : TextSink::hex(bytes); };
  for (const auto& section : sections) {
    out += "section " + (section.subject ? base::format_ulid(*section.subject) : std::string("-")) + " " +
           base::format_ulid(section.key_owner) + " " + hex(section.clear) + " " + hex(section.secret) + "\n";
  }
  TextSink command;
  visit_command(content.command, command);
  out += "command " + std::string(command_name(content.command)) + "\n" + command.lines();
  for (const auto& event : content.events) {
    TextSink fields;
    visit_event(event, fields);
    out += "event " + std::string(event_name(event)) + "\n" + fields.lines();
  }
  return out;
}

std::vector<Section> sections_of(const std::string& golden) {
  std::vector<Section> sections;
  std::istringstream lines(golden);
  std::string word;
  std::string subject;
  std::string owner;
  std::string clear;
  std::string secret;
  while (lines >> word && word == "section" && lines >> subject >> owner >> clear >> secret) {
    Section section;
    if (subject != "-") section.subject = base::parse_ulid(subject);
    section.key_owner = base::parse_ulid(owner).value_or(base::Ulid{});
    section.clear = to_bytes(clear);
    if (secret != "-") section.secret = to_bytes(secret);
    sections.push_back(section);
  }
  return sections;
}

// A golden file that stands is never written over: what it holds may lie in somebody's log.
void check(const std::string& name, const CommitContent& sample) {
  const std::string relative = "tests/codec/golden/" + name + ".hex";
  const auto path = highseas::testing::source_path(relative);
  if (highseas::testing::regenerating() && !std::filesystem::exists(path)) {
    highseas::testing::write_file(path, golden_text(encode(sample, sealed_by_type()), recorded(sample)));
  }
  const auto golden = highseas::testing::read_file(path);
  ASSERT_TRUE(golden) << relative << " is missing: HIGHSEAS_REGENERATE=1 writes it";
  const auto sections = sections_of(*golden);
  const auto decoded = decode(sections);
  ASSERT_TRUE(decoded) << relative << ": " << decoded.error().what;
  EXPECT_EQ(golden_text(sections, decoded->content), *golden) << relative;
  EXPECT_EQ(encode(decoded->content, sealed_by_type()), sections) << relative << " would be written otherwise now";
}

// The first seed whose alternative says something in each optional part is not sought: a fixed one for each type, and
// the round trips vary the rest.
TEST(Golden, bytes_of_every_event_are_read_and_written_as_ever) {
  for (std::size_t type = 0; type < std::variant_size_v<Event>; ++type) {
    CommitContent content{.command = ReleaseTestClock{}, .seed = 1, .events = {}};
    content.events.push_back(DomainGenerator(1000 + type).alternative<Event>(type));
    check("events/" + std::string(event_name(content.events[0])), content);
  }
}

TEST(Golden, bytes_of_every_command_are_read_and_written_as_ever) {
  for (std::size_t type = 0; type < std::variant_size_v<Command>; ++type) {
    DomainGenerator make(2000 + type);
    CommitContent content{.command = make.alternative<Command>(type), .seed = 2, .events = {}};
    // Beside an event of a subject, so that there is a section for what the command says of it.
    content.events.emplace_back(RecordRestored{.record = {{3, 4}}, .form = 1});
    if (auto* write = std::get_if<WriteRecords>(&content.command)) {
      write->form = 1;
      write->items = {make.made<RecordItem>(), make.made<RecordItem>()};
      for (auto& item : write->items) item.record = base::RecordId{{3, 4}};
      content.outcomes.push_back({.index = 1, .status = OutcomeStatus::refused, .code = RefusalCode::required});
    }
    if (std::holds_alternative<WriteFollowUp>(content.command)) {
      content.events.emplace_back(FollowedUp{.follow_up = {{5, 6}}, .subject = {{3, 4}}, .subject_form = 1});
    }
    if (const auto* correct = std::get_if<CorrectFollowUp>(&content.command)) {
      content.events.emplace_back(FollowUpCorrected{.follow_up = correct->follow_up, .subject = {{3, 4}}});
    }
    if (auto* rows = std::get_if<ImportRows>(&content.command)) {
      rows->form = 1;
      rows->rows = {9};
      rows->items = {{.values = {{1, std::string("一行")}, {2, std::int64_t{-5}}}}};
      content.events.emplace_back(RecordCreated{.record = {{8, 0}}, .form = 1, .values = rows->items[0].values});
    }
    check("commands/" + std::string(command_name(content.command)), content);
  }
}

}  // namespace
}  // namespace highseas::codec
