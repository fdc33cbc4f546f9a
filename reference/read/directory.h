// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_READ_DIRECTORY_H_
#define EROFS_READ_DIRECTORY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/result.h"
#include "decode/directory.h"
#include "read/content.h"
#include "read/node.h"

namespace erofs::read {

// One block of a directory, its bytes owned.
struct DirectoryPage {
  std::vector<std::byte> bytes;  // what of the block lies within i_size
  Place at;                      // where it is stored
  std::uint64_t index = 0;       // of the block within the directory
  decode::DirectoryBlock block;  // names are views into `bytes`
};

// Lists a directory block by block, in stored order.
class DirectoryReader {
 public:
  // Faults: those of Content::open().
  [[nodiscard]] static Result<DirectoryReader> open(const Volume& volume,
                                                    const Node& node,
                                                    Budget& budget);

  // Reads and decodes the next block into `page`; false at the end. After a
  // malformed fault of decode::directory_block() the next call goes on with
  // the following block, `page.at` and `page.bytes` being those of the bad
  // one; after any other fault the next call gives false.
  [[nodiscard]] Result<bool> next(DirectoryPage& page);

 private:
  DirectoryReader(std::unique_ptr<Content> content,
                  const decode::Geometry& geometry, Budget& budget)
      : content_(std::move(content)), geometry_(&geometry), budget_(&budget) {}

  [[nodiscard]] Status fetch(DirectoryPage& page);

  std::unique_ptr<Content> content_;
  const decode::Geometry* geometry_;
  Budget* budget_;
  std::uint64_t offset_ = 0;
};

struct LookupEntry {
  std::uint64_t nid = 0;
  std::uint8_t file_type = 0;
};

// Finds `name` as Linux does (fs/erofs/namei.c): a binary search over the
// first names of the blocks, then one within the block. Where names are not
// in order it may miss what the listing shows. Needs no other block than
// those it probes, but each of these whole: a name that is last in its block
// ends at a NUL or at the end of the block, not at i_size. nullopt: no such
// name.
//
// Faults: those of Content::open(), decode::directory_entry_count() and
// decode::directory_entry(); limit; io.
[[nodiscard]] Result<std::optional<LookupEntry>> lookup(const Volume& volume,
                                                        const Node& node,
                                                        std::string_view name,
                                                        Budget& budget);

}  // namespace erofs::read

#endif  // EROFS_READ_DIRECTORY_H_
