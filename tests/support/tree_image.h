// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_TREE_IMAGE_H_
#define EROFS_SUPPORT_TREE_IMAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "support/check_image.h"
#include "support/image_builder.h"

namespace erofs::test {

// A file whose facts are all of its own.
inline TestNode fact_file(std::string content, std::uint16_t mode) {
  TestNode node = file(std::move(content));
  node.extended = true;
  node.edit_extended = [mode](format::InodeExtendedBuilder& body) {
    body.i_mode_permissions(mode).i_mtime(1000).i_mtime_nsec(5);
  };
  return node;
}

inline TestNode symlink(std::string target) {
  TestNode node = file(std::move(target));
  node.type = format::ModeType::kSymlink;
  return node;
}

// A directory that whoever extracts it may enter again.
inline TestNode folder(std::vector<Child> children) {
  TestNode node = directory(std::move(children));
  node.edit = [](format::InodeCompactBuilder& body) {
    body.i_mode_permissions(0755);
  };
  return node;
}

inline constexpr std::size_t kBigFile = 20000;

// "/", "/a.txt" = "/hard", "/dir", "/dir/big", "/empty", "/fifo", "/link",
// "/sock", "/suid".
inline std::vector<TestNode> tree_nodes() {
  return {folder({{"a.txt", 1},
                  {"dir", 2},
                  {"empty", 7},
                  {"fifo", 4},
                  {"hard", 1},
                  {"link", 3},
                  {"sock", 6},
                  {"suid", 8}}),
          fact_file("hello", 0640),
          folder({{"big", 5}}),
          symlink("../a.txt"),
          special(format::ModeType::kFifo),
          fact_file(std::string(kBigFile, 'x'), 0600),
          special(format::ModeType::kSocket),
          folder({}),
          fact_file("s", 04755)};
}

inline OpenImage open_tree(const std::vector<TestNode>& nodes = tree_nodes()) {
  return OpenImage(CheckImage(nodes).bytes);
}

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_TREE_IMAGE_H_
