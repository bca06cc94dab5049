// driver — runs a fuzz target over its seeds and a bounded number of mutations of them. It prints its seed and takes it
// back: HIGHSEAS_SEED=… repeats a run, input by input.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <unistd.h>

#include "tests/fuzz/target.hpp"

namespace {

namespace fs = std::filesystem;
using highseas::fuzz::dictionary;
using highseas::fuzz::input_of;

constexpr std::size_t kInputBytesMax = 16 * 1024;

// What is being tried, for the last words.
const std::string* g_input = nullptr;
std::uint64_t g_run = 0;

void put(std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}
void put_number(std::uint64_t number) {
  char digits[20];
  std::size_t at = sizeof(digits);
  do {
    digits[--at] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  put({digits + at, sizeof(digits) - at});
}

// Allocates nothing: it runs in a process that is dying.
extern "C" void last_words() {
  if (g_input == nullptr) return;
  put("run ");
  put_number(g_run);
  put(", input in hex: ");
  for (const unsigned char byte : *g_input) {
    const char pair[2] = {"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    put({pair, 2});
  }
  put("\n");
}

extern "C" void on_signal(int signal) {
  last_words();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// A sanitizer's report ends the process without a signal.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> seeds_below(const std::vector<fs::path>& places) {
  std::vector<fs::path> files;
  for (const auto& place : places) {
    if (!fs::is_directory(place)) {
      files.push_back(place);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);  // a directory's order is not the same everywhere
  std::vector<std::string> seeds;
  for (const auto& file : files) seeds.push_back(input_of(text_of(file)));
  return seeds;
}

class Mutator {
 public:
  Mutator(std::uint64_t seed, const std::vector<std::string>& seeds) : random_(seed), seeds_(seeds) {}

  std::string next() {
    auto input = seeds_[below(seeds_.size())];
    for (auto left = 1 + below(6); left > 0; --left) change(input);
    if (input.size() > kInputBytesMax) input.resize(kInputBytesMax);
    return input;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::size_t place(const std::string& input) { return below(input.size() + 1); }

  void change(std::string& input) {
    static constexpr unsigned char kEdges[] = {0x00, 0x01, 0x7F, 0x80, 0xFF, '"', '\\', '\n', ',', '{', '(', '9'};
    const auto what = below(8);
    if (what == 0 || input.empty()) {
      const auto& word = words_[below(words_.size())];
      input.insert(place(input), word);
    } else if (what == 1) {
      input[below(input.size())] ^= static_cast<char>(1u << below(8));
    } else if (what == 2) {
      input[below(input.size())] = static_cast<char>(kEdges[below(std::size(kEdges))]);
    } else if (what == 3) {
      input.erase(below(input.size()), 1 + below(8));
    } else if (what == 4) {
      input.resize(below(input.size()));
    } else if (what == 5) {  // again, so that lists and nesting grow
      const auto from = below(input.size());
      const auto piece = input.substr(from, 1 + below(32));
      for (auto times = 1 + below(4); times > 0; --times) input.insert(place(input), piece);
    } else if (what == 6) {  // the head of one and the tail of another
      const auto& other = seeds_[below(seeds_.size())];
      input = input.substr(0, place(input)) + other.substr(place(other));
    } else {
      const auto begin = input.begin() + static_cast<std::ptrdiff_t>(below(input.size()));
      std::reverse(begin,
                   begin + static_cast<std::ptrdiff_t>(below(static_cast<std::size_t>(input.end() - begin) + 1)));
    }
  }

  std::mt19937_64 random_;
  const std::vector<std::string>& seeds_;
  const std::vector<std::string> words_ = dictionary();
};

void run(const std::string& input) {
  g_input = &input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  g_input = nullptr;
  ++g_run;
}

struct Settings {
  std::uint64_t runs = 20'000;
  std::int64_t seconds_max = 20;  // a sanitizer's build comes less far in them
  std::vector<fs::path> places;
};

Settings settings_of(int count, char** words) {
  Settings settings;
  for (int at = 1; at < count; ++at) {
    const std::string word = words[at];
    if (word == "--runs" && at + 1 < count) {
      settings.runs = std::strtoull(words[++at], nullptr, 10);
    } else if (word == "--seconds" && at + 1 < count) {
      settings.seconds_max = std::strtoll(words[++at], nullptr, 10);
    } else {
      settings.places.emplace_back(word);
    }
  }
  return settings;
}

}  // namespace

int main(int count, char** words) {
  const auto settings = settings_of(count, words);
  const char* given = std::getenv("HIGHSEAS_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::uint64_t{std::random_device()()};
  const auto seeds = seeds_below(settings.places);
  if (seeds.empty()) {
    std::fprintf(stderr, "usage: %s [--runs N] [--seconds N] SEEDS…: no seed was found\n", words[0]);
    return 2;
  }
  std::printf("HIGHSEAS_SEED=%llu %s: %zu seeds\n", static_cast<unsigned long long>(seed), words[0], seeds.size());
  std::fflush(stdout);
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, on_signal);
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(last_words);

  for (const auto& input : seeds) run(input);
  Mutator mutator(seed, seeds);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(settings.seconds_max);
  std::uint64_t mutated = 0;
  while (mutated < settings.runs && (mutated % 64 != 0 || std::chrono::steady_clock::now() < end)) {
    run(mutator.next());
    ++mutated;
  }
  std::printf("%llu mutations, none found wanting\n", static_cast<unsigned long long>(mutated));
  return 0;
}
