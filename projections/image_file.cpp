// image_file — events (designs, job plans, files) as the codec writes them; everything else as plain numbers.
#include "projections/image_file.hpp"

#include "projections/chains.hpp"
#include "projections/moments.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {

void ImageFile::write_events(ByteWriter& out, domain::Events events) {
  domain::CommitContent content;
  content.command = domain::ReleaseTestClock{};
  content.events = std::move(events);
  const auto sections = codec::encode(content, codec::sealed_by_type());
  out.size(sections.size());
  for (const auto& section : sections) {
    out.raw(static_cast<std::uint8_t>(section.subject ? 1 : 0));
    out.raw(section.subject.value_or(base::Ulid{}));
    out.raw(section.key_owner);
    out.text(section.clear);
    out.text(section.secret);
  }
}

std::optional<domain::Events> ImageFile::read_events(ByteReader& in) {
  std::vector<codec::Section> sections(in.size());
  for (auto& section : sections) {
    const bool has_subject = in.raw<std::uint8_t>() != 0;
    const auto subject = in.raw<base::Ulid>();
    if (has_subject) section.subject = subject;
    section.key_owner = in.raw<base::Ulid>();
    section.clear = in.text();
    section.secret = in.text();
    if (!in.ok()) return std::nullopt;
  }
  auto decoded = codec::decode(sections);
  if (!decoded) return std::nullopt;
  return std::move(decoded->content.events);
}

std::string ImageFile::designs(const Image& image) {
  ByteWriter out;
  out.size(image.designs_.size());
  for (std::size_t at = 0; at < image.designs_.size(); ++at) {
    const auto& design = image.designs_[at];
    out.raw(design.position);
    out.raw(design.at);
    write_events(out, {*design.event});
  }
  return out.take();
}

bool ImageFile::read_designs(std::string_view bytes, Image& image) {
  ByteReader in(bytes);
  auto workspace = std::make_shared<domain::Workspace>();
  for (auto left = in.size(); left > 0; --left) {
    const auto position = in.raw<std::uint64_t>();
    const auto at = in.raw<base::Instant>();
    const auto events = read_events(in);
    if (!events || events->size() != 1) return false;
    domain::evolve(*workspace, events->front(), at);
    image.designs_.push_back({position, at, std::make_shared<const domain::Event>(events->front())});
  }
  image.workspace_ = std::move(workspace);
  return in.ok() && in.at_end();
}

void ImageFile::write_job(ByteWriter& out, const JobView& job) {
  write_events(out, {domain::JobStarted{.job = job.id, .member = job.member, .plan = job.plan, .total = job.total}});
  out.raw(job.state);
  out.raw(job.error);
  for (const auto number :
       {job.done, job.created, job.updated, job.recycled, job.started_position, job.last_position}) {
    out.raw(number);
  }
  out.raw(job.started_at);
  out.raw(static_cast<std::uint8_t>(job.ended_at ? 1 : 0));
  out.raw(job.ended_at.value_or(base::Instant{}));
  out.raw(static_cast<std::uint8_t>(job.cause ? 1 : 0));
  out.raw(job.cause.value_or(base::CommandId{}));
  out.size(job.outcomes.size());
  for (const auto& outcomes : job.outcomes) {
    out.raw(outcomes->position);
    write_events(out, {domain::JobAdvanced{.job = job.id, .done = 0, .outcomes = outcomes->outcomes}});
  }
}

std::shared_ptr<JobView> ImageFile::read_job(ByteReader& in) {
  const auto started = read_events(in);
  if (!started || started->size() != 1 || !std::holds_alternative<domain::JobStarted>(started->front())) return nullptr;
  const auto& told = std::get<domain::JobStarted>(started->front());
  auto job = std::make_shared<JobView>();
  job->id = told.job;
  job->member = told.member;
  job->plan = told.plan;
  job->total = told.total;
  job->state = in.raw<domain::JobState>();
  job->error = in.raw<domain::RefusalCode>();
  for (auto* number :
       {&job->done, &job->created, &job->updated, &job->recycled, &job->started_position, &job->last_position}) {
    *number = in.raw<std::uint64_t>();
  }
  job->started_at = in.raw<base::Instant>();
  const bool ended = in.raw<std::uint8_t>() != 0;
  const auto ended_at = in.raw<base::Instant>();
  if (ended) job->ended_at = ended_at;
  const bool caused = in.raw<std::uint8_t>() != 0;
  const auto cause = in.raw<base::CommandId>();
  if (caused) job->cause = cause;
  for (auto left = in.size(); left > 0 && in.ok(); --left) {
    const auto position = in.raw<std::uint64_t>();
    const auto events = read_events(in);
    if (!events || events->size() != 1) return nullptr;
    const auto* advanced = std::get_if<domain::JobAdvanced>(&events->front());
    if (!advanced) return nullptr;
    job->outcomes.push_back(std::make_shared<JobOutcomes>(JobOutcomes{position, advanced->outcomes}));
  }
  return job;
}

