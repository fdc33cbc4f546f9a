// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_DIRECTORY_H_
#define EROFS_CHECK_DIRECTORY_H_

#include <cstdint>
#include <string>

#include "check/context.h"
#include "check/names.h"
#include "read/directory.h"
#include "read/node.h"

namespace erofs::check {

// Judges one directory while it is listed; keeps the previous name and 8 bytes
// for each of the others.
class DirectoryPhase {
 public:
  // `parent` is the nid of the directory above, its own for the root.
  DirectoryPhase(Context& ctx, const read::Node& node, std::uint64_t parent)
      : ctx_(ctx), node_(node), parent_(parent), names_(ctx) {}

  // Before the listing: what the inode alone tells.
  void begin();
  // A block that was decoded: everything but its entries.
  void block(const read::DirectoryPage& page);
  // One entry, in stored order, as the subject of `ctx`. Whether it is a dot
  // entry, which is then done with.
  [[nodiscard]] bool entry(const read::DirectoryPage& page,
                           const decode::Dirent& entry);
  // The type of the inode that an entry leads to.
  void type(const read::DirectoryPage& page, const decode::Dirent& entry,
            format::ModeType type);
  // After the listing; `whole` if no block was bad.
  void end(bool whole);

 private:
  void dot(const read::DirectoryPage& page, const decode::Dirent& entry);
  // Whether the name is another one than that before.
  bool order(const read::DirectoryPage& page, const decode::Dirent& entry);
  void slack(const read::DirectoryPage& page);

  Context& ctx_;
  const read::Node& node_;
  std::uint64_t parent_;
  std::string previous_;
  Names names_;
  bool dot_ = false;
  bool dotdot_ = false;
};

}  // namespace erofs::check

#endif  // EROFS_CHECK_DIRECTORY_H_
