// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_HOST_FOLDERS_H_
#define EROFS_EXTRACT_HOST_FOLDERS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/failure.h"
#include "extract/host_directory.h"
#include "extract/host_metadata.h"
#include "tree/entry.h"

namespace erofs::extract {

// The directories that are being filled, for paths that come in the order of
// raw path bytes: "/a", "/a-b", "/a/c". A directory gets its metadata when
// the walk has left it, for then nothing is made in it any more. Of those on
// the current path a bounded number is open.
class HostFolders {
 public:
  // Told how many attributes a directory could not hold.
  using Refusals = std::function<void(const tree::Entry&, unsigned)>;

  HostFolders(Fd root, tree::Entry entry, const Rights& rights,
              Refusals refusals);

  // Moves on to `path`, which lies `depth` >= 1 below the root, and gives
  // the descriptor of the directory that it is in. Valid until the next call.
  [[nodiscard]] Attempt<int> parent_of(std::string_view path,
                                       std::size_t depth);
  // The last component of the path given last.
  [[nodiscard]] std::string name_of(std::string_view path) const;
  // Where the path given last is: its directory's path.
  [[nodiscard]] const std::string& folder() const;

  // Remembers a directory just made in the folder.
  void expect(tree::Entry entry);

  // Bytes that this holds for directories, roughly: of deep ones the paths
  // alone are many.
  [[nodiscard]] std::uint64_t held() const noexcept { return held_; }

  // Opens a directory that was made before, by its path.
  [[nodiscard]] Attempt<Fd> open(std::string_view path) const;

  // Leaves all of them, the root last.
  [[nodiscard]] Done finish();

 private:
  // A directory on the current path.
  struct Folder {
    tree::Entry entry;
    Fd fd;  // may be closed, to be opened again
  };

  [[nodiscard]] Done leave();
  [[nodiscard]] Done leave_empty();
  [[nodiscard]] Done restore_folder(int fd, const tree::Entry& entry);
  [[nodiscard]] Done enter();
  [[nodiscard]] Done reopen();
  void spare(std::size_t index);

  Rights rights_;
  Refusals refusals_;
  std::vector<Folder> open_;  // the root first
  // Made, but what is in them did not come yet; the last comes first.
  std::vector<tree::Entry> expected_;
  // Directories that even their owner may not pass, for links may still lead
  // through them: path and mode, in the order in which they were left.
  struct Closed {
    std::string path;
    mode_t mode;
  };
  std::vector<Closed> closed_;
  std::uint64_t held_ = 0;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_HOST_FOLDERS_H_
