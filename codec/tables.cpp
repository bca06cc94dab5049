// tables — the walk over a description that writes a table, and the one that checks and reads it.
#include "codec/tables.hpp"

#include <flatbuffers/flatbuffers.h>

#include <bit>
#include <cstring>

#include "base/assert.hpp"
#include "codec/kinds.hpp"
#include "codec/registry.hpp"
#include "codec/values.hpp"

namespace highseas::codec {
namespace {

using flatbuffers::uoffset_t;
using flatbuffers::voffset_t;

// As `struct Ulid` and `struct Decimal` of codec/schema/events.fbs.
struct StoredUlid {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};
struct StoredDecimal {
  std::int64_t mantissa = 0;
  std::uint64_t scale = 0;  // a ubyte and its padding, which is zero
};
static_assert(std::endian::native == std::endian::little, "structs are written as they lie in memory");

constexpr voffset_t slot(std::uint16_t id) {
  return static_cast<voffset_t>(4 + 2 * id);
}

// The list of lists of numbers of dedup rules: a table for each.
struct NumberList {
  std::vector<domain::FieldNumber> numbers;
};

template <class T>
StoredUlid stored_ulid(const T& id) {
  if constexpr (std::is_same_v<T, base::Ulid>) {
    return {id.high, id.low};
  } else {
    return {id.ulid.high, id.ulid.low};
  }
}

template <class T>
T ulid_of(StoredUlid stored) {
  if constexpr (std::is_same_v<T, base::Ulid>) {
    return {stored.high, stored.low};
  } else {
    return T{{stored.high, stored.low}};
  }
}

// What lies in the table itself; anything else is behind an offset.
template <class T>
constexpr std::size_t inline_size() {
  if constexpr (kIsOptional<T>) {
    return inline_size<typename T::value_type>();
  } else if constexpr (Scalar<T>) {
    return sizeof(typename ScalarOf<T>::Type);
  } else if constexpr (kIsId<T> || std::is_same_v<T, base::Decimal>) {
    return 8;  // by what it is aligned
  } else {
    return sizeof(uoffset_t);
  }
}
template <class T>
constexpr bool is_inline() {
  if constexpr (kIsOptional<T>) return is_inline<typename T::value_type>();
  return Scalar<T> || kIsId<T> || std::is_same_v<T, base::Decimal>;
}

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

class Reading {
 public:
  Reading(std::string_view aligned, SecretReader& secret, std::uint64_t source)
      : data_(reinterpret_cast<const std::uint8_t*>(aligned.data())),
        verifier_(data_, aligned.size(), limits()),
        secret_(secret),
        source_(source) {}

  template <Shaped T>
  bool root(T& out) {
    const uoffset_t offset = verifier_.VerifyOffset(0);
    return offset != 0 && table(data_ + offset, out, 0);
  }

 private:
  static flatbuffers::Verifier::Options limits() {
    flatbuffers::Verifier::Options options;
    options.max_depth = 16;
    options.max_tables = 200'000;
    return options;
  }

  template <Shaped T>
  bool table(const std::uint8_t* at, T& out, std::uint64_t path) {
    if (!verifier_.VerifyTableStart(at)) return false;
    const auto& from = *reinterpret_cast<const flatbuffers::Table*>(at);
    bool good = true;
    each_field<T>([&](const auto& field) { good = good && read(from, field, out, path_below(path, field.id)); });
    verifier_.EndTable();
    return good;
  }

  template <class T, class F>
  bool read(const flatbuffers::Table& from, const F& field, T& out, std::uint64_t path) {
    using Member = typename F::Type;
    Member& member = out.*field.member;
    if (field.place == Place::items) return read_count(from, field.id, member);
    if constexpr (kIsText<Member> || std::is_same_v<Member, std::optional<std::string>>) {
      if (field.place == Place::sealed) {
        if (const auto text = secret_.find(source_, path)) member = std::string(*text);
        return true;
      }
    }
    const voffset_t offset = from.GetOptionalFieldOffset(slot(field.id));
    if (offset == 0) {
      // Absent is zero, whatever the language's own default is.
      member = Member{};
      if constexpr (Scalar<Member>) member = from_stored<Member>({});
      return true;
    }
    if constexpr (kIsOptional<Member>) {
      return present(from, offset, member.emplace(), path);
    } else {
      return present(from, offset, member, path);
    }
  }

