// list_job_items — GET /v1/jobs/{id}/items: what came of each item, newest first, read from the job's own commits.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <set>

#include "api/handlers.hpp"
#include "api/read/page_query.hpp"
#include "api/render/event_json.hpp"
#include "api/render/import_errors.hpp"
#include "api/render/job_json.hpp"
#include "api/render/plain_answers.hpp"
#include "api/render/transient_answers.hpp"
#include "codec/enum_keys.hpp"
#include "projections/image_names.hpp"
#include "projections/log_fold.hpp"

namespace highseas::api {
namespace {

// Commits of others lie between a job's own; so many are looked at for one page, which may then be a short one.
constexpr std::size_t kCommitsPerPage = 2'000;

struct Item {
  std::string id;  // empty: none
  std::optional<std::uint64_t> row;
  std::string_view outcome;
  domain::RefusalCode code = domain::RefusalCode::none;
  std::vector<domain::ItemOutcome> faults;  // of a refused row, all of them
};

// Up to which commit, and how many of that one's items are behind.
struct Place {
  std::uint64_t position = 0;
  std::size_t told = 0;
};

std::optional<Place> read_place(std::string_view cursor) {
  Place place;
  const auto* end = cursor.data() + cursor.size();
  auto read = std::from_chars(cursor.data(), end, place.position);
  if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '-') return std::nullopt;
  read = std::from_chars(read.ptr + 1, end, place.told);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return place;
}

std::string_view outcome_of(const domain::Event& event) {
  if (std::holds_alternative<domain::RecordCreated>(event)) return "created";
  if (std::holds_alternative<domain::FollowedUp>(event)) return "created";
  if (std::holds_alternative<domain::RecordChanged>(event)) return "updated";
  if (std::holds_alternative<domain::Recycled>(event)) return "recycled";
  if (std::holds_alternative<domain::Transferred>(event)) return "transferred";
  if (std::holds_alternative<domain::Released>(event)) return "released";
  return {};
}

// Of an import's chunk the rows that left an event, in the order of the events: each row leaves one on its record.
std::vector<std::uint64_t> written_rows(const domain::CommitContent& content) {
  const auto* chunk = std::get_if<domain::ImportRows>(&content.command);
  if (!chunk) return {};
  std::set<std::uint64_t> without_event;
  for (const auto& outcome : content.outcomes) without_event.insert(outcome.index);
  std::vector<std::uint64_t> rows;
  std::ranges::remove_copy_if(chunk->rows, std::back_inserter(rows),
                              [&](std::uint64_t row) { return without_event.contains(row); });
  return rows;
}

std::optional<domain::FormNumber> form_of(const projections::Image& image, const domain::JobPlan& plan,
                                          base::Ulid record) {
  if (const auto* import = std::get_if<domain::ImportPlan>(&plan)) return import->form;
  const auto view = image.record(base::RecordId{record});
  if (!view) return std::nullopt;
  return view->form();
}

// Of one commit, an import's in the order of its rows, others in that in which they were decided; none where the commit
// is not the job's.
std::vector<Item> items_of(const projections::Image& image, const projections::JobView& job,
                           const domain::CommitContent& content) {
  std::vector<Item> items;
  const domain::JobAdvanced* advanced = nullptr;
  for (const auto& event : content.events) {
    const auto* other = std::get_if<domain::JobAdvanced>(&event);
    if (other && other->job == job.id) advanced = other;
  }
  if (!advanced) return items;
  const auto rows = written_rows(content);
  for (const auto& event : content.events) {
    const auto outcome = outcome_of(event);
    const auto about = record_of(event);
    if (outcome.empty() || !about) continue;
    const auto row = items.size() < rows.size() ? std::optional(rows[items.size()]) : std::nullopt;
    items.push_back(
        {projections::record_id_text(image, about->form, about->record), row, outcome, domain::RefusalCode::none, {}});
  }
  const bool import = std::holds_alternative<domain::ImportPlan>(job.plan);
  for (const auto& outcome : advanced->outcomes) {
    if (import && outcome.status == domain::OutcomeStatus::refused && !items.empty() &&
        items.back().row == outcome.index) {
      items.back().faults.push_back(outcome);
      continue;
    }
    Item item{.id = {}, .row = {}, .outcome = codec::enum_key(outcome.status), .code = outcome.code, .faults = {}};
    if (import && outcome.status == domain::OutcomeStatus::refused) item.faults.push_back(outcome);
    if (import) item.row = outcome.index;
    const auto form = outcome.record ? form_of(image, job.plan, *outcome.record) : std::nullopt;
    if (form) item.id = projections::record_id_text(image, *form, base::RecordId{*outcome.record});
    items.push_back(std::move(item));
  }
  if (import) std::ranges::stable_sort(items, {}, &Item::row);
  return items;
}

void write_item(json::Writer& writer, const Item& item, const RowErrorContext& context, bool import) {
  writer.begin_object();
  item.id.empty() ? writer.null_member("id") : writer.member("id", item.id);
  item.row ? writer.member("row", *item.row) : writer.null_member("row");
  writer.member("outcome", item.outcome);
  if (item.code == domain::RefusalCode::none) {
    writer.null_member("code").null_member("reason");
  } else {
    const auto code = domain::refusal_key(item.code);
    writer.member("code", code);
    writer.member("reason",
                  item.faults.empty() ? detail_of(code, context.language) : row_detail(context, item.faults.front()));
  }
  if (import) {
    writer.key("errors").begin_array();
    for (const auto& fault : item.faults) write_row_error(writer, context, fault);
    writer.end_array();
  }
  writer.end_object();
}

class Pages {
 public:
  Pages(App& app, const Call& call, const projections::Image& image, const projections::JobView& job)
      : app_(app), call_(call), image_(image), job_(job) {}

