// json_text — JSON by hand: the auditor's program leans on nothing of the API.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "projections/value_walk.hpp"

namespace highseas::replay {

std::string quoted(std::string_view text);  // as a JSON string

// Builds the text; a comma goes before whatever follows something.
class JsonText : public projections::ValueSink {
 public:
  void null() override { put("null"); }
  void boolean(bool value) override { put(value ? "true" : "false"); }
  void integer(std::int64_t value) override { put(std::to_string(value)); }
  void unsigned_integer(std::uint64_t value) override { put(std::to_string(value)); }
  void text(std::string_view value) override { put(quoted(value)); }
  void begin_list() override { begin('['); }
  void end_list() override { end(']'); }
  void begin_object() override { begin('{'); }
  void key(std::string_view name) override;
  void end_object() override { end('}'); }

  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view text);
  void begin(char bracket);
  void end(char bracket);

  std::string out_;
  bool first_ = true;
};

}  // namespace highseas::replay
