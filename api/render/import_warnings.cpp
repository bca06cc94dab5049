// import_warnings — columns that no field has.
#include "api/render/import_warnings.hpp"

namespace highseas::api {

void write_left_out(json::Writer& writer, const std::vector<std::string>& headers, Language language) {
  writer.key("warnings").begin_array();
  for (const auto& header : headers) {
    writer.begin_object().member("code", "unknown-column");
    writer.member("detail", language == Language::zh ? "没有对应的字段，该列未导入。"
                                                     : "No field is called so: the column is left out.");
    writer.member("column", header).end_object();
  }
  writer.end_array();
}

}  // namespace highseas::api
