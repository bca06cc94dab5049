// workspace — the stored fields of workspaces, clocks and calendars.
#pragma once

#include "codec/shape.hpp"

HS_SHAPE(WorkspaceOpened, HS_CLEAR(0, workspace), HS_CLEAR(1, name), HS_CLEAR(2, time_zone), HS_CLEAR(3, currency))
HS_SHAPE(WorkspaceAdded, HS_CLEAR(0, workspace), HS_CLEAR(1, number))
HS_SHAPE(CalendarDay, HS_CLEAR(0, date), HS_CLEAR(1, working), HS_CLEAR(2, name))
HS_SHAPE(CalendarChanged, HS_CLEAR(0, calendar), HS_CLEAR(1, name), HS_CLEAR(2, first_year), HS_CLEAR(3, last_year),
         HS_CLEAR(4, days))
HS_SHAPE(TestClockStarted, HS_CLEAR(0, at))
HS_SHAPE(TestClockAdvanced, HS_CLEAR(0, to))
HS_SHAPE(TestClockReleased)
HS_SHAPE(DecisionGeneration, HS_CLEAR(0, command_type), HS_CLEAR(1, generation))
HS_SHAPE(DecisionBasisChanged, HS_CLEAR(0, generations), HS_CLEAR(1, unicode_version), HS_CLEAR(2, zone_version))
HS_SHAPE(OpenWorkspace, HS_CLEAR(0, name), HS_CLEAR(1, time_zone), HS_CLEAR(2, currency), HS_SEALED(3, admin_name),
         HS_SEALED(4, admin_email))
HS_SHAPE(AddWorkspace, HS_CLEAR(0, workspace), HS_CLEAR(1, number))
HS_SHAPE(StartTestClock, HS_CLEAR(0, at))
HS_SHAPE(AdvanceTestClock, HS_CLEAR(0, to))
HS_SHAPE(ReleaseTestClock)
HS_SHAPE(ChangeDecisionBasis, HS_CLEAR(0, generations), HS_CLEAR(1, unicode_version), HS_CLEAR(2, zone_version))
