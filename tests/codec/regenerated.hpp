// regenerated — files that a test keeps in step with the code: compared, or written anew where HIGHSEAS_REGENERATE is
// set.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace highseas::testing {

inline std::filesystem::path source_path(const std::string& relative) {
  return std::filesystem::path(HIGHSEAS_SOURCE_DIR) / relative;
}

inline std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

inline bool regenerating() {
  return std::getenv("HIGHSEAS_REGENERATE") != nullptr;
}

inline void write_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

inline void expect_up_to_date(const std::string& relative, const std::string& text) {
  if (regenerating()) write_file(source_path(relative), text);
  EXPECT_EQ(read_file(source_path(relative)).value_or(""), text)
      << relative << " is stale: run this test with HIGHSEAS_REGENERATE=1, and look at what changed";
}

}  // namespace highseas::testing