  // What is folded and not on disk yet can't be read back; it comes with the next look.
  Place newest() const {
    const auto end = app_.engine().log().end(call_.workspace()->number());
    return {std::min<std::uint64_t>(job_.last_position, end), 0};
  }

  // False where a commit can't be read.
  bool write(json::Writer& writer, Place from, std::size_t limit) {
    const auto* import = std::get_if<domain::ImportPlan>(&job_.plan);
    const RowErrorContext context{
        .image = image_, .rights = call_.rights(), .form = import ? import->form : 0, .language = call_.language()};
    writer.begin_object().key("items").begin_array();
    std::size_t written = 0;
    std::size_t looked = 0;
    Place at = from;
    while (at.position > job_.started_position && written < limit && looked++ < kCommitsPerPage) {
      const auto read = projections::read_commit(app_.engine().log(), &app_.engine().vault(),
                                                 call_.workspace()->number(), at.position);
      if (!read) return false;
      const auto items = items_of(image_, job_, read->commit.content);
      for (; at.told < items.size() && written < limit; ++written) {
        write_item(writer, items[items.size() - ++at.told], context, import != nullptr);
      }
      if (at.told >= items.size()) at = {at.position - 1, 0};
    }
    writer.end_array();
    if (at.position > job_.started_position) {
      writer.member("next_cursor", std::to_string(at.position) + "-" + std::to_string(at.told));
    } else {
      writer.null_member("next_cursor");
    }
    writer.member("position", image_.position()).end_object();
    return true;
  }

 private:
  App& app_;
  const Call& call_;
  const projections::Image& image_;
  const projections::JobView& job_;
};

// Of a job that is not in the log: all of its items are at hand.
http::Response transient_items(const TransientJob& job, std::size_t from, std::size_t limit,
                               eventstore::Position position) {
  const auto end = std::min(job.items.size(), from + limit);
  std::string text = "{\"items\":[";
  for (auto at = from; at < end; ++at) text += (at == from ? "" : ",") + job.items[at];
  text += "],\"next_cursor\":" + (end < job.items.size() ? "\"0-" + std::to_string(end) + "\"" : "null");
  text += ",\"position\":" + std::to_string(position) + "}";
  return answer(200, std::move(text), position);
}

http::Response items_answer(App& app, const Call& call, const projections::Image& image, std::optional<Place> from,
                            std::size_t limit) {
  const auto id = base::parse_id<base::JobTag>(call.parameter("id"));
  const auto* job = id ? image.job(*id) : nullptr;
  if (const auto transient = id && !job ? transient_job(app, call, *id) : nullptr) {
    const auto told = from ? std::min(from->told, transient->items.size()) : 0;
    return transient_items(*transient, told, limit, image.position());
  }
  if (!job || !may_see(call.rights(), *job)) return refused_at(call, Problem::of("not-found"), image.position());
  Pages pages(app, call, image, *job);
  const auto newest = pages.newest();
  if (from && from->position > newest.position) return refused_at(call, Problem::of("bad-cursor"), image.position());
  std::string text;
  json::Writer writer(text);
  if (!pages.write(writer, from.value_or(newest), limit)) {
    return refused_at(call, Problem::of("storage"), image.position());
  }
  return answer(200, std::move(text), image.position());
}

}  // namespace

void list_job_items(App& app, const CallPtr& call) {
  const auto limit = page_limit(*call);
  if (!limit) return call->refuse(limit.error());
  std::optional<Place> from;
  if (const auto cursor = call->query("cursor")) {
    from = read_place(*cursor);
    if (!from) return call->refuse(Problem::of("bad-cursor"));
  }
  scan(call, [&app, call, from, limit = *limit](const projections::Image& image) {
    return items_answer(app, *call, image, from, limit);
  });
}

}  // namespace highseas::api
