// access — what a request says of itself is bounded before it is kept.
#include "api/access.hpp"

#include "base/text.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kUserAgentMax = 200;  // bytes

// What is no text is left out: nobody could read it.
std::string user_agent(const http::Headers& headers) {
  const auto sent = headers.find("User-Agent");
  if (!sent || !base::is_valid_utf8(*sent)) return {};
  auto end = std::min(sent->size(), kUserAgentMax);
  while (end < sent->size() && end > 0 && (static_cast<unsigned char>((*sent)[end]) & 0xC0) == 0x80) --end;
  return std::string(sent->substr(0, end));
}

}  // namespace

void record_access(App& app, const Call& call, engine::AccessEntry entry) {
  const auto workspace = call.has_caller() ? call.workspace() : app.engine().workspace();
  if (!workspace) return;
  entry.address = call.request().remote_address;
  entry.user_agent = user_agent(call.request().headers);
  if (call.has_caller()) {
    const auto& caller = call.caller();
    if (!entry.by) entry.by = caller.member;
    const bool by_key = caller.actor.kind == domain::ActorKind::api_key;
    if (by_key && !entry.api_key) entry.api_key = base::ApiKeyId{caller.actor.id};
  }
  app.engine().access_trail().record(workspace->number(), std::move(entry), engine::real_now());
}

}  // namespace highseas::api
