// jobs — the stored fields of jobs and files.
#pragma once

#include "codec/shape.hpp"

HS_SHAPE(ImportPlan, HS_CLEAR(0, file), HS_CLEAR(1, form), HS_CLEAR(2, pool), HS_CLEAR(3, owner), HS_CLEAR(4, columns),
         HS_CLEAR(5, on_duplicate))
HS_SHAPE(HandOverPlan, HS_CLEAR(0, member), HS_CLEAR(1, to))
HS_SHAPE(BackfillPlan, HS_CLEAR(0, rule), HS_CLEAR(1, version), HS_CLEAR(2, judged_at))
HS_SHAPE(ItemOutcome, HS_CLEAR(0, index), HS_CLEAR(1, status), HS_CLEAR(2, record), HS_CLEAR(3, code),
         HS_CLEAR(4, field), HS_CLEAR(5, other), HS_CLEAR(6, until))
HS_SHAPE(JobStarted, HS_CLEAR(0, job), HS_CLEAR(1, member), HS_CLEAR(2, plan), HS_CLEAR(3, total))
HS_SHAPE(JobAdvanced, HS_CLEAR(0, job), HS_CLEAR(1, done), HS_CLEAR(2, outcomes))
HS_SHAPE(JobEnded, HS_CLEAR(0, job), HS_CLEAR(1, state), HS_CLEAR(2, error))
HS_SHAPE(StartImport, HS_CLEAR(0, plan), HS_CLEAR(1, total))
HS_SHAPE(EndJob, HS_CLEAR(0, job), HS_CLEAR(1, state), HS_CLEAR(2, error))
HS_SHAPE(FileAdded, HS_CLEAR(0, file), HS_CLEAR(1, added_by), HS_CLEAR(2, size), HS_CLEAR(3, media_type),
         HS_CLEAR(4, sha256), HS_SEALED(5, name))
HS_SHAPE(FileRemoved, HS_CLEAR(0, file))
HS_SHAPE(AddFile, HS_CLEAR(0, file))
