// errors — what can go wrong between a commit and the disk, as values that name place and remedy.
#pragma once

#include <cstdint>
#include <string>

namespace highseas::eventstore {

using WorkspaceNumber = std::uint32_t;  // local to this log, the prefix of its keys; 0 = server-wide facts
using Position = std::uint64_t;         // 1, 2, 3 … within a workspace, without a gap; 0 = before the first

// Why nothing of an append may be taken as written.
struct AppendError {
  enum class Kind : std::uint8_t {
    conflict,  // the workspace does not end where the caller thinks: nothing was written
    storage,   // the store failed: what was written is unknown until Log::reopen
  };
  Kind kind = Kind::storage;
  WorkspaceNumber workspace = 0;  // conflict: whose
  Position expected = 0;          // conflict: the position that would have been taken
  std::string message;
  bool out_of_space = false;
};

struct ReadError {
  enum class Kind : std::uint8_t {
    missing,  // no commit there
    damaged,  // bytes that do not hold together
    newer,    // written by a newer program
    storage,  // the store failed
  };
  Kind kind = Kind::damaged;
  WorkspaceNumber workspace = 0;
  Position position = 0;
  std::string message;
  std::string remedy;
};

// Why a store, a key or a file was not opened: one sentence for each, for the operator's eyes.
struct OpenError {
  enum class Kind : std::uint8_t {
    in_use,       // another server holds the directory
    damaged,      // bytes that do not hold together
    cut,          // the log ends before its head file
    missing_key,  // no server key, but a log that needs one
    wrong_key,    // a server key that opens nothing here
    newer,        // written by a newer program
    storage,      // the file system refused
  };
  Kind kind = Kind::storage;
  std::string file;       // empty where it is the directory as a whole
  Position position = 0;  // 0 where no commit can be named
  std::string message;
  std::string remedy;
};

// "FILE, position N: message. Remedy: remedy"
std::string describe(const OpenError& error);
std::string describe(const ReadError& error);
std::string describe(const AppendError& error);

}  // namespace highseas::eventstore
