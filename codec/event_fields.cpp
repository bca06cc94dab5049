// event_fields — walks the descriptions of codec/shapes and hands each field to the sink by its type.
#include "codec/event_fields.hpp"

#include "codec/enum_keys.hpp"
#include "codec/kinds.hpp"
#include "codec/registry.hpp"

namespace highseas::codec {
namespace {

template <class T>
struct PrefixOf {};
template <class Tag>
  requires requires { Tag::kPrefix; }
struct PrefixOf<base::Id<Tag>> {
  static constexpr std::string_view kPrefix = Tag::kPrefix;
};

// The form that a record's id or values belong to: named by the struct itself, or by the command around it.
template <class T>
domain::FormNumber form_of(const T& owner, std::string_view name, domain::FormNumber outer) {
  if constexpr (requires { owner.subject_form; }) return name == "subject" ? owner.subject_form : 0;
  if constexpr (requires { owner.targets.form; }) return owner.targets.form;
  if constexpr (requires {
                  { owner.form } -> std::convertible_to<domain::FormNumber>;
                })
    return owner.form;
  return outer;
}

class Visit {
 public:
  explicit Visit(FieldSink& sink) : sink_(sink) {}

  template <Shaped T>
  void fields(const T& value, domain::FormNumber outer) {
    each_field<T>([&]<class F>(const F& field) {
      const domain::FormNumber form = form_of(value, field.name, outer);
      const auto& member = value.*field.member;
      if constexpr (std::is_same_v<typename F::Type, domain::FormNumber>) {
        if (field.name == "form" || field.name == "subject_form") return sink_.form(field.name, member);
        if (field.name == "field") return sink_.field(field.name, form, member);
      }
      one(field.name, member, form);
    });
  }

 private:
  template <class M>
  void one(std::string_view name, const M& member, domain::FormNumber form) {
    if constexpr (kIsOptional<M>) {
      if (member) return one(name, *member, form);
      sink_.null(name);
    } else if constexpr (Shaped<M>) {
      sink_.begin_object(name);
      fields(member, form);
      sink_.end_object();
    } else if constexpr (kIsValues<M>) {
      sink_.begin_object(name);
      for (const auto& entry : member) sink_.value(form, entry.field, entry.value);
      sink_.end_object();
    } else if constexpr (kIsOneOf<M>) {
      std::visit([&](const auto& plan) { one(name, plan, form); }, member);
    } else if constexpr (kIsVector<M>) {
      sink_.begin_list(name);
      for (const auto& element : member) one("", element, form);
      sink_.end_list();
    } else if constexpr (kIsByteArray<M>) {
      sink_.bytes(name, member.data(), member.size());
    } else {
      plain(name, member, form);
    }
  }

  template <class M>
  void plain(std::string_view name, const M& member, domain::FormNumber form) {
    if constexpr (std::is_same_v<M, bool>) {
      sink_.boolean(name, member);
    } else if constexpr (std::is_same_v<M, domain::RefusalCode>) {
      member == domain::RefusalCode::none ? sink_.null(name) : sink_.key(name, domain::refusal_key(member));
    } else if constexpr (std::is_enum_v<M>) {
      const std::string_view key = enum_key(member);
      key.empty() ? sink_.number(name, static_cast<std::int64_t>(member)) : sink_.key(name, key);
    } else if constexpr (std::is_unsigned_v<M>) {
      sink_.unsigned_number(name, member);
    } else if constexpr (std::is_integral_v<M>) {
      sink_.number(name, member);
    } else if constexpr (std::is_same_v<M, std::string>) {
      sink_.text(name, member);
    } else if constexpr (std::is_same_v<M, base::Instant>) {
      sink_.instant(name, member);
    } else if constexpr (std::is_same_v<M, base::Date>) {
      sink_.date(name, member);
    } else if constexpr (std::is_same_v<M, base::Decimal>) {
      sink_.decimal(name, member);
    } else if constexpr (std::is_same_v<M, base::RecordId>) {
      sink_.record(name, form, member);
    } else if constexpr (requires { PrefixOf<M>::kPrefix; }) {
      sink_.id(name, PrefixOf<M>::kPrefix, member.ulid);
    } else if constexpr (std::is_same_v<M, base::Ulid>) {
      sink_.ulid(name, member);
    } else {
      static_assert(kIsValue<M>);
      sink_.plain_value(name, member);
    }
  }

  FieldSink& sink_;
};

}  // namespace

void visit_event(const domain::Event& event, FieldSink& sink) {
  std::visit([&](const auto& e) { Visit(sink).fields(e, 0); }, event);
}

void visit_command(const domain::Command& command, FieldSink& sink) {
  std::visit([&](const auto& c) { Visit(sink).fields(c, 0); }, command);
}

}  // namespace highseas::codec
