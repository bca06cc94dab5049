// record_decider — create, update, remove, restore: visible, allowed, well-formed, then whether the state lets it.
#include "domain/records/record_decider.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "domain/forms/field_values.hpp"
#include "domain/forms/shipped.hpp"
#include "domain/records/record_place.hpp"

namespace highseas::domain {
namespace {

template <class Range, class T>
bool contains(const Range& range, const T& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

InputFault fault_at(std::string pointer, RefusalCode code) {
  return {.pointer = std::move(pointer), .code = code, .field = 0, .detail = {}};
}

void append(std::vector<InputFault>& faults, std::vector<InputFault> more) {
  std::ranges::move(more, std::back_inserter(faults));
}

// Keeps what it points to alive for as long as the standing is used.
class Standing {
 public:
  Standing() = default;
  Standing(std::optional<base::MemberId> owner, std::optional<base::PoolId> pool,
           std::vector<base::MemberId> collaborators, std::optional<RootFacts> root)
      : collaborators_(std::move(collaborators)), root_(std::move(root)) {
    if (root_) {
      root_standing_ = {.owner = root_->owner,
                        .pool = root_->pool,
                        .collaborators = root_->collaborators,
                        .root = nullptr,
                        .root_form = 0};
      standing_.root = &root_standing_;
      standing_.root_form = root_->form;
      owner = root_->owner;  // what hangs on a customer is its owner's
    }
    standing_.owner = owner;
    standing_.pool = pool;
    standing_.collaborators = collaborators_;
  }
  Standing(const Standing&) = delete;
  Standing& operator=(const Standing&) = delete;

  const RecordStanding& get() const { return standing_; }

 private:
  std::vector<base::MemberId> collaborators_;
  std::optional<RootFacts> root_;
  RecordStanding root_standing_;
  RecordStanding standing_;
};

class RecordDecision {
 public:
  RecordDecision(const RecordFacts& facts, const RecordItem& item, const RecordQuestions& questions,
                 const RecordContext& context)
      : facts_(facts), item_(item), questions_(questions), context_(context) {}

  Decision create();
  Decision update();
  Decision remove();
  Decision restore();

 private:
  FormNumber form() const { return context_.form.number; }
  bool may(Operation operation, const Standing& standing) const {
    return context_.rights.may(form(), operation, standing.get());
  }
  std::optional<RootFacts> root_of(const std::vector<FieldValue>& values) const {
    const auto root = root_record(context_.form, values);
    if (!root || !questions_.root) return std::nullopt;
    return questions_.root(shipped::kCustomers, *root);
  }
  Standing present_standing() const {
    return {facts_.owner, facts_.pool, facts_.collaborators, root_of(facts_.values)};
  }

  bool sees(const RootFacts& root) const {
    return context_.rights.may(root.form, kRead, Standing(root.owner, root.pool, root.collaborators, {}).get());
  }

  struct Place {
    std::optional<base::MemberId> owner;
    std::optional<base::PoolId> pool;
  };
  Place place_of_new() const;
  std::vector<InputFault> place_faults(const Place& place) const;
  bool may_create_at(const Place& place, const std::optional<RootFacts>& root) const;
  ValueContext value_context(const Standing& standing) const;

  std::vector<base::MemberId> wanted_collaborators() const;
  std::vector<InputFault> collaborator_faults(const std::vector<base::MemberId>& present) const;
  Decision refused_by_holdings(const Place& place, base::PoolId home, const std::vector<FieldValue>& values) const;
  bool owner_has_left() const;
  bool pool_is_gone() const;
  std::optional<base::PoolId> pool_to_come_back_to() const;
  std::optional<Refusal> refused_by_version() const;
  std::optional<Refusal> refused_by_duplicates(const std::vector<FieldValue>& values,
                                               const std::vector<FieldValue>* changed = nullptr) const;

  const RecordFacts& facts_;
  const RecordItem& item_;
  const RecordQuestions& questions_;
  const RecordContext& context_;
};

// Where a new record goes when nothing is said: to its creator; of an import, or where nobody stands behind it, to the
// form's first pool.
RecordDecision::Place RecordDecision::place_of_new() const {
  if (!has_owner_of_its_own(form())) return {};
  if (item_.owner || item_.pool) return {.owner = item_.owner, .pool = item_.pool};
  const auto creator = context_.rights.member();
  const bool into_pool = !creator || context_.origin == Origin::import;
  if (context_.form.behaviours.pooled && into_pool) {
    const auto* first = context_.workspace.first_pool(form());
    return {.owner = {}, .pool = first == nullptr ? std::nullopt : std::optional(first->id)};
  }
  return {.owner = creator, .pool = {}};
}

std::vector<InputFault> RecordDecision::place_faults(const Place& place) const {
  std::vector<InputFault> faults;
  const auto add = [&](const char* key, RefusalCode code) { faults.push_back(fault_at(context_.pointer + key, code)); };
  const bool pooled = context_.form.behaviours.pooled;
  if (!has_owner_of_its_own(form()) && item_.owner) add("/owner", RefusalCode::read_only_field);
  if (!pooled && item_.pool) add("/pool", RefusalCode::read_only_field);
  if (pooled && place.owner && place.pool) add("/pool", RefusalCode::owner_and_pool);
  if (place.owner && !may_hold(context_.workspace, form(), *place.owner)) add("/owner", RefusalCode::unknown_member);
  if (pooled && place.pool) {
    const auto* pool = context_.workspace.pool(*place.pool);
    if (pool == nullptr || pool->form != form()) add("/pool", RefusalCode::unknown_pool);
  }
  if (pooled && !place.owner && !place.pool) add("/pool", RefusalCode::unknown_pool);  // the form has no pool
  return faults;
}

// Collaborators do not count: nobody gives herself a right by naming herself.
bool RecordDecision::may_create_at(const Place& place, const std::optional<RootFacts>& root) const {
  const Standing standing(place.owner, place.pool, {}, root);
  return may_create(context_.workspace, context_.rights, form(), standing.get());
}

ValueContext RecordDecision::value_context(const Standing& standing) const {
  ValueContext values{.workspace = context_.workspace,
                      .form = context_.form,
                      .pointer = context_.pointer,
                      .record = facts_.exists ? item_.record : std::nullopt,
                      .access = {},
                      .reference_exists = questions_.reference_exists};
  if (!context_.rights.is_system()) {
    values.access = [this, &standing](const FieldDefinition& field) {
      return context_.rights.field(form(), field.number, standing.get());
    };
  }
  return values;
}

std::vector<base::MemberId> RecordDecision::wanted_collaborators() const {
  std::vector<base::MemberId> wanted;
  if (!item_.collaborators) return wanted;
  for (const auto member : *item_.collaborators) {
    if (!contains(wanted, member)) wanted.push_back(member);
  }
  return wanted;
}

// Who collaborates already may have left since.
std::vector<InputFault> RecordDecision::collaborator_faults(const std::vector<base::MemberId>& present) const {
  std::vector<InputFault> faults;
  if (!item_.collaborators) return faults;
  const std::string pointer = context_.pointer + "/collaborators";
  for (std::size_t at = 0; at < item_.collaborators->size(); ++at) {
    const auto member = (*item_.collaborators)[at];
    if (contains(present, member) || context_.workspace.is_active(member)) continue;
    faults.push_back(fault_at(pointer + "/" + std::to_string(at), RefusalCode::unknown_member));
  }
  if (item_.collaborators->size() > kMaxMany) {
    faults.push_back(fault_at(pointer, RefusalCode::too_long));
    faults.back().detail = std::to_string(kMaxMany);
  }
  return faults;
}

std::optional<Refusal> RecordDecision::refused_by_version() const {
  if (!item_.expected_version || *item_.expected_version == facts_.version) return std::nullopt;
  auto refusal = Refusal::of(RefusalCode::version_conflict);
  refusal.version = facts_.version;
  return refusal;
}

// Of a change only what it brings about: a pair that stands already (its rule is younger) may be edited otherwise.
std::optional<Refusal> RecordDecision::refused_by_duplicates(const std::vector<FieldValue>& values,
                                                             const std::vector<FieldValue>* changed) const {
  if (!questions_.duplicates) return std::nullopt;
  auto hits = questions_.duplicates(values);
  if (changed != nullptr) {
    std::erase_if(hits, [&](const DuplicateHit& hit) {
      return std::ranges::none_of(hit.matched,
                                  [&](FieldNumber field) { return find_value(*changed, field) != nullptr; });
    });
  }
  if (hits.empty()) return std::nullopt;
  auto refusal = Refusal::of(RefusalCode::duplicate_record);
  refusal.duplicates = std::move(hits);
  return refusal;
}

// Accepts with nothing where the limit holds.
Decision RecordDecision::refused_by_holdings(const Place& place, base::PoolId home,
                                             const std::vector<FieldValue>& values) const {
  const auto* pool = context_.workspace.pool(home);
  if (!place.owner || pool == nullptr || !pool->holding_limit) return already_true();
  if (questions_.not_counted_as_held && questions_.not_counted_as_held(*pool, values)) return already_true();
  const auto held = questions_.held ? questions_.held(home, *place.owner) : 0;
  if (held < *pool->holding_limit) return already_true();
  auto refusal = Refusal::of(RefusalCode::holding_limit);
  refusal.limit = *pool->holding_limit;
  refusal.owner = *place.owner;
  return refuse(std::move(refusal));
}

Decision RecordDecision::create() {
  if (!context_.rights.opens(form(), kCreate)) return refuse(RefusalCode::forbidden);
  const auto place = place_of_new();
  auto faults = place_faults(place);
  auto root = root_of(item_.values);
  if (root && !sees(*root)) root.reset();  // to her it does not exist
  // Without its place or its customer nothing can be judged; that is a fault of the input, found below.
  const bool judged = faults.empty() && (root || form() != shipped::kContacts);
  if (judged && !may_create_at(place, root)) return refuse(RefusalCode::forbidden);

  // What she may fill in is judged as of a record of hers: a pool hides fields of what lies in it, not of what she
  // brings.
  const auto owner = place.owner ? place.owner : context_.rights.member();
  const Standing standing(owner, {}, {}, root);
  auto context = value_context(standing);
  if (!judged) context.access = {};
  auto checked = check_new_values(context, item_.values, item_.new_choices);
  if (!checked) append(faults, std::move(checked.error()));
  append(faults, collaborator_faults({}));
  if (!faults.empty()) return refuse(Refusal::of_faults(std::move(faults)));
  if (!judged) return refuse(RefusalCode::forbidden);

  if (auto refusal = refused_by_duplicates(checked->values)) return refuse(std::move(*refusal));
  std::optional<base::PoolId> home;
  if (context_.form.behaviours.pooled) {
    home = place.pool ? place.pool : home_pool_of(context_.workspace, form(), *place.owner);
    if (home) {
      if (auto held = refused_by_holdings(place, *home, checked->values); !held) return held;
    }
  }
  Events events(checked->choices.begin(), checked->choices.end());
  events.emplace_back(RecordCreated{.record = context_.fresh,
                                    .form = form(),
                                    .owner = place.owner,
                                    .pool = place.pool,
                                    .home_pool = home,
                                    .origin = context_.origin,
                                    .collaborators = wanted_collaborators(),
                                    .values = std::move(checked->values)});
  return events;
}

Decision RecordDecision::update() {
  if (!facts_.exists) return refuse(RefusalCode::not_found);
  const auto standing = present_standing();
  if (!may(kRead, standing)) return refuse(RefusalCode::not_found);
  if (!may(kChange, standing)) return refuse(RefusalCode::forbidden);

  std::vector<InputFault> faults;
  if (item_.owner) faults.push_back(fault_at(context_.pointer + "/owner", RefusalCode::use_action));
  if (item_.pool) faults.push_back(fault_at(context_.pointer + "/pool", RefusalCode::use_action));
  auto checked = check_changed_values(value_context(standing), facts_.values, item_.values, item_.new_choices);
  if (!checked) append(faults, std::move(checked.error()));
  append(faults, collaborator_faults(facts_.collaborators));
  if (!faults.empty()) return refuse(Refusal::of_faults(std::move(faults)));

  if (facts_.deleted) return refuse(RefusalCode::deleted);
  if (auto refusal = refused_by_version()) return refuse(std::move(*refusal));
  auto collaborators = item_.collaborators ? std::optional(wanted_collaborators()) : std::nullopt;
  if (collaborators == facts_.collaborators) collaborators.reset();
  if (checked->values.empty() && !collaborators) return already_true();

  const auto merged = merged_values(facts_.values, checked->values);
  // Who moves a contact to another customer must have the right there as well.
  const auto before = root_record(context_.form, facts_.values);
  if (before && root_record(context_.form, merged) != before) {
    const Standing there(facts_.owner, facts_.pool, facts_.collaborators, root_of(merged));
    if (!may(kChange, there)) return refuse(RefusalCode::forbidden);
  }
  if (!checked->values.empty()) {
    if (auto refusal = refused_by_duplicates(merged, &checked->values)) return refuse(std::move(*refusal));
  }
  Events events(checked->choices.begin(), checked->choices.end());
  events.emplace_back(RecordChanged{.record = *item_.record,
                                    .form = form(),
                                    .collaborators = std::move(collaborators),
                                    .values = std::move(checked->values)});
  return events;
}

Decision RecordDecision::remove() {
  if (!facts_.exists) return refuse(RefusalCode::not_found);
  const auto standing = present_standing();
  if (!may(kRead, standing)) return refuse(RefusalCode::not_found);
  if (!may(kDelete, standing)) return refuse(RefusalCode::forbidden);
  if (facts_.deleted) return already_true();
  if (auto refusal = refused_by_version()) return refuse(std::move(*refusal));
  return accept(RecordDeleted{.record = *item_.record, .form = form()});
}

// Of a form without pools it stays hers, as her live records do when she leaves.
bool RecordDecision::owner_has_left() const {
  return context_.form.behaviours.pooled && facts_.owner && !context_.workspace.is_active(*facts_.owner);
}

bool RecordDecision::pool_is_gone() const {
  return context_.form.behaviours.pooled && facts_.pool && context_.workspace.pool(*facts_.pool) == nullptr;
}

std::optional<base::PoolId> RecordDecision::pool_to_come_back_to() const {
  if (facts_.home_pool && context_.workspace.pool(*facts_.home_pool) != nullptr) return facts_.home_pool;
  const auto* first = context_.workspace.first_pool(form());
  return first == nullptr ? std::nullopt : std::optional(first->id);
}

// The bin has a way back: what lost its owner or its pool meanwhile comes back into its home pool.
Decision RecordDecision::restore() {
  if (!facts_.exists) return refuse(RefusalCode::not_found);
  const auto standing = present_standing();
  if (!may(kRead, standing)) return refuse(RefusalCode::not_found);
  if (!may(kDelete, standing)) return refuse(RefusalCode::forbidden);
  if (!facts_.deleted) return already_true();
  if (auto refusal = refused_by_version()) return refuse(std::move(*refusal));
  Place place{.owner = facts_.owner, .pool = facts_.pool};
  if (owner_has_left() || pool_is_gone()) {
    place = {.owner = {}, .pool = pool_to_come_back_to()};
    if (!place.pool) return refuse(RefusalCode::unknown_pool);
  }
  if (root_record(context_.form, facts_.values) && !root_of(facts_.values)) {
    return refuse(RefusalCode::unknown_reference);
  }
  if (auto refusal = refused_by_duplicates(merged_values(facts_.values, {}))) return refuse(std::move(*refusal));
  if (facts_.home_pool) {
    if (auto held = refused_by_holdings(place, *facts_.home_pool, facts_.values); !held) return held;
  }
  Events events{RecordRestored{.record = *item_.record, .form = form()}};
  if (owner_has_left()) {
    events.emplace_back(Released{.record = *item_.record,
                                 .form = form(),
                                 .from = *facts_.owner,
                                 .pool = *place.pool,
                                 .cool_down_until = std::nullopt,  // whoever has left claims nothing
                                 .left = true,
                                 .reason = {},
                                 .note = {}});
  } else if (pool_is_gone()) {
    events.emplace_back(MovedToPool{.record = *item_.record, .form = form(), .from = *facts_.pool, .to = *place.pool});
  }
  return events;
}

}  // namespace

Decision decide(const RecordFacts& facts, const RecordItem& item, const RecordQuestions& questions,
                const RecordContext& context) {
  if (context.form.number == shipped::kFollowUps) {
    const bool write = item.operation == RecordOperation::create || item.operation == RecordOperation::update;
    return refuse(write ? RefusalCode::not_allowed_here : RefusalCode::no_method);
  }
  HS_ASSERT(item.operation == RecordOperation::create || item.record.has_value());
  RecordDecision decision(facts, item, questions, context);
  switch (item.operation) {
    case RecordOperation::create:
      return decision.create();
    case RecordOperation::update:
      return decision.update();
    case RecordOperation::remove:
      return decision.remove();
    case RecordOperation::restore:
      return decision.restore();
  }
  HS_ASSERT(!"record operation");
  return refuse(RefusalCode::not_allowed_here);
}

}  // namespace highseas::domain
