// recycling — the stored fields of recycle rules.
#pragma once

#include "codec/shape.hpp"

HS_SHAPE(Trigger, HS_CLEAR(0, type), HS_CLEAR(1, days))
HS_SHAPE(RecycleDraft, HS_CLEAR(0, name), HS_CLEAR(1, form), HS_CLEAR(2, pools), HS_CLEAR(3, applies_when),
         HS_CLEAR(4, match), HS_CLEAR(5, triggers), HS_CLEAR(6, protect_when), HS_CLEAR(7, calendar),
         HS_CLEAR(8, at_ms), HS_CLEAR(9, remind_before), HS_CLEAR(10, target_pool), HS_CLEAR(11, cool_down_days),
         HS_CLEAR(12, daily_cap), HS_CLEAR(13, pause_on_leave), HS_CLEAR(14, notice_days))
HS_SHAPE(RecycleRulePublished, HS_CLEAR(0, rule), HS_CLEAR(1, version), HS_CLEAR(2, draft), HS_CLEAR(3, existing),
         HS_CLEAR(4, grace_days))
HS_SHAPE(RecycleRuleSwitched, HS_CLEAR(0, rule), HS_CLEAR(1, enabled))
HS_SHAPE(BackfillStarted, HS_CLEAR(0, job), HS_CLEAR(1, rule), HS_CLEAR(2, version), HS_CLEAR(3, judged_at))
HS_SHAPE(BackfillEnded, HS_CLEAR(0, job), HS_CLEAR(1, cancelled))
HS_SHAPE(PublishRecycleRule, HS_CLEAR(0, rule), HS_CLEAR(1, draft), HS_CLEAR(2, existing),
         HS_CLEAR(3, previewed_at_position), HS_CLEAR(4, judged_at), HS_CLEAR(5, affected_count),
         HS_CLEAR(6, affected_digest), HS_CLEAR(7, accept_changes))
HS_SHAPE(SwitchRecycleRule, HS_CLEAR(0, rule), HS_CLEAR(1, enabled))
HS_SHAPE(EndBackfill, HS_CLEAR(0, job), HS_CLEAR(1, cancelled))
