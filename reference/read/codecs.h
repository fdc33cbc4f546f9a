// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_CODECS_H_
#define EROFS_READ_CODECS_H_

#include <optional>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "decode/codec.h"
#include "decode/superblock.h"
#include "image/source.h"

namespace erofs::read {

// The settings of the algorithms, as far as they could be read.
struct LoadedCodecs {
  decode::Codecs codecs;  // without the algorithms from the fault on
  std::vector<decode::CodecRecordPlace> records;
  std::optional<Fault> fault;  // of the first record that is bad
};

// Reads the records behind the superblock; without COMPR_CFGS there are none
// and LZ4 is all there is. Spec: codec.
//
// Faults: limit; io. Kept in the result: codec.record.within-image and those
// of decode::codec_record().
[[nodiscard]] Result<LoadedCodecs> codecs(const image::Source& primary,
                                          const decode::Superblock& superblock,
                                          Budget& budget);

}  // namespace erofs::read

#endif  // EROFS_READ_CODECS_H_
