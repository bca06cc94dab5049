// record_names — records by what people call them, for the cells of an import that refer to others.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/permissions/permissions.hpp"
#include "domain/refusal_code.hpp"
#include "projections/image.hpp"

namespace highseas::engine {

class RecordNames {
 public:
  // The live record of the form that has this id, or that alone among those that she may read is called so, case and
  // blanks aside. unknown_reference: none; ambiguous: several. The images given one after the other must not go back.
  std::expected<base::RecordId, domain::RefusalCode> find(const projections::Image& image, const domain::Rights& rights,
                                                          domain::FormNumber form, std::string_view text);

 private:
  // Names as they were when they were first read: what they lead to is looked at again.
  struct Known {
    projections::Row rows = 0;  // read so far
    std::unordered_multimap<std::string, base::RecordId> records;
  };
  std::map<domain::FormNumber, Known> forms_;
};

}  // namespace highseas::engine
