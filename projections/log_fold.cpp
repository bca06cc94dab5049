// log_fold — eventstore opens and checks, codec decodes.
#include "projections/log_fold.hpp"

#include "codec/codec.hpp"

namespace highseas::projections {
namespace {

std::vector<codec::Section> to_sections(std::vector<eventstore::PlainSection>&& plain) {
  std::vector<codec::Section> sections;
  sections.reserve(plain.size());
  for (auto& section : plain) {
    sections.push_back({.subject = section.subject,
                        .key_owner = section.key_owner,
                        .clear = std::move(section.clear),
                        .secret = std::move(section.secret),
                        .state = static_cast<codec::Section::State>(section.state)});
  }
  return sections;
}

domain::Actor to_actor(const eventstore::Actor& stored) {
  domain::Actor actor{.kind = static_cast<domain::ActorKind>(stored.kind), .id = stored.id, .on_behalf_of = {}};
  if (stored.on_behalf_of) actor.on_behalf_of = base::MemberId{*stored.on_behalf_of};
  return actor;
}

eventstore::ReadError decode_fault(const eventstore::PlainCommit& plain, const codec::DecodeError& error) {
  const bool newer = error.kind == codec::DecodeError::Kind::newer;
  return {.kind = newer ? eventstore::ReadError::Kind::newer : eventstore::ReadError::Kind::damaged,
          .workspace = plain.workspace_number,
          .position = plain.meta.position,
          .message = error.what,
          .remedy = newer ? "start the program version that wrote it, or a later one"
                          : "restore a backup, or run highseas salvage to keep what is whole"};
}

}  // namespace

std::expected<ReadCommit, eventstore::ReadError> to_commit(eventstore::PlainCommit plain, codec::Parts parts) {
  const auto sections = to_sections(std::move(plain.sections));
  auto decoded = codec::decode(sections, parts);
  if (!decoded) return std::unexpected(decode_fault(plain, decoded.error()));
  ReadCommit read;
  read.workspace = base::WorkspaceId{plain.meta.workspace};
  read.erased = !decoded->erased.empty();
  read.sealed = !decoded->sealed.empty();
  read.commit = {.position = plain.meta.position,
                 .time = plain.meta.time,
                 .recorded_at = plain.meta.recorded_at,
                 .actor = to_actor(plain.meta.actor),
                 .command_id = plain.meta.command,
                 .correlation = plain.meta.correlation,
                 .cause = plain.meta.cause,
                 .content = std::move(decoded->content)};
  return read;
}

std::expected<ReadCommit, eventstore::ReadError> read_commit(const eventstore::Log& log, eventstore::KeyVault* vault,
                                                             eventstore::WorkspaceNumber workspace,
                                                             eventstore::Position position, codec::Parts parts) {
  auto plain = eventstore::read_plain(log, vault, workspace, position);
  if (!plain) return std::unexpected(plain.error());
  return to_commit(std::move(*plain), parts);
}

std::expected<void, eventstore::ReadError> for_each_commit(const eventstore::Log& log, eventstore::KeyVault* vault,
                                                           eventstore::WorkspaceNumber workspace,
                                                           eventstore::Position from, eventstore::Position to,
                                                           const std::function<bool(ReadCommit&&)>& visit,
                                                           codec::Parts parts) {
  std::optional<eventstore::ReadError> fault;
  auto read = eventstore::for_each_commit(log, vault, workspace, from, to, [&](eventstore::PlainCommit&& plain) {
    auto commit = to_commit(std::move(plain), parts);
    if (!commit) {
      fault = commit.error();
      return false;
    }
    return visit(std::move(*commit));
  });
  if (!read) return read;
  if (fault) return std::unexpected(*fault);
  return {};
}

}  // namespace highseas::projections
