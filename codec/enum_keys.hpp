// enum_keys — the keys of closed lists, as the API and the auditor's program show them.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "domain/command.hpp"

namespace highseas::codec {

template <class E>
struct EnumKey {
  E value;
  std::string_view key;
};

template <class E>
inline constexpr EnumKey<E> kEnumKeys[] = {};

#define HS_KEYS(type) \
  template <>         \
  inline constexpr EnumKey<domain::type> kEnumKeys<domain::type>[] =
HS_KEYS(Origin){{domain::Origin::manual, "manual"},
                {domain::Origin::import, "import"},
                {domain::Origin::api, "api"},
                {domain::Origin::conversion, "conversion"},
                {domain::Origin::rule, "rule"}};
HS_KEYS(RecordOperation){{domain::RecordOperation::create, "create"},
                         {domain::RecordOperation::update, "update"},
                         {domain::RecordOperation::remove, "delete"},
                         {domain::RecordOperation::restore, "restore"}};
HS_KEYS(AssignStrategy){{domain::AssignStrategy::to_member, "to_member"},
                        {domain::AssignStrategy::round_robin, "round_robin"},
                        {domain::AssignStrategy::least_loaded, "least_loaded"}};
HS_KEYS(OnDuplicate){{domain::OnDuplicate::refuse, "refuse"},
                     {domain::OnDuplicate::skip, "skip"},
                     {domain::OnDuplicate::update, "update"}};
HS_KEYS(JobState){{domain::JobState::queued, "queued"}, {domain::JobState::running, "running"},
                  {domain::JobState::paused, "paused"}, {domain::JobState::succeeded, "succeeded"},
                  {domain::JobState::failed, "failed"}, {domain::JobState::cancelled, "cancelled"}};
HS_KEYS(OutcomeStatus){{domain::OutcomeStatus::created, "created"}, {domain::OutcomeStatus::updated, "updated"},
                       {domain::OutcomeStatus::skipped, "skipped"}, {domain::OutcomeStatus::refused, "refused"},
                       {domain::OutcomeStatus::done, "ok"},         {domain::OutcomeStatus::spared, "spared"},
                       {domain::OutcomeStatus::changed, "changed"}};
HS_KEYS(TriggerType){
    {domain::TriggerType::no_follow_up, "no_follow_up"},       {domain::TriggerType::no_data_change, "no_data_change"},
    {domain::TriggerType::no_opportunity, "no_opportunity"},   {domain::TriggerType::no_deal, "no_deal"},
    {domain::TriggerType::stage_unchanged, "stage_unchanged"}, {domain::TriggerType::contract_ended, "contract_ended"}};
HS_KEYS(Match){{domain::Match::any, "any"}, {domain::Match::all, "all"}};
HS_KEYS(DayKind){{domain::DayKind::natural, "natural"}, {domain::DayKind::working, "working"}};
HS_KEYS(Existing){
    {domain::Existing::now, "now"}, {domain::Existing::grace, "grace"}, {domain::Existing::new_only, "new_only"}};
HS_KEYS(MemberState){{domain::MemberState::invited, "invited"},
                     {domain::MemberState::active, "active"},
                     {domain::MemberState::leaving, "leaving"},
                     {domain::MemberState::deactivated, "deactivated"}};
HS_KEYS(Scope){{domain::Scope::all, "all"},
               {domain::Scope::department_and_below, "department_and_below"},
               {domain::Scope::own, "own"},
               {domain::Scope::own_and_collaborating, "own_and_collaborating"},
               {domain::Scope::claimable_pools, "claimable_pools"},
               {domain::Scope::managed_pools, "managed_pools"},
               {domain::Scope::of_visible, "of_visible"},
               {domain::Scope::of_own, "of_own"}};
HS_KEYS(Thing){{domain::Thing::members, "members"},     {domain::Thing::departments, "departments"},
               {domain::Thing::roles, "roles"},         {domain::Thing::pools, "pools"},
               {domain::Thing::pipelines, "pipelines"}, {domain::Thing::calendars, "calendars"},
               {domain::Thing::forms, "forms"},         {domain::Thing::rules, "rules"},
               {domain::Thing::workflows, "workflows"}, {domain::Thing::groups, "groups"},
               {domain::Thing::keys, "keys"},           {domain::Thing::webhooks, "webhooks"},
               {domain::Thing::settings, "settings"},   {domain::Thing::reports, "reports"},
               {domain::Thing::audit, "audit"}};
HS_KEYS(FieldType){{domain::FieldType::text, "text"},
                   {domain::FieldType::long_text, "long_text"},
                   {domain::FieldType::integer, "integer"},
                   {domain::FieldType::decimal, "decimal"},
                   {domain::FieldType::money, "money"},
                   {domain::FieldType::percent, "percent"},
                   {domain::FieldType::date, "date"},
                   {domain::FieldType::datetime, "datetime"},
                   {domain::FieldType::choice, "choice"},
                   {domain::FieldType::choices, "choices"},
                   {domain::FieldType::member, "member"},
                   {domain::FieldType::department, "department"},
                   {domain::FieldType::reference, "reference"},
                   {domain::FieldType::region, "region"},
                   {domain::FieldType::address, "address"},
                   {domain::FieldType::location, "location"},
                   {domain::FieldType::phone, "phone"},
                   {domain::FieldType::email, "email"},
                   {domain::FieldType::url, "url"},
                   {domain::FieldType::file, "file"},
                   {domain::FieldType::image, "image"},
                   {domain::FieldType::boolean, "boolean"},
                   {domain::FieldType::rating, "rating"}};
#undef HS_KEYS

// Empty for a number that this program does not know.
template <class E>
constexpr std::string_view enum_key(E value) {
  for (const auto& entry : kEnumKeys<E>) {
    if (entry.value == value) return entry.key;
  }
  return {};
}

}  // namespace highseas::codec
