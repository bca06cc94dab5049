// record_names — records by what people call them, for the cells of an import that refer to others.
#pragma once

#include <expected>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "domain/permissions/permissions.hpp"
#include "domain/refusal_code.hpp"
#include "projections/image.hpp"

namespace highseas::engine {

// Reads every name of a form once, and keeps those that are asked for.
class RecordNames {
 public:
  // Words as they stand in cells; ids among them do no harm. With `before`, records that were made from that id's
  // moment on are left out: what an import finds must not hang on how its file is cut into chunks.
  RecordNames(const projections::Image& image, const domain::Rights& rights,
              const std::map<domain::FormNumber, std::set<std::string>>& words, std::optional<base::Ulid> before);

  // The live record that has this id, or alone is called so, case and blanks aside, among those that she may read:
  // unknown_reference, ambiguous.
  std::expected<base::RecordId, domain::RefusalCode> find(domain::FormNumber form, std::string_view word) const;

 private:
  void read(const domain::FormDefinition& form, const std::set<std::string>& words, std::optional<base::Ulid> before);

  using Found = std::expected<base::RecordId, domain::RefusalCode>;  // ambiguous: several
  const projections::Image& image_;
  const domain::Rights& rights_;
  std::map<domain::FormNumber, std::map<std::string, Found>> found_;  // by the form of a header
};

}  // namespace highseas::engine
