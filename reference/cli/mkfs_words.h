// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_MKFS_WORDS_H_
#define EROFS_CLI_MKFS_WORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "emit/options.h"

namespace erofs::cli {

// What mkfs options say, as mkfs.erofs spells it. Each returns why the text
// says nothing that can be done, or an empty string.

// -z: "lz4hc,level=9:zstd". The first one becomes methods[0], and so on.
[[nodiscard]] std::string read_compressors(const std::string& text,
                                           emit::Options& options);
// -E: "ztailpacking,force-inode-extended,^xattr-name-filter".
[[nodiscard]] std::string read_extended(const std::string& text,
                                        emit::Options& options);
// -m: "65536:1", the cluster of the metabox and which compressor.
[[nodiscard]] std::string read_metabox(const std::string& text,
                                       emit::Options& options);
// -U: "clear", "random" or a UUID.
[[nodiscard]] std::string read_uuid(const std::string& text,
                                    emit::Options& options);
// A number of bytes that has to be a power of two: its logarithm.
[[nodiscard]] std::optional<unsigned> power_of_two(const std::string& text);
// A count with an optional suffix K, M or G.
[[nodiscard]] std::optional<std::uint64_t> byte_count(const std::string& text);

}  // namespace erofs::cli

#endif  // EROFS_CLI_MKFS_WORDS_H_
