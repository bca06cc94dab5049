// tables — one event, command or item as a flatbuffers table and back, by its description (codec/shape.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "codec/codec.hpp"
#include "codec/items.hpp"
#include "codec/secret.hpp"

namespace highseas::codec {

// Writes clear values into a table and sealed ones into the secret. What it returns lives until its next call.
class TableWriter {
 public:
  explicit TableWriter(const FieldSealing& sealing);
  ~TableWriter();

  std::string_view event(const domain::Event& event, std::uint64_t index, SecretWriter& secret);
  std::string_view command(const domain::Command& command, SecretWriter& secret);
  std::string_view item(const ItemPart& item, domain::FormNumber form, SecretWriter& secret);
  std::string_view preamble(const Preamble& preamble);

 private:
  struct Builder;
  std::unique_ptr<Builder> builder_;
};

// Reads what TableWriter wrote; checks every offset before it is followed. Nothing for other bytes.
class TableReader {
 public:
  enum class Result : std::uint8_t { read, damaged, unknown_type };

  Result event(std::uint16_t type, std::string_view bytes, std::uint64_t index, SecretReader& secret,
               domain::Event& out);
  Result command(std::uint16_t type, std::string_view bytes, SecretReader& secret, domain::Command& out);
  bool item(std::string_view bytes, SecretReader& secret, ItemPart& out);
  bool preamble(std::string_view bytes, Preamble& out);

 private:
  // Copied: the bytes of a log may lie anywhere, tables must be aligned, and the verifier does not check it.
  std::string_view aligned(std::string_view bytes);

  std::vector<std::uint64_t> arena_;
};

// Takes the sealed texts out of a command of which no section can keep them.
void drop_sealed_texts(domain::Command& command);

}  // namespace highseas::codec
