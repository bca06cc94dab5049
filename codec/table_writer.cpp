// table_writer — the walk over a description that writes a table, and what is sealed beside it.
#include "codec/tables.hpp"

#include <flatbuffers/flatbuffers.h>

#include "codec/kinds.hpp"
#include "codec/registry.hpp"
#include "codec/table_layout.hpp"
#include "codec/values.hpp"

namespace highseas::codec {
namespace {

using flatbuffers::uoffset_t;
using flatbuffers::voffset_t;
static_assert(std::is_same_v<uoffset_t, StoredOffset> && std::is_same_v<voffset_t, StoredSlot>);

// The form whose fields an owner's values are of.
template <class T>
domain::FormNumber form_of_values(const T& owner, const FieldSealing& sealing, domain::FormNumber item_form) {
  if constexpr (requires { owner.follow_up; }) return sealing.follow_up_form();
  if constexpr (std::is_same_v<T, ItemPart>) return item_form;
  if constexpr (requires {
                  { owner.form } -> std::convertible_to<domain::FormNumber>;
                })
    return owner.form;
  return 0;
}

class Writing {
 public:
  Writing(flatbuffers::FlatBufferBuilder& builder, const FieldSealing& sealing, SecretWriter& secret,
          std::uint64_t source, domain::FormNumber item_form)
      : builder_(builder), sealing_(sealing), secret_(secret), source_(source), item_form_(item_form) {}

  template <Shaped T>
  uoffset_t table(const T& value, std::uint64_t path) {
    constexpr std::size_t kCount = std::tuple_size_v<decltype(Shape<T>::kFields)>;
    std::array<uoffset_t, kCount + 1> offsets{};
    std::size_t at = 0;
    each_field<T>([&](const auto& field) { offsets[at++] = behind(value, field, path_below(path, field.id)); });
    const uoffset_t start = builder_.StartTable();
    // The widest first: fewer bytes of padding.
    add_of_size<8>(value, offsets);
    add_of_size<4>(value, offsets);
    add_of_size<2>(value, offsets);
    add_of_size<1>(value, offsets);
    return builder_.EndTable(start);
  }

 private:
  template <std::size_t Size, class T, std::size_t N>
  void add_of_size(const T& value, const std::array<uoffset_t, N>& offsets) {
    std::size_t at = 0;
    each_field<T>([&]<class F>(const F& field) {
      const uoffset_t offset = offsets[at++];
      using Member = typename F::Type;
      if (field.place == Place::items) {
        if constexpr (Size == 4 && requires { (value.*field.member).size(); }) {
          builder_.AddElement<std::uint32_t>(slot(field.id), static_cast<std::uint32_t>((value.*field.member).size()),
                                             0);
        }
      } else if constexpr (inline_size<Member>() == Size) {
        add(value.*field.member, slot(field.id), offset);
      }
    });
  }

  template <class M>
  void add(const M& member, voffset_t at, uoffset_t offset) {
    if constexpr (kIsOptional<M>) {
      if constexpr (is_inline<M>()) {
        if (member) add_inline(*member, at, true);
        return;
      }
    }
    if constexpr (is_inline<M>() && !kIsOptional<M>) {
      add_inline(member, at, false);
    } else if (offset != 0) {
      builder_.AddOffset(at, flatbuffers::Offset<void>(offset));
    }
  }

  // Absent is zero, unless absent says something of its own.
  template <class M>
  void add_inline(const M& member, voffset_t at, bool even_zero) {
    if constexpr (Scalar<M>) {
      using Stored = typename ScalarOf<M>::Type;
      if (even_zero) {
        builder_.AddElement<Stored>(at, to_stored(member));
      } else {
        builder_.AddElement<Stored>(at, to_stored(member), Stored{});
      }
    } else if constexpr (kIsId<M>) {
      const StoredUlid stored = stored_ulid(member);
      builder_.AddStruct(at, &stored);
    } else {
      const StoredDecimal stored{member.mantissa, member.scale};
      builder_.AddStruct(at, &stored);
    }
  }

  // Writes what the field keeps behind an offset; 0 = nothing to write.
  template <class T, class F>
  uoffset_t behind(const T& owner, const F& field, std::uint64_t path) {
    using Member = typename F::Type;
    const Member& member = owner.*field.member;
    if (field.place == Place::items) return 0;
    if constexpr (kIsText<Member> || std::is_same_v<Member, std::optional<std::string>>) {
      if (field.place == Place::sealed) {
        seal(member, path);
        return 0;
      }
    }
    if constexpr (is_inline<Member>()) {
      return 0;
    } else if constexpr (kIsOptional<Member>) {
      return member ? object(owner, *member, path, true) : 0;
    } else {
      return object(owner, member, path, false);
    }
  }

  void seal(const std::string& text, std::uint64_t path) {
    if (!text.empty()) secret_.add(source_, path, text);
  }
  void seal(const std::optional<std::string>& text, std::uint64_t path) {
    if (text) secret_.add(source_, path, *text);
  }

