// get_metrics — GET /metrics: figures in Prometheus' text format; counts only, no names of persons or companies.
#include <unistd.h>

#include <array>
#include <fstream>
#include <map>

#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "codec/enum_keys.hpp"

namespace highseas::api {
namespace {

class Metrics {
 public:
  void begin(std::string_view name, std::string_view kind, std::string_view help) {
    text += "# HELP highseas_" + std::string(name) + " " + std::string(help) + "\n";
    text += "# TYPE highseas_" + std::string(name) + " " + std::string(kind) + "\n";
  }
  void value(std::string_view name, auto number, std::string_view labels = {}) {
    text += "highseas_" + std::string(name);
    if (!labels.empty()) text += "{" + std::string(labels) + "}";
    text += " " + std::to_string(number) + "\n";
  }
  void gauge(std::string_view name, std::string_view help, auto number) {
    begin(name, "gauge", help);
    value(name, number);
  }

  std::string text;
};

std::uint64_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  in >> total >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void workspace_metrics(Metrics& metrics, App& app, const engine::Sequencer& workspace) {
  const auto design = workspace.design();
  std::map<domain::MemberState, std::uint64_t> members;
  std::size_t sessions = 0;
  for (const auto& [id, member] : design->members) {
    ++members[member.state];
    sessions += app.engine().credentials().sessions_of(workspace.number(), id).size();
  }
  metrics.begin("members", "gauge", "Members by state.");
  for (const auto& [state, count] : members) {
    metrics.value("members", count, "state=\"" + std::string(codec::enum_key(state)) + "\"");
  }
  metrics.gauge("sessions", "Log-ins that have not ended.", sessions);
  metrics.gauge("forms", "Forms, removed ones too.", design->forms.size());
  metrics.gauge("pools", "Pools.", design->pools.size());
  metrics.gauge("recycle_rules", "Recycle rules.", design->rules.size());
  std::uint64_t keys = 0;
  for (const auto& [id, key] : design->keys) keys += key.revoked ? 0 : 1;
  metrics.gauge("api_keys", "API keys that were not revoked.", keys);
}

}  // namespace

void get_metrics(App& app, const CallPtr& call) {
  Metrics metrics;
  metrics.begin("position", "counter", "Position of the last commit on disk.");
  metrics.value("position", durable_position(app));
  metrics.gauge("uptime_seconds", "Since the application started.",
                (engine::real_now().ms - app.started_at().ms) / base::kMsPerSecond);
  metrics.gauge("warnings", "What an operator should look at; /readyz names it.", app.engine().warnings().size());
  metrics.gauge("test_clock", "1 where time stands until it is advanced.", app.engine().clock().is_test() ? 1 : 0);
  metrics.gauge("set_up", "1 once a workspace is open.", app.engine().needs_set_up() ? 0 : 1);
  metrics.gauge("resident_bytes", "Memory in use.", resident_bytes());
  if (const auto workspace = app.engine().workspace()) workspace_metrics(metrics, app, *workspace);
  http::Response response;
  response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.headers.set("Cache-Control", "no-store");
  response.body = std::move(metrics.text);
  call->respond(std::move(response));
}

}  // namespace highseas::api
