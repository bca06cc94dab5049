// document — route by route, form by form.
#include "api/openapi/document.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "api/openapi/form_schemas.hpp"
#include "api/openapi/shapes.hpp"
#include "api/routes.hpp"
#include "base/assert.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::api {
namespace {

using json::Json;

constexpr std::string_view kFormPart = "{form}";

Json ref(std::string_view section, std::string_view name) {
  return Json::Object{{"$ref", "#/components/" + std::string(section) + "/" + std::string(name)}};
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return found;
}

std::vector<std::string_view> path_parameters(std::string_view path) {
  std::vector<std::string_view> found;
  for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
    found.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return found;
}

Json parameter(std::string_view name, std::string_view in, Json schema, bool required) {
  return Json::Object{{"name", name}, {"in", in}, {"required", required}, {"schema", std::move(schema)}};
}

Json query_schema(const Route& route, std::string_view name) {
  if (name == "limit") {
    return Json::Object{{"type", "integer"}, {"minimum", 1}, {"maximum", 500}, {"default", 50}};
  }
  if (name == "count") return Json::Object{{"enum", Json::Array{"exact"}}};
  if (name == "bin") return Json::Object{{"type", "boolean"}, {"default", false}};
  if (name == "from" && route.operation == "list_audit_commits") {
    return Json::Object{{"type", "integer"}, {"minimum", 1}, {"default", 1}};
  }
  return Json::Object{{"type", "string"}};
}

bool is_unsafe(const Route& route) {
  return route.method != "GET";
}

// Whether records of the form can be treated so.
bool serves(const Route& route, const domain::FormDefinition& form) {
  static const std::map<std::string_view, bool domain::Behaviours::*> needs = {
      {"write_follow_up", &domain::Behaviours::followed}, {"get_recycle_forecast", &domain::Behaviours::pooled},
      {"claim_record", &domain::Behaviours::pooled},      {"assign_record", &domain::Behaviours::pooled},
      {"transfer_record", &domain::Behaviours::pooled},   {"release_record", &domain::Behaviours::pooled},
      {"move_record", &domain::Behaviours::pooled},       {"lock_record", &domain::Behaviours::pooled},
      {"claim_records", &domain::Behaviours::pooled},     {"assign_records", &domain::Behaviours::pooled},
      {"transfer_records", &domain::Behaviours::pooled},  {"release_records", &domain::Behaviours::pooled},
      {"move_records", &domain::Behaviours::pooled},      {"lock_records", &domain::Behaviours::pooled},
  };
  const bool removes = route.operation == "delete_record" || route.operation == "restore_record";
  if (removes && form.number == domain::shipped::kFollowUps) return false;
  const auto found = needs.find(route.operation);
  return found == needs.end() || form.behaviours.*(found->second);
}

// Writes of one record's own data, owner, pool or lock.
bool takes_version(std::string_view operation) {
  static const std::set<std::string_view> known{"change_record",  "delete_record", "restore_record",
                                                "claim_record",   "assign_record", "transfer_record",
                                                "release_record", "move_record",   "lock_record"};
  return known.contains(operation);
}

class Operation {
 public:
  Operation(const Route& route, std::string_view path, const domain::FormDefinition* form)
      : route_(route), shape_(*checked(shape_of(route.operation))), path_(path), form_(form) {}

  Json json() const {
    Json::Object operation;
    operation.emplace_back("operationId", id());
    operation.emplace_back("tags", Json::Array{form_ ? form_->slug : std::string(tag())});
    operation.emplace_back("summary", route_.summary_zh);
    operation.emplace_back("description", route_.summary_en);
    if (auto given = parameters(); !given.empty()) operation.emplace_back("parameters", std::move(given));
    if (!shape_.request.empty()) operation.emplace_back("requestBody", request_body());
    operation.emplace_back("responses", responses());
    if (route_.access != Access::member) operation.emplace_back("security", security());
    return operation;
  }

