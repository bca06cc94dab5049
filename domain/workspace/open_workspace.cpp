// open_workspace — everything that a company starts with goes into its log, so that an old log means tomorrow what it
// means today.
#include "domain/workspace/open_workspace.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "domain/directory/directory_decider.hpp"
#include "domain/directory/shipped_groups.hpp"
#include "domain/faults.hpp"

namespace highseas::domain {
namespace {

// Three letters each, in order; codes of metals, funds and tests apart.
constexpr std::string_view kCurrencies =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

// What a pool keeps from those who have not claimed yet: how to reach the customer, and whom.
std::vector<FieldNumber> hidden_until_claimed(const FormDefinition& form) {
  std::vector<FieldNumber> hidden;
  for (const std::string_view key : {"contact_name", "primary_contact", "mobile", "phone", "email", "wechat"}) {
    const auto field = std::ranges::find(form.fields, key, &FieldDefinition::key);
    if (field != form.fields.end()) hidden.push_back(field->number);
  }
  return hidden;
}

std::string first_pool_name(const FormDefinition& form) {
  if (form.slug == "customers") return "公海";
  if (form.slug == "leads") return "线索池";
  return form.label.zh + "池";
}

PoolAdded first_pool(const FormDefinition& form, base::IdSource& ids) {
  PoolDefinition pool;
  pool.id = base::PoolId{ids.other()};
  pool.form = form.number;
  pool.name = first_pool_name(form);
  pool.hidden_fields = hidden_until_claimed(form);
  return {std::move(pool)};
}

struct CheckedOpening {
  WorkspaceOpened opened;
  std::string admin_name;
  std::string admin_email;
};

CheckedOpening checked(const OpeningFacts& facts, const OpenWorkspace& command, Faults& faults) {
  CheckedOpening result;
  result.opened = {.workspace = facts.workspace,
                   .name = checked_name(command.name, "/workspace/name", kNameLengthMax, faults),
                   .time_zone = command.time_zone,
                   .currency = command.currency};
  if (!base::Zone::find(command.time_zone)) faults.add("/workspace/time_zone", RefusalCode::invalid_value);
  if (!is_currency(command.currency)) faults.add("/workspace/currency", RefusalCode::invalid_value);
  result.admin_name = checked_name(command.admin_name, "/admin/name", kNameLengthMax, faults);
  if (!is_email_address(command.admin_email)) {
    faults.add("/admin/email", command.admin_email.empty() ? RefusalCode::required : RefusalCode::invalid_value);
  } else {
    result.admin_email = base::nfc(command.admin_email);
  }
  return result;
}

}  // namespace

bool is_currency(std::string_view code) {
  if (code.size() != 3 || code.find(' ') != std::string_view::npos) return false;
  const auto at = kCurrencies.find(code);
  return at != std::string_view::npos && at % 4 == 0;
}

Decision decide_open_workspace(const OpeningFacts& facts, const OpenWorkspace& command, base::Instant now,
                               base::IdSource& ids) {
  if (facts.already_open) return refuse(RefusalCode::already_set_up);
  Faults faults;
  const auto opening = checked(facts, command, faults);
  if (faults.any()) return faults.refusal();

  Events events{opening.opened, facts.basis};
  for (const auto& form : facts.forms) events.push_back(FormAdded{form});
  const auto roles = shipped_roles(ids);
  for (const auto& role : roles) events.push_back(RoleChanged{role});
  for (auto& group : shipped_groups(facts.forms, roles, ids)) {
    events.push_back(PermissionGroupChanged{std::move(group)});
  }
  for (const auto& form : facts.forms) {
    if (form.behaviours.pooled) events.push_back(first_pool(form, ids));
  }
  auto calendar = facts.calendar;
  calendar.calendar = base::CalendarId{ids.other()};
  events.push_back(std::move(calendar));

  const auto admin_role = std::ranges::find(roles, kAdmin, &Role::key);
  HS_ASSERT(admin_role != roles.end());
  const base::MemberId admin{ids.other()};
  events.push_back(MemberInvited{.member = {.id = admin,
                                            .name = opening.admin_name,
                                            .email = opening.admin_email,
                                            .departments = {},
                                            .roles = {admin_role->id},
                                            .state = MemberState::invited},
                                 .invitation = base::InvitationId{ids.other()},
                                 .expires_at = now + kInvitationDays * base::kMsPerDay});
  events.push_back(MemberJoined{admin});
  return events;
}

}  // namespace highseas::domain
