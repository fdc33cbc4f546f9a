// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_SPOOL_H_
#define EROFS_TREE_SPOOL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "image/source.h"

namespace erofs::tree {

// An open file that several contents lie in.
class SharedFile {
 public:
  // Owns the descriptor.
  explicit SharedFile(int descriptor) noexcept : descriptor_(descriptor) {}
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;
  ~SharedFile();

  // A new file without a name in `directory`; null where that is refused,
  // with errno.
  [[nodiscard]] static std::shared_ptr<SharedFile> nameless(
      const std::string& directory);

  // Each returns 0 or an errno; EIO where the file ends before.
  [[nodiscard]] int read(std::uint64_t offset, MutableBytes out) const;
  [[nodiscard]] int write(std::uint64_t offset, ByteView bytes) const;

 private:
  int descriptor_;
};

// Bytes [begin, begin + length) of a content, which lie at `position`.
struct Piece {
  std::uint64_t begin = 0;
  std::uint64_t length = 0;
  std::uint64_t position = 0;
};

// A content that lies in pieces of a file; what none covers is zeros.
class PieceContent : public image::Source {
 public:
  // Pieces are ascending, not empty, apart from each other and end at `size`.
  PieceContent(std::shared_ptr<const SharedFile> file,
               std::vector<Piece> pieces, std::uint64_t size)
      : file_(std::move(file)), pieces_(std::move(pieces)), size_(size) {}

  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override;

 private:
  std::shared_ptr<const SharedFile> file_;
  std::vector<Piece> pieces_;
  std::uint64_t size_;
};

}  // namespace erofs::tree

#endif  // EROFS_TREE_SPOOL_H_
