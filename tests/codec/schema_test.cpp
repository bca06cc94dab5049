// schema_test — schema, descriptions, catalogue and snapshot say the same; what is written is what the schema says.
#include <flatbuffers/reflection.h>
#include <gtest/gtest.h>

#include "codec/tables.hpp"
#include "tests/codec/catalogue_text.hpp"
#include "tests/codec/regenerated.hpp"
#include "tests/codec/schema_text.hpp"
#include "tests/support/domain_generators.hpp"

namespace highseas::codec {
namespace {

using namespace domain;

// flatc's own reading of the schema, made by the build.
const std::string& compiled_schema() {
  static const std::string bytes =
      highseas::testing::read_file(std::filesystem::path(HIGHSEAS_BINARY_DIR) / "generated/codec/schema/commits.bfbs")
          .value_or("");
  return bytes;
}

const reflection::Schema& schema() {
  flatbuffers::Verifier verifier(reinterpret_cast<const std::uint8_t*>(compiled_schema().data()),
                                 compiled_schema().size());
  EXPECT_TRUE(reflection::VerifySchemaBuffer(verifier));
  return *reflection::GetSchema(compiled_schema().data());
}

std::string type_text(const reflection::Type& type) {
  std::string text = reflection::EnumNameBaseType(type.base_type());
  if (type.base_type() == reflection::Vector) text += std::string(" of ") + EnumNameBaseType(type.element());
  if (type.index() >= 0) text += " " + schema().objects()->Get(static_cast<unsigned>(type.index()))->name()->str();
  return text;
}

std::string snapshot() {
  std::string text;
  for (const auto* object : *schema().objects()) {
    text += (object->is_struct() ? "struct " : "table ") + object->name()->str() + "\n";
    std::map<std::uint16_t, std::string> fields;
    for (const auto* field : *object->fields()) {
      fields[field->id()] = field->name()->str() + ": " + type_text(*field->type()) + " default " +
                            std::to_string(field->default_integer()) + (field->optional() ? " optional" : "") +
                            (field->required() ? " required" : "") + (field->deprecated() ? " deprecated" : "");
    }
    for (const auto& [id, field] : fields) text += "  " + std::to_string(id) + " " + field + "\n";
  }
  return text;
}

TEST(Schema, is_what_the_descriptions_say) {
  highseas::testing::expect_up_to_date("codec/schema/commits.fbs", highseas::testing::SchemaText().text());
}

// flatc --conform misses removed, renamed and required fields: so every field is compared.
TEST(Schema, has_the_fields_of_its_snapshot) {
  ASSERT_FALSE(compiled_schema().empty());
  highseas::testing::expect_up_to_date("tests/codec/golden/schema.txt", snapshot());
}

TEST(Catalogue, lists_every_event_and_command) {
  highseas::testing::expect_up_to_date("docs/events.md", highseas::testing::catalogue_text());
}

bool follows_schema(std::string_view type, std::string_view table) {
  const auto* object = schema().objects()->LookupByKey(("highseas.stored." + std::string(type)).c_str());
  // Copied into an aligned place, as the verifier wants it.
  const std::vector<std::uint64_t> aligned = [&] {
    std::vector<std::uint64_t> copy(table.size() / 8 + 1);
    std::memcpy(copy.data(), table.data(), table.size());
    return copy;
  }();
  return object &&
         flatbuffers::Verify(schema(), *object, reinterpret_cast<const std::uint8_t*>(aligned.data()), table.size());
}

// By flatbuffers' own verifier, which knows nothing of the descriptions.
TEST(Schema, is_followed_by_every_table_that_is_written) {
  const std::uint64_t seed = highseas::testing::test_seed();
  SCOPED_TRACE("HIGHSEAS_SEED=" + std::to_string(seed));
  TableWriter tables(sealed_by_type());
  for (std::uint64_t i = 0; i < 10; ++i) {
    highseas::testing::DomainGenerator make(seed + i);
    for (std::size_t type = 0; type < std::variant_size_v<Event>; ++type) {
      SecretWriter secret;
      EXPECT_TRUE(follows_schema(kRegistry<Event>[type].name, tables.event(make.alternative<Event>(type), 0, secret)))
          << kRegistry<Event>[type].name;
    }
    for (std::size_t type = 0; type < std::variant_size_v<Command>; ++type) {
      SecretWriter secret;
      EXPECT_TRUE(
          follows_schema(kRegistry<Command>[type].name, tables.command(make.alternative<Command>(type), secret)))
          << kRegistry<Command>[type].name;
    }
    EXPECT_TRUE(follows_schema("Preamble", tables.preamble({seed, {}, make.made<std::vector<ItemOutcome>>()})));
  }
}

// Anything that a member could be made from.
struct Anything {
  template <class T>
  operator T() const;
};

// How many members an aggregate has.
template <class T, class... Members>
constexpr std::size_t arity() {
  if constexpr (requires { T{Members{}..., Anything{}}; }) {
    return arity<T, Members..., Anything>();
  } else {
    return sizeof...(Members);
  }
}

template <class T>
void expect_whole() {
  EXPECT_EQ(std::tuple_size_v<decltype(Shape<T>::kFields)>, arity<T>()) << Shape<T>::kName << " lacks a field";
}

template <class... T>
void expect_all_whole(std::variant<T...>*) {
  (expect_whole<T>(), ...);
}

// A field that no description names would be lost without a word.
TEST(Shapes, name_every_member_of_what_is_stored) {
  expect_all_whole(static_cast<Event*>(nullptr));
  expect_all_whole(static_cast<Command*>(nullptr));
  expect_all_whole(static_cast<JobPlan*>(nullptr));
  expect_all_whole(
      static_cast<std::variant<Member, Department, Role, Grant, ThingGrant, PermissionGroup, ApiKey, Label,
                               ChoiceOption, Limits, FieldDefinition, Behaviours, FormDefinition, ItemOutcome, Audience,
                               PoolDefinition, DueRule, PoolTargets, NewChoice, RegionPatch, RecordItem, Trigger,
                               RecycleDraft, CalendarDay, DecisionGeneration, ItemPart, Preamble>*>(nullptr));
}

}  // namespace
}  // namespace highseas::codec
