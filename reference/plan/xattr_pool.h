// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_XATTR_POOL_H_
#define EROFS_PLAN_XATTR_POOL_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/xattr_names.h"

namespace erofs::plan {

// One attribute, as views of somebody's text.
struct Attribute {
  std::string_view name;
  std::string_view value;
};

// The attributes of a whole image: those that many files have are written
// once and named by id, in the order of name NUL value.
class XattrPool {
 public:
  // `filter`: whether h_name_filter is filled in.
  XattrPool(const XattrNames& names, bool filter)
      : names_(names), filter_(filter) {}

  // Why this attribute cannot be stored, or nullptr.
  [[nodiscard]] const char* complaint(const Attribute& attribute) const;
  // Why these attributes cannot be those of one file, or nullptr.
  [[nodiscard]] const char* complaint(
      std::span<const Attribute> attributes) const;

  // Counts an attribute of one more file.
  void count(const Attribute& attribute);
  // Shares what more than `tolerance` files have. Comes after all count().
  void share(std::uint64_t tolerance);

  // The shared entries, to lie at a multiple of 4; empty for none.
  [[nodiscard]] const std::vector<std::byte>& shared() const noexcept {
    return area_;
  }
  // Image byte `at` is where the shared entries begin: ids count from the
  // block that holds it.
  void settle(std::uint64_t at, unsigned block_bits) noexcept;

  // Bytes of what follows the inode, ascending names given; 0 for none.
  [[nodiscard]] std::size_t size(std::span<const Attribute> attributes) const;
  // Those bytes; the same attributes as size() was asked about.
  [[nodiscard]] std::vector<std::byte> area(
      std::span<const Attribute> attributes) const;

 private:
  struct Split;

  [[nodiscard]] Split split(std::span<const Attribute> attributes) const;

  const XattrNames& names_;
  bool filter_;
  std::uint32_t first_id_ = 0;
  // name NUL value -> how many files have it
  std::map<std::string, std::uint64_t, std::less<>> counts_;
  // name NUL value -> unit of kXattrUnit bytes within area_
  std::map<std::string, std::uint32_t, std::less<>> ids_;
  std::vector<std::byte> area_;
};

}  // namespace erofs::plan

#endif  // EROFS_PLAN_XATTR_POOL_H_
