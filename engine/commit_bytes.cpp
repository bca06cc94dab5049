// commit_bytes — encodes the content and moves it into the sections that the log's writer seals.
#include "engine/commit_bytes.hpp"

#include "codec/codec.hpp"
#include "domain/forms/shipped.hpp"

namespace highseas::engine {
namespace {

class FormSealing : public codec::FieldSealing {
 public:
  explicit FormSealing(const domain::Workspace& workspace) : workspace_(workspace) {}

  bool sealed(domain::FormNumber form, domain::FieldNumber field) const override {
    const auto* definition = workspace_.form(form);
    const auto* found = definition ? definition->field(field) : nullptr;
    return found && domain::is_sealed(*found);
  }
  domain::FormNumber follow_up_form() const override { return domain::shipped::kFollowUps; }

 private:
  const domain::Workspace& workspace_;
};

eventstore::Actor stored_actor(const domain::Actor& actor) {
  eventstore::Actor stored{.kind = static_cast<eventstore::ActorKind>(actor.kind), .id = actor.id, .on_behalf_of = {}};
  if (actor.on_behalf_of) stored.on_behalf_of = actor.on_behalf_of->ulid;
  return stored;
}

}  // namespace

eventstore::PlainCommit commit_bytes(const domain::Commit& commit, eventstore::WorkspaceNumber number,
                                     base::WorkspaceId workspace, const domain::Workspace& design) {
  eventstore::PlainCommit plain;
  plain.workspace_number = number;
  plain.meta.workspace = workspace.ulid;
  plain.meta.position = commit.position;
  plain.meta.time = commit.time;
  plain.meta.recorded_at = commit.recorded_at;
  plain.meta.actor = stored_actor(commit.actor);
  plain.meta.command = commit.command_id;
  plain.meta.correlation = commit.correlation;
  plain.meta.cause = commit.cause;
  for (auto& section : codec::encode(commit.content, FormSealing(design))) {
    plain.sections.push_back({.subject = section.subject,
                              .key_owner = section.key_owner,
                              .clear = std::move(section.clear),
                              .secret = std::move(section.secret)});
  }
  return plain;
}

}  // namespace highseas::engine
