// readable — the wording of each event's line; a new event does not compile until it has one.
#include "codec/readable.hpp"

#include <algorithm>

namespace highseas::codec {
namespace {

using namespace domain;

constexpr std::size_t kMaxTextBytes = 120;  // of one text within a line
constexpr std::size_t kMaxFields = 6;       // of one record within a line

std::string on_one_line(std::string text) {
  const auto breaks = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  std::replace_if(text.begin(), text.end(), breaks, ' ');
  return text;
}

// Cut between two signs.
std::string shortened(std::string_view text) {
  std::size_t size = std::min(text.size(), kMaxTextBytes);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return std::string(text.substr(0, size)) + (size < text.size() ? "…" : "");
}

class Line {
 public:
  Line(Lang lang, const Names& names) : zh_(lang == Lang::zh), names_(names) {}

  // records
  std::string operator()(const RecordCreated& e) const {
    std::string line = say("创建", "Created") + fields(e.form, e.values);
    if (e.owner) line += say("，负责人：", ", owner: ") + names_.member(*e.owner);
    if (e.pool) line += say("，公海：", ", pool: ") + names_.pool(*e.pool);
    return line;
  }
  std::string operator()(const RecordChanged& e) const {
    std::string line = say("修改", "Changed") + fields(e.form, e.values);
    if (e.collaborators) line += say("，协作人：", ", collaborators: ") + members(*e.collaborators);
    return line;
  }
  std::string operator()(const RecordDeleted&) const { return say("删除", "Deleted"); }
  std::string operator()(const RecordRestored&) const { return say("恢复", "Restored"); }

  // pool
  std::string operator()(const Claimed& e) const {
    return names_.member(e.owner) + say(" 从公海领取：", " claimed it from ") + names_.pool(e.pool);
  }
  std::string operator()(const Assigned& e) const {
    return say("分配给 ", "Assigned to ") + names_.member(e.owner) + say("，来自公海：", " from ") +
           names_.pool(e.pool);
  }
  std::string operator()(const Transferred& e) const {
    return say("由 ", "Transferred from ") + names_.member(e.from) + say(" 转给 ", " to ") + names_.member(e.to) +
           remark(e.note);
  }
  std::string operator()(const Released& e) const {
    const std::string left = e.left ? say("（离职交接）", " (leaving the company)") : std::string();
    return names_.member(e.from) + say(" 退回公海：", " released it to ") + names_.pool(e.pool) + left +
           remark(e.reason) + remark(e.note);
  }
  std::string operator()(const Recycled& e) const {
    std::string line = say("自动回收，原负责人：", "Recycled from ") + names_.member(e.from) + say("，公海：", " to ") +
                       names_.pool(e.pool);
    if (e.rules.empty()) return line;
    line += say("，", ", ") + names_.due_rule(e.rules.front());
    if (e.rules.size() == 1) return line;
    const auto others = std::to_string(e.rules.size() - 1);
    line += say("（另有 ", " (due by ") + others + say(" 条规则同时到期）", " more)");
    return line;
  }
  std::string operator()(const MovedToPool& e) const {
    return say("从公海 ", "Moved from ") + names_.pool(e.from) + say(" 移到 ", " to ") + names_.pool(e.to);
  }
  std::string operator()(const Locked& e) const {
    if (!e.until) return say("解除锁定", "Unlocked");
    return say("锁定至 ", "Locked until ") + names_.moment(*e.until) + remark(e.reason);
  }
  std::string operator()(const RecycleReminded& e) const {
    return say("提醒 ", "Reminded ") + names_.member(e.owner) + say("：将于 ", ": to be recycled at ") +
           names_.moment(e.due_at) + say(" 回收，规则：", " by rule ") + names_.rule(e.rule);
  }
  std::string operator()(const PoolAdded& e) const {
    return say("新增公海：", "Pool added: ") + shortened(e.pool.name);
  }
  std::string operator()(const PoolChanged& e) const {
    return say("修改公海：", "Pool changed: ") + shortened(e.pool.name);
  }
  std::string operator()(const PoolRemoved& e) const {
    return say("删除公海：", "Pool removed: ") + names_.pool(e.pool);
  }

