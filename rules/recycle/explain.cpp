// explain — sentences in Chinese and English from the same facts that `due` judged.
#include "rules/recycle/explain.hpp"

#include <utility>

#include "rules/recycle/triggers/trigger.hpp"

namespace highseas::rules {
namespace {

using domain::DayKind;

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// "2026-12-03 02:00"
std::string local_text(base::Instant at, const base::Zone& zone) {
  const auto minutes = zone.local_time_ms(at) / 60'000;
  return base::format_date(zone.local_date(at)) + " " + two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::string days_zh(std::uint32_t days, DayKind kind) {
  return std::to_string(days) + (kind == DayKind::working ? " 个工作日" : " 天");
}

std::string days_en(std::uint32_t days, DayKind kind) {
  return std::to_string(days) + (kind == DayKind::working ? " working" : "") + (days == 1 ? " day" : " days");
}

// What besides "owned since" the clause looked at.
std::pair<std::string, std::string> last_deed(const Explained& what, const base::Zone& zone) {
  const bool data = what.trigger == domain::TriggerType::no_data_change;
  const auto& last = data ? what.last_data_change : what.last_follow_up;
  if (!last)
    return data ? std::pair{"此后未修改资料", "not changed since"} : std::pair{"此后未跟进", "never followed up"};
  const auto text = local_text(*last, zone);
  return data ? std::pair{"最后修改资料 " + text, "last change " + text}
              : std::pair{"最后跟进 " + text, "last follow-up " + text};
}

Explained common(const domain::RecycleDraft& draft, const RecycleFacts& facts) {
  Explained what;
  what.rule_name = draft.name;
  what.day_kind = draft.calendar;
  what.owned_since = facts.owned_since;
  what.last_follow_up = facts.last_follow_up;
  what.last_data_change = facts.last_data_change;
  return what;
}

std::string_view never_zh(NeverReason reason) {
  switch (reason) {
    case NeverReason::none:
      return "";
    case NeverReason::not_owned:
      return "已在公海中";
    case NeverReason::deleted:
      return "已删除";
    case NeverReason::not_governed:
      return "不归此规则管";
    case NeverReason::does_not_apply:
      return "不符合适用条件";
    case NeverReason::is_protected:
      return "符合保护条件";
    case NeverReason::is_satisfied:
      return "没有会到期的条件";
  }
  return "";
}

std::string_view never_en(NeverReason reason) {
  switch (reason) {
    case NeverReason::none:
      return "";
    case NeverReason::not_owned:
      return "it lies in a pool";
    case NeverReason::deleted:
      return "it is deleted";
    case NeverReason::not_governed:
      return "this rule does not govern it";
    case NeverReason::does_not_apply:
      return "the rule's condition does not apply to it";
    case NeverReason::is_protected:
      return "the rule's protection shields it";
    case NeverReason::is_satisfied:
      return "no clause of the rule can fall due";
  }
  return "";
}

}  // namespace

Explained explained(const Due& due, const CompiledRule& rule, const RecycleFacts& facts) {
  auto what = common(rule.draft, facts);
  what.version = rule.version;
  what.trigger = due.trigger;
  what.days = due.days;
  what.counted_from = due.counted_from;
  what.ended_at = due.ended_at;
  what.due_at = due.at;
  if (facts.locked_until && *facts.locked_until > due.ended_at) what.locked_until = facts.locked_until;
  what.provisional = due.provisional;
  return what;
}

Explanation explain(const Explained& what, const base::Zone& zone) {
  const auto owned = local_text(what.owned_since, zone);
  const auto due = local_text(what.due_at, zone);
  const auto [deed_zh, deed_en] = last_deed(what, zone);
  std::string zh =
      "规则「" + what.rule_name + "」v" + std::to_string(what.version) + "：自 " + owned + " 归属，" + deed_zh + "，";
  std::string en = "rule “" + what.rule_name + "” v" + std::to_string(what.version) + ": owned since " + owned + ", " +
                   deed_en + ", ";
  const auto end = local_text(what.ended_at, zone);
  zh += days_zh(what.days, what.day_kind) + "将于 " + end + " 届满，";
  en += days_en(what.days, what.day_kind) + " end " + end + ", ";
  if (what.locked_until) {
    const auto until = local_text(*what.locked_until, zone);
    zh += "锁定至 " + until + "，";
    en += "locked until " + until + ", ";
  }
  zh += "将收回公海：" + due;
  en += "goes back to the pool " + due;
  if (what.provisional) {
    zh += "（暂定：节假日安排尚未公布）";
    en += " (provisional: the holidays of that year are not known yet)";
  }
  return {std::move(zh), std::move(en)};
}

Explanation explain_recycling(const domain::DueRule& due, const domain::RecycleRulePublished& version,
                              const base::Zone& zone) {
  const auto& trigger = trigger_kind(static_cast<domain::TriggerType>(due.trigger));
  const auto since = local_text(due.counted_from, zone);
  const auto until = local_text(due.due_at, zone);
  const auto number = std::to_string(due.version);
  const auto kind = version.draft.calendar;
  return {"规则「" + version.draft.name + "」v" + number + "：自 " + since + " 起 " + days_zh(due.days, kind) +
              std::string(trigger.idle_zh) + "，" + until + " 到期",
          "rule “" + version.draft.name + "” v" + number + ": " + days_en(due.days, kind) + " " +
              std::string(trigger.idle_en) + " since " + since + ", due " + until};
}

Explanation explain_not_due(const Due& due, const CompiledRule& rule) {
  const auto version = std::to_string(rule.version);
  std::string zh = "规则「" + rule.draft.name + "」v" + version + "：";
  std::string en = "rule “" + rule.draft.name + "” v" + version + ": ";
  if (due.kind == DueKind::faulted && due.fault) {
    zh += (due.fault_in_protect_when ? "保护条件无法计算，不收回：" : "适用条件无法计算，不收回：") +
          expression::fault_message_zh(*due.fault);
    en += (due.fault_in_protect_when ? "its protection can't be computed, so it stays: "
                                     : "its condition can't be computed, so it stays: ") +
          expression::fault_message_en(*due.fault);
  } else {
    zh += "不收回，" + std::string(never_zh(due.never));
    en += "does not go back, " + std::string(never_en(due.never));
  }
  return {std::move(zh), std::move(en)};
}

}  // namespace highseas::rules
