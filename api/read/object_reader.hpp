// object_reader — a JSON object with a closed list of members, read by name; every fault is gathered, none stops it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json/value.hpp"
#include "api/problem.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "domain/faults.hpp"

namespace highseas::api {

class ObjectReader {
 public:
  // `pointer`: where the object stands in the body ("" or "/operations/3"). What is no object is a fault there
  // (wrong-type) and has no members.
  ObjectReader(const json::Json& json, std::string pointer, domain::Faults& faults);

  bool is_object() const { return object_ != nullptr; }
  // The member, null ones too; null pointer where it is absent. It counts as known from then on.
  const json::Json* find(std::string_view name);
  // The same, but a null member counts as absent.
  const json::Json* given(std::string_view name);
  // The same, and its absence is a fault (required).
  const json::Json* required(std::string_view name);

  // Of the right kind, else nothing with a fault, or nothing where absent. Texts are in NFC; blank ones count as
  // absent; more than `max_code_points` or control characters (line ends apart in several lines) are faults.
  std::optional<std::string> text(std::string_view name, std::size_t max_code_points, bool several_lines = false);
  std::optional<bool> boolean(std::string_view name);
  std::optional<base::Instant> instant(std::string_view name);
  const json::Json::Array* array(std::string_view name);
  // `unknown`: the fault of a text that is no such id.
  template <class Tag>
  std::optional<base::Id<Tag>> id(std::string_view name, domain::RefusalCode unknown) {
    const auto* member = given(name);
    if (!member) return std::nullopt;
    return id_at<Tag>(*member, pointer(name), unknown);
  }
  template <class Tag>
  std::optional<std::vector<base::Id<Tag>>> ids(std::string_view name, domain::RefusalCode unknown) {
    const auto* members = array(name);
    if (!members) return std::nullopt;
    std::vector<base::Id<Tag>> found;
    for (std::size_t at = 0; at < members->size(); ++at) {
      if (auto one = id_at<Tag>((*members)[at], json::pointer_with(pointer(name), at), unknown)) found.push_back(*one);
    }
    return found;
  }

  std::string pointer(std::string_view name) const { return json::pointer_with(pointer_, name); }
  void fault(std::string_view name, domain::RefusalCode code, std::string detail = {});
  // Members that are told and not written: a fault (read-only-field) for each that is there.
  void read_only(std::initializer_list<std::string_view> names);
  // Every member that nobody has asked for is a fault (unknown-field).
  void finish();

 private:
  template <class Tag>
  std::optional<base::Id<Tag>> id_at(const json::Json& json, std::string where, domain::RefusalCode unknown) {
    const auto* text = json.as_string();
    auto id = text ? base::parse_id<Tag>(*text) : std::nullopt;
    if (!id) faults_.add(std::move(where), text ? unknown : domain::RefusalCode::wrong_type);
    return id;
  }

  const json::Json::Object* object_;
  std::string pointer_;
  domain::Faults& faults_;
  std::vector<std::string_view> known_;
};

// There is at least one fault.
Problem problem_of(const domain::Faults& faults, Language language);

}  // namespace highseas::api
