// serve — the server from start to SIGTERM.
#pragma once

#include <string>

namespace highseas::server {

inline constexpr const char* kVersion = "0.1.0";

struct ServeOptions {
  std::string data;
  std::string listen = "127.0.0.1:8080";
  std::string keys;
  std::string test_clock;
  std::string public_url;
  bool allow_plain_http = false;
};

// 0 after an orderly stop; 1 where it could not start or the store failed; says why on stderr.
int run_serve(const ServeOptions& options);

}  // namespace highseas::server
