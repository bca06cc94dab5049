// tidy_test — the house holds its own rules: who may include whom, how long files and functions are, where vendors may
// show.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = HIGHSEAS_SOURCE_DIR;

// docs/architecture.md, Rooms. base/ and expression/ may be included by every room above them.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"base", {}},
    {"expression", {"base"}},
    {"domain", {"base", "expression"}},
    {"rules", {"base", "expression", "domain"}},
    {"codec", {"base", "expression", "domain"}},
    {"eventstore", {"base"}},
    {"projections", {"base", "expression", "domain", "rules", "codec", "eventstore"}},
    {"decision", {"base", "expression", "domain", "rules", "projections"}},
    {"engine", {"base", "expression", "domain", "rules", "codec", "eventstore", "projections", "decision"}},
    {"api", {"base", "expression", "domain", "rules", "codec", "eventstore", "projections", "decision", "engine"}},
    {"server",
     {"base", "expression", "domain", "rules", "codec", "eventstore", "projections", "decision", "engine", "api"}},
    {"tools", {"base", "expression", "domain", "rules", "codec", "eventstore", "projections", "decision"}},
};

const std::regex kVendor(
    R"(#include <(rocksdb|pistache|boost|openssl|sodium|unicode|spdlog|flatbuffers|date/|re2|CLI|lz4|fmt)[/.>].*)");

struct Source {
  fs::path path;
  std::string room;
  std::vector<std::string> lines;
  std::string name() const { return fs::relative(path, kRoot).string(); }
};

std::vector<Source> sources() {
  std::vector<Source> found;
  for (const auto& [room, allowed] : kMayInclude) {
    if (!fs::exists(kRoot / room)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / room)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      Source source{entry.path(), room, {}};
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) source.lines.push_back(line);
      found.push_back(std::move(source));
    }
  }
  return found;
}

std::size_t columns(const std::string& line) {
  std::size_t count = 0;
  for (const char c : line) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

bool contains(const std::vector<std::string>& lines, const std::string& text) {
  for (const auto& line : lines) {
    if (line.find(text) != std::string::npos) return true;
  }
  return false;
}

// Tables are data: one line a row, however many there are.
const std::set<std::string> kTables = {"api/problem_table.cpp", "codec/enum_keys.hpp", "domain/refusal_code.cpp",
                                       "rules/calendar/cn_public_holidays_table.cpp"};

constexpr std::size_t kLinesOfFileMax = 400;
constexpr std::size_t kLinesOfFunctionMax = 75;  // mostly under 60

TEST(Tidy, every_room_includes_only_the_rooms_that_it_may_lean_on) {
  const std::regex include(R"re(#include "([a-z_]+)/.*")re");
  for (const auto& source : sources()) {
    for (const auto& line : source.lines) {
      std::smatch match;
      if (!std::regex_match(line, match, include)) continue;
      const std::string room = match[1];
      if (room == source.room || !kMayInclude.contains(room)) continue;
      EXPECT_TRUE(kMayInclude.at(source.room).contains(room)) << source.name() << ": " << line;
    }
  }
}

TEST(Tidy, no_vendor_header_leaves_its_source_file) {
  for (const auto& source : sources()) {
    if (source.path.extension() != ".hpp") continue;
    for (const auto& line : source.lines)
      EXPECT_FALSE(std::regex_match(line, kVendor)) << source.name() << ": " << line;
  }
}

TEST(Tidy, a_file_says_in_its_first_line_what_it_is_for) {
  for (const auto& source : sources()) {
    ASSERT_FALSE(source.lines.empty()) << source.name();
    const auto stem = source.path.stem().string();
    EXPECT_TRUE(source.lines.front().starts_with("// " + stem)) << source.name() << ": " << source.lines.front();
  }
}

TEST(Tidy, headers_are_guarded_by_pragma_once) {
  for (const auto& source : sources()) {
    if (source.path.extension() != ".hpp") continue;
    EXPECT_TRUE(contains(source.lines, "#pragma once")) << source.name();
  }
}

TEST(Tidy, files_hold_one_idea) {
  for (const auto& source : sources()) {
    if (kTables.contains(source.name())) continue;
    EXPECT_LE(source.lines.size(), kLinesOfFileMax) << source.name();
  }
}

TEST(Tidy, lines_fit_on_a_screen) {
  for (const auto& source : sources()) {
    if (contains(source.lines, "clang-format off") || kTables.contains(source.name())) continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      EXPECT_LE(columns(source.lines[i]), 120u) << source.name() << ":" << i + 1;
    }
  }
}

// As clang-format lays it out: a function begins at the left margin (or in a class, indented) with a line that ends in
// "{", and ends with a "}" at the same indent; so does a lambda.
TEST(Tidy, functions_fit_on_a_screen) {
  const std::regex begins(R"((\s*)[\w~][\w:<>,&*\[\]~ ]*\(.*\).*\{\s*)");
  for (const auto& source : sources()) {
    if (kTables.contains(source.name()) || contains(source.lines, "clang-format off")) continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      std::smatch match;
      if (!std::regex_match(source.lines[i], match, begins)) continue;
      const std::string end = match[1].str() + "}";
      for (std::size_t j = i + 1; j < source.lines.size(); ++j) {
        if (!source.lines[j].starts_with(end)) continue;
        EXPECT_LE(j - i + 1, kLinesOfFunctionMax) << source.name() << ":" << i + 1;
        break;
      }
    }
  }
}

TEST(Tidy, only_the_engine_reads_a_clock) {
  const std::regex clock(R"(.*(system_clock|steady_clock)::now.*|.*[^a-z_]time\(nullptr\).*|.*clock_gettime.*)");
  const std::set<std::string> allowed = {"engine", "server", "tools"};
  for (const auto& source : sources()) {
    if (allowed.contains(source.room) || source.name().starts_with("api/http/")) continue;  // time-outs of sockets
    for (const auto& line : source.lines) EXPECT_FALSE(std::regex_match(line, clock)) << source.name() << ": " << line;
  }
}

}  // namespace
