// media_type — what a file is by its content; what its sender claims is not believed.
#pragma once

#include <string_view>

namespace highseas::api {

// One of image/png, image/jpeg, image/gif, application/pdf, application/zip, that of .xlsx, text/csv, text/plain,
// application/octet-stream.
std::string_view media_type_of(std::string_view bytes);

}  // namespace highseas::api
