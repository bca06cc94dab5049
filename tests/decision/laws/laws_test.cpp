// laws_test — the laws of the language (docs/architecture.md), for whatever the people of a company do: beside a plain
// model, over every way of folding the log, and decided again from its bytes.
//
// Here: an owner or a pool (1), one winner (2), limits (3), no duplicates (4), state = fold (8), nothing seen that may
// not be (11). Positions of answers and repeats of commands (9, 10) are the engine's: tests/system, tests/api. Money,
// performance and approvals (5 to 7) come with the sales process, erasing (12) with its command.
#include <algorithm>
#include <set>

#include "codec/codec.hpp"
#include "projections/canonical_dump.hpp"
#include "projections/checkpoint.hpp"
#include "projections/query/form_schema.hpp"
#include "projections/query/list.hpp"
#include "tests/decision/laws/world.hpp"

namespace highseas::decision::tests {
namespace {

std::vector<base::RecordId> listed(const projections::Image& image, const domain::Rights& rights,
                                   const std::optional<std::string>& filter = std::nullopt) {
  projections::ListQuery query{.form = kCustomers, .filter = {}, .environment = {}};
  query.limit = 1'000;
  query.count_exact = true;
  if (filter) {
    const projections::FormSchema schema(image.workspace(), *image.workspace().form(kCustomers), &rights);
    query.filter = expression::compile(*filter, schema).value();
  }
  const auto page = projections::list(image, rights, query);
  RC_ASSERT(page.has_value());
  RC_ASSERT(page->total == page->rows.size());
  std::vector<base::RecordId> found;
  for (const auto& row : page->rows) found.push_back(row.id());
  std::ranges::sort(found);
  return found;
}

// As it would be read back from a disk.
domain::Commit through_bytes(domain::Commit commit) {
  auto decoded = codec::decode(codec::encode(commit.content, codec::sealed_by_type()));
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(decoded->whole());
  commit.content = std::move(decoded->content);
  return commit;
}

World after(const std::vector<Step>& steps) {
  World world;
  for (const auto& step : steps) world.take(step);
  return world;
}

// Laws 1, 3 and 4, and with them what a page shows and what the sweep takes.
RC_GTEST_PROP(Laws, hold_beside_a_plain_model_whatever_people_do, ()) {
  const auto steps = *any_steps();
  World world;
  world.check();
  for (const auto& step : steps) {
    world.take(step);
    world.check();
  }
}

// Law 2. All of them were told that they may, and then ask.
RC_GTEST_PROP(Laws, let_exactly_one_of_any_number_of_claims_win, ()) {
  const auto claims = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<unsigned, bool>>>(
      rc::gen::pair(rc::gen::inRange(0u, 3u), rc::gen::arbitrary<bool>())));
  Office office;
  const std::vector people{office.seller, office.colleague, office.manager};
  const auto record = office.pooled("甲");
  const auto other = office.pooled("乙");
  std::optional<base::MemberId> winner;
  for (const auto& [who, in_a_batch] : claims) {
    auto targets = Office::one(record);
    if (in_a_batch) targets = {.form = kCustomers, .single = false, .records = {other, record, record}};
    const auto answer = office.tell(people[who], domain::ClaimRecords{targets});
    std::size_t won = 0;
    if (answer) {
      for (const auto& event : answer->content.events) won += std::get<domain::Claimed>(event).record == record;
    }
    RC_ASSERT(won == (winner ? 0u : 1u));
    if (won == 1) winner = people[who];
  }
  RC_ASSERT(office.customer(record).owner() == winner);
}

// Law 8, from bytes: state = fold of the log; a checkpoint and the rest come to the same.
RC_GTEST_PROP(Laws, make_every_fold_of_one_log_equal, ()) {
  const auto world = after(*any_steps());
  const auto& log = world.office.log;
  const auto expected = projections::canonical_dump(world.office.state);
  const auto cut = *rc::gen::inRange<std::size_t>(0, log.size());
  projections::State applied;
  projections::State rebuilt;
  projections::Blobs checkpoint;
  for (std::size_t at = 0; at < log.size(); ++at) {
    if (at == cut) checkpoint = projections::write_checkpoint(*applied.snapshot());
    const auto commit = through_bytes(log[at]);
    applied.apply(commit);
    rebuilt.replay(commit);
  }
  rebuilt.settle();
  RC_ASSERT(projections::canonical_dump(applied) == expected);
  RC_ASSERT(projections::canonical_dump(rebuilt) == expected);
  auto image = projections::read_checkpoint(checkpoint);
  RC_ASSERT(image != nullptr);
  projections::State resumed(std::move(image));
  for (std::size_t at = cut; at < log.size(); ++at) resumed.apply(through_bytes(log[at]));
  RC_ASSERT(projections::canonical_dump(resumed) == expected);
}

// What an auditor does: each commit, read back, is decided again on the state before it, and leaves the same events.
RC_GTEST_PROP(Laws, give_the_same_events_when_a_commit_is_decided_again, ()) {
  const auto world = after(*any_steps());
  projections::State before;
  for (const auto& written : world.office.log) {
    const auto commit = through_bytes(written);
    const bool by_a_test = std::holds_alternative<domain::ReleaseTestClock>(commit.content.command);
    if (!by_a_test) {
      const auto again = decide(before, {.actor = commit.actor,
                                         .command = commit.content.command,
                                         .now = commit.time,
                                         .seed = commit.content.seed,
                                         .workspace = {{1, 1}},
                                         .recorded = &commit.content.outcomes});
      RC_ASSERT(again.has_value());
      RC_ASSERT(again->content.events == commit.content.events);
      RC_ASSERT(again->content.outcomes == commit.content.outcomes);
    }
    before.apply(commit);
  }
}

// Law 11, for lists, counts and filters: a salesperson sees her own and what lies in pools, of which the first one
// hides the phones from her; a manager what is her department's too.
RC_GTEST_PROP(Laws, show_nobody_what_she_may_not_see, ()) {
  const auto world = after(*any_steps());
  const auto& office = world.office;
  for (const auto member : {office.seller, office.colleague, office.manager, office.admin}) {
    const bool sees_all = member == office.manager || member == office.admin;
    const auto rights = domain::Rights::of_member(office.state.workspace(), member);
    std::vector<base::RecordId> visible;
    std::vector<base::RecordId> reachable;  // whose phone she knows
    for (const auto& thing : world.model.things) {
      if (thing.deleted) continue;
      if (sees_all || thing.pool || thing.owner == member) visible.push_back(thing.id);
      const bool shown = sees_all || thing.owner == member || thing.pool == office.second_sea;
      if (thing.phone && shown) reachable.push_back(thing.id);
    }
    std::ranges::sort(visible);
    std::ranges::sort(reachable);
    RC_ASSERT(listed(office.state.image(), rights) == visible);
    RC_ASSERT(listed(office.state.image(), rights, "phone != null") == reachable);
    for (const auto& thing : world.model.things) {
      const bool sees = std::ranges::binary_search(visible, thing.id);
      RC_ASSERT(projections::get(office.state.image(), rights, kCustomers, thing.id).has_value() == sees);
    }
  }
}

}  // namespace
}  // namespace highseas::decision::tests
