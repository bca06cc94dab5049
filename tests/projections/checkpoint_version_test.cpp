// checkpoint_version_test — a checkpoint is read by any program of its version: what it says must not change under it.
#include "projections/checkpoint.hpp"
#include "random_days.hpp"

namespace highseas::projections::tests {
namespace {

struct Pinned {
  std::uint32_t version;
  std::uint64_t digest;
};

// Of the days below. Where this test fails the fold gives another state for the same log, or its bytes have changed:
// raise kFoldVersion and put the new pair here; old checkpoints are then left and the log is folded again.
constexpr Pinned kPinned{7, 1'681'638'849'217'613'281ull};

// FNV-1a.
std::uint64_t digest_of(const Blobs& blobs) {
  std::uint64_t digest = 14'695'981'039'346'656'037ull;
  const auto add = [&](std::string_view bytes) {
    for (const char byte : bytes) digest = (digest ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211ull;
  };
  for (const auto& [name, bytes] : blobs) {
    add(name);
    add(bytes);
  }
  return digest;
}

TEST(CheckpointVersion, rises_with_every_change_of_what_a_checkpoint_says) {
  RandomDays days(20'260'302);
  days.run(400);
  EXPECT_EQ(kFoldVersion, kPinned.version);
  EXPECT_EQ(digest_of(write_checkpoint(*days.company.state.snapshot())), kPinned.digest);
}

}  // namespace
}  // namespace highseas::projections::tests