  template <class T, class M>
  uoffset_t object(const T& owner, const M& member, std::uint64_t path, bool even_empty) {
    if constexpr (Shaped<M>) {
      return table(member, path);
    } else if constexpr (kIsText<M>) {
      return member.empty() && !even_empty ? 0 : builder_.CreateString(member).o;
    } else if constexpr (kIsValue<M>) {
      return base::is_null(member) ? 0 : bytes(encode_value(member));
    } else if constexpr (kIsByteArray<M>) {
      return member == M{} ? 0 : builder_.CreateVector(member.data(), member.size()).o;
    } else if constexpr (kIsValues<M>) {
      return member.empty() ? 0 : bytes(values(owner, member, path));
    } else if constexpr (kIsOneOf<M>) {
      return one_of(member, path);
    } else {
      static_assert(kIsVector<M>);
      return member.empty() && !even_empty ? 0 : vector(member, path);
    }
  }

  uoffset_t bytes(const std::string& from) {
    return builder_.CreateVector(reinterpret_cast<const std::uint8_t*>(from.data()), from.size()).o;
  }

  template <class T>
  std::string values(const T& owner, const std::vector<domain::FieldValue>& list, std::uint64_t path) {
    const domain::FormNumber form = form_of_values(owner, sealing_, item_form_);
    SplitValues split = encode_values(list, [&](const domain::FieldValue& entry) {
      return is_sealed_value(entry.value) || sealing_.sealed(form, entry.field);
    });
    if (!split.sealed.empty()) secret_.add(source_, path, split.sealed);
    return std::move(split.clear);
  }

  template <class... Alternatives>
  uoffset_t one_of(const std::variant<Alternatives...>& plan, std::uint64_t path) {
    const auto id = static_cast<std::uint16_t>(plan.index());
    const uoffset_t chosen = std::visit([&](const auto& value) { return table(value, path_below(path, id)); }, plan);
    const uoffset_t start = builder_.StartTable();
    builder_.AddOffset(slot(id), flatbuffers::Offset<void>(chosen));
    return builder_.EndTable(start);
  }

  template <class E>
  uoffset_t vector(const std::vector<E>& list, std::uint64_t path) {
    if constexpr (kIsId<E>) {
      std::vector<StoredUlid> ids;
      ids.reserve(list.size());
      for (const auto& id : list) ids.push_back(stored_ulid(id));
      return builder_.CreateVectorOfStructs(ids).o;
    } else if constexpr (Scalar<E>) {
      return builder_.CreateVector(list).o;
    } else {
      std::vector<flatbuffers::Offset<void>> offsets;
      offsets.reserve(list.size());
      for (const auto& element : list) offsets.emplace_back(element_table(element, path));
      return builder_.CreateVector(offsets).o;
    }
  }

  template <class E>
  uoffset_t element_table(const E& element, std::uint64_t path) {
    if constexpr (Shaped<E>) {
      return table(element, path);
    } else {
      const uoffset_t numbers = vector(element, path);
      const uoffset_t start = builder_.StartTable();
      builder_.AddOffset(slot(0), flatbuffers::Offset<void>(numbers));
      return builder_.EndTable(start);
    }
  }

  flatbuffers::FlatBufferBuilder& builder_;
  const FieldSealing& sealing_;
  SecretWriter& secret_;
  std::uint64_t source_;
  domain::FormNumber item_form_;
};

template <Shaped T>
void drop_texts(T& value) {
  each_field<T>([&]<class F>(const F& field) {
    auto& member = value.*field.member;
    if constexpr (kIsText<typename F::Type> || std::is_same_v<typename F::Type, std::optional<std::string>>) {
      if (field.place == Place::sealed) member = {};
    } else if constexpr (Shaped<typename F::Type>) {
      drop_texts(member);
    }
  });
}

}  // namespace

struct TableWriter::Builder {
  const FieldSealing& sealing;
  flatbuffers::FlatBufferBuilder builder{1024};

  template <Shaped T>
  std::string_view write(const T& value, SecretWriter& secret, std::uint64_t source, domain::FormNumber item_form) {
    builder.Clear();
    const uoffset_t root = Writing(builder, sealing, secret, source, item_form).table(value, 0);
    builder.Finish(flatbuffers::Offset<void>(root));
    return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
  }
};

TableWriter::TableWriter(const FieldSealing& sealing) : builder_(new Builder{.sealing = sealing}) {}
TableWriter::~TableWriter() = default;

std::string_view TableWriter::event(const domain::Event& event, std::uint64_t index, SecretWriter& secret) {
  return std::visit([&](const auto& e) { return builder_->write(e, secret, event_source(index), 0); }, event);
}

std::string_view TableWriter::command(const domain::Command& command, SecretWriter& secret) {
  return std::visit([&](const auto& c) { return builder_->write(c, secret, command_source(), 0); }, command);
}

std::string_view TableWriter::item(const ItemPart& item, domain::FormNumber form, SecretWriter& secret) {
  return builder_->write(item, secret, item_source(item.index), form);
}

std::string_view TableWriter::preamble(const Preamble& preamble) {
  SecretWriter none;
  return builder_->write(preamble, none, 0, 0);
}

void drop_sealed_texts(domain::Command& command) {
  std::visit([](auto& c) { drop_texts(c); }, command);
}

}  // namespace highseas::codec
