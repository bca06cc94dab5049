// value_walk — a stored value taken apart for whoever writes it down: choices by key, things by prefixed id, decimals
// as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/value.hpp"
#include "domain/forms/fact_fields.hpp"
#include "domain/workspace/workspace.hpp"

namespace highseas::projections {

// Takes the parts in their order. The shapes are those of JSON.
class ValueSink {
 public:
  virtual ~ValueSink() = default;
  virtual void null() = 0;
  virtual void boolean(bool value) = 0;
  virtual void integer(std::int64_t value) = 0;
  virtual void unsigned_integer(std::uint64_t value) = 0;
  virtual void text(std::string_view value) = 0;
  virtual void begin_list() = 0;
  virtual void end_list() = 0;
  virtual void begin_object() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void end_object() = 0;
};

// The value of a form's field, retired ones too.
void walk_value(ValueSink& sink, const domain::Workspace& workspace, const domain::FieldDefinition& field,
                const base::Value& value);
// Of an envelope key or fact of a record of that form. A count that nothing has raised yet is 0.
void walk_fact(ValueSink& sink, const domain::Workspace& workspace, const domain::FormDefinition& form,
               const domain::FactField& fact, const base::Value& value);

// The prefix of the ids that a field or fact holds; empty where it holds none.
std::string_view id_prefix(const domain::Workspace& workspace, const domain::FieldDefinition& field);
std::string_view fact_prefix(const domain::FormDefinition& form, const domain::FactField& fact);

}  // namespace highseas::projections
