// forms — the stored fields of forms.
#pragma once

#include "codec/shape.hpp"

HS_SHAPE(Label, HS_CLEAR(0, zh), HS_CLEAR(1, en))
HS_SHAPE(ChoiceOption, HS_CLEAR(0, number), HS_CLEAR(1, key), HS_CLEAR(2, label), HS_CLEAR(3, retired))
HS_SHAPE(Limits, HS_CLEAR(0, minimum), HS_CLEAR(1, maximum), HS_CLEAR(2, max_length), HS_CLEAR(3, places))
HS_SHAPE(FieldDefinition, HS_CLEAR(0, number), HS_CLEAR(1, key), HS_CLEAR(2, label), HS_CLEAR(3, help),
         HS_CLEAR(4, type), HS_CLEAR(5, many), HS_CLEAR(6, required), HS_CLEAR(7, read_only), HS_CLEAR(8, visible),
         HS_CLEAR(9, unique), HS_CLEAR(10, personal), HS_CLEAR(11, system), HS_CLEAR(12, retired), HS_CLEAR(13, open),
         HS_CLEAR(14, reference), HS_CLEAR(15, default_value), HS_CLEAR(16, choices), HS_CLEAR(17, limits))
HS_SHAPE(Behaviours, HS_CLEAR(0, pooled), HS_CLEAR(1, followed), HS_CLEAR(2, staged), HS_CLEAR(3, approvable))
HS_SHAPE(FormDefinition, HS_CLEAR(0, number), HS_CLEAR(1, slug), HS_CLEAR(2, prefix), HS_CLEAR(3, label),
         HS_CLEAR(4, behaviours), HS_CLEAR(5, fields), HS_CLEAR(6, dedup), HS_CLEAR(7, removed))
HS_SHAPE(FormAdded, HS_CLEAR(0, form))
HS_SHAPE(FormChanged, HS_CLEAR(0, form))
HS_SHAPE(FormRemoved, HS_CLEAR(0, form))
HS_SHAPE(ChoiceAdded, HS_CLEAR(0, form), HS_CLEAR(1, field), HS_CLEAR(2, number), HS_CLEAR(3, text))
HS_SHAPE(DedupRuleChanged, HS_CLEAR(0, form), HS_CLEAR(1, rules))
HS_SHAPE(ChangeForm, HS_CLEAR(0, form))
HS_SHAPE(ChangeDedupRules, HS_CLEAR(0, form), HS_CLEAR(1, rules))
