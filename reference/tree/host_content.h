// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_HOST_CONTENT_H_
#define EROFS_TREE_HOST_CONTENT_H_

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <string>

#include "image/source.h"
#include "tree/outcome.h"

namespace erofs::tree {

// The content of a host file, which is open only while it is read. Faults
// with ESTALE where it is not the file that it was.
class HostContent : public image::Source {
 public:
  // `directory` ends in a slash; `facts` are those of the file.
  HostContent(std::shared_ptr<const std::string> directory, std::string name,
              const struct stat& facts);

  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

 private:
  std::shared_ptr<const std::string> directory_;
  std::string name_;
  dev_t device_;
  ino_t inode_;
  std::uint64_t size_;
  struct timespec changed_;
};

// The content of the regular file at `path`, which `directory` is before
// unless it is absolute.
[[nodiscard]] Outcome<std::shared_ptr<const HostContent>> content_at(
    const std::string& directory, const std::string& path);

}  // namespace erofs::tree

#endif  // EROFS_TREE_HOST_CONTENT_H_
