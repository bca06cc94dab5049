// bytes — varints and counted bytes, written in one way and read strictly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace highseas::codec {

class ByteWriter {
 public:
  void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  // Seven bits a byte, the lowest first.
  void varint(std::uint64_t value) {
    while (value >= 0x80) {
      byte(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    byte(static_cast<std::uint8_t>(value));
  }
  // Zigzag, so that small negative numbers stay short.
  void signed_varint(std::int64_t value) {
    varint(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
  }
  void raw(std::string_view bytes) { out_ += bytes; }
  void counted(std::string_view bytes) {
    varint(bytes.size());
    raw(bytes);
  }
  void ulid(base::Ulid value) {
    const auto bytes = base::ulid_bytes(value);
    out_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  bool empty() const { return out_.empty(); }
  const std::string& bytes() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// Once something was not there, every read gives zero and ok() stays false: check once, before what was read is used.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  std::uint8_t byte() {
    if (at_ == end_) return fail();
    return static_cast<std::uint8_t>(*at_++);
  }
  // A longer form than needed is not taken: there is one way to write each number.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint8_t part = byte();
      value |= static_cast<std::uint64_t>(part & 0x7F) << shift;
      if (part < 0x80) {
        const bool too_long = part == 0 && shift > 0;
        const bool too_large = shift == 63 && part > 1;
        return too_long || too_large ? fail() : value;
      }
    }
    return fail();
  }
  // Not beyond 32 bits.
  std::uint32_t varint32() {
    const std::uint64_t value = varint();
    return value > 0xFFFF'FFFF ? fail() : static_cast<std::uint32_t>(value);
  }
  std::int64_t signed_varint() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
  }
  std::string_view raw(std::uint64_t size) {
    if (size > left()) {
      fail();
      return {};
    }
    const std::string_view bytes(at_, size);
    at_ += size;
    return bytes;
  }
  std::string_view counted() { return raw(varint()); }
  base::Ulid ulid() {
    const auto bytes = raw(16);
    return bytes.empty() ? base::Ulid{} : base::ulid_from_bytes(reinterpret_cast<const std::uint8_t*>(bytes.data()));
  }
  // How many things follow, of at least `each` bytes: a count that the bytes cannot hold is not believed.
  std::size_t count(std::size_t each) {
    const std::uint64_t value = varint();
    return value > left() / each ? fail() : value;
  }

  std::uint8_t fail() {
    ok_ = false;
    at_ = end_;
    return 0;
  }
  bool ok() const { return ok_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  bool finished() const { return ok_ && at_ == end_; }

 private:
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace highseas::codec
