// event_fields — every event as named fields in one order, so that API, replay and history print it alike.
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/command.hpp"
#include "domain/event.hpp"

namespace highseas::codec {

// Takes an event's fields as they come. Within a list `name` is empty. Lists and objects nest.
class FieldSink {
 public:
  virtual ~FieldSink() = default;
  virtual void null(std::string_view name) = 0;
  virtual void boolean(std::string_view name, bool value) = 0;
  virtual void number(std::string_view name, std::int64_t value) = 0;
  // A number that may need all 64 bits (digests, counts).
  virtual void unsigned_number(std::string_view name, std::uint64_t value) = 0;
  virtual void decimal(std::string_view name, base::Decimal value) = 0;
  virtual void text(std::string_view name, std::string_view value) = 0;
  // One of a closed list, by its key ("round_robin").
  virtual void key(std::string_view name, std::string_view value) = 0;
  virtual void instant(std::string_view name, base::Instant value) = 0;
  virtual void date(std::string_view name, base::Date value) = 0;
  // An id that has a prefix of its own ("mem_").
  virtual void id(std::string_view name, std::string_view prefix, base::Ulid value) = 0;
  // A record; form 0 = a follow-up.
  virtual void record(std::string_view name, domain::FormNumber form, base::RecordId value) = 0;
  // An id of which the event does not say what kind it is.
  virtual void ulid(std::string_view name, base::Ulid value) = 0;
  virtual void bytes(std::string_view name, const std::uint8_t* data, std::size_t size) = 0;
  // A record's value; within begin_object("values") … end_object(). Form 0 = follow-ups.
  virtual void value(domain::FormNumber form, domain::FieldNumber field, const base::Value& value) = 0;
  // A value that is no record's: a field's default.
  virtual void plain_value(std::string_view name, const base::Value& value) = 0;
  // Forms and fields are numbers to whoever knows no better.
  virtual void form(std::string_view name, domain::FormNumber value) { unsigned_number(name, value); }
  virtual void field(std::string_view name, domain::FormNumber, domain::FieldNumber value) {
    unsigned_number(name, value);
  }
  virtual void begin_list(std::string_view name) = 0;
  virtual void end_list() = 0;
  virtual void begin_object(std::string_view name) = 0;
  virtual void end_object() = 0;
};

// The event's own fields, without a surrounding object. Optional parts that are absent come as null.
void visit_event(const domain::Event& event, FieldSink& sink);
// The same of a command, for the auditor.
void visit_command(const domain::Command& command, FieldSink& sink);

}  // namespace highseas::codec
