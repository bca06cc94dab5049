// file_access — who may read a file: who brought it in, and who may see a record that names it. To write its id
// into a record is to read it: whoever may name it there could read it from there.
#pragma once

#include "domain/permissions/permissions.hpp"
#include "projections/image.hpp"

namespace highseas::projections {

// A process that nobody started may. Costs a look at each record that the file was ever put on.
bool may_read_file(const Image& image, const domain::Rights& rights, const domain::FileAdded& file);

}  // namespace highseas::projections
