// faults — the refusal that names all faults, and the checks of a name.
#include "domain/faults.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "expression/expression.hpp"

namespace highseas::domain {

void Faults::add_untold(const std::vector<InputFault>& found) {
  const auto within = [](const std::string& part, const std::string& whole) {
    return part == whole || part.starts_with(whole + "/");
  };
  const auto told = faults_;
  for (const auto& fault : found) {
    const auto stands_for = [&](const InputFault& other) {
      return within(other.pointer, fault.pointer) || within(fault.pointer, other.pointer);
    };
    if (std::ranges::none_of(told, stands_for)) faults_.push_back(fault);
  }
}

void Faults::add_expression(std::string pointer, const expression::Error& error) {
  const bool not_here = error.code == expression::ErrorCode::not_allowed_here;
  faults_.push_back({.pointer = std::move(pointer),
                     .code = not_here ? RefusalCode::not_allowed_here : RefusalCode::bad_expression,
                     .field = 0,
                     .detail = {},
                     .expression = ExpressionFault{error.offset, error.message_zh, error.message_en}});
}

Decision Faults::refusal() const {
  HS_ASSERT(any());
  Refusal refusal;
  refusal.faults = faults_;
  const auto first = faults_.front().code;
  const bool shared = std::ranges::all_of(faults_, [&](const InputFault& fault) { return fault.code == first; });
  refusal.code = shared ? first : RefusalCode::none;
  return refuse(std::move(refusal));
}

std::string checked_name(const std::string& name, const std::string& pointer, std::uint32_t max_code_points,
                         Faults& faults) {
  if (!base::is_valid_utf8(name)) {
    faults.add(pointer, RefusalCode::invalid_value);
    return {};
  }
  const auto begin = name.find_first_not_of(" \t\r\n");
  if (base::is_blank(name)) {
    faults.add(pointer, RefusalCode::required);
    return {};
  }
  const auto end = name.find_last_not_of(" \t\r\n");
  auto text = base::nfc(std::string_view(name).substr(begin, end - begin + 1));
  if (base::code_points(text) > max_code_points) {
    faults.add(pointer, RefusalCode::too_long, 0, std::to_string(max_code_points));
  }
  if (std::ranges::any_of(text, [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; })) {
    faults.add(pointer, RefusalCode::invalid_value);
  }
  return text;
}

}  // namespace highseas::domain
