// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_FUZZ_SUPPORT_PROPERTY_H_
#define EROFS_FUZZ_SUPPORT_PROPERTY_H_

#include <cstdio>
#include <cstdlib>

// A property of a target. Always on, whatever the build: a broken one is a
// crash that names what should have held.
#define FUZZ_CHECK(condition, property)                                    \
  do {                                                                     \
    if (!(condition)) {                                                    \
      std::fprintf(stderr, "%s:%d: broken property: %s\n  %s\n", __FILE__, \
                   __LINE__, property, #condition);                        \
      std::abort();                                                        \
    }                                                                      \
  } while (false)

#endif  // EROFS_FUZZ_SUPPORT_PROPERTY_H_
