// api_keys — POST /v1/api-keys and DELETE /v1/api-keys/{id}: the secret is told once and kept by its hash alone.
#include "api/access.hpp"
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/read/directory_body.hpp"
#include "api/submit.hpp"
#include "base/base64.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kSecretBytes = 32;  // 43 characters
constexpr std::size_t kPrefixLength = 12;

const domain::ApiKey& issued_in(const domain::CommitContent& content) {
  return std::get<domain::ApiKeyIssued>(content.events.front()).key;
}

// Once it is on disk, and only of what was done now.
void record_when_done(App& app, const CallPtr& call, const engine::CommandOutcome& outcome, engine::AccessKind kind,
                      base::ApiKeyId key, std::optional<base::MemberId> member) {
  if (outcome.kind != engine::CommandOutcome::Kind::accepted) return;
  call->when_done([&app, call = call.get(), kind, key, member] {
    record_access(app, *call, {.kind = kind, .member = member, .api_key = key});
  });
}

http::Response issued_answer(const engine::CommandOutcome& outcome, const std::string& secret) {
  const auto& key = issued_in(outcome.commit->content);
  std::string text;
  json::Writer writer(text);
  writer.begin_object().member("id", base::format_id(key.id)).member("name", key.name);
  if (outcome.kind == engine::CommandOutcome::Kind::repeated) {
    writer.null_member("secret");
  } else {
    writer.member("secret", secret);
  }
  writer.member("prefix", key.prefix);
  if (key.expires_at) {
    writer.member("expires_at", base::format_instant(*key.expires_at));
  } else {
    writer.null_member("expires_at");
  }
  writer.end_object();
  return answer(201, std::move(text), outcome.position);
}

}  // namespace

void issue_api_key(App& app, const CallPtr& call) {
  domain::Faults faults;
  ObjectReader body(call->body(), "", faults);
  domain::IssueApiKey command;
  command.name = required_text(body, "name", domain::kNameLengthMax, faults);
  command.expires_at = body.instant("expires_at");
  body.finish();
  if (faults.any()) return refuse_unread(call, std::move(command), std::move(faults));
  const auto secret = "hsk_" + base::base64_url(app.engine().vault().random().bytes(kSecretBytes));
  command.prefix = secret.substr(0, kPrefixLength);
  submit(call, std::move(command),
         [secret, &app, call](const projections::State&, const engine::CommandOutcome& outcome) {
           const auto& key = issued_in(outcome.commit->content);
           record_when_done(app, call, outcome, engine::AccessKind::api_key_issued, key.id, key.member);
           return issued_answer(outcome, secret);
         },
         {.side_writes = [secret, number = call->workspace()->number()](const domain::CommitContent& content) {
           const auto& key = issued_in(content);
           return std::vector{
               engine::Credentials::api_key_write(secret, {.workspace = number, .key = key.id, .member = key.member})};
         }});
}

void revoke_api_key(App& app, const CallPtr& call) {
  const auto id = base::parse_id<base::ApiKeyTag>(call->parameter("id"));
  if (!id) return call->refuse(Problem::of("not-found"));
  submit(call, domain::RevokeApiKey{*id},
         [&app, call, id = *id](const projections::State& state, const engine::CommandOutcome& outcome) {
           const auto key = state.workspace().keys.find(id);
           const bool known = key != state.workspace().keys.end();
           record_when_done(app, call, outcome, engine::AccessKind::api_key_revoked, id,
                            known ? std::optional(key->second.member) : std::nullopt);
           return nothing_to_tell(outcome.position);
         });
}

}  // namespace highseas::api
