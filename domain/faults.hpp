// faults — collects all faults of an input, so that a caller is told every one of them at once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/decision.hpp"

namespace highseas::domain {

class Faults {
 public:
  // `pointer`: a JSON pointer into the body, as of Refusal.
  void add(std::string pointer, RefusalCode code, FieldNumber field = 0, std::string detail = {}) {
    faults_.push_back({.pointer = std::move(pointer), .code = code, .field = field, .detail = std::move(detail)});
  }
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
