// media_type — signatures of the first bytes, then whether it is text.
#include "api/read/media_type.hpp"

#include <algorithm>

#include "engine/import/text_encoding.hpp"

namespace highseas::api {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLooked = 64 * 1024;  // bytes of a text that are looked at

bool is_workbook(std::string_view zip) {
  return zip.find("xl/workbook.xml"sv) != std::string_view::npos;
}

bool is_text(std::string_view bytes) {
  const auto decoded = engine::decode_text(bytes);
  if (!decoded) return false;
  return std::ranges::none_of(decoded->utf8, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
}

// Its first line has a separator.
bool is_table(std::string_view bytes) {
  const auto line = bytes.substr(0, bytes.substr(0, kLooked).find_first_of("\r\n"sv));
  return line.find_first_of(",;\t"sv) != std::string_view::npos;
}

}  // namespace

std::string_view media_type_of(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.starts_with("%PDF-"sv)) return "application/pdf";
  if (bytes.starts_with("PK\x03\x04"sv)) {
    return is_workbook(bytes) ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "application/zip";
  }
  if (bytes.empty() || !is_text(bytes)) return "application/octet-stream";
  return is_table(bytes) ? "text/csv" : "text/plain";
}

}  // namespace highseas::api
