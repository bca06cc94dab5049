// random_expressions — well-typed expressions, records and texts by chance, all from one seed (HIGHSEAS_SEED).
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "tests/expression/sample_form.hpp"

namespace highseas::expression {

// The seed of a random test: HIGHSEAS_SEED, or a new one; print it.
inline std::uint64_t chosen_seed() {
  if (const char* text = std::getenv("HIGHSEAS_SEED")) return std::strtoull(text, nullptr, 10);
  return std::random_device{}();
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
  bool one_in(std::size_t bound) { return below(bound) == 0; }
  std::string one_of(const std::vector<std::string>& texts) { return texts[below(texts.size())]; }

 private:
  std::mt19937_64 engine_;
};

// Writes expressions that compile against SampleForm; now and then with a fault in them.
class ExpressionWriter {
 public:
  explicit ExpressionWriter(Dice& dice) : dice_(dice) {}

  std::string boolean(int depth) {
    if (depth <= 0) return dice_.one_of({"active", "true", "false", "null", "active == true", "active != null"});
    switch (dice_.below(14)) {
      case 0:
      case 1:
        return "(" + boolean(depth - 1) + " && " + boolean(depth - 1) + " && " + boolean(depth - 2) + ")";
      case 2:
      case 3:
        return "(" + boolean(depth - 1) + " || " + boolean(depth - 1) + ")";
      case 4:
        return "!" + std::string("(") + boolean(depth - 1) + ")";
      case 5:
        return "(" + boolean(depth - 1) + " ? " + boolean(depth - 1) + " : " + boolean(depth - 1) + ")";
      case 6:
        return number(depth - 1) + comparison() + number(depth - 1);
      case 7:
        return instant(depth - 1) + comparison() + instant(depth - 1);
      case 8:
        return date(depth - 1) + comparison() + date(depth - 1);
      case 9:
        return text(depth - 1) + comparison() + text(depth - 1);
      case 10:
        return dice_.one_of({"contains", "startsWith", "endsWith"}) + "(" + text(depth - 1) + ", " + text(0) + ")";
      case 11:
        return choice_test();
      case 12:
        return reference_test();
      default:
        return list_test(depth);
    }
  }

 private:
  std::string comparison() { return dice_.one_of({" == ", " != ", " < ", " <= ", " > ", " >= "}); }
  std::string equality() { return dice_.one_of({" == ", " != "}); }

  std::string integer() {
    return dice_.one_of({"count", "count_2", "0", "1", "-2", "3", "size(name)", "size(tags)", "size(code)",
                         "9223372036854775807", "-9223372036854775808"});
  }

  std::string number(int depth) {
    if (depth <= 0 || dice_.one_in(3)) {
      return dice_.one_in(2) ? integer() : dice_.one_of({"amount", "1.5", "2.25", "-0.000001", "0.0", "10.10", "1e3"});
    }
    if (dice_.one_in(6)) return "(" + integer() + " % " + integer() + ")";
    if (dice_.one_in(6)) return "-(" + number(depth - 1) + ")";
    if (dice_.one_in(6)) return "(" + boolean(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
    return "(" + number(depth - 1) + dice_.one_of({" + ", " - ", " * ", " / "}) + number(depth - 1) + ")";
  }

  std::string duration() {
    return dice_.one_of({"days(1)", "days(count)", "hours(12)", "hours(count_2)", "days(30)", "-days(2)",
                         "(now - seen_at)", "days(9000000)"});
  }

  std::string instant(int depth) {
    if (depth <= 0 || dice_.one_in(2)) {
      return dice_.one_of({"now", "seen_at", "seen_at", "timestamp('2026-11-01T00:00:00Z')"});
    }
    return "(" + instant(depth - 1) + dice_.one_of({" + ", " - "}) + duration() + ")";
  }

  std::string date(int depth) {
    if (depth <= 0 || dice_.one_in(2)) return dice_.one_of({"today", "signed_on", "signed_on", "date('2026-11-01')"});
    return "(" + date(depth - 1) + dice_.one_of({" + ", " - "}) + duration() + ")";
  }

  std::string text(int depth) {
    if (depth <= 0 || dice_.one_in(2)) {
      return dice_.one_of({"name", "name", "code", "region.province", "region.city", "'海'", "'a'", "''", "'江'"});
    }
    return "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
  }

  std::string choice_test() {
    switch (dice_.below(6)) {
      case 0:
        return "status" + equality() + dice_.one_of({"'won'", "'new'", "null", "status"});
      case 1:
        return "status in ['won', " + dice_.one_of({"'lost'", "null", "status"}) + "]";
      case 2:
        return "'vip' in tags";
      case 3:
        return "tags" + equality() + "null";
      case 4:
        return "null" + equality() + "grade";
      default:
        return "tags.contains(" + dice_.one_of({"'late'", "'rude'", "null ? 'vip' : null"}) + ")";
    }
  }

  std::string reference_test() {
    const std::string id = "'" + sample_member_id(dice_.below(4)) + "'";
    switch (dice_.below(5)) {
      case 0:
        return "owner" + equality() + dice_.one_of({"me", "null", id, "pool"});
      case 1:
        return "me" + equality() + "owner";
      case 2:
        return id + " in team";
      case 3:
        return "owner in [me, " + id + "]";
      default:
        return "team.contains(owner)";
    }
  }

  std::string list_test(int depth) {
    switch (dice_.below(5)) {
      case 0:
        return "count in [1, 2.0, 2.5, " + integer() + "]";
      case 1:
        return "amount in [1, 12.50, null]";
      case 2:
        return number(depth - 1) + " in [" + number(depth - 2) + ", 3]";
      case 3:
        return "name in ['海', 'a', " + text(depth - 1) + "]";
      default:
        return dice_.one_of({"region == null", "place != null", "seen_at in [null, now]", "signed_on == '2026-11-01'"});
    }
  }

  Dice& dice_;
};

inline base::Value random_value(Dice& dice, std::uint32_t slot) {
  static const std::vector<std::string> kTexts = {"", "海", "a", "江海", "aa", "海a", "b"};
  if (dice.one_in(4)) return {};
  switch (slot) {
    case kName:
    case kCode:
      return dice.one_of(kTexts);
    case kAmount:
      return base::Decimal{static_cast<std::int64_t>(dice.below(4000)) - 1000, 2};
    case kCount:
    case kSecondCount:
      return static_cast<std::int64_t>(dice.below(7)) - 3;
    case kActive:
      return dice.one_in(2);
    case kSignedOn:
      return base::Date{base::parse_date("2026-11-01")->days + static_cast<std::int32_t>(dice.below(40)) - 20};
    case kSeenAt:
      return base::Instant{sample_environment().now.ms - static_cast<std::int64_t>(dice.below(60)) * base::kMsPerDay};
    case kStatus:
    case kGrade:
      return base::Choice{static_cast<std::uint32_t>(1 + dice.below(3))};
    case kTags: {
      base::Choices tags;
      for (std::uint32_t tag : {7u, 8u, 9u}) {
        if (dice.one_in(2)) tags.numbers.push_back(tag);
      }
      return tags;
    }
    case kOwner:
    case kPool:
      return base::Reference{sample_member(dice.below(4))};
    case kTeam: {
      base::References team;
      for (std::size_t left = dice.below(3); left > 0; --left) team.ids.push_back(sample_member(left));
      return team;
    }
    case kRegion:
      return base::Region{dice.one_of({"江", "海", ""}), dice.one_of({"海", ""}), ""};
    default:
      return base::Location{{1205, 1}, {312, 1}};
  }
}

}  // namespace highseas::expression
