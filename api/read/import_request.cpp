// import_request — first the body, then the file's header against it.
#include "api/read/import_request.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "api/read/object_reader.hpp"
#include "base/text.hpp"
#include "projections/query/file_access.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

constexpr std::size_t kKeyMax = 100;

void read_on_duplicate(ObjectReader& body, domain::ImportPlan& plan) {
  const auto key = body.text("on_duplicate", kKeyMax);
  if (!key || *key == "refuse") return;
  if (*key == "skip") {
    plan.on_duplicate = domain::OnDuplicate::skip;
  } else if (*key == "update") {
    plan.on_duplicate = domain::OnDuplicate::update;
  } else {
    body.fault("on_duplicate", RefusalCode::unknown_choice);
  }
}

// Keys of fields that she may write by an import; a null leaves the column out.
void read_mapping(const Call& call, const domain::FormDefinition* form, ObjectReader& body, ImportRequest& request,
                  domain::Faults& faults) {
  const auto* given = body.given("mapping");
  if (!given) return;
  const auto* members = given->as_object();
  if (!members) return body.fault("mapping", RefusalCode::wrong_type);
  for (const auto& [header, key] : *members) {
    const auto pointer = json::pointer_with("/mapping", header);
    if (key.is_null()) {
      request.mapping.emplace_back(header, "");
      continue;
    }
    const auto* text = key.as_string();
    const auto* field = text && form ? form->field_by_key(*text) : nullptr;
    if (field && !call.rights().hidden_everywhere(form->number, field->number)) {
      request.mapping.emplace_back(header, *text);
    } else if (form || !text) {
      faults.add(pointer, text ? RefusalCode::unknown_field : RefusalCode::wrong_type);
    }
  }
}

bool is_column(const std::vector<std::string>& header, const std::string& name) {
  const auto wanted = base::header_form(name);
  return std::ranges::any_of(header, [&](const auto& column) { return base::header_form(column) == wanted; });
}

Problem fault_at(const Call& call, std::string pointer, RefusalCode code) {
  domain::Faults faults;
  faults.add(std::move(pointer), code);
  return problem_of(faults, call.language());
}

Problem bad_file(const engine::ImportFault& fault, Language language) {
  if (fault.code == "not-yet") {
    auto problem = Problem::of("not-yet");
    problem.detail = in(language, fault.detail);
    problem.errors.push_back({"/file", "not-yet", problem.detail});
    return problem;
  }
  auto problem = Problem::of("bad-file");
  problem.detail = in(language, fault.detail);
  problem.extras.emplace_back("reason", fault.code);
  return problem;
}

Problem of_errors(std::string_view code, std::vector<ProblemError> errors) {
  auto problem = Problem::of(code);
  problem.errors = std::move(errors);
  return problem;
}

// Columns that the mapping names and the file has not.
std::vector<ProblemError> unknown_columns(const Call& call, const std::vector<std::string>& header,
                                          const ImportRequest& request) {
  std::vector<ProblemError> errors;
  for (const auto& [name, key] : request.mapping) {
    if (is_column(header, name)) continue;
    errors.push_back(
        {json::pointer_with("/mapping", name), "unknown-column", detail_of("unknown-column", call.language())});
  }
  return errors;
}

// Two columns that would fill one field: by equal headers, by a header and its translation, or by the mapping.
std::vector<ProblemError> doubled_columns(const Call& call, const domain::FormDefinition& form,
                                          const std::vector<std::string>& header,
                                          const std::vector<domain::FieldNumber>& columns) {
  std::vector<ProblemError> errors;
  std::map<domain::FieldNumber, std::size_t> first;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (columns[at] == 0) continue;
    const auto [found, fresh] = first.emplace(columns[at], at);
    if (fresh) continue;
    const auto& key = form.field(columns[at])->key;
    const auto place = [&](std::size_t column) { return std::to_string(column + 1) + " \"" + header[column] + "\""; };
    errors.push_back({json::pointer_with("/mapping", header[at]), "doubled-column",
                      detail_of("doubled-column", call.language()) + " (" + place(found->second) + ", " + place(at) +
                          " → " + key + ")"});
  }
  return errors;
}

}  // namespace

std::expected<ImportRequest, Problem> read_import(const Call& call) {
  ImportRequest request;
  domain::Faults faults;
  ObjectReader body(call.body(), "", faults);
  auto& plan = request.plan;
  body.required("file");
  plan.file = body.id<base::FileTag>("file", RefusalCode::unknown_reference).value_or(plan.file);
  body.required("form");
  const domain::FormDefinition* form = nullptr;
  if (const auto slug = body.text("form", kKeyMax)) {
    form = call.design().form_by_slug(*slug);
    if (form) {
      plan.form = form->number;
    } else {
      body.fault("form", RefusalCode::unknown_form);
    }
  }
  plan.pool = body.id<base::PoolTag>("pool", RefusalCode::unknown_pool);
  plan.owner = body.id<base::MemberTag>("owner", RefusalCode::unknown_member);
  read_on_duplicate(body, plan);
  read_mapping(call, form, body, request, faults);
  request.trial = body.boolean("trial").value_or(false);
  body.finish();
  if (faults.any()) return std::unexpected(problem_of(faults, call.language()));
  if (!call.rights().opens(form->number, domain::kCreate)) return std::unexpected(Problem::of("forbidden"));
  return request;
}

std::expected<OpenedImport, Problem> open_import(const Call& call, const projections::Image& image,
                                                 const eventstore::SealedFiles& files, ImportRequest request) {
  const auto* file = image.file(request.plan.file);
  if (!file || !projections::may_read_file(image, call.rights(), *file)) {
    return std::unexpected(fault_at(call, "/file", RefusalCode::unknown_reference));
  }
  const auto bytes = files.load(file->file);
  if (!bytes) return std::unexpected(Problem::of("storage"));
  auto source = engine::ImportSource::open(*bytes);
  if (!source) return std::unexpected(bad_file(source.error(), call.language()));
  const auto& header = (*source)->shape().header;
  if (auto unknown = unknown_columns(call, header, request); !unknown.empty()) {
    return std::unexpected(of_errors("unknown-column", std::move(unknown)));
  }
  const auto* form = image.workspace().form(request.plan.form);
  if (!form) return std::unexpected(fault_at(call, "/form", RefusalCode::unknown_form));
  OpenedImport opened{.request = std::move(request), .source = std::move(*source), .left_out = {}};
  auto& columns = opened.request.plan.columns;
  columns = engine::columns_for(*form, header, opened.request.mapping);
  for (std::size_t at = 0; at < columns.size(); ++at) {
    if (call.rights().hidden_everywhere(form->number, columns[at])) columns[at] = 0;
    if (columns[at] == 0 && !header[at].empty()) opened.left_out.push_back(header[at]);
  }
  if (auto doubled = doubled_columns(call, *form, header, columns); !doubled.empty()) {
    return std::unexpected(of_errors("doubled-column", std::move(doubled)));
  }
  return opened;
}

}  // namespace highseas::api
