// api_keys — POST /v1/api-keys and DELETE /v1/api-keys/{id}: the secret is told once and kept by its hash alone.
#include "api/commands/beside_the_log.hpp"
#include "api/handlers.hpp"
#include "api/json/writer.hpp"
#include "api/read/directory_body.hpp"
#include "api/render/base64.hpp"

namespace highseas::api {
namespace {

constexpr std::size_t kSecretBytes = 32;  // 43 characters
constexpr std::size_t kPrefixLength = 12;

const domain::ApiKey& issued_in(const domain::CommitContent& content) {
  return std::get<domain::ApiKeyIssued>(content.events.front()).key;
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
  if (faults.any()) return refuse_input(call, faults, call->rights().writes(domain::Thing::keys));
  const auto secret = "hsk_" + base64_url(app.engine().vault().random().bytes(kSecretBytes));
  command.prefix = secret.substr(0, kPrefixLength);
  submit(
      call, std::move(command),
      [secret](const projections::State&, const engine::CommandOutcome& outcome) {
        return issued_answer(outcome, secret);
      },
      [secret, number = call->workspace()->number()](const domain::CommitContent& content) {
        const auto& key = issued_in(content);
        return std::vector{
            engine::Credentials::api_key_write(secret, {.workspace = number, .key = key.id, .member = key.member})};
      });
}

void revoke_api_key(App&, const CallPtr& call) {
  const auto id = base::parse_id<base::ApiKeyTag>(call->parameter("id"));
  if (!id) return call->refuse(Problem::of("not-found"));
  submit(call, domain::RevokeApiKey{*id}, [](const projections::State&, const engine::CommandOutcome& outcome) {
    return nothing_to_tell(outcome.position);
  });
}

}  // namespace highseas::api
