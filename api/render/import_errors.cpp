// import_errors — one place for the words, so that a trial, its job, its items and its CSV say the same.
#include "api/render/import_errors.hpp"

#include <algorithm>

#include "api/render/csv_text.hpp"
#include "api/render/event_json.hpp"

namespace highseas::api {
namespace {

using domain::RefusalCode;

bool is_duplicate(const domain::ItemOutcome& fault) {
  return fault.code == RefusalCode::duplicate_record && fault.other.has_value();
}

// The row whose record, not yet there, is the one in the way; nothing: it is one that exists.
std::optional<std::uint64_t> row_that_made(const RowErrorContext& context, const domain::ItemOutcome& fault) {
  if (!context.made || !fault.other) return std::nullopt;
  const auto found = context.made->find(*fault.other);
  if (found == context.made->end()) return std::nullopt;
  return found->second;
}

json::Json duplicates_of(const RowErrorContext& context, const domain::ItemOutcome& fault) {
  domain::DuplicateHit hit{.record = base::RecordId{*fault.other}, .form = context.form, .matched = {}};
  if (fault.field != 0) hit.matched.push_back(fault.field);
  return duplicates_json(context.image, context.rights, {hit});
}

std::string text_at(const json::Json& object, std::string_view name) {
  const auto* member = object.find(name);
  const auto* text = member ? member->as_string() : nullptr;
  return text ? *text : std::string();
}

// "上海精工 cus_…, 负责人：何平".
std::string in_the_way(const RowErrorContext& context, const domain::ItemOutcome& fault) {
  const bool zh = context.language == Language::zh;
  if (const auto row = row_that_made(context, fault)) {
    return zh ? "与第 " + std::to_string(*row) + " 行重复" : "the same as row " + std::to_string(*row);
  }
  const auto duplicates = duplicates_of(context, fault);
  const auto& hit = duplicates.as_array()->front();
  const auto name = text_at(hit, "name");
  auto words = name.empty() ? text_at(hit, "id") : name + " " + text_at(hit, "id");
  if (const auto* owner = hit.find("owner"); owner && owner->as_object()) {
    words += (zh ? "，负责人：" : ", owner: ") + text_at(*owner, "name");
  } else if (const auto* pool = hit.find("pool"); pool && pool->as_object()) {
    words += (zh ? "，公海：" : ", pool: ") + text_at(*pool, "name");
  }
  return words;
}

struct Reasons {
  std::string codes;
  std::string fields;
  std::string details;

  static void add(std::string& to, std::string_view text) {
    if (!to.empty() && !text.empty()) to += "; ";
    to += text;
  }
};

Reasons reasons_of(const RowErrorContext& context, const std::vector<domain::ItemOutcome>& faults) {
  Reasons reasons;
  const auto* form = context.definition();
  for (const auto& fault : faults) {
    const auto* field = form ? form->field(fault.field) : nullptr;
    Reasons::add(reasons.codes, domain::refusal_key(fault.code));
    if (field) Reasons::add(reasons.fields, context.language == Language::zh ? field->label.zh : field->label.en);
    Reasons::add(reasons.details, row_detail(context, fault));
  }
  return reasons;
}

}  // namespace

std::string row_detail(const RowErrorContext& context, const domain::ItemOutcome& fault) {
  const bool zh = context.language == Language::zh;
  // No field has such a code in a row but the cells that have none.
  if (fault.code == RefusalCode::unknown_field && fault.field == 0) {
    return zh ? "该行在表头没有名称的列中还有内容：请删除多余的单元格，或用引号括住含逗号的内容。"
              : "The row has cells in columns that the header does not name: take them out, or put what holds a comma "
                "in quotes.";
  }
  auto detail = detail_of(domain::refusal_key(fault.code), context.language);
  if (is_duplicate(fault)) detail += (zh ? "（" : " (") + in_the_way(context, fault) + (zh ? "）" : ")");
  return detail;
}

void write_row_error(json::Writer& writer, const RowErrorContext& context, const domain::ItemOutcome& fault) {
  const auto* form = context.definition();
  const auto* field = form ? form->field(fault.field) : nullptr;
  writer.begin_object().member("row", fault.index);
  if (field) {
    writer.member("column", field->key);
  } else {
    writer.null_member("column");
  }
  writer.member("code", domain::refusal_key(fault.code)).member("detail", row_detail(context, fault));
  if (is_duplicate(fault) && !row_that_made(context, fault)) {
    writer.member("duplicates", duplicates_of(context, fault));
  }
  writer.end_object();
}

// The reasons stand behind the widest row: none of a row's cells is lost or moved.
std::string refused_rows_csv(const engine::ImportSource& source, const RefusedRows& refused,
                             const RowErrorContext& context) {
  auto header = source.shape().header;
  auto width = header.size();
  for (const auto& row : source.rows()) {
    if (refused.contains(row.number)) width = std::max(width, row.cells.size());
  }
  const bool zh = context.language == Language::zh;
  header.resize(width);
  header.insert(header.end(),
                {zh ? "错误代码" : "error code", zh ? "错误字段" : "error field", zh ? "错误说明" : "error detail"});
  std::string text(kCsvBom);
  append_csv_row(text, header);
  for (const auto& row : source.rows()) {
    const auto found = refused.find(row.number);
    if (found == refused.end()) continue;
    auto reasons = reasons_of(context, found->second);
    auto cells = row.cells;
    cells.resize(width);
    cells.push_back(std::move(reasons.codes));
    cells.push_back(std::move(reasons.fields));
    cells.push_back(std::move(reasons.details));
    append_csv_row(text, cells);
  }
  return text;
}

}  // namespace highseas::api
