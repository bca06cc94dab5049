// network — what counts as one address where tries are counted.
#pragma once

#include <string>
#include <string_view>

namespace highseas::engine {

// An IPv4 address by itself, also where it is written as an IPv6 one; of an IPv6 address its first 64 bits
// ("2001:db8::/64"), since whoever has one has all of those. What is neither stands for itself.
std::string network_of(std::string_view address);

}  // namespace highseas::engine
