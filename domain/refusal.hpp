// refusal — why a command was not accepted, with what a caller needs to go on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "domain/forms/form_definition.hpp"
#include "domain/refusal_code.hpp"

namespace highseas::domain {

// What is wrong with an expression, and where: `offset` in code points from its start.
struct ExpressionFault {
  std::uint64_t offset = 0;
  std::string zh;
  std::string en;
  bool operator==(const ExpressionFault&) const = default;
};

// One fault of an input. The pointer is a JSON pointer into the body ("/name", "/operations/3/data/phone").
struct InputFault {
  std::string pointer;
  RefusalCode code = RefusalCode::none;
  FieldNumber field = 0;
  std::string detail;  // a value's limit; empty where the code says all
  std::optional<ExpressionFault> expression{};
  bool operator==(const InputFault&) const = default;
};

// A record that stands in the way under a dedup rule.
struct DuplicateHit {
  base::RecordId record;
  FormNumber form = 0;
  std::vector<FieldNumber> matched;
  bool operator==(const DuplicateHit&) const = default;
};

// So many live records of that form.
struct FormCount {
  FormNumber form = 0;
  std::uint64_t count = 0;
  bool operator==(const FormCount&) const = default;
};

struct Refusal {
  RefusalCode code = RefusalCode::none;
  std::vector<InputFault> faults;  // all of them; then `code` is the one that they share, or none for several
  std::optional<base::MemberId> owner;
  std::optional<base::Instant> until;
  std::optional<std::uint64_t> version;  // the present one, of version_conflict
  std::optional<std::uint64_t> limit;    // of daily_claim_limit, holding_limit …
  std::vector<DuplicateHit> duplicates;
  std::vector<std::string> names;  // of field_in_use and pool_in_use: what names it
  std::vector<FormCount> counts;   // of still_owns: how many of what
  bool operator==(const Refusal&) const = default;

  static Refusal of(RefusalCode code);
  // There is at least one.
  static Refusal of_faults(std::vector<InputFault> faults);
};

}  // namespace highseas::domain
