// ownership — the stored fields of pools and who owns what.
#pragma once

#include "codec/shape.hpp"

HS_SHAPE(Audience, HS_CLEAR(0, members), HS_CLEAR(1, departments), HS_CLEAR(2, roles))
HS_SHAPE(PoolDefinition, HS_CLEAR(0, id), HS_CLEAR(1, form), HS_CLEAR(2, name), HS_CLEAR(3, managers),
         HS_CLEAR(4, claimers), HS_CLEAR(5, hidden_fields), HS_CLEAR(6, daily_claim_limit), HS_CLEAR(7, holding_limit),
         HS_CLEAR(8, holding_excludes), HS_CLEAR(9, cool_down_days), HS_CLEAR(10, protect_new_days))
HS_SHAPE(Claimed, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, owner), HS_CLEAR(3, pool))
HS_SHAPE(Assigned, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, owner), HS_CLEAR(3, pool))
HS_SHAPE(Transferred, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, from), HS_CLEAR(3, to), HS_SEALED(4, note),
         HS_CLEAR(5, cool_down_until))
HS_SHAPE(Released, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, from), HS_CLEAR(3, pool),
         HS_CLEAR(4, cool_down_until), HS_CLEAR(5, left), HS_SEALED(6, reason), HS_SEALED(7, note))
HS_SHAPE(DueRule, HS_CLEAR(0, rule), HS_CLEAR(1, version), HS_CLEAR(2, due_at), HS_CLEAR(3, trigger), HS_CLEAR(4, days),
         HS_CLEAR(5, counted_from))
HS_SHAPE(Recycled, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, from), HS_CLEAR(3, pool),
         HS_CLEAR(4, cool_down_until), HS_CLEAR(5, rules), HS_CLEAR(6, backfill))
HS_SHAPE(MovedToPool, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, from), HS_CLEAR(3, to))
HS_SHAPE(Locked, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, until), HS_SEALED(3, reason))
HS_SHAPE(RecycleReminded, HS_CLEAR(0, record), HS_CLEAR(1, form), HS_CLEAR(2, owner), HS_CLEAR(3, rule),
         HS_CLEAR(4, version), HS_CLEAR(5, due_at), HS_CLEAR(6, days_before))
HS_SHAPE(PoolAdded, HS_CLEAR(0, pool))
HS_SHAPE(PoolChanged, HS_CLEAR(0, pool))
HS_SHAPE(PoolRemoved, HS_CLEAR(0, pool))
HS_SHAPE(PoolTargets, HS_CLEAR(0, form), HS_CLEAR(1, single), HS_CLEAR(2, records))
HS_SHAPE(ClaimRecords, HS_CLEAR(0, targets))
HS_SHAPE(AssignRecords, HS_CLEAR(0, targets), HS_CLEAR(1, strategy), HS_CLEAR(2, members))
HS_SHAPE(TransferRecords, HS_CLEAR(0, targets), HS_CLEAR(1, owner), HS_SEALED(2, note))
HS_SHAPE(ReleaseRecords, HS_CLEAR(0, targets), HS_CLEAR(1, pool), HS_SEALED(2, reason), HS_SEALED(3, note))
HS_SHAPE(MoveRecords, HS_CLEAR(0, targets), HS_CLEAR(1, pool))
HS_SHAPE(LockRecords, HS_CLEAR(0, targets), HS_CLEAR(1, until), HS_SEALED(2, reason))
HS_SHAPE(RecycleRecords, HS_CLEAR(0, form), HS_CLEAR(1, records), HS_CLEAR(2, backfill))
HS_SHAPE(HandOverRecords, HS_CLEAR(0, job), HS_CLEAR(1, form), HS_CLEAR(2, done), HS_CLEAR(3, records))
HS_SHAPE(AddPool, HS_CLEAR(0, pool))
HS_SHAPE(ChangePool, HS_CLEAR(0, pool))
HS_SHAPE(RemovePool, HS_CLEAR(0, pool))