  template <class M>
  bool read_count(const flatbuffers::Table& from, std::uint16_t id, M& member) {
    const voffset_t offset = from.GetOptionalFieldOffset(slot(id));
    std::uint32_t count = 0;
    if (offset != 0 && !present(from, offset, count, 0)) return false;
    if constexpr (std::is_same_v<M, std::vector<domain::RecordItem>>) {
      constexpr std::uint32_t kMaxItems = 1u << 16;  // an id ends in sixteen bits of the item's index
      if (count > kMaxItems) return false;
      member.resize(count);
    }
    return true;
  }

  template <class M>
  bool present(const flatbuffers::Table& from, voffset_t offset, M& out, std::uint64_t path) {
    const auto* base = reinterpret_cast<const std::uint8_t*>(&from);
    if constexpr (Scalar<M>) {
      using Stored = typename ScalarOf<M>::Type;
      if (!verifier_.VerifyField<Stored>(base, offset, sizeof(Stored))) return false;
      out = from_stored<M>(flatbuffers::ReadScalar<Stored>(base + offset));
      return true;
    } else if constexpr (kIsId<M>) {
      StoredUlid stored;
      if (!copy_struct(base, offset, stored)) return false;
      out = ulid_of<M>(stored);
      return true;
    } else if constexpr (std::is_same_v<M, base::Decimal>) {
      StoredDecimal stored;
      if (!copy_struct(base, offset, stored) || stored.scale > base::kMaxScale) return false;
      out = {stored.mantissa, static_cast<std::uint8_t>(stored.scale)};
      return true;
    } else {
      if (!verifier_.VerifyField<uoffset_t>(base, offset, sizeof(uoffset_t))) return false;
      const auto* target = follow(base + offset);
      return target != nullptr && object(target, out, path);
    }
  }

  template <class S>
  bool copy_struct(const std::uint8_t* base, voffset_t offset, S& out) {
    if (!verifier_.VerifyFieldStruct(base, offset, sizeof(S), alignof(S))) return false;
    std::memcpy(&out, base + offset, sizeof(S));
    return true;
  }

  const std::uint8_t* follow(const std::uint8_t* reference) {
    const uoffset_t offset = verifier_.VerifyOffset(static_cast<std::size_t>(reference - data_));
    return offset == 0 ? nullptr : reference + offset;
  }

  template <class M>
  bool object(const std::uint8_t* at, M& out, std::uint64_t path) {
    if constexpr (Shaped<M>) {
      return table(at, out, path);
    } else if constexpr (kIsText<M>) {
      const auto* text = reinterpret_cast<const flatbuffers::String*>(at);
      if (!verifier_.VerifyString(text)) return false;
      out.assign(text->c_str(), text->size());
      return true;
    } else if constexpr (kIsOneOf<M>) {
      return one_of(at, out, path);
    } else if constexpr (kIsValue<M> || kIsValues<M> || kIsByteArray<M>) {
      std::string_view bytes;
      return read_bytes(at, bytes) && from_bytes(bytes, out, path);
    } else {
      return vector(at, out, path);
    }
  }

  bool read_bytes(const std::uint8_t* at, std::string_view& out) {
    if (!verifier_.VerifyVectorOrString(at, 1)) return false;
    out = {reinterpret_cast<const char*>(at + sizeof(uoffset_t)), flatbuffers::ReadScalar<uoffset_t>(at)};
    return true;
  }

  bool from_bytes(std::string_view bytes, base::Value& out, std::uint64_t) {
    auto value = decode_value(bytes);
    if (value) out = std::move(*value);
    return value.has_value();
  }
  bool from_bytes(std::string_view bytes, std::vector<domain::FieldValue>& out, std::uint64_t path) {
    std::optional<std::string_view> sealed;
    if (!secret_.is_missing()) sealed = secret_.find(source_, path).value_or("");
    auto values = decode_values(bytes, sealed);
    if (values) out = std::move(*values);
    return values.has_value();
  }
  template <std::size_t N>
  bool from_bytes(std::string_view bytes, std::array<std::uint8_t, N>& out, std::uint64_t) {
    if (bytes.size() != N) return false;
    std::memcpy(out.data(), bytes.data(), N);
    return true;
  }

  template <class... Alternatives>
  bool one_of(const std::uint8_t* at, std::variant<Alternatives...>& out, std::uint64_t path) {
    if (!verifier_.VerifyTableStart(at)) return false;
    const auto& from = *reinterpret_cast<const flatbuffers::Table*>(at);
    int found = 0;
    bool good = true;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (
          [&] {
            const voffset_t offset = from.GetOptionalFieldOffset(slot(I));
            if (offset == 0 || !good) return;
            ++found;
            good = present(from, offset, out.template emplace<I>(), path_below(path, I));
          }(),
          ...);
    }(std::index_sequence_for<Alternatives...>());
    verifier_.EndTable();
    return good && found == 1;
  }

