// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/all_paths.h"

#include "read/node.h"

namespace erofs::extract {

Status all_paths(const read::Volume& volume, Budget& budget,
                 const std::function<Status(const read::Visit&)>& visit) {
  EROFS_TRY(volume.mountable());
  EROFS_ASSIGN(const read::Node root,
               read::node(volume, volume.superblock().root_nid, budget));
  return read::walk(volume, root, "/", budget, visit);
}

}  // namespace erofs::extract
