// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/digest.h"

#include <openssl/evp.h>

namespace erofs::emit {

Digest sha256(ByteView bytes) {
  Digest out{};
  static_assert(sizeof(unsigned char) == sizeof(std::byte));
  std::array<unsigned char, out.size()> raw{};
  // It fails only where the library lacks the algorithm.
  EVP_Digest(bytes.span().data(), bytes.size(), raw.data(), nullptr,
             EVP_sha256(), nullptr);
  for (std::size_t i = 0; i < raw.size(); ++i) out[i] = std::byte{raw[i]};
  return out;
}

}  // namespace erofs::emit
