// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FUZZ_SUPPORT_IMAGE_INPUT_H_
#define EROFS_FUZZ_SUPPORT_IMAGE_INPUT_H_

#include <cstdint>
#include <vector>

#include "image/memory_source.h"
#include "support/feed.h"

namespace erofs::fuzz {

// A whole image, and extra devices where an option from the end asks for
// them: each device is then the second half of the input, so that addresses
// of every device exist.
class ImageInput {
 public:
  ImageInput(const std::uint8_t* data, std::size_t size)
      : ImageInput(Feed(data, size)) {}

  [[nodiscard]] const image::Source& primary() const noexcept {
    return primary_;
  }
  [[nodiscard]] const std::vector<const image::Source*>& blobs()
      const noexcept {
    return blobs_;
  }

 private:
  static constexpr std::uint8_t kDevicesMark = 0xd0;

  explicit ImageInput(Feed feed)
      : primary_(feed.payload()), blob_(half(feed.payload())) {
    const std::uint8_t option = Feed(feed).option();
    if ((option & 0xf0) != kDevicesMark) return;
    for (int i = 0; i < (option & 3); ++i) blobs_.push_back(&blob_);
  }
  static ByteView half(ByteView bytes) noexcept {
    const auto part = bytes.from(bytes.size() / 2);
    return part ? *part : ByteView();
  }

  image::MemorySource primary_;
  image::MemorySource blob_;
  std::vector<const image::Source*> blobs_;
};

}  // namespace erofs::fuzz

#endif  // EROFS_FUZZ_SUPPORT_IMAGE_INPUT_H_
