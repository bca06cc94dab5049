// canonical_dump — values and not codes, in the order of the log: nothing in it depends on how the state came about.
#include "projections/canonical_dump.hpp"

#include <map>

#include "projections/chains.hpp"
#include "projections/image_file.hpp"
#include "projections/moments.hpp"
#include "projections/record_table.hpp"

namespace highseas::projections {
namespace {

struct ValueText {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(base::Decimal decimal) const { return base::format_decimal(decimal); }
  std::string operator()(base::Date date) const { return base::format_date(date); }
  std::string operator()(base::Instant at) const { return base::format_instant(at); }
  std::string operator()(const std::string& text) const { return "\"" + text + "\""; }
  std::string operator()(base::Choice choice) const { return "#" + std::to_string(choice.number); }
  std::string operator()(const base::Choices& choices) const {
    std::string text;
    for (const auto number : choices.numbers) text += "#" + std::to_string(number);
    return "[" + text + "]";
  }
  std::string operator()(base::Reference reference) const { return base::format_ulid(reference.id); }
  std::string operator()(const base::References& references) const {
    std::string text;
    for (const auto id : references.ids) text += " " + base::format_ulid(id);
    return "[" + text + "]";
  }
  std::string operator()(const base::Region& region) const {
    return region.province + "/" + region.city + "/" + region.district;
  }
  std::string operator()(const base::Location& location) const {
    return base::format_decimal(location.longitude) + "," + base::format_decimal(location.latitude);
  }
};

class Dump {
 public:
  explicit Dump(const State& state) : state_(state), image_(state.image()) {}

  std::string run() {
    line("position " + std::to_string(image_.position()) + " time " + base::format_instant(image_.time()) +
         " recorded " + base::format_instant(image_.recorded_at()));
    blob("designs", ImageFile::designs(image_));
    blob("head", ImageFile::head(image_));
    for (const auto form : image_.forms()) table(*image_.table(form));
    moments();
    commands();
    limits();
    return std::move(text_);
  }

 private:
  void line(const std::string& text) {
    text_ += text;
    text_ += '\n';
  }

  // Bytes that are told in one way only.
  void blob(const std::string& name, const std::string& bytes) {
    std::uint64_t hash = 0xCBF2'9CE4'8422'2325ull;
    for (const char c : bytes) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x0000'0100'0000'01B3ull;
    line(name + " " + std::to_string(bytes.size()) + " " + std::to_string(hash));
  }

  void table(const RecordTable& table) {
    const auto& form = image_.workspace().forms.at(table.form());
    for (Row row = 0; row < table.size(); ++row) {
      std::string text = form.slug + " " + base::format_ulid(table.id(row).ulid);
      for (const auto& fact : domain::fact_fields()) value(text, std::string(fact.key), table.value(fact.number, row));
      for (const auto& field : form.fields) value(text, std::to_string(field.number), table.value(field.number, row));
      for (std::size_t at = 0; at < static_cast<std::size_t>(Hidden::kCount); ++at) {
        const auto what = static_cast<Hidden>(at);
        const auto number = table.hidden(what).get(row);
        const bool a_place = what == Hidden::history || what == Hidden::cool_down;  // told by what hangs there
        if (number && !a_place) text += " h" + std::to_string(at) + "=" + std::to_string(*number);
      }
      for (const auto& [field, changed] : table.changed_at()) {
        if (const auto at = changed.get(row)) text += " c" + std::to_string(field) + "=" + std::to_string(*at);
      }
      for (std::size_t rule = 0; rule < table.key_hashes().size(); ++rule) {
        if (const auto hash = table.key_hashes()[rule].get(row)) text += " k=" + std::to_string(*hash);
      }
      for (const auto place : image_.history(table.id(row), kNoEntry)) {
        text += " @" + std::to_string(place.position) + "." + std::to_string(place.index);
      }
      for (const auto& cool_down : state_.cool_downs(table.form(), table.id(row))) {
        text += " cool " + base::format_id(cool_down.member) + " " + base::format_instant(cool_down.until);
      }
      line(text);
    }
  }

  static void value(std::string& text, const std::string& key, const base::Value& value) {
    if (!base::is_null(value)) text += " " + key + "=" + std::visit(ValueText{}, value);
  }

  void moments() {
    const auto& moments = image_.moments();
    for (std::size_t at = 0; at < moments.size(); ++at) {
      const auto moment = moments.get(at);
      const auto id = [](const auto& of) { return of ? base::format_ulid(of->ulid) : std::string("-"); };
      line("moment " + base::format_instant(moment.at) + " " + std::to_string(static_cast<int>(moment.kind)) + " " +
           std::to_string(moment.form) + "/" + std::to_string(moment.record) + " " + id(moment.member) + " " +
           id(moment.department) + " " + id(moment.pool) + " " + std::to_string(moment.waited_ms.value_or(-1)) + " " +
           std::to_string(moment.method.value_or(0)) + (moment.first ? " first" : ""));
    }
  }

  void commands() {
    const auto& commands = image_.commands();
    for (std::size_t at = commands.begin(); at < commands.end(); ++at) {
      const auto& entry = commands.entry(at);
      const auto known = state_.remembered({entry.id});
      line("command " + base::format_ulid(entry.id) + " " + std::to_string(entry.position) + " " +
           std::to_string(entry.recorded_at_ms) + (known ? "" : " lost"));
    }
  }

  void limits() {
    for (const auto& [member, who] : image_.workspace().members) {
      std::string text = base::format_id(member) + " owns " + std::to_string(state_.owned_count(member));
      for (const auto& [pool, what] : image_.workspace().pools) {
        text += " " + std::to_string(state_.holdings(member, pool));
      }
      line(text);
    }
    for (const auto& [pool, what] : image_.workspace().pools) {
      line(base::format_id(pool) + " holds " + std::to_string(state_.pool_count(pool)));
    }
    constexpr base::Instant kEver{std::int64_t{1} << 60};
    for (const auto& due : state_.due_until(kEver, kNoEntry)) {
      line("due " + base::format_instant(due.due_at) + " " + base::format_ulid(due.record.ulid));
    }
  }

  const State& state_;
  const Image& image_;
  std::string text_;
};

}  // namespace

std::string canonical_dump(const State& state) {
  return Dump(state).run();
}

}  // namespace highseas::projections
