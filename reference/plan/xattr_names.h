// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_PLAN_XATTR_NAMES_H_
#define EROFS_PLAN_XATTR_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace erofs::plan {

// A name as an entry stores it.
struct StoredName {
  std::uint8_t index = 0;       // e_name_index
  std::string_view suffix;      // of the name that was asked for
  std::uint8_t filter_bit = 0;  // the bit of h_name_filter it clears
};

// How names of attributes are stored: by their short prefixes, and by the
// long ones that the image defines.
class XattrNames {
 public:
  // Adds a long prefix, "trusted.overlay."; returns why it cannot be one,
  // or nullptr. At most kPrefixCountMax of them.
  const char* add_prefix(std::string_view prefix);
  // The same for the whole name of the attribute that keeps digests of
  // contents, in a namespace or in none that Linux shows.
  const char* add_digest(std::string_view name);
  // Which of the prefixes that is.
  [[nodiscard]] std::uint8_t digest() const noexcept { return digest_; }

  // Nothing for names outside the namespaces that Linux shows, and for
  // those whose suffix is longer than an entry holds.
  [[nodiscard]] std::optional<StoredName> stored(std::string_view name) const;

  [[nodiscard]] std::size_t prefixes() const noexcept {
    return prefixes_.size();
  }
  // The prefix table, to lie at a multiple of 4.
  [[nodiscard]] std::vector<std::byte> table() const;

 private:
  struct Prefix {
    std::uint8_t base = 0;
    std::string infix;
  };

  const char* add(const Prefix& prefix);

  std::vector<Prefix> prefixes_;
  std::string digest_name_;  // empty for none
  std::uint8_t digest_ = 0;
};

}  // namespace erofs::plan

#endif  // EROFS_PLAN_XATTR_NAMES_H_
