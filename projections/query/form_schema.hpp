// form_schema — what an expression may name on a form: its fields and facts, as far as she may see them.
#pragma once

#include "domain/permissions/permissions.hpp"
#include "expression/schema.hpp"

namespace highseas::projections {

// Slots are field numbers. Without rights everything is known (rules, and system processes).
class FormSchema : public expression::Schema {
 public:
  // All must outlive the schema.
  FormSchema(const domain::Workspace& workspace, const domain::FormDefinition& form,
             const domain::Rights* rights = nullptr)
      : workspace_(workspace), form_(form), rights_(rights) {}

  std::optional<expression::FieldInfo> field(std::string_view name) const override;
  std::optional<std::uint32_t> choice(std::uint32_t slot, std::string_view key) const override;
  std::optional<base::Ulid> reference(std::uint32_t slot, std::string_view id_text) const override;

 private:
  const domain::Workspace& workspace_;
  const domain::FormDefinition& form_;
  const domain::Rights* rights_;
};

// The type that values of a field have in expressions.
expression::Type expression_type(const domain::FieldDefinition& field);

}  // namespace highseas::projections
