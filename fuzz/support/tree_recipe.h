// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FUZZ_SUPPORT_TREE_RECIPE_H_
#define EROFS_FUZZ_SUPPORT_TREE_RECIPE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "support/property.h"
#include "tree/held_content.h"
#include "tree/set_xattr.h"
#include "tree/tree.h"

// Trees that any bytes stand for.
namespace erofs::fuzz {

class TreeRecipe {
 public:
  explicit TreeRecipe(ByteView bytes) noexcept : rest_(bytes) {}

  tree::Tree tree() {
    describe(tree_.at(tree::Tree::kRoot));
    while (!rest_.empty() && files_ < kFilesMax) add();
    tree_.finish();
    return std::move(tree_);
  }

 private:
  // What keeps a run short.
  static constexpr int kFilesMax = 64;
  static constexpr std::uint64_t kBytesMax = 1U << 18;

  std::uint8_t next() noexcept {
    if (rest_.empty()) return 0;
    const auto value = std::to_integer<std::uint8_t>(rest_.span().front());
    rest_ = rest_.from(1).value_or(ByteView());
    return value;
  }
  std::uint32_t next16() noexcept {
    const std::uint32_t high = next();
    return high << 8 | next();
  }
  std::uint32_t next32() noexcept {
    const std::uint32_t high = next16();
    return high << 16 | next16();
  }
  // -1 is none.
  std::uint32_t owner() noexcept { return next32() % 0xFFFFFFFF; }

  void describe(tree::Node& node) {
    const std::uint8_t what = next();
    node.mode = (what & 1) != 0 ? next16() % 010000 : 0644;
    if ((what & 2) != 0) node.uid = (what & 4) != 0 ? owner() : next();
    if ((what & 8) != 0) node.gid = owner();
    if ((what & 16) != 0) {
      node.mtime_sec = static_cast<std::int32_t>(next32());
      node.mtime_nsec = next32() % 1000000000;
    }
    for (int i = 0; i < what >> 6; ++i) {
      constexpr std::array<const char*, 6> kNames = {
          "trusted.common", "security.x", "user.a",
          "user.long.name", "user.lot",   "user.other"};
      // Linux shows those of users on regular files and directories alone.
      const bool all =
          node.type == tree::Type::kReg || node.type == tree::Type::kDir;
      const std::string name = kNames[next() % (all ? kNames.size() : 2)];
      const std::uint8_t length = next();
      const std::size_t times = (what & 32) != 0 ? 40 : 1;
      tree::set_xattr(
          node.xattrs, name,
          std::string(length * times, static_cast<char>('a' + next() % 4)));
    }
  }

  std::string content() {
    const std::uint8_t kind = next();
    std::size_t size = kind % 2 == 0 ? next() : next16();
    if (kind % 16 == 15) size *= 4;
    size = static_cast<std::size_t>(
        std::min<std::uint64_t>(size, kBytesMax - bytes_));
    bytes_ += size;
    std::string out(size, '\0');
    std::uint32_t state = next() + 1U;
    for (std::size_t i = 0; i < size; ++i) {
      state = state * 1664525 + 1013904223;
      switch (kind / 2 % 4) {
        case 0:  // text: few letters
          out[i] = static_cast<char>('a' + (state >> 24) % 4);
          break;
        case 1:  // noise
          out[i] = static_cast<char>(state >> 24);
          break;
        case 2:  // what other files have, too
          out[i] = static_cast<char>(i * 7 % 251 + i / 4096);
          break;
        default:  // zeros, and noise now and then
          if (i / 3000 % 3 == 1) out[i] = static_cast<char>(state >> 20);
      }
    }
    return out;
  }

  tree::Node node() {
    tree::Node out;
    const std::uint8_t kind = next();
    switch (kind % 8) {
      case 0:
        out.type = tree::Type::kDir;
        break;
      case 1:
        out.type = tree::Type::kLnk;
        out.target.assign(1U + next() * (kind < 128 ? 1U : 15U), 't');
        out.size = out.target.size();
        break;
      case 2:
        out.type = kind < 128 ? tree::Type::kChr : tree::Type::kBlk;
        out.rdev_major = next16() % 4096;
        out.rdev_minor = next32() % (1U << 20);
        break;
      case 3:
        out.type = kind < 128 ? tree::Type::kFifo : tree::Type::kSock;
        break;
      default: {
        std::string bytes = content();
        out.size = bytes.size();
        out.content = std::make_shared<tree::HeldContent>(std::move(bytes));
      }
    }
    describe(out);
    return out;
  }

  void add() {
    const std::uint8_t where = next();
    const std::string& above = directories_[where % directories_.size()];
    const std::size_t length = where < 200 ? 1 : where - 199U + 190U;
    std::string path = above + "/" + std::to_string(files_);
    path.append(length, static_cast<char>('!' + where % 14));
    ++files_;
    if (where % 16 == 15 && !known_.empty()) {
      const auto linked = tree_.link(path, known_[next() % known_.size()]);
      FUZZ_CHECK(linked, "a file can have one more name");
      return;
    }
    tree::Node made = node();
    const bool directory = made.type == tree::Type::kDir;
    FUZZ_CHECK(tree_.put(path, std::move(made)), "a tree takes a file");
    (directory ? directories_ : known_).push_back(std::move(path));
  }

  ByteView rest_;
  tree::Tree tree_;
  int files_ = 0;
  std::uint64_t bytes_ = 0;  // of contents
  std::vector<std::string> directories_ = {""};
  std::vector<std::string> known_;  // paths of what is no directory
};

inline tree::Tree tree_of(ByteView bytes) { return TreeRecipe(bytes).tree(); }

}  // namespace erofs::fuzz

#endif  // EROFS_FUZZ_SUPPORT_TREE_RECIPE_H_
