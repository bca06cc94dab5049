// expression — compile(): parse, check, and what a checked expression tells of itself.
#include "expression/expression.hpp"

#include "base/assert.hpp"
#include "expression/checker.hpp"
#include "expression/program.hpp"
#include "expression/syntax.hpp"
#include "expression/type_names.hpp"

namespace highseas::expression {

std::string_view code_text(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_expression:
      return "bad-expression";
    case ErrorCode::not_allowed_here:
      return "not-allowed-here";
  }
  HS_ASSERT(!"error code");
}

std::string_view type_name_zh(Type type) {
  switch (type) {
    case Type::null:
      return "空值";
    case Type::boolean:
      return "是否";
    case Type::integer:
      return "整数";
    case Type::decimal:
      return "数字";
    case Type::date:
      return "日期";
    case Type::instant:
      return "时间";
    case Type::duration:
      return "时长";
    case Type::text:
      return "文本";
    case Type::choice:
      return "选项";
    case Type::choices:
      return "多选";
    case Type::reference:
      return "引用";
    case Type::references:
      return "多个引用";
    case Type::region:
      return "地区";
    case Type::location:
      return "位置";
  }
  HS_ASSERT(!"type");
}

std::string_view type_name_en(Type type) {
  switch (type) {
    case Type::null:
      return "null";
    case Type::boolean:
      return "a boolean";
    case Type::integer:
      return "an integer";
    case Type::decimal:
      return "a number";
    case Type::date:
      return "a date";
    case Type::instant:
      return "a time";
    case Type::duration:
      return "a duration";
    case Type::text:
      return "a text";
    case Type::choice:
      return "a choice";
    case Type::choices:
      return "choices";
    case Type::reference:
      return "a reference";
    case Type::references:
      return "references";
    case Type::region:
      return "a region";
    case Type::location:
      return "a location";
  }
  HS_ASSERT(!"type");
}

std::string_view Compiled::text() const {
  return program_->text;
}
Type Compiled::result() const {
  return program_->root.type;
}
std::span<const std::uint32_t> Compiled::slots() const {
  return program_->slots;
}
std::span<const UsedChoice> Compiled::choices() const {
  return program_->choices;
}
bool Compiled::uses_now() const {
  return program_->uses_now;
}
bool Compiled::uses_me() const {
  return program_->uses_me;
}
int Compiled::cost() const {
  return program_->cost;
}

std::expected<Compiled, Error> compile(std::string_view text, const Schema& schema, const Options& options) {
  auto tree = parse(text);
  if (!tree) return std::unexpected(std::move(tree.error()));
  Checker checker(schema, options);
  auto root = checker.run(*tree);
  if (!root) return std::unexpected(std::move(root.error()));
  auto program = std::make_shared<Program>();
  program->text = text;
  program->root = std::move(*root);
  checker.describe(*program);
  return Compiled(std::move(program));
}

}  // namespace highseas::expression
