// shipped_calendars — the public holidays that come with the program, compiled in: no file is needed at run time.
#pragma once

#include "domain/workspace/workspace_events.hpp"

namespace highseas::rules {

// China, as the State Council announced them (packaging/calendars/README.md): what WorkspaceOpened's commit writes, and
// what the upgrader writes again once a year was added.
domain::CalendarChanged cn_public_holidays(base::CalendarId calendar);

}  // namespace highseas::rules
