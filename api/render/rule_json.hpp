// rule_json — recycle rules, their versions and drafts as JSON.
#pragma once

#include "api/json/writer.hpp"
#include "api/problem.hpp"
#include "domain/workspace/workspace.hpp"
#include "rules/recycle/explain.hpp"
#include "rules/recycle/rule_book.hpp"

namespace highseas::api {

// In the form in which it is taken back. protect_when null: what ships.
void write_draft(json::Writer& writer, const domain::Workspace& workspace, const domain::RecycleDraft& draft);

// `{id, name, form, enabled, version, draft, existing, published_at, faults}`: the newest version. `faults`: why it
// can't act on the form of now, `[{part, offset, detail}]`; null where it can.
void write_rule(json::Writer& writer, const domain::Workspace& workspace, base::RuleId id,
                const domain::RecycleRule& rule, const rules::RuleBook& book, Language language);

// `{version, draft, existing, published_at}`.
void write_rule_version(json::Writer& writer, const domain::Workspace& workspace, const domain::RecycleRule& rule,
                        std::uint32_t version);

}  // namespace highseas::api
