// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_XATTR_PREFIXES_H_
#define EROFS_READ_XATTR_PREFIXES_H_

#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "decode/xattr_prefix.h"
#include "read/volume.h"

namespace erofs::read {

// Loads the table of long xattr name prefixes of a volume whose special
// inodes are open; at most 255 records. Spec: xattr, "Prefix table": it lies
// on the primary device with PLAIN_XATTR_PFX, else in the metabox, else in
// the packed inode, else on the primary device.
//
// Faults: xattr.prefix.within-image, those of decode::xattr_prefix(); what
// keeps the metabox or the packed inode from being read; limit; io.
[[nodiscard]] Result<std::vector<decode::XattrPrefix>> xattr_prefixes(
    const Volume& volume, Budget& budget);

}  // namespace erofs::read

#endif  // EROFS_READ_XATTR_PREFIXES_H_