  template <class E>
  bool vector(const std::uint8_t* at, std::vector<E>& out, std::uint64_t path) {
    constexpr std::size_t kSize = kIsId<E> ? sizeof(StoredUlid) : inline_size<E>();
    if (!verifier_.VerifyVectorOrString(at, kSize)) return false;
    const auto count = flatbuffers::ReadScalar<uoffset_t>(at);
    const std::uint8_t* element = at + sizeof(uoffset_t);
    out.resize(count);
    for (uoffset_t i = 0; i < count; ++i, element += kSize) {
      if constexpr (kIsId<E>) {
        StoredUlid stored;
        std::memcpy(&stored, element, sizeof(stored));
        out[i] = ulid_of<E>(stored);
      } else if constexpr (Scalar<E>) {
        typename ScalarOf<E>::Type stored;
        std::memcpy(&stored, element, sizeof(stored));
        out[i] = from_stored<E>(stored);
      } else {
        const auto* target = follow(element);
        if (target == nullptr || !element_table(target, out[i], path)) return false;
      }
    }
    return true;
  }

  template <class E>
  bool element_table(const std::uint8_t* at, E& out, std::uint64_t path) {
    if constexpr (Shaped<E>) {
      return table(at, out, path);
    } else {
      if (!verifier_.VerifyTableStart(at)) return false;
      const auto& from = *reinterpret_cast<const flatbuffers::Table*>(at);
      const voffset_t offset = from.GetOptionalFieldOffset(slot(0));
      const bool good = offset != 0 && present(from, offset, out, path);
      verifier_.EndTable();
      return good;
    }
  }

  const std::uint8_t* data_;
  flatbuffers::Verifier verifier_;
  SecretReader& secret_;
  std::uint64_t source_;
};

template <class T>
bool read_root(std::string_view aligned, SecretReader& secret, std::uint64_t source, T& out) {
  return Reading(aligned, secret, source).root(out);
}

// Finds the alternative with that number and reads it into the variant.
template <class Variant>
TableReader::Result read_variant(std::uint16_t type, std::string_view aligned, SecretReader& secret,
                                 std::uint64_t source, Variant& out) {
  using Read = bool (*)(std::string_view, SecretReader&, std::uint64_t, Variant&);
  // By stored number; built at compile time.
  static constexpr auto kReaders = []<std::size_t... I>(std::index_sequence<I...>) {
    std::array<Read, 256> readers{};
    ((readers[kRegistry<Variant>[I].number] =
          [](std::string_view bytes, SecretReader& s, std::uint64_t where, Variant& to) {
            return read_root(bytes, s, where, to.template emplace<I>());
          }),
     ...);
    return readers;
  }(std::make_index_sequence<std::variant_size_v<Variant>>());
  if (type >= kReaders.size() || kReaders[type] == nullptr) return TableReader::Result::unknown_type;
  return kReaders[type](aligned, secret, source, out) ? TableReader::Result::read : TableReader::Result::damaged;
}

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

TableReader::Result TableReader::event(std::uint16_t type, std::string_view bytes, std::uint64_t index,
                                       SecretReader& secret, domain::Event& out) {
  return read_variant(type, aligned(bytes), secret, event_source(index), out);
}

TableReader::Result TableReader::command(std::uint16_t type, std::string_view bytes, SecretReader& secret,
                                         domain::Command& out) {
  return read_variant(type, aligned(bytes), secret, command_source(), out);
}

bool TableReader::item(std::string_view bytes, SecretReader& secret, ItemPart& out) {
  // Its index, which its sealed values are kept by, is in the table itself.
  const std::string_view at = aligned(bytes);
  SecretReader missing = SecretReader::missing();
  if (!read_root(at, missing, 0, out)) return false;
  const std::uint64_t index = out.index;
  return read_root(at, secret, item_source(index), out);
}

bool TableReader::preamble(std::string_view bytes, Preamble& out) {
  SecretReader missing = SecretReader::missing();
  return read_root(aligned(bytes), missing, 0, out);
}

std::string_view TableReader::aligned(std::string_view bytes) {
  if (arena_.size() * 8 <= bytes.size()) arena_.resize(bytes.size() / 8 + 64);
  if (!bytes.empty()) std::memcpy(arena_.data(), bytes.data(), bytes.size());
  return {reinterpret_cast<const char*>(arena_.data()), bytes.size()};
}

void drop_sealed_texts(domain::Command& command) {
  std::visit([](auto& c) { drop_texts(c); }, command);
}

}  // namespace highseas::codec
