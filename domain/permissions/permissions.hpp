// permissions — the one evaluator: what a member may do with which records and fields, by the groups of now. Default:
// nothing.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "domain/workspace/workspace.hpp"

namespace highseas::domain {

// What of a record decides who may see it. Contacts and follow-ups are judged by the customer or lead at their root.
struct RecordStanding {
  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  std::span<const base::MemberId> collaborators;
  const RecordStanding* root = nullptr;
  FormNumber root_form = 0;
};

enum class FieldAccess : std::uint8_t { hidden = 0, read = 1, write = 2 };

class Rights {
 public:
  // Of an active member; of anybody else none. The workspace must outlive the rights.
  static Rights of_member(const Workspace& workspace, base::MemberId member);
  // Of a process that nobody started: everything.
  static Rights of_system(const Workspace& workspace);

  bool is_system() const { return system_; }
  std::optional<base::MemberId> member() const { return member_; }

  // True where some group opens the form for one of the operations at all (else a collection answers 403).
  bool opens(FormNumber form, std::uint32_t operations) const;
  // True where she may do this with every record of the form, whatever its standing: lets lists skip the check by row.
  bool opens_all(FormNumber form, Operation operation) const;
  // True where besides every field of every record of the form is hers to see.
  bool sees_whole(FormNumber form) const;
  bool may(FormNumber form, Operation operation, const RecordStanding& standing) const;
  FieldAccess field(FormNumber form, FieldNumber field, const RecordStanding& standing) const;
  // Hidden on every record that she may see, by her groups or since the form does not show it: unknown to her, in
  // filters too.
  bool hidden_everywhere(FormNumber form, FieldNumber field) const;
  // By her groups alone: what a form does not show is still there for who lays it out.
  bool hidden_by_groups(FormNumber form, FieldNumber field) const;
  // Hidden on some records that she may see (in pools): null there.
  bool hidden_somewhere(FormNumber form, FieldNumber field) const;

  bool reads(Thing thing) const;
  bool writes(Thing thing) const;
  // Whose figures she sees in reports; nothing: no reports.
  std::optional<Scope> reports() const;
  // The members of the departments that are hers (she manages them or belongs to them) and below, and herself.
  const std::set<base::MemberId>& team() const { return team_; }

 private:
  bool covers(const Grant& grant, const RecordStanding& standing) const;
  bool sees_all_of(FormNumber form, const RecordStanding& standing) const;
  bool hides(const Grant& grant, FieldNumber field, const RecordStanding& standing) const;

  const Workspace* workspace_ = nullptr;
  std::optional<base::MemberId> member_;
  bool system_ = false;
  std::map<FormNumber, std::vector<const Grant*>> grants_;
  std::vector<const ThingGrant*> things_;
  std::set<base::MemberId> team_;
  std::set<base::PoolId> claimable_;
  std::set<base::PoolId> managed_;
  std::set<std::pair<FormNumber, FieldNumber>> not_shown_;  // by their forms
};

}  // namespace highseas::domain
