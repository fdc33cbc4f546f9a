// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_HOST_METADATA_H_
#define EROFS_EXTRACT_HOST_METADATA_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "extract/failure.h"
#include "tree/entry.h"

namespace erofs::extract {

// What the process may do, and what it was asked to do.
struct Rights {
  bool owners = false;             // give files to their owners
  bool tell_owners = false;        // say so where that is not done
  bool special = false;            // make devices, pipes and sockets
  bool set_id = false;             // keep set-id bits of files
  bool privileged_xattrs = false;  // security.*, trusted.*
  uid_t uid = 0;                   // who owns what this process makes
  gid_t gid = 0;
  mode_t umask = 0;
};

// Whether the attribute is one of those that give rights or are read by
// the kernel alone.
[[nodiscard]] bool is_privileged_xattr(std::string_view name) noexcept;

// The mode to create a file or directory with: its own where nothing that is
// done later could be refused or dropped by it.
[[nodiscard]] mode_t creation_mode(const tree::Entry& entry,
                                   const Rights& rights) noexcept;

[[nodiscard]] Done change_mode(int fd, mode_t mode);

// Owner, xattrs, mode and time, in the order in which none undoes another:
// a change of owner takes set-id bits and capabilities away, a write the
// time. `mode` is what the file has now. Gives how many attributes the file
// system cannot hold; all else that is refused is a failure.
[[nodiscard]] Attempt<unsigned> restore(int fd, const tree::Entry& entry,
                                        mode_t mode, const Rights& rights);

// The same for an entry of `directory` that is no regular file and no
// directory, and is not opened, which for a device would act on it.
[[nodiscard]] Attempt<unsigned> restore_at(int directory,
                                           const std::string& name,
                                           const tree::Entry& entry,
                                           const Rights& rights);

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_HOST_METADATA_H_
