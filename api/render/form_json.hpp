// form_json — a form's definition as JSON; what is given is taken back by PATCH (api/read/form_body.hpp).
#pragma once

#include "api/json/value.hpp"
#include "domain/permissions/permissions.hpp"

namespace highseas::api {

// `{slug, label, behaviours, fields, facts}`. Fields and facts that are hidden from her everywhere are left out,
// retired ones too.
json::Json form_json(const domain::Workspace& workspace, const domain::Rights& rights,
                     const domain::FormDefinition& form);

// What events keep of a record, read-only: `[{key, label, type, many, choices}]`.
json::Json facts_json(const domain::Workspace& workspace, const domain::Rights& rights,
                      const domain::FormDefinition& form);

// `[["name"], ["phone"]]`; a rule that names a hidden field is left out.
json::Json dedup_json(const domain::Rights& rights, const domain::FormDefinition& form);

bool is_dedup_field(const domain::FormDefinition& form, domain::FieldNumber field);

// "pooled", "followed", "staged", "approvable".
struct BehaviourKey {
  std::string_view key;
  bool domain::Behaviours::* flag;
};
inline constexpr BehaviourKey kBehaviours[] = {
    {"pooled", &domain::Behaviours::pooled},
    {"followed", &domain::Behaviours::followed},
    {"staged", &domain::Behaviours::staged},
    {"approvable", &domain::Behaviours::approvable},
};

}  // namespace highseas::api
