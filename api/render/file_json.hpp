// file_json — a file's description, and the headers under which its bytes are harmless.
#pragma once

#include "api/http/message.hpp"
#include "api/json/writer.hpp"
#include "domain/files/file_events.hpp"

namespace highseas::api {

// `{id, name, size, media_type, sha256}`.
void write_file(json::Writer& writer, const domain::FileAdded& file);

// Content-Type, Content-Disposition (attachment, RFC 6266 with the name of RFC 5987), and what keeps a browser from
// running it.
void set_download_headers(http::Response& response, std::string_view media_type, std::string_view name);

}  // namespace highseas::api
