// round_trip_test — whatever is encoded comes back; what is sealed is nowhere in the clear.
#include <gtest/gtest.h>
// After gtest, which it leans on.
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "codec/codec.hpp"
#include "domain/forms/shipped.hpp"
#include "tests/support/domain_generators.hpp"

namespace highseas::codec {
namespace {

using namespace domain;
using highseas::testing::DomainGenerator;
using highseas::testing::test_seed;

CommitContent any_content(std::uint64_t seed) {
  DomainGenerator make(seed);
  CommitContent content;
  content.command = make.command();
  content.seed = make.made<std::uint64_t>();
  content.outcomes = make.made<std::vector<ItemOutcome>>();
  if (make.below(2) == 0) content.request_digest = make.made<std::array<std::uint8_t, 16>>();
  for (std::size_t left = make.below(6); left > 0; --left) content.events.push_back(make.event());
  return content;
}

// Every event and command, each with every shape that the generator gives it, not only those that chance picks.
RC_GTEST_PROP(RoundTrip, gives_back_any_commit, (std::uint64_t seed)) {
  const CommitContent content = any_content(seed);
  const auto decoded = decode(encode(content, sealed_by_type()));
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(decoded->whole());
  RC_ASSERT(decoded->content == recorded(content));
}

TEST(RoundTrip, gives_back_every_event) {
  const std::uint64_t seed = test_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  for (std::size_t type = 0; type < std::variant_size_v<Event>; ++type) {
    for (std::uint64_t i = 0; i < 40; ++i) {
      CommitContent content{.command = ReleaseTestClock{}, .events = {}};
      content.events.push_back(DomainGenerator(seed + i).alternative<Event>(type));
      const auto decoded = decode(encode(content, sealed_by_type()));
      ASSERT_TRUE(decoded) << event_name(content.events[0]) << ": " << decoded.error().what;
      EXPECT_EQ(decoded->content, content) << event_name(content.events[0]) << " " << i;
    }
  }
}

TEST(RoundTrip, gives_back_every_command_beside_a_record) {
  const std::uint64_t seed = test_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  for (std::size_t type = 0; type < std::variant_size_v<Command>; ++type) {
    for (std::uint64_t i = 0; i < 40; ++i) {
      DomainGenerator make(seed + i);
      CommitContent content;
      content.command = make.alternative<Command>(type);
      content.events.emplace_back(make.made<RecordDeleted>());
      const auto decoded = decode(encode(content, sealed_by_type()));
      ASSERT_TRUE(decoded) << type << ": " << decoded.error().what;
      EXPECT_EQ(decoded->content, recorded(content)) << command_name(content.command) << " " << i;
    }
  }
}

TEST(RoundTrip, gives_the_same_bytes_each_time) {
  const CommitContent content = any_content(test_seed());
  const auto sections = encode(content, sealed_by_type());
  EXPECT_EQ(encode(content, sealed_by_type()), sections);
  EXPECT_EQ(encode(decode(sections)->content, sealed_by_type()), encode(recorded(content), sealed_by_type()));
}

// A customer is created, another one is refused, a third is changed.
struct Write {
  base::RecordId fresh{{7, 0xABCD'0000}};
  base::RecordId known{{8, 99}};
  CommitContent content;

  Write() {
    const std::vector<FieldValue> given{{1, std::string("上海某某公司")}, {2, std::int64_t{42}}};
    WriteRecords write{.form = 1, .atomic = false, .items = {}};
    write.items.push_back({.values = given});
    write.items.push_back({.values = {{1, std::string("被拒绝公司")}}});
    write.items.push_back({.operation = RecordOperation::update,
                           .record = known,
                           .values = {{1, std::string("新名字")}, {9, base::Decimal{150, 2}}},
                           .expected_version = 4});
    content.command = write;
    content.seed = 77;
    content.outcomes.push_back({.index = 1, .status = OutcomeStatus::refused, .code = RefusalCode::duplicate_record});
    content.events.emplace_back(RecordCreated{.record = fresh, .form = 1, .values = given});
    content.events.emplace_back(RecordChanged{.record = known, .form = 1, .values = {{1, std::string("新名字")}}});
  }
};

bool holds(std::string_view bytes, std::string_view text) {
  return bytes.find(text) != std::string_view::npos;
}

TEST(Sections, stand_in_order_of_first_appearance_and_seal_text_alone) {
  const Write write;
  const auto sections = encode(write.content, sealed_by_type());
  ASSERT_EQ(sections.size(), 3u);
  EXPECT_FALSE(sections[0].subject.has_value());
  EXPECT_TRUE(sections[0].secret.empty());
  EXPECT_EQ(sections[1].subject, write.fresh.ulid);
  EXPECT_EQ(sections[2].subject, write.known.ulid);
  for (const auto& section : sections) {
    EXPECT_FALSE(holds(section.clear, "某某")) << "a name in the clear";
    EXPECT_FALSE(holds(section.clear, "新名字"));
    EXPECT_FALSE(holds(section.clear + section.secret, "被拒绝")) << "a refused row was kept";
  }
  EXPECT_TRUE(holds(sections[1].secret, "上海某某公司"));
  EXPECT_FALSE(holds(sections[2].secret, "某某"));
}

TEST(Sections, hold_the_values_of_a_create_once) {
  const Write write;
  const auto sections = encode(write.content, sealed_by_type());
  const auto first = sections[1].secret.find("上海");
  EXPECT_EQ(sections[1].secret.find("上海", first + 1), std::string::npos);
}

TEST(Recorded, keeps_only_the_place_of_a_refused_item) {
  const Write write;
  const auto decoded = decode(encode(write.content, sealed_by_type()));
  ASSERT_TRUE(decoded);
  const auto& items = std::get<WriteRecords>(decoded->content.command).items;
  const auto& given = std::get<WriteRecords>(write.content.command).items;
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0], given[0]);
  EXPECT_EQ(items[1], RecordItem{});
  EXPECT_EQ(items[2], given[2]);
}

TEST(Recorded, finds_the_record_that_an_imported_row_updated) {
  ImportRows rows{.form = 1, .on_duplicate = OnDuplicate::update, .rows = {11, 12, 13}, .items = {}};
  for (const char* name : {"甲", "乙", "丙"}) rows.items.push_back({.values = {{1, std::string(name)}}});
  CommitContent content{.command = rows, .events = {}};
  content.outcomes.push_back({.index = 12, .status = OutcomeStatus::skipped});
  content.events.emplace_back(RecordCreated{.record = {{1, 0}}, .form = 1, .values = rows.items[0].values});
  content.events.emplace_back(RecordChanged{.record = {{5, 5}}, .form = 1, .values = rows.items[2].values});
  const auto decoded = decode(encode(content, sealed_by_type()));
  ASSERT_TRUE(decoded);
  const auto& items = std::get<ImportRows>(decoded->content.command).items;
  EXPECT_EQ(items[0], rows.items[0]);
  EXPECT_EQ(items[1], RecordItem{});
  EXPECT_EQ(items[2], rows.items[2]);
}

// Two rows with the same values hit two records: each row is kept with the record that it updated.
TEST(Recorded, keeps_each_row_of_an_import_with_the_record_that_it_updated) {
  ImportRows rows{.form = 1, .on_duplicate = OnDuplicate::update, .rows = {11, 12, 13}, .items = {}};
  rows.items.push_back({.values = {{1, std::string("甲")}, {2, std::int64_t{7}}}});
  rows.items.push_back({.values = {{1, std::string("乙")}, {2, std::int64_t{7}}}});
  rows.items.push_back({.values = {{1, std::string("丙")}, {2, std::int64_t{7}}}});
  CommitContent content{.command = rows, .events = {}};
  // Each changed the number alone, the name being the one that it was found by.
  const std::vector<FieldValue> changed{{2, std::int64_t{7}}};
  content.events.emplace_back(RecordChanged{.record = {{5, 3}}, .form = 1, .values = changed});
  content.events.emplace_back(RecordChanged{.record = {{5, 1}}, .form = 1, .values = changed});
  content.events.emplace_back(RecordChanged{.record = {{5, 2}}, .form = 1, .values = changed});
  const auto sections = encode(content, sealed_by_type());
  ASSERT_EQ(sections.size(), 4u);
  EXPECT_EQ(sections[1].subject, (base::Ulid{5, 3}));
  EXPECT_TRUE(holds(sections[1].secret, "甲"));
  EXPECT_TRUE(holds(sections[2].secret, "乙"));
  EXPECT_TRUE(holds(sections[3].secret, "丙"));
  EXPECT_EQ(decode(sections)->content, content);
}

// The items of such a batch were lost once, and the auditor found a difference in each.
TEST(Recorded, keeps_the_follow_ups_of_a_batch_sealed_with_the_keys_of_their_customers) {
  const auto form = shipped::kFollowUps;
  const auto values = [](const char* text) {
    return std::vector<FieldValue>{{shipped::follow_ups::kContent, std::string(text)}};
  };
  WriteRecords write{.form = form, .atomic = false, .items = {}};
  write.items.push_back({.values = values("第一次")});
  write.items.push_back({.operation = RecordOperation::update, .record = {{{6, 6}}}, .values = values("更正")});
  write.items.push_back({.values = values("第三次")});
  CommitContent content{.command = write, .events = {}};
  content.events.emplace_back(FollowedUp{.follow_up = {{9, 0}}, .subject = {{2, 1}}, .values = values("第一次")});
  content.events.emplace_back(FollowUpCorrected{.follow_up = {{6, 6}}, .subject = {{2, 2}}, .values = values("更正")});
  content.events.emplace_back(FollowedUp{.follow_up = {{9, 2}}, .subject = {{2, 3}}, .values = values("第三次")});
  const auto sections = encode(content, sealed_by_type());
  ASSERT_EQ(sections.size(), 4u);
  for (std::uint64_t at = 1; at < 4; ++at) EXPECT_EQ(sections[at].key_owner, (base::Ulid{2, at}));
  EXPECT_TRUE(holds(sections[3].secret, "第三次"));
  EXPECT_EQ(decode(sections)->content, content);
}

TEST(Erased, leaves_the_sealed_values_out_and_says_so) {
  const Write write;
  auto sections = encode(write.content, sealed_by_type());
  sections[1].state = Section::State::erased;
  sections[1].secret.clear();
  sections[2].state = Section::State::sealed;
  sections[2].secret.clear();
  const auto decoded = decode(sections);
  ASSERT_TRUE(decoded) << decoded.error().what;
  EXPECT_FALSE(decoded->whole());
  EXPECT_EQ(decoded->erased, std::vector{write.fresh.ulid});
  EXPECT_EQ(decoded->sealed, std::vector{write.known.ulid});
  const std::vector<FieldValue> left{{2, std::int64_t{42}}};
  EXPECT_EQ(std::get<RecordCreated>(decoded->content.events[0]).values, left);
  EXPECT_TRUE(std::get<RecordChanged>(decoded->content.events[1]).values.empty());
  EXPECT_EQ(std::get<WriteRecords>(decoded->content.command).items[0].values, left);
}

class PersonalNumber final : public FieldSealing {
 public:
  bool sealed(FormNumber form, FieldNumber field) const override { return form == form_ && field == 2; }
  FormNumber follow_up_form() const override { return 3; }
  explicit PersonalNumber(FormNumber form) : form_(form) {}

