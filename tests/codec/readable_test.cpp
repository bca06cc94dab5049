// readable_test — each event has a line in both languages, and the lines say what happened.
#include "codec/readable.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "tests/codec/text_sink.hpp"
#include "tests/support/domain_generators.hpp"

namespace highseas::codec {
namespace {

using namespace domain;

class PlainNames final : public Names {
 public:
  std::string member(base::MemberId id) const override { return "member" + std::to_string(id.ulid.low); }
  std::string pool(base::PoolId id) const override { return "pool" + std::to_string(id.ulid.low); }
  std::string department(base::DepartmentId) const override { return "department"; }
  std::string rule(base::RuleId) const override { return "rule"; }
  std::string due_rule(const DueRule& due) const override { return "rule v" + std::to_string(due.version); }
  std::string reference(FormNumber, FieldNumber, base::Ulid) const override { return "reference"; }
  std::string record(FormNumber, base::RecordId) const override { return "record"; }
  std::string form(FormNumber number) const override { return "form" + std::to_string(number); }
  std::string field(FormNumber, FieldNumber number) const override { return "field" + std::to_string(number); }
  std::string choice(FormNumber, FieldNumber, std::uint32_t number) const override {
    return "choice" + std::to_string(number);
  }
  FormNumber follow_up_form() const override { return 4; }
  std::string moment(base::Instant at) const override { return base::format_date({int(at.ms / base::kMsPerDay)}); }
};

TEST(Summary, is_one_whole_line_for_every_event_in_both_languages) {
  const std::uint64_t seed = highseas::testing::test_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  for (std::size_t type = 0; type < std::variant_size_v<Event>; ++type) {
    for (std::uint64_t i = 0; i < 30; ++i) {
      const Event event = highseas::testing::DomainGenerator(seed + i).alternative<Event>(type);
      for (const Lang lang : {Lang::zh, Lang::en}) {
        const std::string line = summary(event, lang, PlainNames());
        EXPECT_FALSE(line.empty()) << event_name(event);
        EXPECT_EQ(line.find('\n'), std::string::npos) << line;
        EXPECT_TRUE(base::is_valid_utf8(line)) << line;
      }
    }
  }
}

TEST(Summary, says_who_and_where) {
  const Event event = Claimed{.record = {{1, 1}}, .form = 1, .owner = {{0, 7}}, .pool = {{0, 3}}};
  EXPECT_EQ(summary(event, Lang::zh, PlainNames()), "member7 从公海领取：pool3");
  EXPECT_EQ(summary(event, Lang::en, PlainNames()), "member7 claimed it from pool3");
}

TEST(Summary, tells_by_which_rule_a_record_was_recycled) {
  Recycled recycled{.form = 1, .from = {{0, 7}}, .pool = {{0, 3}}, .rules = {}};
  recycled.rules.push_back({.version = 2});
  EXPECT_EQ(summary(recycled, Lang::zh, PlainNames()), "自动回收，原负责人：member7，公海：pool3，rule v2");
  recycled.rules.push_back({.version = 1});
  EXPECT_EQ(summary(recycled, Lang::en, PlainNames()), "Recycled from member7 to pool3, rule v2 (due by 1 more)");
}

TEST(Summary, cuts_a_long_text_between_two_signs) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "海";
  const std::string line = summary(Locked{.until = base::Instant{0}, .reason = "x" + text}, Lang::zh, PlainNames());
  EXPECT_TRUE(base::is_valid_utf8(line));
  EXPECT_TRUE(line.ends_with("海…")) << line;
  EXPECT_LT(line.size(), 200u);
}

TEST(ShownType, names_the_form_of_pool_events_alone) {
  EXPECT_EQ(shown_type(Claimed{}, "customers"), "CustomerClaimed");
  EXPECT_EQ(shown_type(RecycleReminded{}, "leads"), "LeadRecycleReminded");
  EXPECT_EQ(shown_type(Recycled{}, "stores"), "RecordRecycled");
  EXPECT_EQ(shown_type(RecordCreated{}, "customers"), "RecordCreated");
  EXPECT_EQ(shown_type(PoolAdded{}, "customers"), "PoolAdded");
}

TEST(VisitEvent, names_every_field_by_its_type) {
  highseas::testing::TextSink sink;
  visit_event(FollowedUp{.follow_up = {{0, 1}},
                         .subject = {{0, 2}},
                         .subject_form = 9,
                         .author = {{0, 3}},
                         .occurred_at = {0},
                         .effective = true,
                         .values = {{5, base::Choice{6}}}},
              sink);
  EXPECT_EQ(sink.lines(),
            "follow_up = form 0 00000000000000000000000001\n"
            "subject = form 9 00000000000000000000000002\n"
            "subject_form = 9\n"
            "author = mem_00000000000000000000000003\n"
            "occurred_at = 1970-01-01T00:00:00.000Z\n"
            "effective = true\n"
            "values/0.5 = choice 6\n");
}

TEST(VisitEvent, gives_a_records_values_with_their_form) {
  highseas::testing::TextSink sink;
  visit_event(RecordChanged{.record = {{0, 1}}, .form = 7, .values = {{2, std::string("甲")}, {3, base::Value{}}}},
              sink);
  EXPECT_EQ(sink.lines(),
            "record = form 7 00000000000000000000000001\nform = 7\nvalues/7.2 = \"甲\"\nvalues/7.3 = null\n");
}

TEST(VisitCommand, shows_a_closed_list_by_its_key) {
  highseas::testing::TextSink sink;
  visit_command(AssignRecords{.targets = {.form = 1, .single = false, .records = {}},
                              .strategy = AssignStrategy::round_robin,
                              .members = {}},
                sink);
  EXPECT_EQ(sink.lines(), "targets/form = 1\nstrategy = round_robin\n");
}

}  // namespace
}  // namespace highseas::codec
