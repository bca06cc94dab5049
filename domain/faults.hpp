// faults — collects all faults of an input, so that a caller is told every one of them at once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/decision.hpp"

namespace highseas::expression {
struct Error;
}

namespace highseas::domain {

class Faults {
 public:
  // `pointer`: a JSON pointer into the body, as of Refusal.
  void add(std::string pointer, RefusalCode code, FieldNumber field = 0, std::string detail = {}) {
    faults_.push_back({.pointer = std::move(pointer), .code = code, .field = field, .detail = std::move(detail)});
  }
  void add(InputFault fault) { faults_.push_back(std::move(fault)); }
  // Of a body that could not be read whole, what is found in the rest of it: but for the places of which something is
  // told already, or of what they lie in, or of a part of them; there a stand-in was judged.
  void add_untold(const std::vector<InputFault>& found);
  // bad_expression or not_allowed_here, with what the compiler says.
  void add_expression(std::string pointer, const expression::Error& error);
  bool any() const { return !faults_.empty(); }
  const std::vector<InputFault>& all() const { return faults_; }
  // Its code is the one that all share, or none for several.
  Decision refusal() const;

 private:
  std::vector<InputFault> faults_;
};

// `name` in NFC without blanks around it; its faults (required, invalid_value, too_long) go to `faults`.
std::string checked_name(const std::string& name, const std::string& pointer, std::uint32_t max_code_points,
                         Faults& faults);

inline constexpr std::uint32_t kNameLengthMax = 100;  // code points of a member's, department's, pool's or key's name

}  // namespace highseas::domain
