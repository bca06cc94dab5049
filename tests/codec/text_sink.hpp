// text_sink — an event's fields as lines of text, so that a test can hold what an event said.
#pragma once

#include <string>
#include <vector>

#include "codec/event_fields.hpp"

namespace highseas::testing {

// What is null, zero or empty is left out: a field that a later version adds changes no golden text.
class TextSink final : public codec::FieldSink {
 public:
  const std::string& lines() const { return lines_; }

  void null(std::string_view) override {}
  void boolean(std::string_view name, bool value) override {
    if (value) line(name, "true");
  }
  void number(std::string_view name, std::int64_t value) override {
    if (value != 0) line(name, std::to_string(value));
  }
  void unsigned_number(std::string_view name, std::uint64_t value) override {
    if (value != 0) line(name, std::to_string(value));
  }
  void decimal(std::string_view name, base::Decimal value) override { line(name, base::format_decimal(value)); }
  void text(std::string_view name, std::string_view value) override {
    if (!value.empty()) line(name, quoted(value));
  }
  void key(std::string_view name, std::string_view value) override { line(name, value); }
  void instant(std::string_view name, base::Instant value) override { line(name, base::format_instant(value)); }
  void date(std::string_view name, base::Date value) override { line(name, base::format_date(value)); }
  void id(std::string_view name, std::string_view prefix, base::Ulid value) override {
    line(name, base::format_id(prefix, value));
  }
  void record(std::string_view name, domain::FormNumber form, base::RecordId value) override {
    line(name, "form " + std::to_string(form) + " " + base::format_ulid(value.ulid));
  }
  void ulid(std::string_view name, base::Ulid value) override { line(name, base::format_ulid(value)); }
  void bytes(std::string_view name, const std::uint8_t* data, std::size_t size) override {
    line(name, hex({reinterpret_cast<const char*>(data), size}));
  }
  void value(domain::FormNumber form, domain::FieldNumber field, const base::Value& value) override {
    line(std::to_string(form) + "." + std::to_string(field), shown(value));
  }
  void plain_value(std::string_view name, const base::Value& value) override {
    if (!base::is_null(value)) line(name, shown(value));
  }
  void begin_list(std::string_view name) override { path_.emplace_back(name); }
  void end_list() override { path_.pop_back(); }
  void begin_object(std::string_view name) override { path_.emplace_back(name); }
  void end_object() override { path_.pop_back(); }

  static std::string hex(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return out;
  }

 private:
  void line(std::string_view name, std::string_view value) {
    for (const auto& part : path_) lines_ += part + "/";
    lines_ += std::string(name) + " = " + std::string(value) + "\n";
  }

  static std::string quoted(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) out += c == '\n' ? ' ' : c;
    return out + "\"";
  }

  struct Shown {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(base::Decimal v) const { return "decimal " + base::format_decimal(v); }
    std::string operator()(base::Date v) const { return base::format_date(v); }
    std::string operator()(base::Instant v) const { return base::format_instant(v); }
    std::string operator()(const std::string& v) const { return quoted(v); }
    std::string operator()(base::Choice v) const { return "choice " + std::to_string(v.number); }
    std::string operator()(const base::Choices& v) const {
      std::string out = "choices";
      for (const auto number : v.numbers) out += " " + std::to_string(number);
      return out;
    }
    std::string operator()(base::Reference v) const { return base::format_ulid(v.id); }
    std::string operator()(const base::References& v) const {
      std::string out = "references";
      for (const auto id : v.ids) out += " " + base::format_ulid(id);
      return out;
    }
    std::string operator()(const base::Region& v) const { return quoted(v.province + "/" + v.city + "/" + v.district); }
    std::string operator()(const base::Location& v) const {
      return base::format_decimal(v.longitude) + " " + base::format_decimal(v.latitude);
    }
  };
  static std::string shown(const base::Value& value) { return std::visit(Shown{}, value); }

  std::vector<std::string> path_;
  std::string lines_;
};

}  // namespace highseas::testing
