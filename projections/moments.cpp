// moments — a column for each part of a moment.
#include "projections/moments.hpp"

#include "base/assert.hpp"

namespace highseas::projections {
namespace {

template <class Id>
std::optional<base::Ulid> plain(const std::optional<Id>& id) {
  if (!id) return std::nullopt;
  return id->ulid;
}

template <class Id>
std::optional<Id> typed(std::optional<base::Ulid> ulid) {
  if (!ulid) return std::nullopt;
  return Id{*ulid};
}

}  // namespace

std::uint32_t Moments::add(const Moment& moment) {
  const std::size_t at = size_++;
  HS_ASSERT(at < 0xFFFF'FFFFu);
  times_.set(at, moment.at.ms);
  kinds_.set(at, static_cast<std::int64_t>(moment.kind));
  forms_.set(at, moment.form);
  records_.set(at, moment.record);
  if (moment.member) members_.put(at, plain(moment.member));
  if (moment.department) departments_.put(at, plain(moment.department));
  if (moment.pool) pools_.put(at, plain(moment.pool));
  if (moment.waited_ms) waited_.set(at, *moment.waited_ms);
  if (moment.method) methods_.set(at, *moment.method);
  if (moment.first) firsts_.set(at, 1);
  return static_cast<std::uint32_t>(at);
}

Moment Moments::get(std::size_t at) const {
  Moment moment;
  moment.at = time(at);
  moment.kind = kind(at);
  moment.form = static_cast<domain::FormNumber>(forms_.get_or(at, 0));
  moment.record = static_cast<Row>(records_.get_or(at, 0));
  moment.member = typed<base::MemberId>(members_.get(at));
  moment.department = typed<base::DepartmentId>(departments_.get(at));
  moment.pool = typed<base::PoolId>(pools_.get(at));
  moment.waited_ms = waited_.get(at);
  if (const auto method = methods_.get(at)) moment.method = static_cast<std::uint32_t>(*method);
  moment.first = firsts_.get(at).has_value();
  return moment;
}

void Moments::correct(std::uint32_t at, base::Instant occurred_at, std::optional<std::uint32_t> method) {
  times_.set(at, occurred_at.ms);
  methods_.put(at, method ? std::optional<std::int64_t>(*method) : std::nullopt);
}

std::unique_ptr<Moments> Moments::share() const {
  auto copy = std::make_unique<Moments>();
  copy->size_ = size_;
  copy->times_ = times_;
  copy->kinds_ = kinds_;
  copy->forms_ = forms_;
  copy->records_ = records_;
  copy->waited_ = waited_;
  copy->methods_ = methods_;
  copy->firsts_ = firsts_;
  const auto reference = [](const ReferenceColumn& from, ReferenceColumn& to) {
    to = std::move(static_cast<ReferenceColumn&>(*from.share()));
  };
  reference(members_, copy->members_);
  reference(departments_, copy->departments_);
  reference(pools_, copy->pools_);
  return copy;
}

std::size_t Moments::bytes() const {
  std::size_t sum = members_.bytes() + departments_.bytes() + pools_.bytes();
  for (const auto* column : {&times_, &kinds_, &forms_, &records_, &waited_, &methods_, &firsts_}) {
    sum += column->bytes();
  }
  return sum;
}

void Moments::write(ByteWriter& out) const {
  out.raw(static_cast<std::uint64_t>(size_));
  for (const auto* column : {&times_, &kinds_, &forms_, &records_, &waited_, &methods_, &firsts_}) column->write(out);
  for (const auto* column : {&members_, &departments_, &pools_}) column->write(out);
}

void Moments::read(ByteReader& in) {
  size_ = static_cast<std::size_t>(in.raw<std::uint64_t>());
  for (auto* column : {&times_, &kinds_, &forms_, &records_, &waited_, &methods_, &firsts_}) column->read(in);
  for (auto* column : {&members_, &departments_, &pools_}) column->read(in);
}

}  // namespace highseas::projections
