// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_tree.h"

#include <memory>

#include "extract/all_paths.h"
#include "extract/facts.h"
#include "image/source.h"
#include "read/content.h"

namespace erofs::extract {

Status to_tree(const read::Volume& volume, Budget& budget,
               const std::function<Status(const tree::Entry&)>& take) {
  const auto visit = [&](const read::Visit& found) -> Status {
    EROFS_ASSIGN(tree::Entry entry, facts(volume, found, budget));
    std::unique_ptr<image::Source> content;
    if (entry.type == tree::Type::kReg) {
      EROFS_ASSIGN(content, read::Content::open(volume, found.node, budget));
      entry.content = content.get();
    }
    return take(entry);
  };
  return all_paths(volume, budget, visit);
}

}  // namespace erofs::extract
