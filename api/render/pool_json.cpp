// pool_json — a pool's definition, in the form in which it is taken back.
#include "api/render/pool_json.hpp"

#include "base/decimal.hpp"

namespace highseas::api {
namespace {

template <class Tag>
void write_ids(json::Writer& writer, std::string_view name, const std::vector<base::Id<Tag>>& ids) {
  writer.key(name).begin_array();
  for (const auto id : ids) writer.string(base::format_id(id));
  writer.end_array();
}

void write_audience(json::Writer& writer, std::string_view name, const domain::Workspace& workspace,
                    const std::optional<domain::Audience>& audience) {
  if (!audience) {
    writer.null_member(name);
    return;
  }
  writer.key(name).begin_object();
  write_ids(writer, "members", audience->members);
  write_ids(writer, "departments", audience->departments);
  writer.key("roles").begin_array();
  for (const auto id : audience->roles) {
    const auto role = workspace.roles.find(id);
    writer.string(role == workspace.roles.end() ? base::format_id(id) : role->second.key);
  }
  writer.end_array().end_object();
}

void write_limit(json::Writer& writer, std::string_view name, std::optional<std::uint32_t> limit) {
  if (limit) {
    writer.member(name, *limit);
  } else {
    writer.null_member(name);
  }
}

}  // namespace

void write_pool(json::Writer& writer, const domain::Workspace& workspace, const domain::PoolDefinition& pool) {
  const auto* form = workspace.form(pool.form);
  writer.begin_object().member("id", base::format_id(pool.id)).member("name", pool.name);
  writer.key("form");
  form ? writer.string(form->slug) : writer.null();
  write_audience(writer, "managers", workspace, pool.managers);
  write_audience(writer, "claimers", workspace, pool.claimers);
  writer.key("hidden_fields").begin_array();
  for (const auto number : pool.hidden_fields) {
    const auto* field = form ? form->field(number) : nullptr;
    if (field && !field->retired) writer.string(field->key);
  }
  writer.end_array();
  write_limit(writer, "daily_claim_limit", pool.daily_claim_limit);
  write_limit(writer, "holding_limit", pool.holding_limit);
  if (pool.holding_excludes.empty()) {
    writer.null_member("holding_excludes");
  } else {
    writer.member("holding_excludes", pool.holding_excludes);
  }
  writer.member("cool_down_days", pool.cool_down_days).member("protect_new_days", pool.protect_new_days);
  writer.end_object();
}

void write_days(json::Writer& writer, std::string_view name, std::optional<std::int64_t> hundredths) {
  if (hundredths) {
    writer.member(name, base::format_decimal({.mantissa = *hundredths, .scale = 2}));
  } else {
    writer.null_member(name);
  }
}

}  // namespace highseas::api
