// expression_fuzz — any text is an expression or none; one that is, is so again, and evaluates to something.
#include "expression/evaluate.hpp"
#include "tests/expression/sample_form.hpp"
#include "tests/fuzz/target.hpp"

namespace highseas {
namespace {

// A record with something in every field, and one with nothing.
expression::SampleRecord full_record() {
  using namespace expression;
  SampleRecord record;
  record.values = {{kName, std::string("江南机械")},
                   {kAmount, base::Decimal{150, 2}},
                   {kCount, std::int64_t{3}},
                   {kActive, true},
                   {kSignedOn, *base::parse_date("2026-02-28")},
                   {kSeenAt, *base::parse_instant("2026-11-24T03:00:00Z")},
                   {kStatus, base::Choice{2}},
                   {kGrade, base::Choice{1}},
                   {kTags, base::Choices{{7, 8}}},
                   {kOwner, base::Reference{sample_member(1)}},
                   {kTeam, base::References{{sample_member(1), sample_member(2)}}},
                   {kRegion, base::Region{"江苏省", "南京市", ""}},
                   {kSecondCount, std::int64_t{-1}},
                   {kCode, std::string("A-1")}};
  return record;
}

void evaluate_on(const expression::Compiled& compiled, const expression::RecordSource& record) {
  const auto environment = expression::sample_environment();
  const auto value = expression::evaluate_value(compiled, record, environment);
  const auto again = expression::evaluate_value(compiled, record, environment);
  FUZZ_CHECK(value == again);
  if (compiled.result() != expression::Type::boolean) return;
  const auto truth = expression::evaluate(compiled, record, environment);
  FUZZ_CHECK(truth.has_value() == value.has_value());
  (void)expression::required_equalities(compiled, environment);
}

}  // namespace

namespace fuzz {

std::vector<std::string> dictionary() {
  return {"name",
          "amount",
          "count",
          "active",
          "signed_on",
          "seen_at",
          "status",
          "grade",
          "tags",
          "owner",
          "team",
          "region",
          ".province",
          "place",
          "customer.grade",
          "now",
          "today",
          "me",
          "null",
          "true",
          "false",
          " in ",
          "==",
          "!=",
          "<=",
          " && ",
          " || ",
          "!",
          " ? ",
          " : ",
          "size(",
          "days(",
          "contains(",
          "startsWith(",
          "matches(",
          ".contains(\"",
          "[",
          "]",
          "(",
          ")",
          "\"A\"",
          "\"won\"",
          "1.50",
          "9223372036854775807",
          "-",
          "%",
          "date(\"2026-02-28\")",
          "\\u{1F600}",
          "公海"};
}
std::string input_of(const std::string& file_text) {
  return file_text;
}

}  // namespace fuzz
}  // namespace highseas

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace highseas;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const expression::SampleForm form;
  static const auto full = full_record();
  static const expression::SampleRecord empty;
  const auto compiled = expression::compile(text, form, {.result = std::nullopt});
  const auto names = expression::field_names(text);
  if (!compiled) {
    FUZZ_CHECK(!compiled.error().message_en.empty() && !compiled.error().message_zh.empty());
    FUZZ_CHECK(compiled.error().offset <= size);
    return 0;
  }
  FUZZ_CHECK(names.has_value());
  FUZZ_CHECK(compiled->cost() <= expression::kMaxCost);
  FUZZ_CHECK(expression::compile(compiled->text(), form, {.result = std::nullopt}).has_value());
  evaluate_on(*compiled, full);
  evaluate_on(*compiled, empty);
  return 0;
}
