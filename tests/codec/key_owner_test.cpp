// key_owner_test — whose key seals what an event says of somebody: erasing her must make all of it unreadable.
#include <gtest/gtest.h>

#include "codec/codec.hpp"
#include "domain/forms/shipped.hpp"
#include "tests/support/domain_generators.hpp"

namespace highseas::codec {
namespace {

using namespace domain;
using highseas::testing::DomainGenerator;
using highseas::testing::test_seed;

// What is told of a customer or lead is hers; contacts, members and files have keys of their own, which are destroyed
// with whatever names them.
std::optional<base::Ulid> owner_of(const Event& event) {
  if (const auto* e = std::get_if<FollowedUp>(&event)) return e->subject.ulid;
  if (const auto* e = std::get_if<FollowUpCorrected>(&event)) return e->subject.ulid;
  if (const auto* e = std::get_if<MemberInvited>(&event)) return e->member.id.ulid;
  if (const auto* e = std::get_if<MemberChanged>(&event)) return e->member.id.ulid;
  if (const auto* e = std::get_if<FileAdded>(&event)) return e->file.ulid;
  return std::visit(
      []<class T>(const T& e) -> std::optional<base::Ulid> {
        if constexpr (requires { base::RecordId(e.record); }) return e.record.ulid;
        return std::nullopt;
      },
      event);
}

TEST(KeyOwner, of_each_event_is_whom_it_speaks_of) {
  const std::uint64_t seed = test_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  for (std::size_t type = 0; type < std::variant_size_v<Event>; ++type) {
    for (std::uint64_t i = 0; i < 20; ++i) {
      CommitContent content{.command = ReleaseTestClock{}, .events = {}};
      content.events.push_back(DomainGenerator(seed + i).alternative<Event>(type));
      const auto sections = encode(content, sealed_by_type());
      EXPECT_EQ(sections[0].secret, "") << "what belongs to nobody can't be erased";
      const auto owner = owner_of(content.events.front());
      ASSERT_EQ(sections.size(), owner ? 2u : 1u) << event_name(content.events.front());
      if (owner) {
        EXPECT_EQ(sections[1].key_owner, *owner) << event_name(content.events.front());
      }
    }
  }
}

// A commit that speaks of a customer twice, as herself and by a follow-up: with her key gone nothing is left of either.
TEST(KeyOwner, of_a_follow_up_is_its_customer_in_the_event_and_in_the_command) {
  const base::RecordId customer{{2, 2}};
  const std::vector<FieldValue> values{{shipped::follow_ups::kContent, std::string("她母亲住院了")}};
  CommitContent content{.command = WriteFollowUp{shipped::kCustomers, customer, values}, .events = {}};
  content.events.emplace_back(FollowedUp{.follow_up = {{9, 9}}, .subject = customer, .values = values});
  auto sections = encode(content, sealed_by_type());
  for (auto& section : sections) {
    EXPECT_EQ(section.clear.find("住院"), std::string::npos);
    if (section.key_owner != customer.ulid) continue;
    section.secret.clear();
    section.state = Section::State::erased;
  }
  const auto decoded = decode(sections);
  ASSERT_TRUE(decoded);
  EXPECT_FALSE(decoded->whole());
  EXPECT_TRUE(std::get<FollowedUp>(decoded->content.events.front()).values.empty());
  EXPECT_TRUE(std::get<WriteFollowUp>(decoded->content.command).values.empty());
}

}  // namespace
}  // namespace highseas::codec
