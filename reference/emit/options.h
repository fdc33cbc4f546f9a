// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EMIT_OPTIONS_H_
#define EROFS_EMIT_OPTIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compress/encoder.h"
#include "image/target.h"
#include "plan/inode_shape.h"
#include "tree/tree.h"

namespace erofs::emit {

// How one regular file is stored, where that differs from the others.
struct Choice {
  static constexpr std::size_t kPlain = ~std::size_t{0};

  // Index into Options::methods, or kPlain.
  std::size_t method = 0;
  std::uint32_t pcluster = 0;  // bytes; 0 for Options::pcluster
  // Base-2 logarithm of the bytes of a chunk; 0 for no chunks.
  unsigned chunk_bits = 0;
};

// An image's shape. Sizes are in bytes.
struct Options {
  unsigned block_bits = 12;  // 9 to 16
  plan::InodeForm inodes = plan::InodeForm::kAuto;
  bool inline_data = true;  // the ends of regular files behind their inodes
  bool checksum = true;
  std::array<std::byte, 16> uuid{};
  bool uuid_of_content = true;  // in place of `uuid`: the same for the same
  std::string label{};          // at most 16 bytes
  // The time of compact inodes; else the one that most files have.
  std::optional<plan::Time> epoch{};
  bool ignore_mtime = false;  // all files have the time `epoch`

  // Attributes that more files than this have are shared.
  std::uint64_t xattr_tolerance = 2;
  bool xattr_filter = true;
  std::vector<std::string> xattr_prefixes{};
  // The attribute that files have from tree::set_digests(); empty for none.
  std::string digest_name{};

  // Base-2 logarithm of the bytes of a chunk; 0 for no chunks.
  unsigned chunk_bits = 0;
  bool chunk_indexes = false;     // the long entries, needed or not
  image::Target* blob = nullptr;  // takes the chunks, as device 1
  // Bytes of the archive of the tree, which is device 1 and keeps the contents
  // of all files; 0 for none.
  std::uint64_t archive_bytes = 0;

  // What compresses; the first one does where choose() says nothing. Empty
  // for none. At most two kinds of streams.
  std::vector<compress::Settings> methods{};
  std::uint32_t pcluster = 0;         // a block if 0
  std::uint32_t packed_pcluster = 0;  // of the packed inode; pcluster if 0
  std::uint32_t pcluster_most = 0;    // that choose() gives; pcluster if 0
  std::uint32_t extent_max = 0;       // the format's limit if 0
  bool legacy_index = false;          // never compact indexes
  bool ztailpacking = false;
  bool fragments = false;           // ends of files into the packed inode
  bool all_fragments = false;       // whole files
  bool dedupe = false;              // clusters hold equal content once
  bool pack_directories = false;    // directories, too
  image::Target* packed = nullptr;  // keeps them meanwhile; needed for these

  // How a regular file is stored; none for as the options above say.
  std::function<Choice(const tree::Tree&, tree::NodeId)> choose{};

  // Names for what only newer kernels (6.15) read: the feature 48BIT ...
  bool wide = false;
  bool dot_omitted = false;  // ... directories without ".", with it
  // ... and all inodes in one, the metabox, which is kept here meanwhile.
  image::Target* metabox = nullptr;
  std::size_t metabox_method = 0;      // index into methods
  std::uint32_t metabox_pcluster = 0;  // pcluster if 0

  std::uint32_t align_blocks = 1;  // the image has a multiple of these

  unsigned jobs = 1;
  // Told how many of the content's bytes are done, by one thread at a time.
  std::function<void(std::uint64_t done, std::uint64_t all)> progress{};
};

// Why these options make no image, in words; nullptr if they do.
[[nodiscard]] const char* complaint(const Options& options);

}  // namespace erofs::emit

#endif  // EROFS_EMIT_OPTIONS_H_