  // activity
  std::string operator()(const FollowedUp& e) const {
    return names_.member(e.author) + say(" 于 ", " followed up at ") + names_.moment(e.occurred_at) + say(" 跟进", "") +
           fields(names_.follow_up_form(), e.values);
  }
  std::string operator()(const FollowUpCorrected& e) const {
    return say("更正跟进记录", "Follow-up corrected") + fields(names_.follow_up_form(), e.values);
  }

  // design
  std::string operator()(const FormAdded& e) const { return say("新增表单：", "Form added: ") + label(e.form.label); }
  std::string operator()(const FormChanged& e) const {
    return say("修改表单：", "Form changed: ") + label(e.form.label);
  }
  std::string operator()(const FormRemoved& e) const {
    return say("删除表单：", "Form removed: ") + names_.form(e.form);
  }
  std::string operator()(const ChoiceAdded& e) const {
    return say("新增选项：", "Choice added: ") + names_.field(e.form, e.field) + " = " + shortened(e.text);
  }
  std::string operator()(const DedupRuleChanged& e) const {
    return say("修改查重规则：", "Duplicate rules changed: ") + names_.form(e.form);
  }

  // organisation
  std::string operator()(const WorkspaceOpened& e) const {
    return say("开通工作区：", "Workspace opened: ") + shortened(e.name);
  }
  std::string operator()(const WorkspaceAdded& e) const {
    return say("登记工作区：", "Workspace added: ") + base::format_id(e.workspace);
  }
  std::string operator()(const CalendarChanged& e) const {
    return say("修改工作日历：", "Calendar changed: ") + shortened(e.name) + say("（", " (") +
           std::to_string(e.first_year) + "–" + std::to_string(e.last_year) + say("）", ")");
  }
  std::string operator()(const TestClockStarted& e) const {
    return say("测试时钟启动于 ", "Test clock started at ") + names_.moment(e.at);
  }
  std::string operator()(const TestClockAdvanced& e) const {
    return say("测试时钟拨到 ", "Test clock advanced to ") + names_.moment(e.to);
  }
  std::string operator()(const TestClockReleased&) const { return say("测试时钟停用", "Test clock released"); }
  std::string operator()(const DecisionBasisChanged& e) const {
    return say("判定依据更新：", "Decision basis changed: ") + "ICU " + e.unicode_version + ", tz " + e.zone_version;
  }
  std::string operator()(const MemberInvited& e) const {
    return say("邀请成员：", "Member invited: ") + member(e.member);
  }
  std::string operator()(const MemberJoined& e) const {
    return say("成员加入：", "Member joined: ") + names_.member(e.member);
  }
  std::string operator()(const MemberChanged& e) const {
    return say("修改成员：", "Member changed: ") + member(e.member);
  }
  std::string operator()(const MemberLeaving& e) const {
    const std::string leaving = say("成员离职中：", "Member leaving: ") + names_.member(e.member);
    if (!e.hand_over_to) return leaving + say("，名下记录退回公海", ", records go to the pool");
    return leaving + say("，交接给 ", ", handed over to ") + names_.member(*e.hand_over_to);
  }
  std::string operator()(const MemberDeactivated& e) const {
    return say("停用成员：", "Member deactivated: ") + names_.member(e.member);
  }
  std::string operator()(const DepartmentChanged& e) const {
    return (e.department.removed ? say("删除部门：", "Department removed: ") : say("部门：", "Department: ")) +
           shortened(e.department.name);
  }
  std::string operator()(const RoleChanged& e) const {
    return (e.role.removed ? say("删除角色：", "Role removed: ") : say("角色：", "Role: ")) + label(e.role.label);
  }
  std::string operator()(const PermissionGroupChanged& e) const {
    return (e.group.removed ? say("删除权限组：", "Permission group removed: ")
                            : say("权限组：", "Permission group: ")) +
           label(e.group.label);
  }
  std::string operator()(const ApiKeyIssued& e) const {
    return say("签发 API 密钥：", "API key issued: ") + shortened(e.key.name) + " (" + e.key.prefix + "…)";
  }
  std::string operator()(const ApiKeyRevoked& e) const {
    return say("吊销 API 密钥：", "API key revoked: ") + base::format_id(e.key);
  }

