// verify — the subcommands that judge a data directory and save what is whole.
#pragma once

#include <string>

namespace highseas::server {

struct VerifyCommand {
  std::string data;
  std::string keys;
  bool json = false;
};
struct SalvageCommand {
  std::string from;
  std::string to;
};

// 0 clean, 1 damaged (each damage named with its remedy), 2 where it could not look.
int run_verify(const VerifyCommand& command);
int run_salvage(const SalvageCommand& command);

}  // namespace highseas::server