std::string ImageFile::head(const Image& image) {
  ByteWriter out;
  out.raw(image.position_);
  out.raw(image.time_);
  out.raw(image.recorded_at_);
  out.raw(image.last_seed_);
  out.raw(image.claims_day_);
  out.size(image.claims_.size());
  for (const auto& [of, count] : image.claims_) {
    out.raw(of.first);
    out.raw(of.second);
    out.raw(count);
  }
  out.size(image.last_assigned_.size());
  for (const auto& [pool, member] : image.last_assigned_) {
    out.raw(pool);
    out.raw(member);
  }
  out.size(image.backfills_.size());
  for (const auto& backfill : image.backfills_) {
    out.raw(backfill.job);
    out.raw(backfill.rule);
    out.raw(backfill.version);
    out.raw(static_cast<std::uint8_t>(backfill.ended ? 1 : 0));
  }
  out.size(image.jobs().size());
  for (const auto& [id, job] : image.jobs()) write_job(out, *job);
  out.size(image.files_->things.size());
  for (const auto& [id, file] : image.files_->things) write_events(out, {*file});
  return out.take();
}

bool ImageFile::read_head(std::string_view bytes, Image& image) {
  ByteReader in(bytes);
  image.position_ = in.raw<std::uint64_t>();
  image.time_ = in.raw<base::Instant>();
  image.recorded_at_ = in.raw<base::Instant>();
  image.last_seed_ = in.raw<std::uint64_t>();
  image.claims_day_ = in.raw<base::Date>();
  for (auto left = in.size(); left > 0 && in.ok(); --left) {
    const auto member = in.raw<base::MemberId>();
    const auto pool = in.raw<base::PoolId>();
    image.claims_[{member, pool}] = in.raw<std::uint32_t>();
  }
  for (auto left = in.size(); left > 0 && in.ok(); --left) {
    const auto pool = in.raw<base::PoolId>();
    image.last_assigned_.insert_or_assign(pool, in.raw<base::MemberId>());
  }
  for (auto left = in.size(); left > 0 && in.ok(); --left) {
    auto& backfill = image.backfills_.emplace_back();
    backfill.job = in.raw<base::JobId>();
    backfill.rule = in.raw<base::RuleId>();
    backfill.version = in.raw<std::uint32_t>();
    backfill.ended = in.raw<std::uint8_t>() != 0;
  }
  for (auto left = in.size(); left > 0; --left) {
    auto job = read_job(in);
    if (!job) return false;
    image.jobs_.own().things.insert_or_assign(job->id, std::move(job));
  }
  for (auto left = in.size(); left > 0; --left) {
    const auto events = read_events(in);
    if (!events || events->size() != 1) return false;
    const auto* file = std::get_if<domain::FileAdded>(&events->front());
    if (!file) return false;
    image.files_.own().things.insert_or_assign(file->file, std::make_shared<domain::FileAdded>(*file));
  }
  return in.ok() && in.at_end();
}

std::string ImageFile::lists(const Image& image) {
  ByteWriter out;
  image.moments_->write(out);
  image.history_->write(out);
  image.commands_->write(out);
  image.cool_downs_->write(out);
  return out.take();
}

bool ImageFile::read_lists(std::string_view bytes, Image& image) {
  ByteReader in(bytes);
  image.moments_->read(in);
  image.history_->read(in);
  image.commands_->read(in);
  image.cool_downs_->read(in);
  return in.ok() && in.at_end();
}

std::string ImageFile::table(const RecordTable& table) {
  ByteWriter out;
  out.raw(table.form());
  table.write(out);
  return out.take();
}

bool ImageFile::read_table(std::string_view bytes, Image& image) {
  ByteReader in(bytes);
  auto table = std::make_unique<RecordTable>(in.raw<domain::FormNumber>());
  table->read(in);
  if (!in.ok() || !in.at_end() || !image.workspace().forms.contains(table->form())) return false;
  const auto form = table->form();
  return image.tables_.emplace(form, std::move(table)).second;
}

}  // namespace highseas::projections
