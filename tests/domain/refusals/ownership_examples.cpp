// ownership_examples — of claim, assign, transfer, release, move, lock, recycle, hand over; of pools and recycle rules.
#include "domain/ownership/pool_decider.hpp"
#include "domain/recycling/recycling_decider.hpp"
#include "tests/domain/ownership_facts.hpp"
#include "tests/domain/refusals/examples.hpp"

namespace highseas::domain::tests {
namespace {

using Code = RefusalCode;

OwnershipFacts in_the_bin(OwnershipFacts facts) {
  facts.deleted = true;
  return facts;
}
OwnershipFacts pooled(const Company& c) {
  return customer_in(c.sea);
}
OwnershipFacts owned(const Company& c) {
  return customer_of(c.east_seller, c.sea);
}

Decision claim(const Company& c, base::MemberId who, const OwnershipFacts& facts, ClaimLimits limits = {}) {
  return decide_claim(facts, limits, Asking(c, who, day(1)));
}
Decision assign(const Company& c, base::MemberId who, const OwnershipFacts& facts,
                const std::vector<base::MemberId>& members, std::uint64_t holding = 0) {
  return decide_assign(facts, {.targets = {}, .strategy = AssignStrategy::to_member, .members = members},
                       {.holdings = std::vector<std::uint64_t>(members.size(), holding), .last_assigned = {}},
                       Asking(c, who, day(1)));
}
Decision transfer(const Company& c, base::MemberId who, const OwnershipFacts& facts, base::MemberId to,
                  std::uint64_t holding = 0) {
  return decide_transfer(facts, {.targets = {}, .owner = to, .note = {}}, {.holding = holding}, Asking(c, who, day(1)));
}
Decision release(const Company& c, base::MemberId who, const OwnershipFacts& facts,
                 std::optional<base::PoolId> pool = std::nullopt) {
  return decide_release(facts, {.targets = {}, .pool = pool, .reason = {}, .note = {}}, Asking(c, who, day(1)));
}
Decision move(const Company& c, base::MemberId who, const OwnershipFacts& facts, base::PoolId to) {
  return decide_move(facts, {.targets = {}, .pool = to}, Asking(c, who, day(1)));
}
Decision lock(const Company& c, base::MemberId who, const OwnershipFacts& facts, base::Instant until) {
  return decide_lock(facts, {.targets = {}, .until = until, .reason = {}}, Asking(c, who, day(1)));
}
DueNow due() {
  DueNow now;
  now.rules = {{.rule = {{3, 1}}, .version = 1, .due_at = day(1), .trigger = 1, .days = 1, .counted_from = kStart}};
  return now;
}
Decision hand_over(const Company& c, base::MemberId who, const OwnershipFacts& facts, base::MemberId to) {
  return decide_hand_over(facts, {.member = c.east_seller, .to = to}, Asking(c, who));
}

std::vector<RefusalExample> of_claims() {
  return {
      {"decide_claim", Code::not_found, "the record does not exist", [](Company& c) { return claim(c, c.admin, {}); }},
      {"decide_claim", Code::not_a_claimer, "she sees it and may not claim there",
       [](Company& c) { return claim(c, c.auditor, pooled(c)); }},
      {"decide_claim", Code::deleted, "it lies in the bin, and she sees it",
       [](Company& c) { return claim(c, c.admin, in_the_bin(pooled(c))); }},
      {"decide_claim", Code::already_owned, "a colleague owns it",
       [](Company& c) { return claim(c, c.east_colleague, owned(c)); }},
      {"decide_claim", Code::new_in_pool, "it came into the pool less than the protected days ago",
       [](Company& c) {
         c.pool(c.sea).protect_new_days = 2;
         return claim(c, c.east_seller, pooled(c));
       }},
      {"decide_claim", Code::cool_down, "her own period ended within the cool-down",
       [](Company& c) {
         auto facts = pooled(c);
         facts.former = {{.member = c.east_seller, .cool_down_until = day(8)}};
         return claim(c, c.east_seller, facts);
       }},
      {"decide_claim", Code::daily_claim_limit, "she has claimed as many today as the pool allows",
       [](Company& c) {
         c.pool(c.sea).daily_claim_limit = 3;
         return claim(c, c.east_seller, pooled(c), {.holding = 0, .claims_today = 3});
       }},
      {"decide_claim", Code::holding_limit, "she holds as many as the pool allows",
       [](Company& c) {
         c.pool(c.sea).holding_limit = 3;
         return claim(c, c.east_seller, pooled(c), {.holding = 3, .claims_today = 0});
       }},
  };
}

std::vector<RefusalExample> of_assignments() {
  return {
      {"decide_assign", Code::not_found, "it is another department's",
       [](Company& c) { return assign(c, c.west_manager, owned(c), {c.west_seller}); }},
      {"decide_assign", Code::forbidden, "she only sees it",
       [](Company& c) { return assign(c, c.east_seller, pooled(c), {c.east_seller}); }},
      {"decide_assign", Code::required, "nobody is named",
       [](Company& c) { return assign(c, c.admin, pooled(c), {}); }},
      {"decide_assign", Code::invalid_value, "two are named where there can be one owner",
       [](Company& c) { return assign(c, c.admin, pooled(c), {c.east_seller, c.west_seller}); }},
      {"decide_assign", Code::unknown_member, "who is named has left",
       [](Company& c) { return assign(c, c.admin, pooled(c), {c.gone}); }},
      {"decide_assign", Code::deleted, "it lies in the bin",
       [](Company& c) { return assign(c, c.admin, in_the_bin(pooled(c)), {c.east_seller}); }},
      {"decide_assign", Code::already_owned, "somebody owns it",
       [](Company& c) { return assign(c, c.admin, owned(c), {c.west_seller}); }},
      {"decide_assign", Code::holding_limit, "who is named holds as many as the pool allows",
       [](Company& c) {
         c.pool(c.sea).holding_limit = 3;
         return assign(c, c.admin, pooled(c), {c.east_seller}, 3);
       }},
      {"decide_transfer", Code::not_found, "it is another department's",
       [](Company& c) { return transfer(c, c.west_manager, owned(c), c.west_seller); }},
      {"decide_transfer", Code::forbidden, "it is hers, but not hers to give away",
       [](Company& c) { return transfer(c, c.east_seller, owned(c), c.east_colleague); }},
      {"decide_transfer", Code::unknown_member, "the new owner has left",
       [](Company& c) { return transfer(c, c.admin, owned(c), c.gone); }},
      {"decide_transfer", Code::deleted, "it lies in the bin",
       [](Company& c) { return transfer(c, c.admin, in_the_bin(owned(c)), c.west_seller); }},
      {"decide_transfer", Code::not_owned, "it lies in the pool",
       [](Company& c) { return transfer(c, c.admin, pooled(c), c.west_seller); }},
      {"decide_transfer", Code::holding_limit, "the new owner holds as many as the pool allows",
       [](Company& c) {
         c.pool(c.sea).holding_limit = 3;
         return transfer(c, c.admin, owned(c), c.west_seller, 3);
       }},
  };
}

std::vector<RefusalExample> of_places() {
  return {
      {"decide_release", Code::not_found, "it is another department's",
       [](Company& c) { return release(c, c.west_seller, owned(c)); }},
      {"decide_release", Code::forbidden, "she collaborates on it, but it is not hers",
       [](Company& c) {
         auto facts = owned(c);
         facts.collaborators = {c.east_colleague};
         return release(c, c.east_colleague, facts);
       }},
      {"decide_release", Code::unknown_pool, "the pool is one of leads",
       [](Company& c) { return release(c, c.east_seller, owned(c), c.lead_pool); }},
      {"decide_release", Code::deleted, "it lies in the bin",
       [](Company& c) { return release(c, c.admin, in_the_bin(owned(c))); }},
      {"decide_release", Code::not_owned, "it lies in the pool already",
       [](Company& c) { return release(c, c.admin, pooled(c)); }},
      {"decide_move", Code::not_found, "the record does not exist",
       [](Company& c) { return move(c, c.admin, {}, c.sea); }},
      {"decide_move", Code::forbidden, "she only sees it",
       [](Company& c) { return move(c, c.east_seller, pooled(c), c.sea); }},
      {"decide_move", Code::unknown_pool, "the pool is one of leads",
       [](Company& c) { return move(c, c.admin, pooled(c), c.lead_pool); }},
      {"decide_move", Code::deleted, "it lies in the bin",
       [](Company& c) { return move(c, c.admin, in_the_bin(pooled(c)), c.sea); }},
      {"decide_move", Code::not_in_pool, "somebody owns it",
       [](Company& c) { return move(c, c.admin, owned(c), c.sea); }},
      {"decide_lock", Code::not_found, "it is another department's",
       [](Company& c) { return lock(c, c.west_manager, owned(c), day(9)); }},
      {"decide_lock", Code::forbidden, "it is hers, and she may not lock",
       [](Company& c) { return lock(c, c.east_seller, owned(c), day(9)); }},
      {"decide_lock", Code::before_now, "its end lies behind",
       [](Company& c) { return lock(c, c.admin, owned(c), day(1)); }},
      {"decide_lock", Code::deleted, "it lies in the bin",
       [](Company& c) { return lock(c, c.admin, in_the_bin(owned(c)), day(9)); }},
      {"decide_recycle", Code::not_found, "the record does not exist",
       [](Company& c) { return decide_recycle({}, due(), {}, Asking::system(c)); }},
      {"decide_recycle", Code::forbidden, "for somebody who may not write rules any more",
       [](Company& c) { return decide_recycle(owned(c), due(), base::JobId{{4, 1}}, Asking(c, c.east_manager)); }},
      {"decide_recycle", Code::not_due, "a follow-up came a moment before",
       [](Company& c) { return decide_recycle(owned(c), std::nullopt, {}, Asking::system(c)); }},
      {"decide_hand_over", Code::not_found, "the record does not exist",
       [](Company& c) { return hand_over(c, c.admin, {}, c.west_seller); }},
      {"decide_hand_over", Code::forbidden, "for somebody who may not write members any more",
       [](Company& c) { return hand_over(c, c.east_manager, owned(c), c.west_seller); }},
      {"decide_hand_over", Code::not_active, "the successor has left too",
       [](Company& c) { return hand_over(c, c.admin, owned(c), c.gone); }},
  };
}

PoolDefinition second_pool(const Company& c) {
  auto pool = c.workspace.pools.at(c.sea);
  pool.id = {};
  pool.name = "二公海";
  return pool;
}

RefusalExample adding(Code code, std::string_view when, std::function<void(PoolDefinition&)> but,
                      std::optional<expression::Error> expression_fault = {}) {
  return {"decide_add_pool", code, when, [=](Company& c) {
            auto pool = second_pool(c);
            but(pool);
            return decide_add_pool({.records = 0, .holding_excludes_fault = expression_fault}, {pool},
                                   Asking(c, c.admin));
          }};
}

Audience of_strangers() {
  return {.members = {base::MemberId{{8, 99}}},
          .departments = {base::DepartmentId{{7, 99}}},
          .roles = {base::RoleId{{1, 99}}}};
}

}  // namespace

RefusalsOfFile refusals_of_ownership() {
  RefusalsOfFile refusals{"ownership/ownership_decider.cpp", of_claims()};
  for (auto more : {of_assignments(), of_places()}) {
    refusals.examples.insert(refusals.examples.end(), more.begin(), more.end());
  }
  return refusals;
}

RefusalsOfFile refusals_of_pools() {
  const auto nothing = [](PoolDefinition&) {};
  return {
      "ownership/pool_decider.cpp",
      {
          {"decide_add_pool", Code::forbidden, "she is no admin",
           [](Company& c) { return decide_add_pool({}, {second_pool(c)}, Asking(c, c.east_manager)); }},
          adding(Code::required, "it has no name", [](auto& pool) { pool.name = " "; }),
          adding(Code::too_long, "its name is longer than a name",
                 [](auto& pool) { pool.name = std::string(101, 'a'); }),
          adding(Code::name_taken, "a pool of the form has the name", [](auto& pool) { pool.name = "公海"; }),
          adding(Code::unknown_form, "its form is not pooled", [](auto& pool) { pool.form = shipped::kProducts; }),
          adding(Code::unknown_field, "it hides a field that is none", [](auto& pool) { pool.hidden_fields = {777}; }),
          adding(Code::unknown_member, "a manager is nobody", [](auto& pool) { pool.managers = of_strangers(); }),
          adding(Code::unknown_department, "its claimers are a department that is none",
                 [](auto& pool) { pool.claimers = of_strangers(); }),
          adding(Code::unknown_role, "its claimers have a role that is none",
                 [](auto& pool) { pool.claimers = of_strangers(); }),
          adding(Code::bad_expression, "what it leaves out of the holdings is no expression", nothing,
                 expression::Error{}),
          adding(Code::not_allowed_here, "what it leaves out of the holdings goes by the clock", nothing,
                 expression::Error{.code = expression::ErrorCode::not_allowed_here}),
          adding(Code::out_of_range, "its cool-down is longer than ten years",
                 [](auto& pool) { pool.cool_down_days = kPoolDaysMax + 1; }),
          {"decide_change_pool", Code::not_found, "the pool does not exist",
           [](Company& c) {
             auto pool = second_pool(c);
             pool.id = c.second_sea;
             return decide_change_pool({}, {pool}, Asking(c, c.admin));
           }},
          {"decide_change_pool", Code::forbidden, "she only reads pools",
           [](Company& c) { return decide_change_pool({}, {c.pool(c.sea)}, Asking(c, c.east_manager)); }},
          {"decide_change_pool", Code::read_only_field, "it is to be of another form",
           [](Company& c) {
             auto pool = c.pool(c.sea);
             pool.form = shipped::kLeads;
             return decide_change_pool({}, {pool}, Asking(c, c.admin));
           }},
          {"decide_remove_pool", Code::not_found, "the pool does not exist",
           [](Company& c) { return decide_remove_pool({}, {c.second_sea}, Asking(c, c.admin)); }},
          {"decide_remove_pool", Code::forbidden, "she only reads pools",
           [](Company& c) { return decide_remove_pool({}, {c.sea}, Asking(c, c.east_manager)); }},
          {"decide_remove_pool", Code::pool_not_empty, "a customer lies in it",
           [](Company& c) {
             c.open_second_sea();
             return decide_remove_pool({.records = 1, .holding_excludes_fault = {}}, {c.second_sea},
                                       Asking(c, c.admin));
           }},
          {"decide_remove_pool", Code::pool_in_use, "a rule takes records back to it",
           [](Company& c) {
             c.open_second_sea();
             RecycleRulePublished rule{.rule = {{5, 1}}, .version = 1, .draft = {}};
             rule.draft.target_pool = c.second_sea;
             fold(c.workspace, {rule});
             return decide_remove_pool({}, {c.second_sea}, Asking(c, c.admin));
           }},
      }};
}

RefusalsOfFile refusals_of_recycling() {
  const auto publish = [](const Company& c, const PublishRecycleRule& command, PublishRecycleRuleFacts facts) {
    facts.member = c.admin;
    return decide_publish_recycle_rule(command, c.workspace, facts);
  };
  return {"recycling/recycling_decider.cpp",
          {
              {"decide_publish_recycle_rule", Code::unknown_rule, "it is to be a version of a rule that is none",
               [=](Company& c) { return publish(c, {.rule = base::RuleId{{2, 1}}, .draft = {}}, {}); }},
              {"decide_publish_recycle_rule", Code::preview_stale, "other records are affected than it showed",
               [=](Company& c) { return publish(c, {.rule = {}, .draft = {}, .affected_count = 2}, {}); }},
              {"decide_switch_recycle_rule", Code::unknown_rule, "there is no such rule",
               [](Company& c) { return decide_switch_recycle_rule({base::RuleId{{2, 1}}, true}, c.workspace); }},
              {"decide_end_backfill", Code::not_found, "there is no such backfill",
               [](Company& c) { return decide_end_backfill({base::JobId{{4, 1}}, false}, c.workspace); }},
              {"decide_end_backfill", Code::job_ended, "it has ended",
               [=](Company& c) {
                 PublishRecycleRuleFacts facts;
                 facts.fresh_rule = base::RuleId{{2, 1}};
                 facts.fresh_job = base::JobId{{4, 1}};
                 fold(c.workspace, *publish(c, {.rule = {}, .draft = {}}, facts));
                 fold(c.workspace, *decide_end_backfill({facts.fresh_job, false}, c.workspace));
                 return decide_end_backfill({facts.fresh_job, false}, c.workspace);
               }},
          }};
}

}  // namespace highseas::domain::tests
