// multipart.hpp — multipart/form-data (RFC 7578) read from a whole body.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.hpp"

namespace highseas::api::http {

struct MultipartLimits {
  std::size_t parts = 16;
  /// Bytes of one part's header lines together.
  std::size_t part_head_bytes = 4096;
  std::size_t name_bytes = 200;
  /// Bytes of a file's name in UTF-8.
  std::size_t filename_bytes = 1024;
};

struct Part {
  std::string name;
  /// As the client gave it, valid UTF-8: data, never a path. Empty when the part is no file.
  std::string filename;
  bool is_file = false;
  /// As the client claims it; empty when not given.
  std::string media_type;
  /// Points into the body that was parsed.
  std::string_view content;
};

enum class MultipartFault {
  not_multipart,       ///< the content type is another, or names no usable boundary
  malformed,           ///< the body does not follow its boundary
  too_many_parts,      ///< past MultipartLimits
  head_too_long,       ///< past MultipartLimits
  name_too_long,       ///< name or file name past MultipartLimits
  not_utf8,            ///< a name is not valid UTF-8 or has control characters
  no_such_part,        ///< find_file: no part of that name
  several_such_parts,  ///< find_file: more than one
  not_a_file,          ///< find_file: it has no file name
};

/// One sentence, free of the client's text.
base::Bilingual describe(MultipartFault fault);

/// All parts of `body`, whose `Content-Type` header is `content_type`. `body` must outlive the parts.
std::expected<std::vector<Part>, MultipartFault> parse_multipart(std::string_view content_type, std::string_view body,
                                                                 const MultipartLimits& limits = {});

/// The one part `name` that is a file.
std::expected<Part, MultipartFault> find_file(const std::vector<Part>& parts, std::string_view name);

}  // namespace highseas::api::http
