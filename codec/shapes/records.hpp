// records — the stored fields of records and follow-ups.
#pragma once

#include "codec/shape.hpp"
#include "codec/shapes/jobs.hpp"

HS_SHAPE(RecordCreated, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, owner), HS_CLEAR(3, pool),
         HS_CLEAR(4, home_pool), HS_CLEAR(5, origin), HS_CLEAR(6, collaborators), HS_CLEAR(7, values))
HS_SHAPE(RecordChanged, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, collaborators), HS_CLEAR(3, values))
HS_SHAPE(RecordDeleted, HS_CLEAR(0, record), HS_CLEAR(1, form))
HS_SHAPE(RecordRestored, HS_CLEAR(0, record), HS_CLEAR(1, form))
HS_SHAPE(NewChoice, HS_CLEAR(0, field), HS_CLEAR(1, text))
HS_SHAPE(RegionPatch, HS_CLEAR(0, field), HS_CLEAR(1, province), HS_CLEAR(2, city), HS_CLEAR(3, district))
// Stored as an ItemPart in its record's section; this is for showing it.
HS_SHAPE(RecordItem, HS_CLEAR(0, operation), HS_CLEAR(1, record), HS_CLEAR(2, values), HS_CLEAR(3, new_choices),
         HS_CLEAR(4, collaborators), HS_CLEAR(5, owner), HS_CLEAR(6, pool), HS_CLEAR(7, expected_version),
         HS_CLEAR(8, region_patches))
HS_SHAPE(WriteRecords, HS_CLEAR(0, form), HS_CLEAR(1, atomic), HS_CLEAR(2, origin), HS_ITEMS(3, items))
HS_SHAPE(ImportRows, HS_CLEAR(0, job), HS_CLEAR(1, form), HS_CLEAR(2, on_duplicate), HS_CLEAR(3, done),
         HS_CLEAR(4, rows), HS_ITEMS(5, items), HS_CLEAR(6, unreadable))
HS_SHAPE(FollowedUp, HS_CLEAR(0, follow_up), HS_CLEAR(1, subject), HS_CLEAR(2, subject_form), HS_CLEAR(3, author),
         HS_CLEAR(4, occurred_at), HS_CLEAR(5, effective), HS_CLEAR(6, values))
HS_SHAPE(FollowUpCorrected, HS_CLEAR(0, follow_up), HS_CLEAR(1, subject), HS_CLEAR(2, subject_form),
         HS_CLEAR(3, occurred_at), HS_CLEAR(4, effective), HS_CLEAR(5, values))
HS_SHAPE(WriteFollowUp, HS_CLEAR(0, subject_form), HS_CLEAR(1, subject), HS_ITEMS(2, values))
HS_SHAPE(CorrectFollowUp, HS_CLEAR(0, follow_up), HS_ITEMS(1, values), HS_CLEAR(2, expected_version))
