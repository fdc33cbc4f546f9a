// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_ENTRY_H_
#define EROFS_TREE_ENTRY_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "image/source.h"

namespace erofs::tree {

enum class Type : std::uint8_t { kReg, kDir, kLnk, kChr, kBlk, kFifo, kSock };

// "reg", "dir", ... as manifests spell it.
[[nodiscard]] std::string_view type_name(Type type) noexcept;

// Bytes [begin, end) of a content.
struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// One path of a file tree, of no filesystem in particular.
struct Entry {
  std::string path;  // raw bytes, absolute
  Type type = Type::kReg;
  std::uint16_t mode = 0;  // low 12 bits
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t nlink = 0;
  std::uint64_t size = 0;  // bytes
  std::uint64_t ino = 0;
  std::int64_t mtime_sec = 0;
  std::uint32_t mtime_nsec = 0;
  std::uint32_t rdev_major = 0;  // chr, blk
  std::uint32_t rdev_minor = 0;
  std::string target;                         // lnk, raw bytes
  std::map<std::string, std::string> xattrs;  // full name -> value
  const image::Source* content = nullptr;     // reg; not owned
  // reg: what stands for the content; empty where nobody asked for it.
  std::string digest;
  // Parts of the content that read as zeros and are stored nowhere:
  // ascending, not empty, apart from each other. May be incomplete.
  std::vector<Span> holes;
  // The path before this one that is the same file; empty for none. Then
  // there is no content.
  std::string same_as;
};

}  // namespace erofs::tree

#endif  // EROFS_TREE_ENTRY_H_
