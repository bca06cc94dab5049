// cell_values — one small reader for each type of field.
#include "engine/import/cell_values.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace highseas::engine {
namespace {

using base::Value;
using domain::FieldDefinition;
using domain::FieldType;
using domain::RefusalCode;
using CellResult = std::expected<Value, RefusalCode>;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

CellResult wrong() {
  return std::unexpected(RefusalCode::wrong_type);
}

// "1,234.50", "￥1 234", "12%": digits, point and sign alone.
std::string number_text(std::string_view cell) {
  std::string text;
  for (const char c : base::nfkc(cell)) {
    if ((c >= '0' && c <= '9') || c == '.' || c == '-' || c == 'e' || c == 'E' || c == '+')
      text.push_back(c);
    else if (c != ',' && c != ' ' && c != '%' && static_cast<unsigned char>(c) < 0x80)
      text.push_back('?');
  }
  return text;
}

CellResult integer_value(std::string_view cell) {
  const auto decimal = base::parse_decimal(number_text(cell));
  if (!decimal || !base::fits_places(*decimal, 0)) return wrong();
  return Value{base::rescale(*decimal, 0)->mantissa};
}

CellResult decimal_value(std::string_view cell) {
  const auto decimal = base::parse_decimal(number_text(cell));
  if (!decimal) return wrong();
  return Value{*decimal};
}

// "2026-11-24", "2026/11/4", "2026年11月4日", "20261124"; the rest of the text comes back.
std::optional<std::pair<base::Date, std::string_view>> leading_date(std::string_view text) {
  int parts[3] = {0, 0, 0};
  std::size_t at = 0;
  if (text.size() >= 8 && std::ranges::all_of(text.substr(0, 8), [](char c) { return c >= '0' && c <= '9'; })) {
    std::from_chars(text.data(), text.data() + 4, parts[0]);
    std::from_chars(text.data() + 4, text.data() + 6, parts[1]);
    std::from_chars(text.data() + 6, text.data() + 8, parts[2]);
    at = 8;
  } else {
    for (int i = 0; i < 3; ++i) {
      const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), parts[i]);
      if (error != std::errc{}) return std::nullopt;
      at = static_cast<std::size_t>(end - text.data());
      for (std::string_view separator : {"-", "/", ".", "年", "月", "日"}) {
        if (text.substr(at).starts_with(separator)) {
          at += separator.size();
          break;
        }
      }
    }
  }
  const auto date = base::make_date(parts[0], parts[1], parts[2]);
  if (!date) return std::nullopt;
  return std::pair{*date, trimmed(text.substr(at))};
}

CellResult date_value(std::string_view cell) {
  const auto date = leading_date(cell);
  if (!date || !date->second.empty()) return wrong();
  return Value{date->first};
}

// RFC 3339, or a local date with "8:30" or "08:30:15" behind it.
CellResult instant_value(std::string_view cell, const base::Zone& zone) {
  if (const auto at = base::parse_instant(cell)) return Value{*at};
  const auto date = leading_date(cell);
  if (!date) return wrong();
  std::int64_t seconds = 0;
  auto rest = date->second;
  for (const int unit : {3600, 60, 1}) {
    if (rest.empty()) break;
    int part = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), part);
    if (error != std::errc{} || part < 0 || part > 59) return wrong();
    seconds += part * unit;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (rest.starts_with(':'))
      rest.remove_prefix(1);
    else if (!rest.empty())
      return wrong();
  }
  if (!rest.empty() || seconds >= 86'400) return wrong();
  return Value{zone.instant(date->first, seconds * 1000)};
}

CellResult boolean_value(std::string_view cell) {
  const auto form = base::header_form(cell);
  for (std::string_view yes : {"是", "true", "1", "yes", "y", "√", "有"}) {
    if (form == yes) return Value{true};
  }
  for (std::string_view no : {"否", "false", "0", "no", "n", "×", "无"}) {
    if (form == no) return Value{false};
  }
  return wrong();
}

