// readable — one line in Chinese or English for each event, for history and the timeline.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/event.hpp"

namespace highseas::codec {

enum class Lang : std::uint8_t { zh, en };

// What ids and numbers are called, as of whenever the caller chooses. Never empty: what is unknown or erased is named
// so by the caller, or by its id.
class Names {
 public:
  virtual ~Names() = default;
  virtual std::string member(base::MemberId id) const = 0;
  virtual std::string pool(base::PoolId id) const = 0;
  virtual std::string department(base::DepartmentId id) const = 0;
  virtual std::string rule(base::RuleId id) const = 0;
  // Why such a rule took a record.
  virtual std::string due_rule(const domain::DueRule& due) const = 0;
  // Any other id that a record's value refers to.
  virtual std::string reference(domain::FormNumber form, domain::FieldNumber field, base::Ulid id) const = 0;
  virtual std::string record(domain::FormNumber form, base::RecordId id) const = 0;
  virtual std::string form(domain::FormNumber form) const = 0;
  virtual std::string field(domain::FormNumber form, domain::FieldNumber field) const = 0;
  virtual std::string choice(domain::FormNumber form, domain::FieldNumber field, std::uint32_t number) const = 0;
  virtual domain::FormNumber follow_up_form() const = 0;
  // A moment as its reader writes it (zone, language).
  virtual std::string moment(base::Instant at) const = 0;
};

// Without a full stop and without who did it and when, which stand beside it. Texts are cut to a line's length.
std::string summary(const domain::Event& event, Lang lang, const Names& names);

// A value as it stands in such a line.
std::string shown_value(domain::FormNumber form, domain::FieldNumber field, const base::Value& value, Lang lang,
                        const Names& names);

// "CustomerClaimed", "LeadRecycled", for any other form "RecordClaimed"; events that are no pool event of a record
// keep their stored name. The slug is the form's ("customers").
std::string shown_type(const domain::Event& event, std::string_view form_slug);

}  // namespace highseas::codec
