// draft_check — what a draft may say, and what of it the program does not do yet.
#include "rules/recycle/draft_check.hpp"

#include <algorithm>
#include <set>

#include "domain/faults.hpp"
#include "rules/recycle/compiled_rule.hpp"
#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::rules {
namespace {

using domain::InputFault;
using domain::RefusalCode;

constexpr std::uint32_t kMsOfDay = static_cast<std::uint32_t>(base::kMsPerDay);

class DraftCheck {
 public:
  DraftCheck(const domain::RecycleDraft& draft, const domain::Workspace& workspace, const expression::Schema* schema,
             std::string_view prefix)
      : draft_(draft), workspace_(workspace), schema_(schema), prefix_(prefix) {}

  std::vector<InputFault> run() {
    name_and_form();
    pools();
    conditions();
    triggers();
    days_and_times();
    not_yet();
    return faults_.all();
  }

 private:
  void fault(std::string_view pointer, RefusalCode code, std::string detail = {}) {
    faults_.add(prefix_ + std::string(pointer), code, 0, std::move(detail));
  }
  void fault_at(std::string_view list, std::size_t index, std::string_view part, RefusalCode code,
                std::string detail = {}) {
    fault(std::string(list) + "/" + std::to_string(index) + std::string(part), code, std::move(detail));
  }
  bool too_many_days(std::uint32_t days) const { return days > kMaxRuleDays; }

  void name_and_form() {
    domain::checked_name(draft_.name, prefix_ + "/name", domain::kNameLengthMax, faults_);
    const auto* form = workspace_.form(draft_.form);
    if (!form || !form->behaviours.pooled || !schema_) fault("/form", RefusalCode::unknown_form);
  }

  // Of an unknown form, which is told at /form, any pool may be the right one.
  bool is_pool_of_form(base::PoolId id) const {
    const auto* pool = workspace_.pool(id);
    return pool && (pool->form == draft_.form || !workspace_.form(draft_.form));
  }

  void pools() {
    if (draft_.pools.empty()) fault("/pools", RefusalCode::required);
    std::set<base::PoolId> seen;
    for (std::size_t index = 0; index < draft_.pools.size(); ++index) {
      const auto pool = draft_.pools[index];
      if (!is_pool_of_form(pool)) {
        fault_at("/pools", index, "", RefusalCode::unknown_pool);
      } else if (!seen.insert(pool).second) {
        fault_at("/pools", index, "", RefusalCode::invalid_value, "named twice");
      }
    }
    if (draft_.target_pool && !is_pool_of_form(*draft_.target_pool)) fault("/target_pool", RefusalCode::unknown_pool);
  }

  void conditions() {
    if (!schema_) return;  // without a form there is nothing to name; said of /form
    domain::RecycleRulePublished version;
    version.draft = draft_;
    const auto compiled = compile_rule(version, {}, *schema_);
    if (compiled) return;
    for (const auto& found : compiled.error()) faults_.add_expression(prefix_ + "/" + found.part, found.error);
  }

  void triggers() {
    if (draft_.triggers.empty()) fault("/triggers", RefusalCode::no_triggers);
    for (std::size_t index = 0; index < draft_.triggers.size(); ++index) {
      const auto& trigger = draft_.triggers[index];
      // Only what can be published is offered, though `due` judges more.
      if (trigger.type != domain::TriggerType::no_follow_up) {
        fault_at("/triggers", index, "/type", RefusalCode::not_yet);
      }
      if (trigger.days == 0 || too_many_days(trigger.days)) {
        fault_at("/triggers", index, "/days", RefusalCode::out_of_range, "1 to " + std::to_string(kMaxRuleDays));
      }
    }
  }

  void days_and_times() {
    if (draft_.at_ms && *draft_.at_ms >= kMsOfDay) fault("/at", RefusalCode::out_of_range, "00:00 to 23:59");
    if (too_many_days(draft_.cool_down_days)) {
      fault("/cool_down_days", RefusalCode::out_of_range, "0 to " + std::to_string(kMaxRuleDays));
    }
  }

  void not_yet() {
    if (draft_.triggers.size() > 1) {
      fault("/triggers", RefusalCode::not_yet, "one trigger");
      if (draft_.match == domain::Match::all) fault("/match", RefusalCode::not_yet);
    }
    if (draft_.calendar != domain::DayKind::natural) fault("/calendar", RefusalCode::not_yet);
    if (!draft_.remind_before.empty()) fault("/remind_before", RefusalCode::not_yet);
    if (draft_.daily_cap) fault("/daily_cap", RefusalCode::not_yet);
    if (draft_.pause_on_leave) fault("/pause_on_leave", RefusalCode::not_yet);
    if (draft_.notice_days) fault("/notice_days", RefusalCode::not_yet);
  }

  const domain::RecycleDraft& draft_;
  const domain::Workspace& workspace_;
  const expression::Schema* schema_;
  std::string prefix_;
  domain::Faults faults_;
};

}  // namespace

std::vector<InputFault> check_draft(const domain::RecycleDraft& draft, const domain::Workspace& workspace,
                                    const expression::Schema* schema, std::string_view prefix) {
  return DraftCheck(draft, workspace, schema, prefix).run();
}

std::vector<InputFault> check_existing(domain::Existing existing) {
  if (existing == domain::Existing::now) return {};
  return {{.pointer = "/existing", .code = RefusalCode::not_yet, .field = 0, .detail = {}}};
}

}  // namespace highseas::rules
