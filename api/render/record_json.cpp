// record_json — straight from the columns into the answer's text.
#include "api/render/record_json.hpp"

#include <algorithm>

#include "api/render/value_json.hpp"
#include "base/assert.hpp"
#include "domain/forms/fact_fields.hpp"
#include "projections/value_walk.hpp"

namespace highseas::api {
namespace {

using domain::FieldType;

template <class Range, class T>
bool contains(const Range& range, const T& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

class RecordWriter {
 public:
  RecordWriter(json::Writer& writer, const projections::Image& image, const domain::Rights& rights,
               const projections::RecordView& record, const projections::RecordView& judged, const RecordParts& parts)
      : writer_(writer),
        image_(image),
        rights_(rights),
        record_(record),
        form_(record.definition()),
        parts_(parts),
        sees_all_(rights.sees_whole(form_.number)),
        standing_(sees_all_ ? projections::Standing() : judged.standing()) {}

  void run() {
    writer_.begin_object();
    for (const auto& fact : domain::fact_fields()) {
      if (!domain::carries_fact(form_, fact) || !told(fact.number)) continue;
      writer_.key(fact.key);
      this->fact(fact);
      // The form stands behind the id, as in every id's prefix.
      if (fact.number == domain::facts::kId) writer_.member("form", form_.slug);
    }
    for (const auto& field : form_.fields) {
      if (field.retired || !told(field.number)) continue;
      writer_.key(field.key);
      this->field(field);
    }
    writer_.end_object();
  }

 private:
  bool told(domain::FieldNumber number) const {
    if (number == domain::facts::kId) return true;
    if (parts_.only && !contains(*parts_.only, number)) return false;
    if (sees_all_ || number == domain::facts::kVersion) return true;
    return rights_.field(form_.number, number, standing_.get()) != domain::FieldAccess::hidden;
  }

  void fact(const domain::FactField& fact) {
    const auto value = record_.value(fact.number);
    if (!contains(parts_.expanded, fact.number)) {
      return write_fact(writer_, image_.workspace(), form_, fact, value);
    }
    expand(projections::fact_prefix(form_, fact), 0, value);
  }

  void field(const domain::FieldDefinition& field) {
    const auto value = record_.value(field.number);
    if (!contains(parts_.expanded, field.number)) return write_value(writer_, image_.workspace(), field, value);
    const bool file = field.type == FieldType::file || field.type == FieldType::image;
    expand(field.type == FieldType::member       ? base::MemberTag::kPrefix
           : field.type == FieldType::department ? base::DepartmentTag::kPrefix
           : file                                ? base::FileTag::kPrefix
                                                 : std::string_view(),
           field.reference, value);
  }

  void expand(std::string_view prefix, domain::FormNumber form, const base::Value& value) {
    if (const auto* one = std::get_if<base::Reference>(&value)) return thing(prefix, form, one->id);
    const auto* many = std::get_if<base::References>(&value);
    if (!many) {
      writer_.null();
      return;
    }
    writer_.begin_array();
    for (const auto id : many->ids) thing(prefix, form, id);
    writer_.end_array();
  }

  void thing(std::string_view prefix, domain::FormNumber form, base::Ulid id) {
    if (form != 0) return referred(form, base::RecordId{id});
    writer_.begin_object().member("id", base::format_id(prefix, id));
    if (const auto name = thing_name(prefix, id)) {
      writer_.member("name", *name);
    } else {
      writer_.null_member("name");
    }
    writer_.end_object();
  }

  // One level: what it refers to itself stands there by id. Of one that she may not see, the id alone.
  void referred(domain::FormNumber form, base::RecordId id) {
    const auto record = image_.record(form, id);
    if (record && !record->deleted() && may_read(rights_, *record)) {
      return write_record(writer_, image_, rights_, *record);
    }
    const auto known = image_.workspace().forms.find(form);
    const auto prefix = known == image_.workspace().forms.end() ? std::string_view() : known->second.prefix;
    writer_.begin_object().member("id", base::format_id(prefix, id.ulid)).end_object();
  }

  std::optional<std::string> thing_name(std::string_view prefix, base::Ulid id) const {
    const auto& workspace = image_.workspace();
    if (prefix == base::MemberTag::kPrefix) {
      const auto* member = workspace.member(base::MemberId{id});
      return member ? std::optional(member->name) : std::nullopt;
    }
    if (prefix == base::PoolTag::kPrefix) {
      const auto* pool = workspace.pool(base::PoolId{id});
      return pool ? std::optional(pool->name) : std::nullopt;
    }
    if (prefix == base::DepartmentTag::kPrefix) {
      const auto department = workspace.departments.find(base::DepartmentId{id});
      return department == workspace.departments.end() ? std::nullopt : std::optional(department->second.name);
    }
    if (prefix == base::RuleTag::kPrefix) {
      const auto rule = workspace.rules.find(base::RuleId{id});
      if (rule == workspace.rules.end() || rule->second.versions.empty()) return std::nullopt;
      return rule->second.versions.back().draft.name;
    }
    const auto* file = prefix == base::FileTag::kPrefix ? image_.file(base::FileId{id}) : nullptr;
    return file ? std::optional(file->name) : std::nullopt;
  }

  json::Writer& writer_;
  const projections::Image& image_;
  const domain::Rights& rights_;
  const projections::RecordView& record_;
  const domain::FormDefinition& form_;
  const RecordParts& parts_;
  const bool sees_all_;
  const projections::Standing standing_;
};

}  // namespace

void write_record(json::Writer& writer, const projections::Image& image, const domain::Rights& rights,
                  const projections::RecordView& record, const RecordParts& parts) {
  RecordWriter(writer, image, rights, record, record, parts).run();
}

bool may_read(const domain::Rights& rights, const projections::RecordView& record) {
  if (rights.opens_all(record.form(), domain::kRead)) return true;
  const auto standing = record.standing();
  return rights.may(record.form(), domain::kRead, standing.get());
}

std::optional<std::string> record_name(const domain::Rights& rights, const projections::RecordView& record) {
  const auto* field = record.definition().name_field();
  if (!field) return std::nullopt;
  const auto standing = record.standing();
  if (rights.field(record.form(), field->number, standing.get()) == domain::FieldAccess::hidden) return std::nullopt;
  const auto value = record.value(field->number);
  const auto* name = std::get_if<std::string>(&value);
  return name ? std::optional(*name) : std::nullopt;
}

namespace {

// `judged` is the record at the time whose rights count, which may be later than what is told of it; none: it is gone.
http::Response told_record(const Call& call, const projections::RecordView& view,
                           const std::optional<projections::RecordView>& judged, const projections::Image& image,
                           int status, const RecordParts& parts) {
  std::string text;
  json::Writer writer(text);
  const bool shown = judged && may_read(call.rights(), view) && may_read(call.rights(), *judged);
  if (shown) {
    RecordWriter(writer, image, call.rights(), view, *judged, parts).run();
  } else {
    writer.begin_object().member("id", base::format_id(view.definition().prefix, view.id().ulid)).end_object();
  }
  auto response = answer(status, std::move(text), image.position());
  if (shown) response.headers.set("ETag", '"' + std::to_string(view.version()) + '"');
  return response;
}

}  // namespace

http::Response record_answer(const Call& call, const projections::Image& image, domain::FormNumber form,
                             base::RecordId record, int status, const RecordParts& parts) {
  const auto view = image.record(form, record);
  HS_ASSERT(view);
  return told_record(call, *view, view, image, status, parts);
}

http::Response record_answer(const Call& call, const projections::State& state, const engine::CommandOutcome& outcome,
                             domain::FormNumber form, base::RecordId record, int status) {
  const auto view = state.image().record(form, record);
  HS_ASSERT(view);
  const auto judged = outcome.now ? outcome.now->image().record(form, record) : view;
  return told_record(call, *view, judged, state.image(), status, {});
}

}  // namespace highseas::api
