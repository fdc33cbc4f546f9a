// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "bare_streams.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/budget.h"
#include "base/bytes.h"
#include "format/budget_rules.h"
#include "image/cached_source.h"
#include "read/content.h"
#include "read/node.h"
#include "read/volume.h"
#include "read/walk.h"

namespace erofs::bench {
namespace {

constexpr std::uint64_t kUnlimited = ~std::uint64_t{0};

class Collector {
 public:
  explicit Collector(const read::Volume& volume)
      : volume_(volume),
        budget_({kUnlimited, kUnlimited, kUnlimited, kUnlimited},
                format::budget_rules()) {
    out_.codecs = volume.codecs();
  }

  // Every path, and the inodes that no path leads to.
  Status run() {
    const decode::Superblock& superblock = volume_.superblock();
    if (superblock.metabox_nid) EROFS_TRY(inode(*superblock.metabox_nid));
    if (superblock.packed_nid != 0) EROFS_TRY(inode(superblock.packed_nid));
    EROFS_ASSIGN(const read::Node root,
                 read::node(volume_, superblock.root_nid, budget_));
    EROFS_TRY(read::walk(
        volume_, root, "/", budget_,
        [this](const read::Visit& visit) { return file(visit.node); }));
    return fetch();
  }

  [[nodiscard]] Streams take() && { return std::move(out_); }

 private:
  Status inode(std::uint64_t nid) {
    EROFS_ASSIGN(const read::Node node, read::node(volume_, nid, budget_));
    return file(node);
  }

  Status file(const read::Node& node) {
    if (!node.inode().has_data() || !seen_.insert(node.nid).second) return {};
    EROFS_ASSIGN(const auto content,
                 read::Content::open(volume_, node, budget_));
    for (std::uint64_t at = 0; at < content->size();) {
      EROFS_ASSIGN(const map::Extent extent, content->extent(at));
      if (extent.kind == map::ExtentKind::kEncoded) note(extent);
      at += extent.length;
    }
    return {};
  }

  // Where several extents take from one pcluster, the longest counts.
  void note(const map::Extent& extent) {
    const Place& place = extent.location.place;
    const auto [found, fresh] = known_.try_emplace(
        std::pair(place.space, place.offset), places_.size());
    if (fresh) {
      places_.emplace_back(extent.location, extent.stream);
      return;
    }
    map::Stream& stream = places_[found->second].second;
    if (extent.stream.decoded > stream.decoded) stream = extent.stream;
  }

  Status fetch() {
    for (const auto& [location, stream] : places_) {
      const std::size_t start = out_.bytes.size();
      out_.bytes.resize(start + stream.stored);
      const auto room = MutableBytes(out_.bytes).tail(start);
      EROFS_TRY(map::read(location, room));
      Stored stored{stream, start};
      if (padded(stream.algorithm)) {
        const std::size_t zeros = room.view().find_nonzero().value_or(0);
        stored.offset += zeros;
        stored.stream.stored -= static_cast<std::uint32_t>(zeros);
      }
      out_.all.push_back(stored);
    }
    return {};
  }

  [[nodiscard]] bool padded(format::Algorithm algorithm) const noexcept {
    return algorithm != format::Algorithm::kLz4 || out_.codecs.zero_padded;
  }

  const read::Volume& volume_;
  Budget budget_;
  std::set<std::uint64_t> seen_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::size_t> known_;
  std::vector<std::pair<map::Location, map::Stream>> places_;
  Streams out_;
};

}  // namespace

Result<Streams> collect(const image::Source& image) {
  const image::CachedSource cached(image);
  Budget budget({kUnlimited, kUnlimited, kUnlimited, kUnlimited},
                format::budget_rules());
  EROFS_ASSIGN(const auto volume, read::Volume::open(cached, {}, budget));
  Collector collector(*volume);
  EROFS_TRY(collector.run());
  return std::move(collector).take();
}

}  // namespace erofs::bench