  // rules
  std::string operator()(const RecycleRulePublished& e) const {
    return say("发布回收规则：", "Recycle rule published: ") + shortened(e.draft.name) + say("，第 ", ", version ") +
           std::to_string(e.version) + say(" 版", "");
  }
  std::string operator()(const RecycleRuleSwitched& e) const {
    return (e.enabled ? say("启用回收规则：", "Recycle rule enabled: ")
                      : say("停用回收规则：", "Recycle rule disabled: ")) +
           names_.rule(e.rule);
  }
  std::string operator()(const BackfillStarted& e) const {
    return say("开始按规则回收存量：", "Backfill started: ") + names_.rule(e.rule);
  }
  std::string operator()(const BackfillEnded& e) const {
    return e.cancelled ? say("存量回收已取消", "Backfill cancelled") : say("存量回收已完成", "Backfill ended");
  }

  // jobs and files
  std::string operator()(const JobStarted& e) const {
    return say("任务开始，共 ", "Job started, ") + std::to_string(e.total) + say(" 项", " items") +
           say("，发起人：", ", for ") + names_.member(e.member);
  }
  std::string operator()(const JobAdvanced& e) const {
    return say("任务进度：", "Job at ") + std::to_string(e.done) + say("，无变更 ", ", without effect ") +
           std::to_string(e.outcomes.size());
  }
  std::string operator()(const JobEnded& e) const {
    std::string line = say("任务结束：", "Job ended: ") + state(e.state);
    if (e.error != RefusalCode::none) line += " (" + std::string(refusal_key(e.error)) + ")";
    return line;
  }
  std::string operator()(const FileAdded& e) const {
    return say("上传文件：", "File added: ") + (e.name.empty() ? base::format_id(e.file) : shortened(e.name));
  }
  std::string operator()(const FileRemoved& e) const {
    return say("删除文件：", "File removed: ") + base::format_id(e.file);
  }

  std::string value(FormNumber form, FieldNumber field, const base::Value& value) const {
    return std::visit([&](const auto& v) { return shown(form, field, v); }, value);
  }

 private:
  std::string say(const char* zh, const char* en) const { return zh_ ? zh : en; }

  std::string remark(const std::string& text) const { return text.empty() ? "" : say("：", ": ") + shortened(text); }
  std::string label(const Label& text) const {
    return shortened(zh_ ? (text.zh.empty() ? text.en : text.zh) : (text.en.empty() ? text.zh : text.en));
  }
  std::string member(const Member& who) const { return who.name.empty() ? names_.member(who.id) : shortened(who.name); }
  std::string members(const std::vector<base::MemberId>& who) const {
    if (who.empty()) return say("无", "none");
    std::string list;
    for (const auto id : who) list += (list.empty() ? "" : say("、", ", ")) + names_.member(id);
    return list;
  }
  std::string state(JobState job_state) const {
    switch (job_state) {
      case JobState::queued:
        return say("排队中", "queued");
      case JobState::running:
        return say("进行中", "running");
      case JobState::paused:
        return say("已暂停", "paused");
      case JobState::succeeded:
        return say("成功", "succeeded");
      case JobState::failed:
        return say("失败", "failed");
      case JobState::cancelled:
        return say("已取消", "cancelled");
    }
    return std::to_string(static_cast<int>(job_state));
  }

