// file_access — who may read a file: who brought it in, and who may see a record that names it.
#pragma once

#include "domain/permissions/permissions.hpp"
#include "projections/image.hpp"

namespace highseas::api {

// Looks through the file fields of all forms, so on a worker.
bool may_read_file(const projections::Image& image, const domain::Rights& rights, const domain::FileAdded& file);

}  // namespace highseas::api
