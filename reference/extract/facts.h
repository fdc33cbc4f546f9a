// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_FACTS_H_
#define EROFS_EXTRACT_FACTS_H_

#include <cstdint>

#include "base/budget.h"
#include "base/result.h"
#include "read/volume.h"
#include "read/walk.h"
#include "tree/entry.h"

namespace erofs::extract {

// All of a path but its content: facts, link target and xattrs, as Linux
// shows them.
// Faults: those of linux_xattrs() and read_text().
[[nodiscard]] Result<tree::Entry> facts(const read::Volume& volume,
                                        const read::Visit& visit,
                                        Budget& budget);

// Bytes that an entry holds in memory, roughly.
[[nodiscard]] std::uint64_t weight(const tree::Entry& entry) noexcept;

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_FACTS_H_
