// form_change — lays a form as it is to be over the form that is, and finds every fault on the way.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/permissions/permissions.hpp"
#include "domain/refusal.hpp"

namespace highseas::domain {

class FormChange {
 public:
  FormChange(const Workspace& workspace, const FormDefinition& present);

  // Gives numbers to what is new and retires what is missing. The result counts only where there are no faults.
  FormDefinition apply(const FormDefinition& wanted);

  std::vector<InputFault>& faults() { return faults_; }
  const std::vector<FieldNumber>& retired_fields() const { return retired_fields_; }
  const std::vector<std::pair<FieldNumber, std::uint32_t>>& retired_choices() const { return retired_choices_; }

 private:
  void fault(std::string pointer, RefusalCode code, FieldNumber field = 0, std::string detail = {});
  void check_form(const FormDefinition& wanted);
  FieldDefinition changed_field(const FieldDefinition& present, FieldDefinition wanted, const std::string& pointer);
  FieldDefinition new_field(FieldDefinition wanted, const std::string& pointer);
  void check_key(const FieldDefinition& field, const std::string& pointer);
  void check_field(const FieldDefinition& field, const std::string& pointer);
  void check_kind(const FieldDefinition& field, const std::string& pointer);
  void check_limits(const FieldDefinition& field, const std::string& pointer);
  void check_label(const Label& label, const std::string& pointer);
  std::vector<ChoiceOption> apply_choices(const FieldDefinition* present, const FieldDefinition& wanted,
                                          const std::string& pointer);
  void check_choice_key(const std::vector<ChoiceOption>& before, const ChoiceOption& option, bool open,
                        const std::string& pointer);

  const Workspace& workspace_;
  const FormDefinition& present_;
  std::uint8_t places_;
  FieldNumber next_field_;
  std::vector<InputFault> faults_;
  std::vector<std::string> keys_;  // of the fields so far
  std::vector<FieldNumber> retired_fields_;
  std::vector<std::pair<FieldNumber, std::uint32_t>> retired_choices_;
};

}  // namespace highseas::domain
