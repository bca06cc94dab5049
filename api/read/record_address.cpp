// record_address — slug, prefix, entity tag.
#include "api/read/record_address.hpp"

#include "api/read/if_match.hpp"

namespace highseas::api {

std::expected<const domain::FormDefinition*, Problem> form_of(const Call& call, std::uint32_t operations) {
  const auto* form = call.design().form_by_slug(call.parameter("form"));
  if (!form) return std::unexpected(Problem::of("not-found"));
  if (!call.rights().opens(form->number, operations)) return std::unexpected(Problem::of("forbidden"));
  return form;
}

std::expected<RecordAddress, Problem> record_address(const Call& call, std::uint32_t operations) {
  const auto form = form_of(call, operations);
  if (!form) return std::unexpected(form.error());
  const auto id = base::parse_prefixed((*form)->prefix, call.parameter("id"));
  if (!id) return std::unexpected(Problem::of("not-found"));
  return RecordAddress{.form = *form, .record = base::RecordId{*id}};
}

std::optional<std::uint64_t> expected_version(const Call& call) {
  const auto header = call.request().headers.find("If-Match");
  const auto match = header ? parse_if_match(*header) : std::nullopt;
  return match ? match->version : std::nullopt;
}

}  // namespace highseas::api
