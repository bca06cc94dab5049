// set_up — a fresh directory is opened once, by whoever holds the one-time token that lies in it.
#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "domain/workspace/open_workspace.hpp"
#include "domain/workspace/server_decider.hpp"
#include "engine/engine_impl.hpp"
#include "eventstore/passwords.hpp"

namespace highseas::engine {
namespace {

// Written whole under a name of its own first, readable by the owner alone.
bool write_private_file(const std::string& path, const std::string& text) {
  const auto fresh = path + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  return written && std::rename(fresh.c_str(), path.c_str()) == 0;
}

std::optional<std::string> read_line(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!in || !std::getline(in, line)) return std::nullopt;
  return line;
}

SetUpDone done_of(const CommandOutcome& outcome) {
  SetUpDone done;
  if (outcome.kind == CommandOutcome::Kind::refused) {
    done.kind = SetUpDone::Kind::refused;
    done.refusal = *outcome.refusal;
  } else if (outcome.kind == CommandOutcome::Kind::accepted) {
    done.kind = SetUpDone::Kind::done;
    for (const auto& event : outcome.commit->content.events) {
      if (const auto* invited = std::get_if<domain::MemberInvited>(&event)) done.admin = invited->member.id;
    }
  }
  return done;
}

}  // namespace

// Where nobody has set up yet, a token lies in the directory for whoever can read it.
std::expected<void, StartError> Engine::Impl::offer_set_up() {
  const auto facts = server_log->facts();
  const bool open = !facts.workspaces.empty() && store.log->end(facts.workspaces.front().number) > 0;
  const auto path = store.layout.setup_token();
  if (open) {
    ::unlink(path.c_str());
    return {};
  }
  if (!read_line(path) && !write_private_file(path, fresh_token(store.vault->random()) + "\n")) {
    return std::unexpected(
        StartError{"the set-up token can't be written to " + path, "make the data directory writable"});
  }
  spdlog::info("not set up yet: the one-time token for POST /v1/setup lies in {}", path);
  return {};
}

// The one that was added before, where an earlier attempt got no further. Nothing: the store failed.
std::optional<domain::WorkspaceAdded> Engine::Impl::workspace_to_set_up() {
  const auto facts = server_log->facts();
  if (!facts.workspaces.empty()) return facts.workspaces.front();
  base::IdSource ids(clock.now().ms, random());
  const domain::AddWorkspace command{.workspace = base::WorkspaceId{ids.other()}, .number = 1};
  auto decision = domain::decide_add_workspace(facts.workspaces, command);
  if (!decision || !server_log->append(*writer, {.kind = domain::ActorKind::setup}, command, std::move(*decision),
                                       fresh_command())) {
    return std::nullopt;
  }
  return server_log->facts().workspaces.front();
}

// Waits for the answer: not from the sequencer's strand.
SetUpDone Engine::Impl::open_workspace(Sequencer& sequencer, const SetUp& request) {
  CommandRequest command{.actor = {.kind = domain::ActorKind::setup}, .command = request.open};
  command.side_writes = [hash = eventstore::hash_password(request.admin_password),
                         number = sequencer.number()](const domain::CommitContent& content) {
    std::vector<eventstore::SideWrite> writes;
    for (const auto& event : content.events) {
      const auto* invited = std::get_if<domain::MemberInvited>(&event);
      if (invited) writes.push_back(Credentials::password_write(number, invited->member.id, hash));
    }
    return writes;
  };
  auto told = std::make_shared<std::promise<SetUpDone>>();
  auto answer = told->get_future();
  sequencer.submit(
      std::move(command),
      [told](const projections::State&, const CommandOutcome& outcome) {
        return [told, done = done_of(outcome)] { told->set_value(done); };
      },
      [told](Failure) { told->set_value(SetUpDone{}); });
  return answer.get();
}

bool Engine::Impl::is_set_up_token(std::string_view token) const {
  const auto kept = read_line(store.layout.setup_token());
  return kept && eventstore::equal_in_constant_time(*kept, token);
}

SetUpDone Engine::Impl::set_up(const SetUp& request) {
  if (!is_set_up_token(request.token)) return {.kind = SetUpDone::Kind::wrong_token};
  const auto added = workspace_to_set_up();
  if (!added || (!find(added->number) && !serve(added->number, added->workspace))) return {};
  auto done = open_workspace(*find(added->number)->sequencer, request);
  if (done.kind != SetUpDone::Kind::done) return done;
  auto session = credentials->start_session(added->number, done.admin, real_now());
  if (session) done.session = *session;
  ::unlink(store.layout.setup_token().c_str());
  return done;
}

bool Engine::is_set_up_token(std::string_view token) const {
  return impl_->is_set_up_token(token);
}

void Engine::set_up(SetUp request, std::function<void(SetUpDone)> done) {
  const bool taken = on_password_thread([this, request = std::move(request), done] { done(impl_->set_up(request)); });
  if (!taken) done({.kind = SetUpDone::Kind::overloaded});
}

}  // namespace highseas::engine
