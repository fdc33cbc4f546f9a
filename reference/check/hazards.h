// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CHECK_HAZARDS_H_
#define EROFS_CHECK_HAZARDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace erofs::check {

// What is well-formed and yet worth knowing before an image is mounted,
// unpacked or used as the lower layer of an overlay.
enum class HazardKind : std::uint8_t {
  kSetuid,         // runs as its owner
  kSetgid,         // runs as its group
  kCapability,     // security.capability: runs with some of root's powers
  kDevice,         // a device node, whiteouts apart
  kWorldWritable,  // anybody may write; directories without the sticky bit
  kLinkEscapes,    // a link with more ".." than directories above it
  kLinkAbsolute,   // a link from the root of whoever follows it
  kWhiteout,       // hides what lower layers have of that name
  kOpaque,         // a directory that hides all that lower layers have
  kRedirect,       // takes content from another path of a lower layer
  kMetacopy,       // content is elsewhere; the digest says which it is
  kOverlayOther,   // other orders to overlayfs
};
inline constexpr std::size_t kHazardKinds = 12;

struct Hazard {
  HazardKind kind = HazardKind::kSetuid;
  std::uint64_t nid = 0;
  std::string path;    // raw bytes of the first one met; empty: too long
  std::string detail;  // raw bytes: target, device number, digest; or empty
};

// The hazards of an image. All are counted, the first of each kind are kept,
// so that a flood costs no memory.
class Hazards {
 public:
  static constexpr std::size_t kKeptPerKind = 64;
  static constexpr std::size_t kDetailMax = 256;  // bytes; the rest is cut

  // Whether the next one of `kind` is kept, so that it needs its texts.
  [[nodiscard]] bool keeps(HazardKind kind) const noexcept {
    return counts_[static_cast<std::size_t>(kind)] < kKeptPerKind;
  }
  void add(Hazard hazard);

  [[nodiscard]] std::uint64_t count(HazardKind kind) const noexcept {
    return counts_[static_cast<std::size_t>(kind)];
  }
  // In the order in which they were met.
  [[nodiscard]] std::span<const Hazard> kept() const noexcept { return kept_; }

 private:
  std::vector<Hazard> kept_;
  std::array<std::uint64_t, kHazardKinds> counts_{};
};

// A device of the table that content may lie on.
struct ExternalBlob {
  std::string tag;  // raw bytes up to the first NUL; often a digest
  std::uint64_t blocks = 0;
  std::uint64_t uniaddr = 0;  // first block in the unified space; 0: none
  bool given = false;         // or contained in the primary device
};

// What of the value of an attribute hazards tell of; empty for attributes
// that are none. `rest` is the name behind its namespace `base_index`.
[[nodiscard]] std::string hazard_value(std::uint8_t base_index,
                                       std::string_view rest,
                                       std::string_view value);

}  // namespace erofs::check

#endif  // EROFS_CHECK_HAZARDS_H_
