// table_reader — the walk over a description that checks a table's bytes and reads them.
#include "codec/tables.hpp"

#include <flatbuffers/flatbuffers.h>

#include <cstring>

#include "codec/kinds.hpp"
#include "codec/registry.hpp"
#include "codec/table_layout.hpp"
#include "codec/values.hpp"

namespace highseas::codec {
namespace {

using flatbuffers::uoffset_t;
using flatbuffers::voffset_t;

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

}  // namespace

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

}  // namespace highseas::codec