 private:
  FormNumber form_;
};

TEST(Personal, fields_are_sealed_whatever_their_type) {
  const Write write;
  const auto open = encode(write.content, PersonalNumber(2));
  const auto sealed = encode(write.content, PersonalNumber(1));
  EXPECT_LT(open[1].secret.size(), sealed[1].secret.size());
  EXPECT_EQ(decode(sealed)->content, recorded(write.content));
  CommitContent follow_up{.command = WriteFollowUp{.values = {{2, std::int64_t{5}}}}, .events = {}};
  follow_up.events.emplace_back(
      FollowedUp{.follow_up = {{1, 1}}, .subject = {{2, 2}}, .values = {{2, std::int64_t{6}}}});
  const auto sections = encode(follow_up, PersonalNumber(3));
  EXPECT_EQ(sections[1].key_owner, (base::Ulid{2, 2})) << "a follow-up is sealed with its customer's key";
  EXPECT_EQ(encode(follow_up, PersonalNumber(1))[1].secret, "");
  EXPECT_NE(sections[1].secret, "");
  EXPECT_EQ(decode(sections)->content, follow_up);
}

TEST(Sections, seal_what_a_command_says_of_a_person) {
  CommitContent content{.command = InviteMember{.name = "王小明", .email = "wang@example.com"}, .events = {}};
  MemberInvited invited;
  invited.member = {.id = {{4, 4}}, .name = "王小明", .email = "wang@example.com"};
  content.events.emplace_back(invited);
  const auto sections = encode(content, sealed_by_type());
  ASSERT_EQ(sections.size(), 2u);
  for (const auto& section : sections) {
    EXPECT_FALSE(holds(section.clear, "小明"));
    EXPECT_FALSE(holds(section.clear, "wang"));
  }
  EXPECT_EQ(decode(sections)->content, content);
}

TEST(DecodeForAFold, reads_all_but_the_command) {
  for (std::uint64_t i = 0; i < 200; ++i) {
    const CommitContent content = any_content(test_seed() + i);
    const auto decoded = decode(encode(content, sealed_by_type()), Parts::events);
    ASSERT_TRUE(decoded) << "HIGHSEAS_SEED=" << test_seed() + i;
    EXPECT_EQ(decoded->content.events, content.events);
    EXPECT_EQ(decoded->content.outcomes, content.outcomes);
    EXPECT_EQ(decoded->content.request_digest, content.request_digest);
    EXPECT_EQ(decoded->content.seed, content.seed);
  }
}

TEST(DecodeEvents, reads_one_section_by_itself) {
  const Write write;
  const auto events = decode_events(encode(write.content, sealed_by_type())[2]);
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 1u);
  EXPECT_EQ(events->front().first, 1u);
  EXPECT_EQ(events->front().second, write.content.events[1]);
}

// One event's bytes on its own, in the place of an event that this program knows.
TEST(Decode, says_that_an_unknown_event_was_written_by_a_newer_version) {
  CommitContent content{.command = ReleaseTestClock{}, .events = {TestClockReleased{}}};
  auto sections = encode(content, sealed_by_type());
  const std::size_t at = sections[0].clear.rfind(static_cast<char>(event_type(content.events[0])));
  ASSERT_NE(at, std::string::npos);
  sections[0].clear[at] = 119;  // no event has this number
  const auto decoded = decode(sections);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().kind, DecodeError::Kind::newer);
  EXPECT_EQ(decoded.error().what, "event type 119 was written by a newer version");
}

TEST(Decode, takes_no_damaged_bytes_for_a_crash) {
  const std::uint64_t seed = test_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  DomainGenerator random(seed);
  std::size_t refused = 0;
  for (std::uint64_t i = 0; i < 3000; ++i) {
    auto sections = encode(any_content(seed + i), sealed_by_type());
    auto& section = sections[random.below(sections.size())];
    std::string& bytes = random.below(2) == 0 && !section.secret.empty() ? section.secret : section.clear;
    if (random.below(2) == 0) {
      bytes.resize(random.below(bytes.size()));
    } else {
      for (std::size_t flips = 1 + random.below(4); flips > 0; --flips) {
        bytes[random.below(bytes.size())] ^= static_cast<char>(1u << random.below(8));
      }
    }
    refused += decode(sections).has_value() ? 0 : 1;
  }
  EXPECT_GT(refused, 1500u) << "every cut at least must be found";
}

TEST(Decode, refuses_a_commit_without_its_first_section) {
  EXPECT_FALSE(decode({}));
  const Write write;
  const auto sections = encode(write.content, sealed_by_type());
  EXPECT_FALSE(decode(std::span(sections).subspan(1)));
}

}  // namespace
}  // namespace highseas::codec
