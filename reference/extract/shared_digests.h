// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_EXTRACT_SHARED_DIGESTS_H_
#define EROFS_EXTRACT_SHARED_DIGESTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/budget.h"
#include "base/result.h"

namespace erofs::extract {

// The digest of a content that has several names, made once. For several
// threads.
class SharedDigest {
 public:
  // What `make` gave first; where it faulted, the next caller tries again.
  [[nodiscard]] Result<std::string> get(
      const std::function<Result<std::string>()>& make);

 private:
  std::mutex mutex_;
  std::string text_;  // empty until it is made
};

// Digests of inodes with several names, until the last one came. Memory:
// some dozen bytes for each such inode. (An ordered map: nobody who chooses
// the numbers can make it slow.)
class SharedDigests {
 public:
  struct Found {
    std::shared_ptr<SharedDigest> digest;
    bool first = false;  // of the names
  };

  // For the next name of inode `nid`, which has `nlink` >= 2 of them. Charges
  // `budget` for it as memory until it is forgotten. Faults: limit.
  [[nodiscard]] Result<Found> find(std::uint64_t nid, std::uint32_t nlink,
                                   Place where, Budget& budget);

 private:
  struct Kept {
    std::shared_ptr<SharedDigest> digest;
    std::uint32_t expected = 0;  // names to come
  };

  std::map<std::uint64_t, Kept> kept_;
};

}  // namespace erofs::extract

#endif  // EROFS_EXTRACT_SHARED_DIGESTS_H_