 private:
  static const OperationShape* checked(const OperationShape* shape) {
    HS_ASSERT(shape != nullptr);
    return shape;
  }

  // An empty one among them: without credentials too.
  Json security() const {
    if (route_.access == Access::anybody) return Json::Array();
    return Json::Array{Json::Object{}, Json::Object{{"bearer", Json::Array()}},
                       Json::Object{{"cookie", Json::Array()}}};
  }

  std::string id() const {
    std::string id(route_.operation);
    if (!form_) return id;
    id += "_" + form_->slug;
    std::ranges::replace(id, '-', '_');
    return id;
  }

  std::string_view tag() const {
    auto rest = std::string_view(route_.pattern);
    if (!rest.starts_with("/v1/")) return "operating";
    rest.remove_prefix(4);
    return rest.substr(0, rest.find('/'));
  }

  Json schema(std::string_view name) const {
    if (name.starts_with('@')) return schema_ref(schema_stem(form_->slug) + std::string(name.substr(1)));
    if (name.ends_with("[]")) return list_schema(schema_ref(name.substr(0, name.size() - 2)), false);
    return schema_ref(name);
  }

  Json::Array parameters() const {
    Json::Array all;
    for (const auto name : path_parameters(path_)) {
      all.push_back(parameter(name, "path", Json::Object{{"type", "string"}}, true));
    }
    for (const auto name : words(route_.query))
      all.push_back(parameter(name, "query", query_schema(route_, name), false));
    if (is_unsafe(route_)) {
      all.push_back(ref("parameters", "DryRun"));
      if (route_.access == Access::member) all.push_back(ref("parameters", "IdempotencyKey"));
    } else if (route_.access == Access::member) {
      all.push_back(ref("parameters", "MinPosition"));
    }
    if (takes_version(route_.operation)) all.push_back(ref("parameters", "IfMatch"));
    return all;
  }

  Json request_body() const {
    Json::Object content;
    Json body = Json::Object{{"schema", schema(shape_.request)}};
    switch (route_.body) {
      case Body::multipart:
        content.emplace_back("multipart/form-data", std::move(body));
        break;
      case Body::merge_patch:
        content.emplace_back("application/merge-patch+json", body);
        content.emplace_back("application/json", std::move(body));
        break;
      case Body::none:
      case Body::json:
      case Body::optional_json:
        content.emplace_back("application/json", std::move(body));
    }
    return Json::Object{{"required", route_.body != Body::optional_json}, {"content", std::move(content)}};
  }

  Json response(std::string_view description, Json::Object content) const {
    Json::Object one{{"description", description}};
    if (route_.access == Access::member) {
      one.emplace_back("headers", Json::Object{{"Highseas-Position", ref("headers", "Position")}});
    }
    if (!content.empty()) one.emplace_back("content", std::move(content));
    return one;
  }

  Json responses() const {
    Json::Object all;
    const Json tried = schema_ref("Tried");
    if (shape_.response.empty()) {
      all.emplace_back(std::to_string(shape_.status), response("Done", {}));
    } else {
      auto answered = schema(shape_.response);
      if (is_unsafe(route_) && shape_.status == 200) answered = Json::Object{{"anyOf", Json::Array{answered, tried}}};
      all.emplace_back(std::to_string(shape_.status),
                       response("Done", {{std::string(shape_.media), Json::Object{{"schema", std::move(answered)}}}}));
    }
    if (is_unsafe(route_) && shape_.status != 200) {
      all.emplace_back(
          "200", response("What would come of it (dry_run)", {{"application/json", Json::Object{{"schema", tried}}}}));
    }
    all.emplace_back("default", ref("responses", "Problem"));
    return all;
  }

