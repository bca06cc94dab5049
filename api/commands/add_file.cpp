// add_file — POST /v1/files: the bytes are sealed on disk first, then the log names them.
#include <array>

#include "api/handlers.hpp"
#include "api/http/multipart.hpp"
#include "api/read/media_type.hpp"
#include "api/read/object_reader.hpp"
#include "api/render/file_json.hpp"
#include "base/assert.hpp"
#include "domain/files/file_decider.hpp"
#include "eventstore/crypto.hpp"

namespace highseas::api {
namespace {

struct Upload {
  std::string name;
  std::string_view content;  // lives as long as the call
};

std::expected<Upload, Problem> read_upload(const Call& call) {
  const auto& request = call.request();
  const auto bad = [&call](http::MultipartFault fault) {
    auto problem = Problem::of("bad-upload");
    problem.detail = in(call.language(), http::describe(fault));
    return std::unexpected(std::move(problem));
  };
  const auto parts = http::parse_multipart(request.headers.find("Content-Type").value_or(""), request.body);
  if (!parts) return bad(parts.error());
  const auto part = http::find_file(*parts, "file");
  if (!part) return bad(part.error());
  // Judged before anything is stored, by the words of the decider.
  domain::Faults faults;
  auto name = domain::checked_name(part->filename, "/file/name", domain::kFileNameLengthMax, faults);
  if (part->content.size() > domain::kFileBytesMax) {
    faults.add("/file", domain::RefusalCode::out_of_range, 0, std::to_string(domain::kFileBytesMax));
  }
  if (faults.any()) return std::unexpected(problem_of(faults, call.language()));
  return Upload{.name = std::move(name), .content = part->content};
}

// The bytes go again where the command did not take them: it was refused, or is a repeat that names the first ones.
class StoredBytes {
 public:
  StoredBytes(eventstore::SealedFiles& files, base::FileId id) : files_(files), id_(id) {}
  ~StoredBytes() {
    if (!kept_) files_.remove(id_);
  }
  StoredBytes(const StoredBytes&) = delete;
  StoredBytes& operator=(const StoredBytes&) = delete;
  void keep() { kept_ = true; }

 private:
  eventstore::SealedFiles& files_;
  base::FileId id_;
  bool kept_ = false;
};

http::Response added_answer(const domain::FileAdded& file, eventstore::Position position) {
  std::string text;
  json::Writer writer(text);
  write_file(writer, file);
  auto response = answer(201, std::move(text), position);
  response.headers.set("Location", "/v1/files/" + base::format_id(file.file));
  return response;
}

RenderAccepted render(std::unique_ptr<StoredBytes> stored) {
  return [stored = std::move(stored)](const projections::State& state, const engine::CommandOutcome& outcome) {
    if (outcome.kind == engine::CommandOutcome::Kind::accepted && stored) stored->keep();
    const domain::FileAdded* added = nullptr;
    for (const auto& event : outcome.commit->content.events) {
      if (const auto* file = std::get_if<domain::FileAdded>(&event)) added = file;
    }
    HS_ASSERT(added != nullptr);
    return added_answer(*added, state.position());
  };
}

base::FileId fresh_id(engine::Engine& engine) {
  std::array<std::uint8_t, 8> bytes{};
  engine.vault().random().fill(bytes);
  std::uint64_t seed = 0;
  for (const auto byte : bytes) seed = seed << 8 | byte;
  return base::FileId{base::IdSource(engine.clock().now().ms, seed).other()};
}

}  // namespace

void add_file(App& app, const CallPtr& call) {
  if (!domain::may_add_files(call->design(), call->rights())) return call->refuse(Problem::of("forbidden"));
  auto upload = read_upload(*call);
  if (!upload) return call->refuse(upload.error());
  auto& engine = app.engine();
  domain::FileAdded file{.file = fresh_id(engine),
                         .added_by = call->caller().member,
                         .size = upload->content.size(),
                         .media_type = {},
                         .name = std::move(upload->name)};
  engine.threads().on_worker([&engine, call, file = std::move(file), content = upload->content]() mutable {
    file.media_type = media_type_of(content);
    if (call->dry_run()) {
      file.sha256 = eventstore::sha256(content);
      return submit(call, domain::AddFile{std::move(file)}, render(nullptr));
    }
    const auto stored = engine.files().store(file.file, content);
    if (!stored) return call->fail(engine::Failure::storage);
    file.sha256 = stored->sha256;
    auto bytes = std::make_unique<StoredBytes>(engine.files(), file.file);
    submit(call, domain::AddFile{std::move(file)}, render(std::move(bytes)));
  });
}

}  // namespace highseas::api
