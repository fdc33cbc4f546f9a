// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/entry.h"

namespace erofs::tree {

std::string_view type_name(Type type) noexcept {
  switch (type) {
    case Type::kReg:
      return "reg";
    case Type::kDir:
      return "dir";
    case Type::kLnk:
      return "lnk";
    case Type::kChr:
      return "chr";
    case Type::kBlk:
      return "blk";
    case Type::kFifo:
      return "fifo";
    case Type::kSock:
      break;
  }
  return "sock";
}

}  // namespace erofs::tree
