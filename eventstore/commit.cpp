// commit — the measures of a commit.
#include "eventstore/commit.hpp"

namespace highseas::eventstore {

std::size_t plain_bytes(const PlainCommit& commit) {
  std::size_t bytes = 0;
  for (const auto& section : commit.sections) bytes += section.clear.size() + section.secret.size();
  return bytes;
}

}  // namespace highseas::eventstore