  std::string fields(FormNumber form, const std::vector<FieldValue>& values) const {
    if (values.empty()) return "";
    std::string list;
    for (std::size_t i = 0; i < values.size() && i < kMaxFields; ++i) {
      list += (i == 0 ? say("：", ": ") : say("，", ", ")) + names_.field(form, values[i].field) + " = " +
              value(form, values[i].field, values[i].value);
    }
    if (values.size() > kMaxFields) {
      list += say(" 等 ", " … ") + std::to_string(values.size()) + say(" 个字段", " fields");
    }
    return list;
  }

  std::string shown(FormNumber, FieldNumber, std::monostate) const { return say("（空）", "(empty)"); }
  std::string shown(FormNumber, FieldNumber, bool v) const { return v ? say("是", "yes") : say("否", "no"); }
  std::string shown(FormNumber, FieldNumber, std::int64_t v) const { return std::to_string(v); }
  std::string shown(FormNumber, FieldNumber, base::Decimal v) const { return base::format_decimal(v); }
  std::string shown(FormNumber, FieldNumber, base::Date v) const { return base::format_date(v); }
  std::string shown(FormNumber, FieldNumber, base::Instant v) const { return names_.moment(v); }
  std::string shown(FormNumber, FieldNumber, const std::string& v) const { return shortened(v); }
  std::string shown(FormNumber form, FieldNumber field, base::Choice v) const {
    return names_.choice(form, field, v.number);
  }
  std::string shown(FormNumber form, FieldNumber field, const base::Choices& v) const {
    std::string list;
    for (const auto number : v.numbers) {
      list += (list.empty() ? "" : say("、", ", ")) + names_.choice(form, field, number);
    }
    return list.empty() ? say("（空）", "(empty)") : list;
  }
  std::string shown(FormNumber form, FieldNumber field, base::Reference v) const {
    return names_.reference(form, field, v.id);
  }
  std::string shown(FormNumber form, FieldNumber field, const base::References& v) const {
    std::string list;
    for (const auto id : v.ids) list += (list.empty() ? "" : say("、", ", ")) + names_.reference(form, field, id);
    return list.empty() ? say("（空）", "(empty)") : list;
  }
  std::string shown(FormNumber, FieldNumber, const base::Region& v) const {
    std::string text = v.province;
    for (const auto* part : {&v.city, &v.district}) {
      if (!part->empty()) text += (text.empty() ? "" : " ") + *part;
    }
    return text.empty() ? say("（空）", "(empty)") : shortened(text);
  }
  std::string shown(FormNumber, FieldNumber, const base::Location& v) const {
    return base::format_decimal(v.longitude) + ", " + base::format_decimal(v.latitude);
  }

  bool zh_;
  const Names& names_;
};

template <class T>
concept PoolEventOfARecord =
    std::is_same_v<T, Claimed> || std::is_same_v<T, Assigned> || std::is_same_v<T, Transferred> ||
    std::is_same_v<T, Released> || std::is_same_v<T, Recycled> || std::is_same_v<T, MovedToPool> ||
    std::is_same_v<T, Locked> || std::is_same_v<T, RecycleReminded>;

}  // namespace

std::string summary(const Event& event, Lang lang, const Names& names) {
  return on_one_line(std::visit(Line(lang, names), event));
}

std::string shown_value(FormNumber form, FieldNumber field, const base::Value& value, Lang lang, const Names& names) {
  return on_one_line(Line(lang, names).value(form, field, value));
}

std::string shown_type(const Event& event, std::string_view form_slug) {
  std::string stored(event_name(event));
  const bool of_a_record = std::visit([]<class T>(const T&) { return PoolEventOfARecord<T>; }, event);
  if (!of_a_record) return stored;
  if (form_slug == "customers") return "Customer" + stored;
  if (form_slug == "leads") return "Lead" + stored;
  return "Record" + stored;
}

}  // namespace highseas::codec
