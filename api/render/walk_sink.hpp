// walk_sink — what the walks of projections/ take apart goes into an answer's text.
#pragma once

#include "api/json/writer.hpp"
#include "projections/value_walk.hpp"

namespace highseas::api {

class WalkSink : public projections::ValueSink {
 public:
  explicit WalkSink(json::Writer& writer) : writer_(writer) {}

  void null() override { writer_.null(); }
  void boolean(bool value) override { writer_.boolean(value); }
  void integer(std::int64_t value) override { writer_.integer(value); }
  void unsigned_integer(std::uint64_t value) override { writer_.unsigned_integer(value); }
  void text(std::string_view value) override { writer_.string(value); }
  void begin_list() override { writer_.begin_array(); }
  void end_list() override { writer_.end_array(); }
  void begin_object() override { writer_.begin_object(); }
  void key(std::string_view name) override { writer_.key(name); }
  void end_object() override { writer_.end_object(); }

 private:
  json::Writer& writer_;
};

}  // namespace highseas::api
