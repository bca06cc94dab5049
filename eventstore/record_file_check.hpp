// record_file_check — reads RocksDB's record files (write-ahead log, MANIFEST) block by block and says where they
// break.
//
// RocksDB itself takes a record whose length runs past the end of the file for one that a crash cut off, and drops all
// that follows without a word; one flipped bit in a length is enough. A crash can't be followed by whole records, so
// here that is damage.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/errors.hpp"

namespace highseas::eventstore {

struct RecordFileState {
  enum class Kind : std::uint8_t {
    whole,
    torn,     // ends within a record, as after a crash
    damaged,  // a record that does not hold together, and that no crash explains
  };
  Kind kind = Kind::whole;
  std::uint64_t offset = 0;  // of the first record that is not whole
};
RecordFileState check_records(std::string_view file);

// Everything that tells RocksDB what the log in `directory` is made of: CURRENT, its MANIFEST, each write-ahead log.
// All that is wrong with it, without changing a byte; empty = sound. A torn tail is no fault.
std::vector<OpenError> check_record_files(const std::string& directory);

}  // namespace highseas::eventstore
