// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_FILE_TARGET_H_
#define EROFS_IMAGE_FILE_TARGET_H_

#include <cstdint>
#include <memory>
#include <string>

#include "image/target.h"

namespace erofs::image {

// A file that appears under its name only when it is complete: until then
// it has no name, and goes with the process. Where the filesystem knows no
// such files it has another name beside the final one. A block device, or
// another file that cannot be replaced, is written in place.
class FileTarget : public Target {
 public:
  // `skip`: bytes in front of what is written; a file that is there keeps
  // them, a new one has zeros. nullptr, and the errno in `error`, where it
  // cannot be made.
  [[nodiscard]] static std::unique_ptr<FileTarget> open(const std::string& path,
                                                        std::uint64_t skip,
                                                        int& error);
  // A file without a name in that directory, for what is kept for a while.
  [[nodiscard]] static std::unique_ptr<FileTarget> scratch(
      const std::string& directory, int& error);
  FileTarget(const FileTarget&) = delete;
  FileTarget& operator=(const FileTarget&) = delete;
  ~FileTarget() override;

  [[nodiscard]] int write(std::uint64_t offset, ByteView bytes) override;
  [[nodiscard]] int read(std::uint64_t offset, MutableBytes out) override;

  // Makes the file `size` bytes long (and `skip`), has it reach the disk
  // and gives it its name: 0, or an errno. Called once, at the end.
  [[nodiscard]] int commit(std::uint64_t size);

 private:
  FileTarget() = default;
  [[nodiscard]] int keep_front();
  // All of `bytes` at a byte of the file.
  [[nodiscard]] int put(std::uint64_t at, ByteView bytes) const;
  [[nodiscard]] int take_name();

  int file_ = -1;
  std::string path_;
  std::string other_;  // the name it has till then, if any
  std::uint64_t skip_ = 0;
  bool in_place_ = false;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_FILE_TARGET_H_
