// world — the steps, each as a command and as the model has it.
#include "tests/decision/laws/world.hpp"

namespace highseas::decision::tests {
namespace {

namespace customers = shipped::customers;

// Two spellings of one company, and of one number.
std::string name_of(std::uint32_t number, bool other_spelling) {
  return "江南机械" + std::to_string(number) + "厂" + (other_spelling ? "有限公司" : "");
}
std::string phone_of(std::uint32_t number, bool other_spelling) {
  const auto last = std::to_string(number % 10);
  return other_spelling ? "+86 138 0000 000" + last : "1380000000" + last;
}

bool happened(const std::expected<Decided, domain::Refusal>& answer) {
  return answer && !answer->content.events.empty();
}

}  // namespace

World::World() : model(office.sea, office.second_sea), people_{office.seller, office.colleague, office.manager} {
  office.change_pool(office.sea, [](auto& pool) {
    pool.daily_claim_limit = kDailyClaims;
    pool.holding_limit = kHoldings;
    pool.cool_down_days = kCoolDownDays;
  });
  office.change_pool(office.second_sea, [](auto& pool) { pool.protect_new_days = kProtectedDays; });
  office.publish(office.draft(kRuleDays));
  const auto file = office.csv_file();
  const auto started =
      office.told(office.admin, domain::StartImport{.plan = {.file = file,
                                                             .form = kCustomers,
                                                             .pool = office.sea,
                                                             .owner = {},
                                                             .columns = {customers::kName, customers::kGrade},
                                                             .on_duplicate = domain::OnDuplicate::update},
                                                    .total = 1'000});
  import_ = std::get<domain::JobStarted>(started.content.events.front()).job;
  model.now = office.now;
  for (std::uint32_t at = 0; at < 4; ++at) create(std::nullopt, at);
}

void World::take(const Step& step) {
  office.now = office.now + step.minutes * 60'000;
  model.now = office.now;
  const auto who = people_[step.who % people_.size()];
  auto& thing = model.things[step.what % model.things.size()];
  const auto number = step.detail % 6;
  const bool other_spelling = step.detail >= 6;
  switch (step.act) {
    case Act::claim:
      return claim(thing, who);
    case Act::claim_all:
      return claim_all(who);
    case Act::assign:
      return assign(thing, who);
    case Act::transfer:
      return transfer(thing, who);
    case Act::release:
      return release(thing, step.detail % 2 == 0);
    case Act::move:
      return move(thing);
    case Act::lock:
      return lock(thing, office.now + Model::days(step.detail + 1));
    case Act::unlock:
      return lock(thing, std::nullopt);
    case Act::follow_up:
      return follow_up(thing, who, step.detail * 9);
    case Act::win_or_not:
      return win_or_not(thing);
    case Act::rename:
      return change(thing, number, std::nullopt, other_spelling);
    case Act::call_differently:
      return change(thing, std::nullopt, number, other_spelling);
    case Act::create:
      return create(who, step.detail);
    case Act::create_in_pool:
      return create(std::nullopt, step.detail);
    case Act::import_row:
      return import_row(step.detail);
    case Act::bin:
      return bin(thing);
    case Act::restore:
      return restore(thing);
    case Act::sweep:
      return sweep();
  }
}

void World::claim(Thing& thing, base::MemberId who) {
  const bool may = model.may_claim(thing, who);
  const auto answer = office.tell(who, domain::ClaimRecords{Office::one(thing.id)});
  RC_ASSERT(happened(answer) == may);
  if (may) {
    model.claim(thing, who);
  } else if (!answer && answer.error().code == RefusalCode::already_owned) {
    RC_ASSERT(answer.error().owner == thing.owner);  // law 2: the loser is told who has it
  }
}

// Law 3 within one commit too.
void World::claim_all(base::MemberId who) {
  domain::PoolTargets all{.form = kCustomers, .single = false, .records = {}};
  for (const auto& thing : model.things) all.records.push_back(thing.id);
  const auto answer = office.tell(who, domain::ClaimRecords{all});
  RC_ASSERT(answer.has_value());
  std::vector<base::RecordId> claimed;
  for (const auto& event : answer->content.events) claimed.push_back(std::get<domain::Claimed>(event).record);
  std::vector<base::RecordId> expected;
  for (auto& thing : model.things) {
    if (!model.may_claim(thing, who)) continue;
    expected.push_back(thing.id);
    model.claim(thing, who);
  }
  RC_ASSERT(claimed == expected);
}

void World::assign(Thing& thing, base::MemberId to) {
  const bool may = !thing.deleted && thing.pool && model.has_room(to, *thing.pool);
  const auto answer =
      office.tell(office.admin, domain::AssignRecords{Office::one(thing.id), domain::AssignStrategy::to_member, {to}});
  RC_ASSERT(happened(answer) == may);
  if (may) model.begin_period(thing, to);
}

void World::transfer(Thing& thing, base::MemberId to) {
  const bool may = !thing.deleted && thing.owner && *thing.owner != to && model.has_room(to, thing.home);
  const auto answer = office.tell(office.admin, domain::TransferRecords{Office::one(thing.id), to, ""});
  RC_ASSERT(happened(answer) == may);
  if (!may) return;
  model.end_period(thing, thing.home);
  model.begin_period(thing, to);
}

void World::release(Thing& thing, bool by_owner) {
  const bool may = !thing.deleted && thing.owner;
  const auto who = by_owner && thing.owner ? *thing.owner : office.admin;
  const auto answer = office.tell(who, domain::ReleaseRecords{Office::one(thing.id), {}, "忙", ""});
  RC_ASSERT(happened(answer) == may);
  if (!may) return;
  model.end_period(thing, thing.home);
  model.enter(thing, thing.home);
}

void World::move(Thing& thing) {
  const auto to = thing.pool == office.sea ? office.second_sea : office.sea;
  const bool may = !thing.deleted && thing.pool;
  const auto answer = office.tell(office.admin, domain::MoveRecords{Office::one(thing.id), to});
  RC_ASSERT(happened(answer) == may);
  if (may) model.enter(thing, to);
}

void World::lock(Thing& thing, std::optional<base::Instant> until) {
  const bool locked = model.is_locked(thing);
  const bool may = !thing.deleted && (until ? !locked || thing.lock_end != until : locked);
  const auto answer = office.tell(office.admin, domain::LockRecords{Office::one(thing.id), until, "谈判中"});
  RC_ASSERT(happened(answer) == may);
  if (may) thing.lock_end = until.value_or(model.now);
}

void World::follow_up(Thing& thing, base::MemberId author, std::uint32_t hours_ago) {
  const auto by = thing.owner == author ? author : office.admin;
  const auto occurred_at = office.now - std::int64_t{hours_ago} * 3'600'000;
  const auto answer = office.tell(
      by, domain::WriteFollowUp{kCustomers,
                                thing.id,
                                {{shipped::follow_ups::kMethod, base::Choice{shipped::follow_ups::method::kVisit}},
                                 {shipped::follow_ups::kContent, std::string("谈了价格")},
                                 {shipped::follow_ups::kOccurredAt, occurred_at}}});
  RC_ASSERT(happened(answer) == !thing.deleted);
  if (!thing.deleted) model.follow_up(thing, by, occurred_at);
}

void World::win_or_not(Thing& thing) {
  const auto status = thing.won ? customers::status::kFollowing : customers::status::kWon;
  const auto code = office.change(office.admin, thing.id, {{customers::kStatus, base::Choice{status}}});
  RC_ASSERT((code == RefusalCode::none) == !thing.deleted);
  if (thing.deleted) return;
  thing.won = !thing.won;
  thing.status_changed = model.now;
}

void World::change(Thing& thing, std::optional<std::uint32_t> name, std::optional<std::uint32_t> phone,
                   bool other_spelling) {
  std::vector<FieldValue> values;
  if (name) values.push_back({customers::kName, name_of(*name, other_spelling)});
  if (phone) values.push_back({customers::kPhone, phone_of(*phone, other_spelling)});
  domain::RecordItem item{.operation = domain::RecordOperation::update, .record = thing.id, .values = values};
  const auto in_the_way = model.in_the_way(thing.id, name, phone);
  const auto answer = office.tell(office.admin, domain::WriteRecords{.form = kCustomers, .items = {item}});
  RC_ASSERT(answer.has_value() == (!thing.deleted && in_the_way.empty()));
  if (!answer) return thing.deleted ? void() : refused_for(answer, in_the_way);
  if (name) thing.name = *name;
  if (phone) thing.phone = *phone;
}

void World::create(std::optional<base::MemberId> owner, std::uint32_t detail) {
  const auto name = detail % 6;
  const auto phone = detail % 4 == 3 ? std::optional(detail % 5) : std::nullopt;
  auto item = Office::customer_named(name_of(name, detail >= 6));
  if (phone) item.values.push_back({customers::kPhone, phone_of(*phone, detail >= 6)});
  item.owner = owner;
  if (!owner) item.pool = office.sea;
  const auto in_the_way = model.in_the_way(std::nullopt, name, phone);
  const bool may = in_the_way.empty() && (!owner || model.has_room(*owner, office.sea));
  const auto answer = office.tell(office.admin, domain::WriteRecords{.form = kCustomers, .items = {item}});
  RC_ASSERT(happened(answer) == may);
  if (may) {
    add_created(*answer, owner, name, phone);
  } else if (!in_the_way.empty()) {
    refused_for(answer, in_the_way);
  }
}

// Updates the one that it hits wherever that is, or creates one in the pool.
void World::import_row(std::uint32_t detail) {
  const auto name = detail % 6;
  auto item = Office::customer_named(name_of(name, detail >= 6));
  item.values.push_back({customers::kGrade, base::Choice{1 + detail % 4}});
  item.pool = office.sea;
  const auto in_the_way = model.in_the_way(std::nullopt, name, std::nullopt);
  ++rows_;
  const auto answer = office.tell(of_process(domain::ActorKind::importer, office.admin),
                                  domain::ImportRows{.job = import_,
                                                     .form = kCustomers,
                                                     .on_duplicate = domain::OnDuplicate::update,
                                                     .done = rows_,
                                                     .rows = {rows_},
                                                     .items = {item},
                                                     .unreadable = {}});
  RC_ASSERT(answer.has_value());
  RC_ASSERT(!answer->results.front().refusal.has_value());
  RC_ASSERT(std::holds_alternative<domain::RecordCreated>(answer->content.events.front()) == in_the_way.empty());
  if (in_the_way.empty()) add_created(*answer, std::nullopt, name, std::nullopt);
}

void World::bin(Thing& thing) {
  const auto code = Office::code_of(
      office.tell(office.admin,
                  domain::WriteRecords{.form = kCustomers,
                                       .items = {{.operation = domain::RecordOperation::remove, .record = thing.id}}}));
  RC_ASSERT(code == RefusalCode::none);
  thing.deleted = true;
}

void World::restore(Thing& thing) {
  const auto in_the_way = model.in_the_way(thing.id, thing.name, thing.phone);
  const bool may = thing.deleted && in_the_way.empty() && (!thing.owner || model.has_room(*thing.owner, thing.home));
  const auto answer =
      office.tell(office.admin,
                  domain::WriteRecords{.form = kCustomers,
                                       .items = {{.operation = domain::RecordOperation::restore, .record = thing.id}}});
  RC_ASSERT(happened(answer) == may);
  if (may) {
    thing.deleted = false;
  } else if (thing.deleted && !in_the_way.empty()) {
    refused_for(answer, in_the_way);
  }
}

// Whatever is due by now goes, and nothing else.
void World::sweep() {
  const auto before = office.state.position();
  std::vector<base::RecordId> all;
  for (const auto& thing : model.things) all.push_back(thing.id);
  office.sweep(all);
  std::vector<base::RecordId> recycled;
  if (office.state.position() > before) {
    for (const auto& event : office.log.back().content.events) {
      recycled.push_back(std::get<domain::Recycled>(event).record);
    }
  }
  std::vector<base::RecordId> expected;
  for (auto& thing : model.things) {
    const auto due_at = model.due(thing);
    if (!due_at || *due_at > model.now) continue;
    expected.push_back(thing.id);
    model.end_period(thing, office.sea);
    model.enter(thing, office.sea);
  }
  RC_ASSERT(recycled == expected);
}

void World::add_created(const Decided& decided, std::optional<base::MemberId> owner, std::uint32_t name,
                        std::optional<std::uint32_t> phone) {
  Thing thing;
  thing.id = *decided.results.front().record;
  thing.owner = owner;
  if (!owner) thing.pool = office.sea;
  thing.home = office.sea;
  thing.name = name;
  thing.phone = phone;
  thing.owned_since = model.now;
  thing.pooled_since = model.now;
  model.things.push_back(thing);
}

// Law 4: whoever is refused is told which records stand in the way.
void World::refused_for(const Answer& answer, const std::vector<base::RecordId>& in_the_way) const {
  RC_ASSERT(!answer.has_value());
  RC_ASSERT(answer.error().code == RefusalCode::duplicate_record);
  std::vector<base::RecordId> told;
  for (const auto& hit : answer.error().duplicates) told.push_back(hit.record);
  std::ranges::sort(told);
  auto expected = in_the_way;
  std::ranges::sort(expected);
  RC_ASSERT(told == expected);
}

void World::check() const {
  for (const auto& thing : model.things) {
    const auto record = office.customer(thing.id);
    RC_ASSERT(record.owner().has_value() != record.pool().has_value());  // law 1
    RC_ASSERT(record.owner() == thing.owner);
    RC_ASSERT(record.pool() == thing.pool);
    RC_ASSERT(record.home_pool() == thing.home);
    RC_ASSERT(record.deleted() == thing.deleted);
    const auto due = office.state.due_of(kCustomers, thing.id);
    RC_ASSERT((due ? std::optional(due->due_at) : std::nullopt) == model.due(thing));
    RC_ASSERT(office.shown_due(thing.id) == model.due(thing));
    if (!thing.deleted) {  // law 4
      RC_ASSERT(model.in_the_way(thing.id, thing.name, thing.phone).empty());
    }
  }
  const auto today = office.state.zone().local_date(office.now);
  for (const auto member : people_) {
    for (const auto pool : {office.sea, office.second_sea}) {
      RC_ASSERT(office.state.holdings(member, pool) == model.held(member, pool));
      RC_ASSERT(office.state.claims_on(member, pool, today) == model.claimed_today(member, pool));
    }
    RC_ASSERT(model.held(member, office.sea) <= kHoldings);  // law 3
    RC_ASSERT(model.claimed_today(member, office.sea) <= kDailyClaims);
  }
}

}  // namespace highseas::decision::tests
