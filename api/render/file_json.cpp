// file_json — descriptions and download headers.
#include "api/render/file_json.hpp"

#include <span>

namespace highseas::api {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::string hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const auto byte : bytes) {
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
}

// For clients that know no filename*: what is not plain becomes _.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;  // the rest of a character
    plain += is_plain(c) ? c : '_';
  }
  return plain;
}

std::string percent_encoded(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (is_plain(c)) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += '%';
    text += "0123456789ABCDEF"[byte >> 4];
    text += "0123456789ABCDEF"[byte & 15];
  }
  return text;
}

}  // namespace

void write_file(json::Writer& writer, const domain::FileAdded& file) {
  writer.begin_object().member("id", base::format_id(file.file)).member("name", file.name);
  writer.member("size", file.size).member("media_type", file.media_type).member("sha256", hex(file.sha256));
  writer.end_object();
}

void set_download_headers(http::Response& response, std::string_view media_type, std::string_view name) {
  auto& headers = response.headers;
  headers.set("Content-Type", std::string(media_type));
  headers.set("Content-Disposition",
              "attachment; filename=\"" + plain_name(name) + "\"; filename*=UTF-8''" + percent_encoded(name));
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
  headers.set("Cache-Control", "no-store");
}

}  // namespace highseas::api
