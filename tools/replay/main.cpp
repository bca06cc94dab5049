// main — highseas-replay, the auditor's program: folds again, decides again, reports; reads only.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "eventstore/verify.hpp"
#include "tools/replay/commands.hpp"
#include "tools/replay/json_text.hpp"

namespace {

using highseas::replay::Output;

int verify(const std::string& data, const std::string& keys, Output output) {
  const auto archive = highseas::replay::open_archive(data, keys);
  const auto report = highseas::eventstore::verify(
      {.data = data, .keys = keys, .scratch = archive ? archive->scratch + "/verify" : std::string()});
  for (const auto& damage : report.damages) {
    if (!output.json) {
      std::printf("%s, position %llu: %s\n", damage.file.c_str(), static_cast<unsigned long long>(damage.position),
                  damage.what.c_str());
      continue;
    }
    std::printf("{\"file\":%s,\"position\":%llu,\"what\":%s}\n", highseas::replay::quoted(damage.file).c_str(),
                static_cast<unsigned long long>(damage.position), highseas::replay::quoted(damage.what).c_str());
  }
  std::printf(output.json ? "{\"commits\":%llu,\"damages\":%zu}\n" : "%llu commits read, %zu damages\n",
              static_cast<unsigned long long>(report.commits), report.damages.size());
  return report.clean() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "highseas-replay: what the log of a data directory says, beside a running server too.\n"
      "Exit status: 0 as it should be, 1 a difference or damage, 2 where it could not look."};
  std::string data;
  std::string keys;
  std::string record;
  std::string at;
  Output output;
  app.add_option("--data", data, "the data directory")->envname("HIGHSEAS_DATA")->required();
  app.add_option("--keys", keys, "where the server's key lies [DATA/keys]")->envname("HIGHSEAS_KEYS");
  app.add_flag("--json", output.json, "one object a line, for programs");
  app.add_flag("--english", output.english, "readable lines in English");
  app.fallthrough();
  app.require_subcommand(1);
  auto* timeline = app.add_subcommand("timeline", "every event of a record, oldest first");
  timeline->add_option("ID", record, "such as cus_01J…")->required();
  auto* state = app.add_subcommand("state", "a record as it was");
  state->add_option("ID", record, "such as cus_01J…")->required();
  state->add_option("--at", at, "a time (2026-09-30T16:00:00Z) or a position (p:5210); the end where absent");
  auto* verifying = app.add_subcommand("verify", "every file, hash and box");
  auto* redeciding = app.add_subcommand("redecide", "every command decided again, compared with what was written");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;  // --help and --version end so too
  }

  if (verifying->parsed()) return verify(data, keys, output);
  const auto archive = highseas::replay::open_archive(data, keys);
  if (!archive) {
    std::fprintf(stderr, "highseas-replay: %s\n", archive.error().c_str());
    return 2;
  }
  if (timeline->parsed()) return highseas::replay::timeline(*archive, record, output);
  if (state->parsed()) return highseas::replay::state_at(*archive, record, at, output);
  if (redeciding->parsed()) return highseas::replay::redecide(*archive, output);
  return 2;
}
