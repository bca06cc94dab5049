// verify — prints what eventstore finds, with progress on a terminal.
#include "server/verify.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "eventstore/verify.hpp"

namespace highseas::server {
namespace {

void print(const eventstore::Damage& damage) {
  std::printf("%s", damage.file.c_str());
  if (damage.position != 0) {
    std::printf(", workspace %u, position %llu", damage.workspace, static_cast<unsigned long long>(damage.position));
  }
  std::printf(": %s\n  what to do: %s\n", damage.what.c_str(), damage.remedy.c_str());
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (static_cast<unsigned char>(c) >= 0x20) out.push_back(c);
  }
  return out;
}

void print_json(const eventstore::VerifyReport& report) {
  std::printf("{\"commits\":%llu,\"boxes\":%llu,\"erased\":%llu,\"damages\":[",
              static_cast<unsigned long long>(report.commits), static_cast<unsigned long long>(report.boxes),
              static_cast<unsigned long long>(report.erased));
  for (std::size_t i = 0; i < report.damages.size(); ++i) {
    const auto& damage = report.damages[i];
    std::printf("%s{\"file\":\"%s\",\"workspace\":%u,\"position\":%llu,\"what\":\"%s\",\"remedy\":\"%s\"}",
                i == 0 ? "" : ",", escaped(damage.file).c_str(), damage.workspace,
                static_cast<unsigned long long>(damage.position), escaped(damage.what).c_str(),
                escaped(damage.remedy).c_str());
  }
  std::printf("]}\n");
}

}  // namespace

int run_verify(const VerifyCommand& command) {
  if (!std::filesystem::is_directory(command.data)) {
    std::fprintf(stderr,
                 "highseas verify: there is no directory %s\n  what to do: name the data directory with --data\n",
                 command.data.c_str());
    return 2;
  }
  char scratch[] = "/tmp/highseas-verify-XXXXXX";
  if (!::mkdtemp(scratch)) {
    std::perror("highseas verify: no scratch directory");
    return 2;
  }
  eventstore::VerifyOptions options{.data = command.data, .keys = command.keys, .scratch = scratch};
  if (::isatty(STDERR_FILENO) != 0) {
    options.progress = [](std::uint64_t commits) {
      std::fprintf(stderr, "\r%llu commits read", static_cast<unsigned long long>(commits));
    };
  }
  const auto report = eventstore::verify(options);
  std::filesystem::remove_all(scratch);
  if (options.progress) std::fprintf(stderr, "\n");
  if (command.json) {
    print_json(report);
  } else {
    for (const auto& damage : report.damages) print(damage);
    std::printf("%s: %llu commits, %llu sealed boxes (%llu opened, %llu erased), %zu damages\n",
                report.clean() ? "clean" : "DAMAGED", static_cast<unsigned long long>(report.commits),
                static_cast<unsigned long long>(report.boxes), static_cast<unsigned long long>(report.boxes_opened),
                static_cast<unsigned long long>(report.erased), report.damages.size());
  }
  return report.clean() ? 0 : 1;
}

int run_salvage(const SalvageCommand& command) {
  const auto report = eventstore::salvage(command.from, command.to);
  if (!report) {
    std::fprintf(stderr, "highseas salvage: %s\n", eventstore::describe(report.error()).c_str());
    return 2;
  }
  for (const auto& damage : report->damages) print(damage);
  for (const auto& workspace : report->workspaces) {
    std::printf("workspace %u: %llu commits copied", workspace.number,
                static_cast<unsigned long long>(workspace.copied));
    if (workspace.expected > workspace.copied) {
      std::printf(", %llu missing", static_cast<unsigned long long>(workspace.expected - workspace.copied));
    }
    std::printf("\n");
  }
  std::printf("copy the keys directory as well: without it nothing sealed can be read\n");
  return 0;
}

}  // namespace highseas::server
