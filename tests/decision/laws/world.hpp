// world — a company and its model side by side: each step is taken in both, and both must say the same of it.
#pragma once

#include "tests/decision/laws/model.hpp"
#include "tests/decision/laws/steps.hpp"
#include "tests/decision/office.hpp"

namespace highseas::decision::tests {

class World {
 public:
  World();

  void take(const Step& step);
  // Whatever can be counted in both.
  void check() const;

  Office office;
  Model model;

 private:
  using Answer = std::expected<Decided, domain::Refusal>;

  void claim(Thing& thing, base::MemberId who);
  void claim_all(base::MemberId who);
  void assign(Thing& thing, base::MemberId to);
  void transfer(Thing& thing, base::MemberId to);
  void release(Thing& thing, bool by_owner);
  void move(Thing& thing);
  void lock(Thing& thing, std::optional<base::Instant> until);
  void follow_up(Thing& thing, base::MemberId author, std::uint32_t hours_ago);
  void win_or_not(Thing& thing);
  void change(Thing& thing, std::optional<std::uint32_t> name, std::optional<std::uint32_t> phone, bool other_spelling);
  void create(std::optional<base::MemberId> owner, std::uint32_t detail);
  void import_row(std::uint32_t detail);
  void bin(Thing& thing);
  void restore(Thing& thing);
  void sweep();

  void add_created(const Decided& decided, std::optional<base::MemberId> owner, std::uint32_t name,
                   std::optional<std::uint32_t> phone);
  void refused_for(const Answer& answer, const std::vector<base::RecordId>& in_the_way) const;

  std::vector<base::MemberId> people_;
  base::JobId import_;
  std::uint64_t rows_ = 0;
};

}  // namespace highseas::decision::tests
