// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_IMAGE_BUILDER_H_
#define EROFS_SUPPORT_IMAGE_BUILDER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "decode/superblock.h"
#include "format/directory.gen.h"
#include "format/inode.gen.h"
#include "format/limits.gen.h"
#include "format/superblock.gen.h"
#include "image/memory_source.h"
#include "read/volume.h"
#include "support/budgets.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::test {

template <class Builder>
Bytes bytes_of(const Builder& builder) {
  const auto bytes = builder.bytes();
  return {bytes.begin(), bytes.end()};
}

struct Listed {
  std::string name;
  std::uint64_t nid = 0;
  format::FileType type = format::FileType::kUnknown;
};

// One directory block, in the order given; nothing is added or sorted.
inline Bytes listing(const std::vector<Listed>& entries) {
  Bytes heads;
  Bytes names;
  for (const Listed& entry : entries) {
    const std::size_t at =
        entries.size() * format::DirentView::kSize + names.size();
    heads =
        heads + bytes_of(format::DirentBuilder()
                             .nid(entry.nid)
                             .nameoff(static_cast<std::uint16_t>(at))
                             .file_type(static_cast<std::uint8_t>(entry.type)));
    names = names + text_bytes(entry.name);
  }
  return heads + names;
}

inline format::InodeCompactBuilder body(format::ModeType type, std::size_t size,
                                        format::Layout layout,
                                        std::uint32_t u = 0) {
  return format::InodeCompactBuilder()
      .i_format_layout(static_cast<std::uint16_t>(layout))
      .i_mode_type(static_cast<std::uint16_t>(type))
      .nlink(1)
      .i_size(static_cast<std::uint32_t>(size))
      .i_u(u);
}

// An image that a test puts together piece by piece. Nothing is placed or
// made right by itself but the checksum, which is not in use.
class ImageBuilder {
 public:
  static constexpr std::uint64_t kRoot = 40;

  // `blocks` of zeros and a superblock whose root is kRoot.
  explicit ImageBuilder(std::size_t blocks = 8, std::uint8_t bits = 12)
      : bytes(blocks << bits) {
    super.magic(0xE0F5E1E2).blkszbits(bits).rootnid_2b(kRoot);
  }

  void put(std::size_t at, const Bytes& part) {
    bytes = patched(std::move(bytes), at, part);
  }
  // An inode with what stands directly behind its body.
  template <class Builder>
  void inode(std::uint64_t nid, const Builder& builder,
             const Bytes& behind = {}) {
    put(nid << format::kInodeSlotBits, bytes_of(builder) + behind);
  }
  // An inode whose whole content stands behind it.
  void inlined(std::uint64_t nid, format::ModeType type, const Bytes& content) {
    const auto layout = content.empty() ? format::Layout::kFlatPlain
                                        : format::Layout::kFlatInline;
    inode(nid, body(type, content.size(), layout), content);
  }
  void directory(std::uint64_t nid, const std::vector<Listed>& entries) {
    inlined(nid, format::ModeType::kDirectory, listing(entries));
  }
  void file(std::uint64_t nid, std::string_view content) {
    inlined(nid, format::ModeType::kRegular, text_bytes(content));
  }
  void link(std::uint64_t nid, std::string_view target) {
    inlined(nid, format::ModeType::kSymlink, text_bytes(target));
  }

  [[nodiscard]] Bytes finish() const {
    return patched(bytes, format::kSuperblockOffset, bytes_of(super));
  }

  format::SuperblockBuilder super;
  Bytes bytes;
};

// An opened volume with all that it was opened from.
class OpenImage {
 public:
  explicit OpenImage(const ImageBuilder& image,
                     const std::vector<Bytes>& blobs = {})
      : OpenImage(image.finish(), blobs) {}
  explicit OpenImage(Bytes bytes, const std::vector<Bytes>& blobs = {},
                     Budget limits = plenty())
      : budget(std::move(limits)), bytes_(std::move(bytes)), blobs_(blobs) {
    source_ = std::make_unique<image::MemorySource>(view(bytes_));
    std::vector<const image::Source*> given;
    for (const Bytes& blob : blobs_) {
      sources_.push_back(std::make_unique<image::MemorySource>(view(blob)));
      given.push_back(sources_.back().get());
    }
    opened = read::Volume::open(*source_, given, budget);
  }

  // The volume, which the test expects to be there.
  [[nodiscard]] const read::Volume& operator*() const {
    EXPECT_THAT(opened, Succeeds());
    return **opened;
  }
  [[nodiscard]] const read::Volume* operator->() const { return &**this; }

  Budget budget;
  Result<std::unique_ptr<read::Volume>> opened;

 private:
  Bytes bytes_;
  std::vector<Bytes> blobs_;
  std::unique_ptr<image::MemorySource> source_;
  std::vector<std::unique_ptr<image::MemorySource>> sources_;
};

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_IMAGE_BUILDER_H_
