// record_address — which form and which record a path names, and which version the caller believes it to have.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "api/call.hpp"

namespace highseas::api {

// The form whose slug the path names. `operations`: any of them opens the route. not-found, forbidden.
std::expected<const domain::FormDefinition*, Problem> form_of(const Call& call, std::uint32_t operations);

struct RecordAddress {
  const domain::FormDefinition* form = nullptr;  // as long as the call lives
  base::RecordId record;
};

// Whether there is such a record is not asked. Besides those: not-found for an id whose prefix is another form's.
std::expected<RecordAddress, Problem> record_address(const Call& call, std::uint32_t operations);

// Of If-Match: absent and `*` say nothing; what is no version of ours matches none.
std::optional<std::uint64_t> expected_version(const Call& call);

}  // namespace highseas::api
