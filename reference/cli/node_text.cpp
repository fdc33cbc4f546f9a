// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/node_text.h"

#include <fmt/core.h>

#include "report/names.h"

namespace erofs::cli {
namespace {

char type_letter(format::ModeType type) {
  switch (type) {
    case format::ModeType::kFifo:
      return 'p';
    case format::ModeType::kCharDevice:
      return 'c';
    case format::ModeType::kDirectory:
      return 'd';
    case format::ModeType::kBlockDevice:
      return 'b';
    case format::ModeType::kRegular:
      return '-';
    case format::ModeType::kSymlink:
      return 'l';
    case format::ModeType::kSocket:
      break;
  }
  return 's';
}

// Three letters for one class of users; `special` is the letter of the set-id
// or sticky bit where that is set, else 0.
std::string class_letters(unsigned bits, char special) {
  std::string text;
  text += (bits & 4) != 0 ? 'r' : '-';
  text += (bits & 2) != 0 ? 'w' : '-';
  const bool runs = (bits & 1) != 0;
  if (special == 0) {
    text += runs ? 'x' : '-';
  } else {
    text += runs ? special : static_cast<char>(special - 'a' + 'A');
  }
  return text;
}

}  // namespace

std::string mode_text(const decode::Inode& inode) {
  const unsigned mode = inode.permissions;
  std::string text(1, type_letter(inode.type));
  text += class_letters((mode >> 6) & 7, (mode & 04000) != 0 ? 's' : '\0');
  text += class_letters((mode >> 3) & 7, (mode & 02000) != 0 ? 's' : '\0');
  text += class_letters(mode & 7, (mode & 01000) != 0 ? 't' : '\0');
  return text;
}

std::string octal_text(const decode::Inode& inode) {
  return fmt::format("{:04o}", inode.permissions);
}

Json node_json(const read::Node& node) {
  const auto& inode = node.inode();
  Json json;
  json["nid"] = node.nid;
  json["type"] = report::type_name(inode.type);
  json["mode"] = octal_text(inode);
  json["uid"] = inode.uid;
  json["gid"] = inode.gid;
  json["nlink"] = inode.nlink;
  json["size"] = inode.size;
  json["mtime_sec"] = inode.mtime;
  json["mtime_nsec"] = inode.mtime_nsec;
  if (inode.type == format::ModeType::kCharDevice ||
      inode.type == format::ModeType::kBlockDevice) {
    json["rdev"] = Json::array({inode.rdev_major(), inode.rdev_minor()});
  }
  return json;
}

}  // namespace erofs::cli
