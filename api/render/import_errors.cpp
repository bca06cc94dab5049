// import_errors — one place for the words, so that a trial, its job, its items and its CSV say the same.
#include "api/render/import_errors.hpp"

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

}  // namespace highseas::api