  const Route& route_;
  const OperationShape& shape_;
  std::string_view path_;
  const domain::FormDefinition* form_;
};

class Paths {
 public:
  void add(const Route& route, const std::string& path, const domain::FormDefinition* form) {
    auto place = std::ranges::find(paths_, path, &Json::Member::first);
    if (place == paths_.end()) place = paths_.insert(paths_.end(), {path, Json::Object{}});
    std::string method(route.method);
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    place->second.as_object()->emplace_back(std::move(method), Operation(route, path, form).json());
  }
  Json take() { return std::move(paths_); }

 private:
  Json::Object paths_;
};

std::string path_of(std::string_view pattern, const domain::FormDefinition& form) {
  std::string path(pattern);
  path.replace(path.find(kFormPart), kFormPart.size(), form.slug);
  return path;
}

Json header_parameter(std::string_view name, std::string_view description, Json schema) {
  return Json::Object{{"name", name}, {"in", "header"}, {"description", description}, {"schema", std::move(schema)}};
}

Json components(const domain::Workspace& workspace) {
  Json::Object schemas = fixed_schemas();
  for (const auto& [number, form] : workspace.forms) {
    if (!form.removed) add_form_schemas(schemas, workspace, form);
  }
  const Json integer = Json::Object{{"type", "integer"}};
  const Json text = Json::Object{{"type", "string"}};
  Json::Object parameters{
      {"DryRun", Json::Object{{"name", "dry_run"},
                              {"in", "query"},
                              {"description", "true: decided on the state of now, nothing appended"},
                              {"schema", Json::Object{{"type", "boolean"}, {"default", false}}}}},
      {"IdempotencyKey",
       header_parameter("Idempotency-Key", "An accepted write sent again with the same key and body is answered again",
                        Json::Object{{"type", "string"}, {"minLength", 1}, {"maxLength", 200}})},
      {"MinPosition",
       header_parameter("Highseas-Min-Position", "Waits up to 5 s until this position is reached", integer)},
      {"IfMatch", header_parameter("If-Match", "The version that the record must have, in quotes", text)}};
  Json problem = Json::Object{
      {"description", "Refused"},
      {"content", Json::Object{{"application/problem+json", Json::Object{{"schema", schema_ref("Problem")}}}}}};
  Json::Object security{
      {"bearer",
       Json::Object{{"type", "http"}, {"scheme", "bearer"}, {"description", "A session token, or an API key (hsk_…)"}}},
      {"cookie", Json::Object{{"type", "apiKey"},
                              {"in", "cookie"},
                              {"name", "highseas_session"},
                              {"description", "Unsafe methods then need the header X-CSRF-Token"}}}};
  return Json::Object{
      {"schemas", std::move(schemas)},
      {"parameters", std::move(parameters)},
      {"headers", Json::Object{{"Position", Json::Object{{"description", "The position that the answer rests on"},
                                                         {"schema", integer}}}}},
      {"responses", Json::Object{{"Problem", std::move(problem)}}},
      {"securitySchemes", std::move(security)}};
}

}  // namespace

Json openapi_document(const domain::Workspace& workspace, const std::string& public_url) {
  Paths paths;
  for (const auto& route : routes()) {
    if (route.pattern.find(kFormPart) == std::string_view::npos) {
      paths.add(route, std::string(route.pattern), nullptr);
      continue;
    }
    for (const auto& [number, form] : workspace.forms) {
      if (!form.removed && serves(route, form)) paths.add(route, path_of(route.pattern, form), &form);
    }
  }
  return Json::Object{
      {"openapi", "3.1.0"},
      {"info",
       Json::Object{{"title", "Highseas"},
                    {"version", "1"},
                    {"description", "公海客户关系管理系统的接口。A CRM whose source of truth is a log of events."}}},
      {"servers", Json::Array{Json::Object{{"url", public_url}}}},
      {"security", Json::Array{Json::Object{{"bearer", Json::Array()}}, Json::Object{{"cookie", Json::Array()}}}},
      {"paths", paths.take()},
      {"components", components(workspace)}};
}

}  // namespace highseas::api
