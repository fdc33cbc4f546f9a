// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/directory.h"

#include <algorithm>
#include <utility>

#include "base/checked.h"
#include "format/limits.gen.h"

namespace erofs::read {
namespace {

// Bytes of the wanted name that the bounds of a binary search share with it;
// comparing goes on behind them, as in Linux.
struct Shared {
  std::size_t below = 0;
  std::size_t above = 0;
};

// One block with all its bytes, those behind i_size included.
struct Probe {
  std::vector<std::byte> bytes;
  Place at;
  std::uint32_t count = 0;  // of entries
};

class Lookup {
 public:
  Lookup(const Content& content, const decode::Geometry& geometry,
         std::string_view name, Budget& budget) noexcept
      : content_(content), geometry_(geometry), name_(name), budget_(budget) {}

  // Searches the first names of the blocks, then the block whose first name
  // is the last one that is not above the wanted name.
  Result<std::optional<LookupEntry>> run() {
    Shared shared;
    bool found = false;
    std::uint64_t low = 0;
    std::uint64_t high =
        checked::ceil_div(content_.size(), geometry_.block_size());
    while (low < high) {
      const std::uint64_t middle = low + (high - low - 1) / 2;
      EROFS_TRY(load(middle));
      EROFS_ASSIGN(const decode::Dirent first, entry(probe_, 0));
      const int order = compare(first.name, shared);
      if (order == 0) return answer(first);
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
        std::swap(block_, probe_);
        found = true;
      }
    }
    if (!found) return std::optional<LookupEntry>();
    return in_block();
  }

 private:
  // The first entry is known to be another one.
  Result<std::optional<LookupEntry>> in_block() {
    Shared shared;
    std::uint32_t low = 1;
    std::uint32_t high = block_.count;
    while (low < high) {
      const std::uint32_t middle = low + (high - low - 1) / 2;
      EROFS_ASSIGN(const decode::Dirent found, entry(block_, middle));
      const int order = compare(found.name, shared);
      if (order == 0) return answer(found);
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return std::optional<LookupEntry>();
  }

  [[nodiscard]] static std::optional<LookupEntry> answer(
      const decode::Dirent& found) {
    return LookupEntry{found.nid, found.file_type};
  }

  // Below zero where the wanted name comes before `stored`.
  [[nodiscard]] int compare(std::string_view stored,
                            Shared& shared) const noexcept {
    std::size_t same = std::min(shared.below, shared.above);
    while (same < stored.size() && same < name_.size() &&
           name_[same] == stored[same]) {
      ++same;
    }
    int order = same < name_.size() ? 1 : 0;
    if (same < stored.size()) {
      // Unsigned bytes; a name that ends comes first.
      order = name_.substr(same, 1) > stored.substr(same, 1) ? 1 : -1;
    }
    (order < 0 ? shared.above : shared.below) = same;
    return order;
  }

  [[nodiscard]] Result<decode::Dirent> entry(const Probe& probe,
                                             std::uint32_t index) const {
    return decode::directory_entry(ByteView(probe.bytes),
                                   geometry_.block_size(), probe.at, index,
                                   probe.count);
  }

  // Reads block `index` into probe_.
  Status load(std::uint64_t index) {
    const std::uint32_t size = geometry_.block_size();
    const std::uint64_t start = index << geometry_.block_bits;
    EROFS_ASSIGN(const map::Extent extent, content_.extent(start));
    probe_.at = content_.place(extent);
    EROFS_TRY(budget_.work(size, probe_.at));
    probe_.bytes.assign(size, std::byte{0});
    const MutableBytes room(probe_.bytes);
    if (content_.compressed()) {
      // Zeros stand behind i_size, whatever the last pcluster holds there.
      EROFS_TRY(content_.fetch(start, room.head(content_.size() - start)));
    } else if (extent.kind == map::ExtentKind::kRaw) {
      EROFS_TRY(map::read(extent.location, room));
    } else if (extent.kind == map::ExtentKind::kInline) {
      EROFS_TRY(map::read(extent.location, room.head(extent.length)));
    }
    EROFS_ASSIGN(probe_.count,
                 decode::directory_entry_count(room.view(), size, probe_.at));
    return {};
  }

  const Content& content_;
  const decode::Geometry& geometry_;
  std::string_view name_;
  Budget& budget_;
  Probe probe_;
  Probe block_;
};

}  // namespace

Result<DirectoryReader> DirectoryReader::open(const Volume& volume,
                                              const Node& node,
                                              Budget& budget) {
  EROFS_ASSIGN(auto content, Content::open(volume, node, budget));
  return DirectoryReader(std::move(content), volume.geometry(), budget);
}

Result<bool> DirectoryReader::next(DirectoryPage& page) {
  page.block = {};
  page.bytes.clear();
  if (offset_ >= content_->size()) return false;
  const Status fetched = fetch(page);
  if (!fetched) {
    offset_ = content_->size();
    return tl::unexpected<Fault>(fetched.error());
  }
  offset_ += page.bytes.size();
  auto block = decode::directory_block(
      ByteView(page.bytes), geometry_->block_size(), page.at, *budget_);
  if (!block) {
    if (block.error().kind != FaultKind::kMalformed) {
      offset_ = content_->size();
    }
    return tl::unexpected<Fault>(block.error());
  }
  page.block = std::move(*block);
  return true;
}

Status DirectoryReader::fetch(DirectoryPage& page) {
  page.index = offset_ >> geometry_->block_bits;
  EROFS_ASSIGN(const map::Extent extent, content_->extent(offset_));
  const std::uint64_t length = std::min<std::uint64_t>(
      geometry_->block_size(), content_->size() - offset_);
  page.bytes.assign(static_cast<std::size_t>(length), std::byte{0});
  page.at = content_->place(extent);
  return content_->fetch(offset_, MutableBytes(page.bytes));
}

Result<std::optional<LookupEntry>> lookup(const Volume& volume,
                                          const Node& node,
                                          std::string_view name,
                                          Budget& budget) {
  if (name.empty() || name.size() > format::kNameMax) {
    return std::optional<LookupEntry>();
  }
  EROFS_ASSIGN(const auto content, Content::open(volume, node, budget));
  return Lookup(*content, volume.geometry(), name, budget).run();
}

}  // namespace erofs::read
