// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_XATTR_FACTS_H_
#define EROFS_CHECK_XATTR_FACTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/fault.h"

namespace erofs::check {

// What has to be known of an attribute to judge the inode that carries it.
struct XattrFacts {
  Place at;
  std::uint8_t base_index = 0;
  std::uint8_t filter_bit = 0;
  std::uint32_t listed_bytes = 0;  // in a list of names; 0: not listed
  std::uint64_t hash = 0;          // of the whole name
  std::string rest;                // name behind the base prefix
  std::string value;               // where hazard_value() keeps some of it
};

// Whether and how one stored entry counts.
struct XattrVerdict {
  bool named = false;  // false: a filler, or nobody knows its name
  bool judged = true;  // false: it could not be read, or has no known name
  XattrFacts facts;    // if named
};

// Shared entries that were read, by id: each is read and judged once.
// Ordered, so that no choice of ids makes it slow.
using SharedXattrs = std::map<std::uint32_t, XattrVerdict>;

}  // namespace erofs::check

#endif  // EROFS_CHECK_XATTR_FACTS_H_
