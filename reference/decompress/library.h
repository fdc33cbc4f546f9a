// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_DECOMPRESS_LIBRARY_H_
#define EROFS_DECOMPRESS_LIBRARY_H_

#include "base/bytes.h"

// Bytes as the compressors' libraries want them: an address of the type that
// their interfaces name, valid as long as the bytes.
namespace erofs::decompress {

template <class T>
[[nodiscard]] const T* input(ByteView bytes) noexcept {
  static_assert(sizeof(T) == 1);
  return static_cast<const T*>(static_cast<const void*>(bytes.span().data()));
}

template <class T>
[[nodiscard]] T* output(MutableBytes bytes) noexcept {
  static_assert(sizeof(T) == 1);
  return static_cast<T*>(static_cast<void*>(bytes.span().data()));
}

}  // namespace erofs::decompress

#endif  // EROFS_DECOMPRESS_LIBRARY_H_
