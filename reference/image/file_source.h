// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_IMAGE_FILE_SOURCE_H_
#define EROFS_IMAGE_FILE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "image/source.h"

namespace erofs::image {

// A regular file or block device of the host, read with pread(2): short
// reads and EINTR are retried, nothing is mapped. The window starts
// `start` bytes into the file; size() is fixed when it is opened.
// Safe for use from several threads.
class FileSource final : public Source {
 public:
  // Faults: kIo with errno; EINVAL for a file that is neither regular nor a
  // block device (EISDIR for a directory), ERANGE where `start` lies behind
  // its end.
  [[nodiscard]] static Result<std::unique_ptr<FileSource>> open(
      const std::string& path, std::uint64_t start = 0);
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override;

  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;
  // Whether size and modification time are still what they were at open().
  [[nodiscard]] bool unchanged() const noexcept;

 private:
  FileSource(int fd, std::uint64_t start, std::uint64_t size) noexcept
      : fd_(fd), start_(start), size_(size) {}

  int fd_;
  std::uint64_t start_;
  std::uint64_t size_;
  std::int64_t mtime_sec_ = 0;
  std::int64_t mtime_nsec_ = 0;
};

}  // namespace erofs::image

#endif  // EROFS_IMAGE_FILE_SOURCE_H_
