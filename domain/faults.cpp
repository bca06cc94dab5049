// faults — the refusal that names all faults, and the checks of a name.
#include "domain/faults.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace highseas::domain {

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
