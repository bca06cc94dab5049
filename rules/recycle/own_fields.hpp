// own_fields — a form's expression schema without what a rule may not look at: other records, and its own outcome.
#pragma once

#include <string>

#include "expression/schema.hpp"

namespace highseas::rules {

// Of one compilation: remembers what it refused.
class OwnFields : public expression::Schema {
 public:
  explicit OwnFields(const expression::Schema& form) : form_(form) {}

  std::optional<expression::FieldInfo> field(std::string_view name) const override;
  std::optional<std::uint32_t> choice(std::uint32_t slot, std::string_view key) const override {
    return form_.choice(slot, key);
  }
  std::optional<base::Ulid> reference(std::uint32_t slot, std::string_view id_text) const override {
    return form_.reference(slot, id_text);
  }

  // The first name that the form has and a rule may not use; empty: none was asked for.
  const std::string& refused() const { return refused_; }

 private:
  const expression::Schema& form_;
  mutable std::string refused_;
};

}  // namespace highseas::rules
