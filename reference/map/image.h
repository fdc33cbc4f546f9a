// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_MAP_IMAGE_H_
#define EROFS_MAP_IMAGE_H_

#include "base/fault.h"
#include "decode/codec.h"
#include "decode/geometry.h"
#include "image/source.h"
#include "map/device_map.h"

namespace erofs::map {

// What mapping needs to know of an image. All that it points to outlives the
// maps.
struct Image {
  const DeviceMap* devices = nullptr;
  const decode::Geometry* geometry = nullptr;
  const decode::Codecs* codecs = nullptr;
  // Content of the packed inode; nullptr where there is none, or where it
  // cannot be read and packed_fault says why.
  const image::Source* packed = nullptr;
  const Fault* packed_fault = nullptr;
  // False while the packed or the metabox inode itself is mapped.
  bool fragments = true;
};

}  // namespace erofs::map

#endif  // EROFS_MAP_IMAGE_H_
