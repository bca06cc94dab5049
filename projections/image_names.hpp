// image_names — what members, pools, records, fields and choices are called, for the readable lines of history and
// timeline.
#pragma once

#include "base/zone.hpp"
#include "codec/readable.hpp"
#include "domain/permissions/permissions.hpp"
#include "projections/image.hpp"

namespace highseas::projections {

class ImageNames : public codec::Names {
 public:
  // With rights, a record that she may not see is named by its id alone. All must outlive the names.
  ImageNames(const Image& image, codec::Lang lang, const domain::Rights* rights = nullptr);

  std::string member(base::MemberId id) const override;
  std::string pool(base::PoolId id) const override;
  std::string department(base::DepartmentId id) const override;
  std::string rule(base::RuleId id) const override;
  std::string due_rule(const domain::DueRule& due) const override;
  std::string reference(domain::FormNumber form, domain::FieldNumber field, base::Ulid id) const override;
  std::string record(domain::FormNumber form, base::RecordId id) const override;
  std::string form(domain::FormNumber form) const override;
  std::string field(domain::FormNumber form, domain::FieldNumber field) const override;
  std::string choice(domain::FormNumber form, domain::FieldNumber field, std::uint32_t number) const override;
  domain::FormNumber follow_up_form() const override;
  std::string moment(base::Instant at) const override;

 private:
  const std::string& label(const domain::Label& label) const;
  const domain::FormDefinition* definition(domain::FormNumber form) const;

  const Image& image_;
  codec::Lang lang_;
  const domain::Rights* rights_;
  base::Zone zone_;
};

// A record's id as it is written outside ("cus_01J…"); form 0 = follow-ups.
std::string record_id_text(const Image& image, domain::FormNumber form, base::RecordId id);
// The record that such a text names, of any form; deleted ones too.
std::optional<RecordView> record_by_text(const Image& image, std::string_view id_text);

}  // namespace highseas::projections
