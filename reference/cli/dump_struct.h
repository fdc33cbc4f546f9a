// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_DUMP_STRUCT_H_
#define EROFS_CLI_DUMP_STRUCT_H_

#include <string>

#include "base/bytes.h"
#include "base/fault.h"
#include "cli/node_text.h"
#include "format/fields.gen.h"

namespace erofs::cli {

// A structure by the names of the specification, field by field as stored:
// numbers little-endian, bytes in hex. `bytes` holds info.size bytes and
// starts at `at`.
[[nodiscard]] std::string struct_text(const format::StructInfo& info,
                                      ByteView bytes, Place at);
[[nodiscard]] Json struct_json(const format::StructInfo& info, ByteView bytes,
                               Place at);

}  // namespace erofs::cli

#endif  // EROFS_CLI_DUMP_STRUCT_H_
