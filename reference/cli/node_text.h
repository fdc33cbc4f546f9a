// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_NODE_TEXT_H_
#define EROFS_CLI_NODE_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>

#include "decode/inode.h"
#include "read/node.h"

namespace erofs::cli {

using Json = nlohmann::ordered_json;

// "drwxr-xr-x", with s, S, t and T as ls has them.
[[nodiscard]] std::string mode_text(const decode::Inode& inode);

// "0755": the low twelve bits of the mode.
[[nodiscard]] std::string octal_text(const decode::Inode& inode);

// What every listing gives of an inode: nid, type, mode, owners, nlink,
// size, times, and rdev for devices.
[[nodiscard]] Json node_json(const read::Node& node);

}  // namespace erofs::cli

#endif  // EROFS_CLI_NODE_TEXT_H_
