// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_MKFS_HINTS_H_
#define EROFS_CLI_MKFS_HINTS_H_

#include <string>

#include "emit/options.h"
#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::cli {

// Reads a file of --compress-hints and has `options` choose by it for the
// files of `tree`. A line is `<bytes of a cluster> [index into -z] <regex>`;
// the first whose regex matches a path, which begins with no '/', counts; 0
// bytes leave a file uncompressed. Empty lines and those of '#' are skipped.
[[nodiscard]] tree::Outcome<void> read_hints(const std::string& path,
                                             const tree::Tree& tree,
                                             emit::Options& options);

}  // namespace erofs::cli

#endif  // EROFS_CLI_MKFS_HINTS_H_
