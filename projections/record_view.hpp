// record_view — one record as the tables hold it: a cheap look that copies nothing but what it is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/forms/form_definition.hpp"
#include "domain/permissions/permissions.hpp"
#include "expression/evaluate.hpp"

namespace highseas::projections {

class Image;
class RecordTable;

using Row = std::uint32_t;  // of a record in its form's table; never changes

// True for the forms whose records have no owner and pool but their root's: contacts.
bool owner_is_the_roots(domain::FormNumber form);

// What decides who may see a record, with what it leans on. Contacts and follow-ups carry their customer or lead.
class Standing {
 public:
  // Refers to this object.
  domain::RecordStanding get() const;

  std::optional<base::MemberId> owner;
  std::optional<base::PoolId> pool;
  std::vector<base::MemberId> collaborators;
  bool has_root = false;
  domain::FormNumber root_form = 0;
  std::optional<base::MemberId> root_owner;
  std::optional<base::PoolId> root_pool;
  std::vector<base::MemberId> root_collaborators;

 private:
  mutable domain::RecordStanding root_;
};

// Good until the state that gave it folds the next commit; one from a snapshot, as long as that lives. As a
// RecordSource its slots are field numbers, of facts too (domain/forms/fact_fields.hpp).
class RecordView : public expression::RecordSource {
 public:
  RecordView(const Image& image, const RecordTable& table, Row row) : image_(&image), table_(&table), row_(row) {}

  Row row() const { return row_; }
  const RecordTable& table() const { return *table_; }
  base::RecordId id() const;
  domain::FormNumber form() const;
  const domain::FormDefinition& definition() const;
  std::uint64_t version() const;
  bool deleted() const;
  std::optional<base::MemberId> owner() const;  // of a contact: its customer's
  std::optional<base::PoolId> pool() const;
  std::optional<base::PoolId> home_pool() const;
  std::vector<base::MemberId> collaborators() const;
  // Number of the ownership period that runs, or of the last one: 1, 2, 3 …; 0 = never owned.
  std::uint32_t ownership_period() const;
  std::optional<base::Instant> instant(domain::FieldNumber field) const;

  base::Value value(std::uint32_t field) const override;
  // The live fields of the form that are not null, in the form's order.
  std::vector<domain::FieldValue> values() const;
  Standing standing() const;
  // The customer or lead that a contact or follow-up stands on.
  std::optional<RecordView> root() const;

 private:
  const Image* image_;
  const RecordTable* table_;
  Row row_;
};

}  // namespace highseas::projections
