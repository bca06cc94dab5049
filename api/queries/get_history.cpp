// get_history — GET /v1/{form}/{id}/history: every event of a record and of what stands on it, out of the log.
#include <charconv>

#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/read/page_query.hpp"
#include "api/read/record_address.hpp"
#include "api/render/event_json.hpp"
#include "api/render/record_json.hpp"
#include "engine/recorded_commit.hpp"
#include "projections/image_names.hpp"
#include "projections/query/list.hpp"

namespace highseas::api {
namespace {

using projections::HistoryPlace;

// "5210.3": position and index of the last event told.
std::optional<HistoryPlace> parse_cursor(std::string_view text) {
  HistoryPlace place;
  const auto* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, place.position);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, place.index);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return place;
}

struct HistoryPage {
  std::shared_ptr<const projections::Image> image;
  std::vector<HistoryPlace> places;
  std::optional<std::string> next_cursor;
};

class HistoryWriter {
 public:
  HistoryWriter(App& app, const Call& call, const HistoryPage& page)
      : app_(app),
        call_(call),
        page_(page),
        image_(*page.image),
        lang_(call.language() == Language::zh ? codec::Lang::zh : codec::Lang::en),
        names_(image_, lang_, &call.rights()),
        writer_(text_) {}

  // Nothing where the log could not be read.
  std::optional<std::string> run() {
    writer_.begin_object().key("items").begin_array();
    for (const auto& place : page_.places) {
      const auto* recorded = commit(place.position);
      if (!recorded || place.index >= recorded->commit.content.events.size()) return std::nullopt;
      item(place, *recorded);
    }
    writer_.end_array();
    if (page_.next_cursor) {
      writer_.member("next_cursor", *page_.next_cursor);
    } else {
      writer_.null_member("next_cursor");
    }
    writer_.member("position", image_.position()).end_object();
    return std::move(text_);
  }

 private:
  // Several events of a page may stand in one commit.
  const engine::RecordedCommit* commit(std::uint64_t position) {
    if (!last_ || last_->commit.position != position) {
      auto read = engine::read_recorded(app_.engine(), call_.workspace()->number(), position);
      if (!read) return nullptr;
      last_ = std::move(*read);
    }
    return &*last_;
  }

  bool may_see(const domain::Event& event) const {
    const auto about = record_of(event);
    if (!about) return true;
    const auto record = image_.record(about->form, about->record);
    return record && may_read(call_.rights(), *record);
  }

  void item(const HistoryPlace& place, const engine::RecordedCommit& recorded) {
    const auto& event = recorded.commit.content.events[place.index];
    if (!may_see(event)) return;
    const auto seen = as_seen(event, image_, call_.rights());
    writer_.begin_object();
    writer_.member("position", place.position).member("index", place.index);
    writer_.member("type", shown_type(event, image_));
    writer_.member("at", base::format_instant(recorded.commit.time));
    writer_.key("actor");
    write_actor(writer_, recorded.commit.actor, image_.workspace(), call_.language());
    writer_.member("summary", codec::summary(seen, lang_, names_));
    writer_.key("data");
    write_event_data(writer_, seen, image_.workspace());
    writer_.member("commit_hash", recorded.leaf_hash);
    writer_.end_object();
  }

  App& app_;
  const Call& call_;
  const HistoryPage& page_;
  const projections::Image& image_;
  const codec::Lang lang_;
  const projections::ImageNames names_;
  std::string text_;
  json::Writer writer_;
  std::optional<engine::RecordedCommit> last_;
};

void answer_page(App& app, const CallPtr& call, const HistoryPage& page) {
  auto text = HistoryWriter(app, *call, page).run();
  if (!text) return call->fail(engine::Failure::storage);
  call->respond(answer(200, std::move(*text), page.image->position()));
}

struct HistoryRequest {
  RecordAddress address;
  std::size_t limit;
  std::optional<HistoryPlace> before;
  projections::Among among;
};

HistoryPage page_of(const projections::Image& image, const HistoryRequest& request) {
  // A copy shares all that the snapshot holds, and outlives it.
  HistoryPage page{.image = std::make_shared<const projections::Image>(image), .places = {}, .next_cursor = {}};
  page.places = image.history(request.address.record, request.limit + 1, request.before);
  if (page.places.size() > request.limit) {
    page.places.resize(request.limit);
    const auto& last = page.places.back();
    page.next_cursor = std::to_string(last.position) + "." + std::to_string(last.index);
  }
  return page;
}

}  // namespace

void get_history(App& app, const CallPtr& call) {
  const auto address = record_address(*call, domain::kRead);
  if (!address) return call->refuse(address.error());
  const auto limit = page_limit(*call);
  if (!limit) return call->refuse(limit.error());
  const auto place = among(*call);
  if (!place) return call->refuse(place.error());
  std::optional<HistoryPlace> before;
  if (const auto cursor = call->query("cursor")) {
    before = parse_cursor(*cursor);
    if (!before) return call->refuse(Problem::of("bad-cursor"));
  }
  HistoryRequest request{.address = *address, .limit = *limit, .before = before, .among = *place};
  // What the snapshot names is read out of the log once it is durable: that is when its answer may be told.
  call->workspace()->scan(
      call->min_position(),
      [&app, call, request = std::move(request)](const projections::Image& image) mutable -> engine::Answer {
        const auto form = request.address.form->number;
        if (!projections::get(image, call->rights(), form, request.address.record, request.among)) {
          return [call] { call->refuse(Problem::of("not-found")); };
        }
        return [&app, call, page = page_of(image, request)]() mutable {
          app.engine().threads().on_worker([&app, call, page = std::move(page)] { answer_page(app, call, page); });
        };
      },
      call->on_failure(call), call->bytes());
}

}  // namespace highseas::api
