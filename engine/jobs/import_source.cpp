// import_source — decodes, reads every row once (nothing is committed before the file is whole), then hands out chunks.
#include "engine/jobs/import_source.hpp"

#include "base/text.hpp"
#include "domain/forms/shipped.hpp"
#include "engine/import/formula_mark.hpp"
#include "engine/import/record_names.hpp"

namespace highseas::engine {
namespace {

// A zip archive's first bytes, as of every xlsx; text does not begin so.
constexpr std::string_view kZipMark = "PK\x03\x04";

std::size_t bytes_of(const std::vector<std::string>& cells) {
  std::size_t bytes = 0;
  for (const auto& cell : cells) bytes += cell.size();
  return bytes;
}

base::Zone zone_of(const domain::Workspace& workspace) {
  const auto zone = base::Zone::find(workspace.time_zone);
  return zone ? *zone : base::Zone::utc();
}

void place(domain::RecordItem& item, const domain::FormDefinition& form, const domain::ImportPlan& plan,
           const domain::Workspace& workspace) {
  if (!form.behaviours.pooled) return;
  item.owner = plan.owner;
  item.pool = plan.pool;
  if (!plan.owner && !plan.pool) {
    if (const auto* first = workspace.first_pool(form.number)) item.pool = first->id;
  }
}

bool is_blank(std::string_view cell) {
  return base::header_form(cell).empty();
}

std::vector<bool> named_columns(const std::vector<std::string>& header) {
  std::vector<bool> named;
  for (const auto& name : header) named.push_back(!is_blank(name));
  return named;
}

// Beyond the header, or below an empty name in it: nobody was asked what it is, so it is not left out without a word.
bool has_cell_without_column(const std::vector<bool>& named, const std::vector<std::string>& cells) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if ((at >= named.size() || !named[at]) && !is_blank(cells[at])) return true;
  }
  return false;
}

}  // namespace

std::expected<std::shared_ptr<ImportSource>, ImportFault> ImportSource::open(std::string_view bytes) {
  if (bytes.starts_with(kZipMark)) {
    return std::unexpected(ImportFault{"not-yet",
                                       {"暂时不能读取 xlsx：请在表格软件中另存为 CSV（UTF-8）后再导入。",
                                        "xlsx is not read yet: save the sheet as CSV (UTF-8) and import that."}});
  }
  auto decoded = decode_text(bytes);
  if (!decoded)
    return std::unexpected(ImportFault{
        "not-text",
        {"文件不是 UTF-8、UTF-16 或 GB18030 文本。", "The file is neither UTF-8, UTF-16 nor GB18030 text."}});
  auto source = std::shared_ptr<ImportSource>(new ImportSource);
  source->text_ = std::move(decoded->utf8);
  source->shape_.encoding = decoded->encoding;
  CsvReader reader(source->text_);
  bool first = true;
  while (true) {
    auto row = reader.next();
    if (!row) {
      const auto number = std::to_string(reader.last_row());
      const auto why = describe(row.error());
      return std::unexpected(
          ImportFault{"bad-csv", {"第 " + number + " 行：" + why.zh + "。", "Row " + number + ": " + why.en + "."}});
    }
    if (!*row) break;
    for (auto& cell : (*row)->cells) take_off_formula_mark(cell);
    if (first)
      source->shape_.header = std::move((*row)->cells);
    else
      source->rows_.push_back(std::move(**row));
    first = false;
  }
  if (first) return std::unexpected(ImportFault{"no-header", {"文件是空的。", "The file is empty."}});
  if (source->rows_.empty()) {
    return std::unexpected(
        ImportFault{"no-rows", {"文件只有表头，没有数据行。", "The file has a header and no rows."}});
  }
  source->shape_.rows = source->rows_.size();
  return source;
}

std::map<domain::FormNumber, std::set<std::string>> ImportSource::words(const domain::FormDefinition& form,
                                                                        const domain::ImportPlan& plan,
                                                                        std::uint64_t first, std::uint64_t last) const {
  std::map<domain::FormNumber, std::set<std::string>> words;
  for (std::size_t column = 0; column < plan.columns.size(); ++column) {
    const auto* field = plan.columns[column] == 0 ? nullptr : form.field(plan.columns[column]);
    if (!field || field->type != domain::FieldType::reference) continue;
    for (auto at = first; at < last; ++at) {
      if (column >= rows_[at].cells.size()) continue;
      for (const auto word : cell_words(*field, rows_[at].cells[column])) words[field->reference].emplace(word);
    }
  }
  return words;
}

std::uint64_t ImportSource::end_of_chunk(std::uint64_t first, std::size_t most) const {
  std::size_t bytes = 0;
  auto at = first;
  while (at < rows_.size() && at - first < most && bytes < kImportChunkBytes) bytes += bytes_of(rows_[at++].cells);
  return at;
}

domain::ImportRows ImportSource::chunk(const projections::Image& image, const domain::Rights& rights, base::JobId job,
                                       const domain::ImportPlan& plan, std::uint64_t done, std::size_t most) const {
  domain::ImportRows command{.job = job, .form = plan.form, .on_duplicate = plan.on_duplicate, .done = done};
  const auto& workspace = image.workspace();
  const auto* form = workspace.form(plan.form);
  if (!form) return command;
  command.done = end_of_chunk(done, most);
  const auto before = job == base::JobId{} ? std::nullopt : std::optional(job.ulid);
  const RecordNames names(image, rights, words(*form, plan, done, command.done), before);
  const auto zone = zone_of(workspace);
  const CellContext context{
      .workspace = workspace,
      .form = *form,
      .zone = zone,
      .record_named = [&](domain::FormNumber number, std::string_view word) { return names.find(number, word); }};
  const auto named = named_columns(shape_.header);
  for (auto at = done; at < command.done; ++at) {
    const auto& row = rows_[at];
    auto item = row_item(plan.columns, row.cells, context);
    auto faults = item ? std::vector<RowFault>() : std::move(item.error());
    if (has_cell_without_column(named, row.cells)) faults.push_back({0, domain::RefusalCode::unknown_field});
    for (const auto& fault : faults) {
      command.unreadable.push_back({.index = row.number,
                                    .status = domain::OutcomeStatus::refused,
                                    .record = std::nullopt,
                                    .code = fault.code,
                                    .field = fault.field});
    }
    if (!faults.empty()) continue;
    place(*item, *form, plan, workspace);
    command.rows.push_back(row.number);
    command.items.push_back(std::move(*item));
  }
  return command;
}

std::vector<domain::FieldNumber> columns_for(const domain::FormDefinition& form, const std::vector<std::string>& header,
                                             const std::vector<std::pair<std::string, std::string>>& mapping) {
  std::vector<domain::FieldNumber> columns;
  for (const auto& name : header) {
    const domain::FieldDefinition* field = nullptr;
    if (mapping.empty()) {
      field = field_for_header(form, name);
    } else {
      for (const auto& [column, key] : mapping) {
        if (base::header_form(column) == base::header_form(name)) field = form.field_by_key(key);
      }
    }
    columns.push_back(field ? field->number : 0);
  }
  return columns;
}

}  // namespace highseas::engine
