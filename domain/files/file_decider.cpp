// file_decider — the bytes are there already; what is judged is who brought them, their name and their size.
#include "domain/files/file_decider.hpp"

#include <algorithm>

#include "domain/faults.hpp"

namespace highseas::domain {

bool may_add_files(const Workspace& workspace, const Rights& rights) {
  return std::ranges::any_of(workspace.forms,
                             [&](const auto& form) { return rights.opens(form.first, kCreate | kWrite); });
}

Decision decide_add_file(bool known, const AddFile& command, const DecisionContext& context) {
  const auto member = context.rights.member();
  if (!member || !context.workspace.is_active(*member) || !may_add_files(context.workspace, context.rights)) {
    return refuse(RefusalCode::forbidden);
  }
  if (known) return already_true();
  auto file = command.file;
  Faults faults;
  file.name = checked_name(file.name, "/file/name", kFileNameLengthMax, faults);
  if (file.size > kFileBytesMax) {
    faults.add("/file", RefusalCode::out_of_range, 0, std::to_string(kFileBytesMax));
  }
  if (faults.any()) return faults.refusal();
  file.added_by = *member;
  return accept(std::move(file));
}

}  // namespace highseas::domain
