// upgrade_test — a log that another version has written says from its next start on by what it is decided.
#include <gtest/gtest.h>

#include <future>

#include "decision/decide.hpp"
#include "tests/engine/world.hpp"

namespace highseas::engine::tests {
namespace {

domain::DecisionBasisChanged basis_of(World& world) {
  return world.sequencer().design()->basis;
}

bool is_current(const domain::DecisionBasisChanged& basis) {
  const auto current = decision::current_basis();
  return basis.generations == current.generations && basis.unicode_version == current.unicode_version &&
         basis.zone_version == current.zone_version;
}

// As a version of before would have left the log.
void decide_as_before(World& world) {
  std::promise<bool> written;
  world.sequencer().submit(
      {.actor = {.kind = domain::ActorKind::upgrader},
       .command = domain::ChangeDecisionBasis{.generations = {}, .unicode_version = "1.0", .zone_version = "1999a"}},
      [&](const auto&, const CommandOutcome& outcome) {
        const bool accepted = outcome.kind == CommandOutcome::Kind::accepted;
        return [&written, accepted] { written.set_value(accepted); };
      },
      [&](Failure) { written.set_value(false); });
  ASSERT_TRUE(written.get_future().get());
}

TEST(Upgrade, is_written_down_once_before_anything_else_is_decided) {
  World world;
  ASSERT_TRUE(is_current(basis_of(world)));
  decide_as_before(world);
  ASSERT_FALSE(is_current(basis_of(world)));
  const auto before = world.position();

  world.close();
  world.open();
  EXPECT_EQ(world.position(), before + 1);
  EXPECT_TRUE(is_current(basis_of(world)));

  world.close();
  world.open();
  EXPECT_EQ(world.position(), before + 1) << "it is said already";
}

TEST(Upgrade, that_finds_no_room_starts_all_the_same_and_is_written_at_a_later_start) {
  World world;
  decide_as_before(world);
  const auto before = world.position();
  world.close();
  world.writes_with_room = 0;
  world.open();
  EXPECT_EQ(world.position(), before);
  EXPECT_TRUE(world.query().get().names.empty()) << "reads go on";

  world.close();
  world.writes_with_room = 1'000'000'000;
  world.open();
  EXPECT_TRUE(is_current(basis_of(world)));
}

}  // namespace
}  // namespace highseas::engine::tests