std::optional<std::uint32_t> choice_number(const FieldDefinition& field, std::string_view word) {
  const auto wanted = base::header_form(word);
  for (const auto& choice : field.choices) {
    if (choice.retired) continue;
    if (choice.key == word || base::header_form(choice.label.zh) == wanted ||
        base::header_form(choice.label.en) == wanted) {
      return choice.number;
    }
  }
  return std::nullopt;
}

// "甲;乙、丙": the words of a cell that may hold several.
std::vector<std::string_view> words(std::string_view cell) {
  std::vector<std::string_view> found;
  while (!cell.empty()) {
    std::size_t end = cell.size();
    std::size_t skip = 0;
    for (std::string_view separator : {";", "；", "、", "|", "\n", ",", "，"}) {
      const auto at = cell.find(separator);
      if (at != std::string_view::npos && at < end) {
        end = at;
        skip = separator.size();
      }
    }
    if (const auto word = trimmed(cell.substr(0, end)); !word.empty()) found.push_back(word);
    cell.remove_prefix(std::min(cell.size(), end + skip));
  }
  return found;
}

CellResult choices_value(const FieldDefinition& field, std::string_view cell) {
  base::Choices choices;
  for (const auto word : words(cell)) {
    const auto number = choice_number(field, word);
    if (!number) return std::unexpected(RefusalCode::unknown_choice);
    if (std::ranges::find(choices.numbers, *number) == choices.numbers.end()) choices.numbers.push_back(*number);
  }
  return Value{std::move(choices)};
}

std::expected<base::Ulid, RefusalCode> member_named(const domain::Workspace& workspace, std::string_view word) {
  if (const auto id = base::parse_id<base::MemberTag>(word); id && workspace.member(*id)) return id->ulid;
  if (const auto* by_email = workspace.member_by_email(word)) return by_email->id.ulid;
  std::optional<base::Ulid> found;
  for (const auto& [id, member] : workspace.members) {
    if (member.state != domain::MemberState::active || member.name != word) continue;
    if (found) return std::unexpected(RefusalCode::ambiguous);  // an id or e-mail must tell them apart
    found = id.ulid;
  }
  if (!found) return std::unexpected(RefusalCode::unknown_member);
  return *found;
}

// Names are told apart by their parents alone, which a cell does not name.
std::expected<base::Ulid, RefusalCode> department_named(const domain::Workspace& workspace, std::string_view word) {
  std::optional<base::Ulid> found;
  for (const auto& [id, department] : workspace.departments) {
    if (department.removed) continue;
    if (base::format_id(id) == word) return id.ulid;
    if (department.name != word) continue;
    if (found) return std::unexpected(RefusalCode::ambiguous);
    found = id.ulid;
  }
  if (!found) return std::unexpected(RefusalCode::unknown_department);
  return *found;
}

CellResult reference_value(const FieldDefinition& field, std::string_view cell, const CellContext& context) {
  const auto find = [&](std::string_view word) -> std::expected<base::Ulid, RefusalCode> {
    if (field.type == FieldType::member) return member_named(context.workspace, word);
    if (field.type == FieldType::department) return department_named(context.workspace, word);
    if (!context.record_named) return std::unexpected(RefusalCode::unknown_reference);
    const auto record = context.record_named(field.reference, word);
    if (!record) return std::unexpected(record.error());
    return record->ulid;
  };
  if (!field.many) {
    const auto id = find(cell);
    if (!id) return std::unexpected(id.error());
    return Value{base::Reference{*id}};
  }
  base::References references;
  for (const auto word : words(cell)) {
    const auto id = find(word);
    if (!id) return std::unexpected(id.error());
    references.ids.push_back(*id);
  }
  return Value{std::move(references)};
}

