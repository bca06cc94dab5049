// text — JSON by hand: the auditor's program leans on nothing of the API.
#include "tools/replay/text.hpp"

#include <cstdio>
#include <utility>

#include "projections/value_walk.hpp"

namespace highseas::replay {
namespace {

// Builds the text; a comma goes before whatever follows something.
class TextSink : public projections::ValueSink {
 public:
  void null() override { put("null"); }
  void boolean(bool value) override { put(value ? "true" : "false"); }
  void integer(std::int64_t value) override { put(std::to_string(value)); }
  void text(std::string_view value) override { put(quoted(value)); }
  void begin_list() override { begin('['); }
  void end_list() override { end(']'); }
  void begin_object() override { begin('{'); }
  void key(std::string_view name) override {
    put(quoted(name) + ':');
    first_ = true;
  }
  void end_object() override { end('}'); }

  std::string take() { return std::move(out_); }

 private:
  void put(std::string_view text) {
    if (!std::exchange(first_, false)) out_ += ',';
    out_ += text;
  }
  void begin(char bracket) {
    put(std::string_view(&bracket, 1));
    first_ = true;
  }
  void end(char bracket) {
    out_ += bracket;
    first_ = false;
  }

  std::string out_;
  bool first_ = true;
};

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

std::string value_json(const domain::Workspace& workspace, const domain::FieldDefinition& field,
                       const base::Value& value) {
  TextSink sink;
  projections::walk_value(sink, workspace, field, value);
  return sink.take();
}

std::string fact_json(const domain::Workspace& workspace, const domain::FormDefinition& form,
                      const domain::FactField& fact, const base::Value& value) {
  TextSink sink;
  projections::walk_fact(sink, workspace, form, fact, value);
  return sink.take();
}

std::string actor_text(const domain::Actor& actor, const projections::ImageNames& names) {
  switch (actor.kind) {
    case domain::ActorKind::member:
      return names.member(base::MemberId{actor.id});
    case domain::ActorKind::api_key:
      return actor.on_behalf_of ? names.member(*actor.on_behalf_of) + " (API)" : "API";
    case domain::ActorKind::recycler:
      return "recycler";
    case domain::ActorKind::importer:
      return "importer";
    case domain::ActorKind::scheduler:
      return "scheduler";
    case domain::ActorKind::upgrader:
      return "upgrader";
    case domain::ActorKind::operator_:
      return "operator";
    case domain::ActorKind::setup:
      return "setup";
  }
  return "";
}

}  // namespace highseas::replay
