// audience — whose figures a reader of reports sees: all, her departments' or her own.
#pragma once

#include <optional>

#include "domain/permissions/permissions.hpp"

namespace highseas::projections {

class Audience {
 public:
  explicit Audience(const domain::Rights& rights) : rights_(rights), scope_(rights.reports()) {}

  // What is credited to nobody stands in the figures of all alone.
  bool holds(std::optional<base::MemberId> member) const {
    if (!scope_) return false;
    if (*scope_ == domain::Scope::all) return true;
    if (!member) return false;
    if (*scope_ == domain::Scope::department_and_below) return rights_.team().contains(*member);
    return member == rights_.member();
  }

 private:
  const domain::Rights& rights_;
  std::optional<domain::Scope> scope_;
};

}  // namespace highseas::projections