// "江苏省/苏州市/吴中区".
CellResult region_value(std::string_view cell) {
  base::Region region;
  std::string* parts[] = {&region.province, &region.city, &region.district};
  std::size_t index = 0;
  while (!cell.empty()) {
    if (index == 3) return wrong();
    const auto end = std::min(cell.find_first_of("/ -"), cell.size());
    if (const auto part = trimmed(cell.substr(0, end)); !part.empty()) *parts[index++] = part;
    cell.remove_prefix(std::min(cell.size(), end + 1));
  }
  return Value{std::move(region)};
}

CellResult location_value(std::string_view cell) {
  const auto comma = cell.find(',');
  if (comma == std::string_view::npos) return wrong();
  const auto longitude = base::parse_decimal(trimmed(cell.substr(0, comma)));
  const auto latitude = base::parse_decimal(trimmed(cell.substr(comma + 1)));
  if (!longitude || !latitude) return wrong();
  return Value{base::Location{*longitude, *latitude}};
}

}  // namespace

std::vector<std::string_view> cell_words(const FieldDefinition& field, std::string_view cell) {
  if (field.many) return words(cell);
  const auto word = trimmed(cell);
  return word.empty() ? std::vector<std::string_view>() : std::vector{word};
}

const FieldDefinition* field_for_header(const domain::FormDefinition& form, std::string_view header) {
  const auto wanted = base::header_form(header);
  if (wanted.empty()) return nullptr;
  for (const auto& field : form.fields) {
    if (field.retired || field.read_only) continue;
    if (base::header_form(field.key) == wanted || base::header_form(field.label.zh) == wanted ||
        base::header_form(field.label.en) == wanted) {
      return &field;
    }
  }
  return nullptr;
}

CellResult cell_value(const FieldDefinition& field, std::string_view raw, const CellContext& context) {
  const auto cell = trimmed(raw);
  if (cell.empty()) return Value{};
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::address:
    case FieldType::phone:
    case FieldType::email:
    case FieldType::url:
      return Value{base::nfc(cell)};
    case FieldType::integer:
    case FieldType::rating:
      return integer_value(cell);
    case FieldType::decimal:
    case FieldType::money:
    case FieldType::percent:
      return decimal_value(cell);
    case FieldType::date:
      return date_value(cell);
    case FieldType::datetime:
      return instant_value(cell, context.zone);
    case FieldType::choice: {
      const auto number = choice_number(field, cell);
      if (!number) return std::unexpected(RefusalCode::unknown_choice);
      return Value{base::Choice{*number}};
    }
    case FieldType::choices:
      return choices_value(field, cell);
    case FieldType::member:
    case FieldType::department:
    case FieldType::reference:
      return reference_value(field, cell, context);
    case FieldType::region:
      return region_value(cell);
    case FieldType::location:
      return location_value(cell);
    case FieldType::boolean:
      return boolean_value(cell);
    case FieldType::file:
    case FieldType::image:
      return wrong();  // a file does not fit into a cell
  }
  return wrong();
}

std::expected<domain::RecordItem, std::vector<RowFault>> row_item(const std::vector<domain::FieldNumber>& columns,
                                                                  const std::vector<std::string>& cells,
                                                                  const CellContext& context) {
  domain::RecordItem item;
  std::vector<RowFault> faults;
  for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
    const auto* field = columns[i] == 0 ? nullptr : context.form.field(columns[i]);
    if (!field || trimmed(cells[i]).empty()) continue;
    auto value = cell_value(*field, cells[i], context);
    if (value) {
      item.values.push_back({field->number, std::move(*value)});
    } else if (value.error() == RefusalCode::unknown_choice && field->open) {
      base::Choices known;
      for (const auto word : words(cells[i])) {
        if (const auto number = choice_number(*field, word))
          known.numbers.push_back(*number);
        else
          item.new_choices.push_back({field->number, base::nfc(word)});
      }
      if (!known.numbers.empty()) item.values.push_back({field->number, std::move(known)});
    } else {
      faults.push_back({field->number, value.error()});
    }
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return item;
}

}  // namespace highseas::engine
