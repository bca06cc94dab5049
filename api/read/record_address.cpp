// record_address — slug, prefix, entity tag.
#include "api/read/record_address.hpp"

#include <charconv>
#include <limits>

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
  if (!header || *header == "*") return std::nullopt;
  constexpr auto kNone = std::numeric_limits<std::uint64_t>::max();
  if (header->size() < 3 || header->front() != '"' || header->back() != '"') return kNone;
  const auto digits = header->substr(1, header->size() - 2);
  std::uint64_t version = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  return error == std::errc{} && end == digits.data() + digits.size() ? version : kNone;
}

}  // namespace highseas::api
