// refusals_test — every refusal of every decider has an example, and every example is refused as it says.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "tests/domain/refusals/examples.hpp"

namespace highseas::domain::tests {
namespace {

namespace fs = std::filesystem;
using Keys = std::set<std::string>;

const std::vector<RefusalsOfFile>& all_examples() {
  static const std::vector<RefusalsOfFile> all{
      refusals_of_ownership(),    refusals_of_pools(),      refusals_of_recycling(),   refusals_of_records(),
      refusals_of_follow_ups(),   refusals_of_directory(),  refusals_of_departments(), refusals_of_jobs(),
      refusals_of_files(),        refusals_of_workspaces(), refusals_of_opening(),     refusals_of_forms(),
      refusals_of_form_changes(), refusals_of_names(),      refusals_of_values(),      refusals_of_single_values()};
  return all;
}

fs::path room() {
  return fs::path(HIGHSEAS_SOURCE_DIR) / "domain";
}
std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
// "already_owned": as sources write it.
std::string name_of(RefusalCode code) {
  std::string name(refusal_key(code));
  std::ranges::replace(name, '-', '_');
  return name;
}
bool is_code(std::string word) {
  std::ranges::replace(word, '_', '-');
  return word != "none" && refusal_of(word).has_value();
}
bool of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (of_word(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

// The codes that a source gives as a reason; those that it only looks for apart.
Keys codes_given(const std::string& source) {
  static const std::string kCode = "RefusalCode::";
  Keys codes;
  for (auto at = source.find(kCode); at != std::string::npos; at = source.find(kCode, at + 1)) {
    const auto begin = at + kCode.size();
    const auto end = std::find_if_not(source.begin() + static_cast<std::ptrdiff_t>(begin), source.end(), of_word);
    const std::string name(source.begin() + static_cast<std::ptrdiff_t>(begin), end);
    const bool compared = at >= 3 && (source.compare(at - 3, 3, "== ") == 0 || source.compare(at - 3, 3, "!= ") == 0);
    if (!compared && is_code(name)) codes.insert(name);
  }
  return codes;
}

// By decider, the codes that the comment above its declaration promises.
std::map<std::string, Keys> codes_promised(const std::string& header) {
  std::map<std::string, Keys> promised;
  std::istringstream lines(header);
  std::string comment;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("//")) {
      comment += line + " ";
      continue;
    }
    if (line.starts_with("Decision decide_")) {
      const auto decider = words_of(line)[1];
      for (const auto& word : words_of(comment)) {
        if (is_code(word)) promised[decider].insert(word);
      }
    }
    comment.clear();
  }
  return promised;
}

bool says(const Decision& decision, RefusalCode code) {
  if (decision) return false;
  if (decision.error().code == code) return true;
  return std::ranges::count(decision.error().faults, code, &InputFault::code) > 0;
}

TEST(Refusals, are_given_as_each_example_says) {
  for (const auto& file : all_examples()) {
    for (const auto& example : file.examples) {
      Company company;
      const auto decision = example.ask(company);
      EXPECT_TRUE(says(decision, example.code)) << example.decider << " does not refuse with " << name_of(example.code)
                                                << ", when " << example.when << ": " << told(decision);
    }
  }
}

// Whoever adds a reason to a decider adds an example of it.
TEST(Refusals, of_every_source_of_the_room_have_an_example) {
  std::map<std::string, Keys> shown;
  for (const auto& file : all_examples()) {
    for (const auto& example : file.examples) shown[std::string(file.file)].insert(name_of(example.code));
  }
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(room())) {
    if (entry.path().extension() != ".cpp" || entry.path().filename() == "refusal_code.cpp") continue;
    const auto file = fs::relative(entry.path(), room()).generic_string();
    for (const auto& code : codes_given(text_of(entry.path()))) {
      ++found;
      EXPECT_TRUE(shown[file].contains(code)) << "domain/" << file << " refuses with " << code << ", of which "
                                              << "tests/domain/refusals/ has no example";
    }
  }
  EXPECT_GT(found, 100u) << "the sources were not found, or not read";
}

TEST(Refusals, that_a_decider_promises_have_an_example) {
  std::map<std::string, Keys> shown;
  for (const auto& file : all_examples()) {
    for (const auto& example : file.examples) shown[std::string(example.decider)].insert(name_of(example.code));
  }
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(room())) {
    if (entry.path().extension() != ".hpp") continue;
    for (const auto& [decider, codes] : codes_promised(text_of(entry.path()))) {
      for (const auto& code : codes) {
        ++found;
        EXPECT_TRUE(shown[decider].contains(code)) << decider << " promises to refuse with " << code;
      }
    }
  }
  EXPECT_GT(found, 80u) << "the headers were not found, or not read";
}

TEST(Refusals, stand_with_the_source_that_gives_them) {
  for (const auto& file : all_examples()) {
    const auto source = text_of(room() / file.file);
    EXPECT_FALSE(source.empty()) << file.file;
    EXPECT_FALSE(file.examples.empty());
  }
}

}  // namespace
}  // namespace highseas::domain::tests
