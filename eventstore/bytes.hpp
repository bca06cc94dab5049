// bytes — big-endian numbers and counted bytes, written and read with bounds; the alphabet of docs/format.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace highseas::eventstore {

class ByteWriter {
 public:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void u16(std::uint16_t value) { number(value, 2); }
  void u32(std::uint32_t value) { number(value, 4); }
  void u64(std::uint64_t value) { number(value, 8); }
  void i64(std::int64_t value) { number(static_cast<std::uint64_t>(value), 8); }
  void raw(std::string_view bytes) { out_ += bytes; }
  void raw(std::span<const std::uint8_t> bytes) {
    out_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void counted(std::string_view bytes) {  // u32 length, then the bytes
    u32(static_cast<std::uint32_t>(bytes.size()));
    raw(bytes);
  }
  void ulid(base::Ulid value) { raw(base::ulid_bytes(value)); }

  std::string take() { return std::move(out_); }
  const std::string& bytes() const { return out_; }

 private:
  void number(std::uint64_t value, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) out_.push_back(static_cast<char>(value >> shift & 0xFF));
  }

  std::string out_;
};

// Once something was not there, every read gives zero and ok() stays false: check once, at the end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  std::int64_t i64() { return static_cast<std::int64_t>(number(8)); }
  std::string_view raw(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const auto bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  std::string_view counted() { return raw(u32()); }
  base::Ulid ulid() {
    const auto bytes = raw(16);
    return bytes.empty() ? base::Ulid{} : base::ulid_from_bytes(reinterpret_cast<const std::uint8_t*>(bytes.data()));
  }
  template <class Array>
  Array array() {
    Array result{};
    const auto bytes = raw(result.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) result[i] = static_cast<std::uint8_t>(bytes[i]);
    return result;
  }

  bool ok() const { return ok_; }
  std::size_t left() const { return rest_.size(); }
  bool finished() const { return ok_ && rest_.empty(); }  // all read, and nothing behind it

 private:
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char byte : raw(size)) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace highseas::eventstore
