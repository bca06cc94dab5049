// preview_json — explanations are made when they are asked for, of the facts that were judged.
#include "api/render/preview_json.hpp"

#include <algorithm>

#include "api/render/record_json.hpp"
#include "api/render/rule_json.hpp"
#include "base/zone.hpp"

namespace highseas::api {
namespace {

std::string_view key_of(PreviewOutcome outcome) {
  switch (outcome) {
    case PreviewOutcome::due:
      return "due";
    case PreviewOutcome::later:
      return "later";
    case PreviewOutcome::spared:
      return "spared";
  }
  return {};
}

class ItemWriter {
 public:
  ItemWriter(json::Writer& writer, const Call& call, const projections::Image& image, const Preview& preview)
      : writer_(writer),
        call_(call),
        image_(image),
        form_(image.workspace().form(preview.draft.form)),
        zone_(base::Zone::find(image.workspace().time_zone).value_or(base::Zone::utc())) {
    rule_.draft = preview.draft;
    rule_.version = preview.version;
  }

  void write(const PreviewedRecord& item) const {
    writer_.begin_object().member("id", base::format_id(form_ ? form_->prefix : "", item.record.ulid)).key("name");
    const auto name = name_of(item.record);
    name ? writer_.string(*name) : writer_.null();
    writer_.member("outcome", key_of(item.outcome)).key("due_at");
    const bool at = item.due.kind == rules::DueKind::at;
    at ? writer_.string(base::format_instant(item.due.at)) : writer_.null();
    writer_.member("explanation", in(call_.language(), explanation(item, at))).end_object();
  }

 private:
  std::optional<std::string> name_of(base::RecordId id) const {
    if (!form_) return std::nullopt;
    const auto record = image_.record(form_->number, id);
    if (!record || !may_read(call_.rights(), *record)) return std::nullopt;
    return record_name(call_.rights(), *record);
  }

  rules::Explanation explanation(const PreviewedRecord& item, bool at) const {
    if (!at) return rules::explain_not_due(item.due, rule_);
    rules::RecycleFacts facts;
    facts.owned_since = item.owned_since;
    facts.last_follow_up = item.last_follow_up;
    facts.last_data_change = item.last_data_change;
    return rules::explain(rules::explained(item.due, rule_, facts), zone_);
  }

  json::Writer& writer_;
  const Call& call_;
  const projections::Image& image_;
  const domain::FormDefinition* form_;
  base::Zone zone_;
  rules::CompiledRule rule_;  // for its words alone
};

}  // namespace

void write_preview_page(json::Writer& writer, const Call& call, const projections::Image& image, const Preview& preview,
                        std::size_t from, std::size_t limit) {
  const ItemWriter items(writer, call, image, preview);
  const auto end = std::min(preview.records.size(), from + limit);
  writer.key("items").begin_array();
  for (auto at = from; at < end; ++at) items.write(preview.records[at]);
  writer.end_array();
  if (end < preview.records.size()) {
    writer.member("next_cursor", std::to_string(end));
  } else {
    writer.null_member("next_cursor");
  }
}

}  // namespace highseas::api
