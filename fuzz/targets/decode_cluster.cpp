// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Input: options from the end; then either a map header and what follows it,
// or a recipe for a list of extents. Properties: the extents of any bytes
// tile the file up to the first fault, a fault names a rule, and an extent is
// the same wherever one asks; a list of extents is read back from every form
// that can carry it.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "map/cluster.h"
#include "support/cluster_forms.h"
#include "support/feed.h"
#include "support/property.h"

namespace {

using erofs::Budget;
using erofs::ByteView;
using erofs::Fault;
using erofs::FaultKind;
using erofs::MutableBytes;
using erofs::Place;
using erofs::Result;
using erofs::Status;
using erofs::format::ClusterType;
using erofs::format::Layout;
using erofs::fuzz::Buffer;
using erofs::fuzz::Feed;
using erofs::fuzz::Model;
using erofs::fuzz::ModelExtent;
using erofs::map::ClusterMap;
using erofs::map::Extent;
using erofs::map::ExtentKind;
using erofs::map::Pcluster;

constexpr std::uint64_t kDevice = std::uint64_t{1} << 40;

// Some bytes, and zeros as far as the device goes.
class Sparse final : public erofs::image::Source {
 public:
  Sparse(Buffer bytes, std::uint64_t size)
      : bytes_(std::move(bytes)), size_(size) {}
  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] Status read(std::uint64_t offset,
                            MutableBytes out) const override {
    FUZZ_CHECK(offset <= size_ && out.size() <= size_ - offset,
               "reads stay within the space");
    out.fill_zero();
    const auto there = ByteView(bytes_).from(offset);
    if (there) out.copy_from(*there);
    return {};
  }

 private:
  Buffer bytes_;
  std::uint64_t size_;
};

// An image with one compressed file, whose map header stands at `at`.
class Bench {
 public:
  Bench(Buffer bytes, std::uint64_t space_size, std::uint64_t at,
        std::uint8_t block_bits)
      : space_(std::move(bytes), space_size),
        device_({}, kDevice),
        packed_({}, kDevice) {
    geometry_.block_bits = block_bits;
    geometry_.features.incompat = erofs::format::incompat::kBigPcluster;
    codecs_.available = 0b1111;
    devices_.emplace(device_, std::span<const erofs::image::Source* const>(),
                     std::vector<erofs::decode::DeviceSlot>(), geometry_);
    image_ = {&*devices_, &geometry_, &codecs_, &packed_, nullptr, true};
    file_.tail = {Place::kMetabox, at};
    file_.space = &space_;
  }
  Result<ClusterMap> open(Layout layout, std::uint64_t size) {
    file_.inode.layout = layout;
    file_.inode.size = size;
    return ClusterMap::open(file_, image_);
  }

 private:
  Sparse space_;
  Sparse device_;
  Sparse packed_;
  erofs::decode::Geometry geometry_;
  erofs::decode::Codecs codecs_;
  std::optional<erofs::map::DeviceMap> devices_;
  erofs::map::Image image_;
  erofs::map::File file_;
};

bool same(const Extent& a, const Extent& b) {
  return a.kind == b.kind && a.logical == b.logical && a.length == b.length &&
         a.location.source == b.location.source &&
         (a.kind == ExtentKind::kHole ||
          a.location.place == b.location.place) &&
         a.skip == b.skip && a.stream == b.stream;
}

void check_fault(const Fault& fault) {
  FUZZ_CHECK(fault.kind != FaultKind::kIo, "no read goes where nothing is");
  FUZZ_CHECK(fault.rule != erofs::RuleId{}, "a fault names its rule");
}

void check_extent(const Extent& extent, std::uint64_t at, std::uint64_t size) {
  FUZZ_CHECK(extent.logical == at, "an extent begins where it was asked for");
  FUZZ_CHECK(extent.length != 0 && extent.length <= size - at,
             "an extent ends within the file");
  if (extent.kind != ExtentKind::kEncoded) return;
  FUZZ_CHECK(extent.stream.stored != 0 &&
                 extent.stream.stored <= erofs::format::kPclusterMax,
             "a pcluster has a length, and it is bounded");
  FUZZ_CHECK(extent.stream.decoded <= erofs::format::kExtentMax &&
                 extent.skip + extent.length == extent.stream.decoded,
             "what is decoded is bounded, and taken to its end");
}

// Options: 5 for the place, 5 for size and form.
void any_bytes(Feed& feed) {
  const std::uint8_t form = feed.option();
  const std::uint8_t place = feed.option();
  const std::uint64_t low = feed.option32();
  const std::uint64_t size = low << (place & 31) & 0x7FFFFFFFFFFFFFFF;
  const Layout layout =
      (form & 1) != 0 ? Layout::kCompressedCompact : Layout::kCompressedFull;
  const std::uint64_t at = 64 + std::uint64_t{place} / 32 * 8;
  std::array<std::uint64_t, 4> asked{};
  for (std::uint64_t& offset : asked) offset = feed.option32();

  Buffer bytes(static_cast<std::size_t>(at));
  erofs::fuzz::append(bytes, feed.payload().head(32768).span());
  const std::uint64_t space = bytes.size() + ((form & 2) != 0 ? 1 << 20 : 0);
  const auto block_bits =
      static_cast<std::uint8_t>((form & 4) != 0 ? 12 : 9 + (form >> 5));
  Bench bench(std::move(bytes), space, at, block_bits);
  auto map = bench.open(layout, size);
  if (!map) return check_fault(map.error());
  auto other = bench.open(layout, size);

  Budget budget = erofs::fuzz::fuzz_budget();
  std::vector<Extent> found;
  int faults = 0;
  const std::uint64_t step = map->header().lcluster_size();
  for (std::uint64_t from = 0; from < size && found.size() < 1024;) {
    const auto extent = map->at(from, budget);
    if (extent) {
      check_extent(*extent, from, size);
      found.push_back(*extent);
      from += extent->length;
      continue;
    }
    check_fault(extent.error());
    ++faults;
    const bool limit = extent.error().kind == FaultKind::kLimit;
    if (limit || map->index() == nullptr || faults == 64) break;
    from += std::min(step - from % step, size - from);
  }
  // Records are verified by whoever goes over all of them.
  if (faults != 0 && map->records() != nullptr) return;
  for (const std::uint64_t raw : asked) {
    if (found.empty()) return;
    const Extent& one = found[static_cast<std::size_t>(raw % found.size())];
    const std::uint64_t offset = one.logical + (raw >> 4) % one.length;
    const auto again = other->at(offset, budget);
    if (!again && again.error().kind == FaultKind::kLimit) return;
    FUZZ_CHECK(again && same(*again, one.from(offset)),
               "an extent is the same wherever one asks");
  }
}

// Three bytes an extent. What a form cannot say is not asked for.
Model model_of(Feed& feed) {
  Model model;
  const std::uint8_t flags = feed.option();
  model.bits = (flags & 1) != 0 ? 12 : 9;
  model.big = (flags & 2) != 0;
  model.interlaced = (flags & 4) != 0;
  model.fragment = (flags & 8) != 0;
  model.terminator = (flags & 16) != 0;
  const bool grid = (flags & 32) != 0;
  const bool partial = (flags & 64) != 0;
  model.inline_size = model.fragment || (flags & 128) == 0 ? 0 : feed.option();
  model.fragment_offset = feed.option32() >> 1;
  if (partial) model.fragment_offset |= std::uint64_t{feed.option()} << 31;

  const std::uint64_t block = model.block_size();
  const auto recipe = feed.payload().head(360).span();
  const auto at = [&](std::size_t i) {
    return i < recipe.size() ? std::to_integer<std::uint64_t>(recipe[i]) : 0;
  };
  const std::uint64_t unit = block << (at(0) & 3);
  std::uint64_t start = 0;
  for (std::size_t i = 0; i + 2 < recipe.size() || i == 0; i += 3) {
    ModelExtent extent;
    extent.type = static_cast<ClusterType>(at(i) & 3);
    if (extent.type == ClusterType::kNonhead) extent.type = ClusterType::kPlain;
    extent.partial = partial && (at(i) & 4) != 0;
    extent.start = start;
    extent.blocks = 1 + static_cast<std::uint32_t>(at(i) >> 5);
    std::uint64_t next = (start >> model.bits) + 1 + (at(i + 1) & 31);
    if (at(i + 1) > 0xF8) next += at(i + 1) % 8 * (model.bits == 9 ? 900 : 90);
    start = (next << model.bits) + (at(i + 2) * 257 & (block - 1));
    if (grid) start = extent.start + unit;
    extent.end = start;
    model.extents.push_back(extent);
    if ((start >> model.bits) > 6000) break;
  }
  // Where the file ends.
  ModelExtent& last = model.extents.back();
  if (grid || (at(1) & 32) != 0) {
    last.end = last.start + 1 + at(2) % (block - last.start % block);
  }
  model.size = last.end;
  return model;
}

// Makes what was asked for what can be: counts where there is a place for
// them, raw extents no longer than their pclusters, addresses one behind the
// other.
void settle(Model& model) {
  std::uint32_t block = 3;
  std::vector<ModelExtent>& extents = model.extents;
  for (ModelExtent& extent : extents) {
    const std::uint64_t lcn = extent.start >> model.bits;
    const bool tail = extent.end == model.size;
    const bool ended = !tail || model.terminator;
    const std::uint64_t end_lcn = extent.end >> model.bits;
    const bool open_end =
        tail && !ended && extent.end % model.block_size() != 0;
    const bool nonhead = end_lcn > lcn + 1 || (open_end && end_lcn > lcn);
    if (!model.big || !nonhead) extent.blocks = 1;
    std::uint64_t counted = extent.end - extent.start;
    if (tail && (!ended || end_lcn == lcn)) {
      counted = (model.lclusters() << model.bits) - extent.start;
    }
    std::uint64_t room = std::uint64_t{extent.blocks} << model.bits;
    if (tail && model.inline_size != 0) {
      room = model.inline_size;
      if (end_lcn == lcn) counted = extent.end - extent.start;
    }
    if (counted > room || (tail && model.fragment)) {
      if (extent.type == ClusterType::kPlain) extent.type = ClusterType::kHead1;
    }
    extent.block = block;
    block += extent.blocks;
  }
}

struct Form {
  Buffer bytes;
  Layout layout = Layout::kCompressedFull;
  bool records = false;
};

void compare(const Model& model, const Form& form, std::uint64_t at,
             Feed feed) {
  Buffer bytes(static_cast<std::size_t>(at));
  erofs::fuzz::append(bytes, form.bytes);
  const std::uint64_t end = bytes.size();
  Bench bench(std::move(bytes), end + model.inline_size, at,
              static_cast<std::uint8_t>(model.bits));
  auto map = bench.open(form.layout, model.size);
  FUZZ_CHECK(map.has_value(), "a map that was written by the book opens");
  Budget budget = erofs::fuzz::fuzz_budget();
  const auto check = [&](const ModelExtent& wanted, std::uint64_t offset) {
    const auto found = map->pcluster(offset, budget);
    FUZZ_CHECK(found.has_value(), "a map that was written by the book maps");
    FUZZ_CHECK(found->start == wanted.start && found->end == wanted.end,
               "extents are where they were put");
    const bool tail = wanted.end == model.size;
    FUZZ_CHECK(found->tail == tail, "the last extent is the last one");
    const std::uint64_t place = found->location.place.offset;
    if (tail && model.fragment) {
      FUZZ_CHECK(found->kind == Pcluster::Kind::kFragment &&
                     place == model.fragment_offset,
                 "a fragment is a fragment");
      return;
    }
    const bool raw = wanted.type == ClusterType::kPlain;
    FUZZ_CHECK((found->kind == Pcluster::Kind::kRaw) == raw,
               "raw extents are raw");
    FUZZ_CHECK(raw || found->partial == wanted.partial,
               "partial references are partial");
    const bool inlined = tail && model.inline_size != 0;
    FUZZ_CHECK(found->in_inode == inlined, "inline tails are inline");
    FUZZ_CHECK(
        place == (inlined ? end : std::uint64_t{wanted.block} << model.bits),
        "pclusters are where they were put");
    FUZZ_CHECK(found->stored ==
                   (inlined ? model.inline_size : wanted.blocks << model.bits),
               "pclusters have their length");
    FUZZ_CHECK(found->interlaced == (raw && model.interlaced && !inlined),
               "interlaced data is interlaced");
  };
  for (const ModelExtent& extent : model.extents) check(extent, extent.start);
  for (int i = 0; i < 16; ++i) {
    const std::uint32_t raw = feed.option32();
    const ModelExtent& extent =
        model.extents[static_cast<std::size_t>(raw % model.extents.size())];
    check(extent, extent.start + (raw >> 8) % (extent.end - extent.start));
  }
}

void a_model(Feed& feed) {
  const std::uint64_t at = 64 + 8 * std::uint64_t{feed.option()} % 32;
  Model model = model_of(feed);
  settle(model);
  const bool partial =
      std::any_of(model.extents.begin(), model.extents.end(),
                  [](const ModelExtent& extent) { return extent.partial; });
  const bool near = model.fragment_offset >> 32 == 0;
  std::vector<Form> forms;
  forms.push_back({erofs::fuzz::full_index(model)});
  if (!partial && (near || !model.fragment)) {
    for (const bool long_packs : {false, true}) {
      forms.push_back({erofs::fuzz::compact_index(model, at, long_packs),
                       Layout::kCompressedCompact, false});
    }
  }
  if (model.inline_size == 0) {
    for (const unsigned unit : {16U, 32U}) {
      forms.push_back({erofs::fuzz::extent_records(model, at, unit, 0),
                       Layout::kCompressedFull, true});
    }
  }
  const ModelExtent& first = model.extents.front();
  const std::uint64_t unit = first.end - first.start;
  const bool even = std::has_single_bit(unit) && unit >= model.block_size() &&
                    std::all_of(model.extents.begin(), model.extents.end(),
                                [&](const ModelExtent& extent) {
                                  const auto length = extent.end - extent.start;
                                  return extent.end == model.size
                                             ? length <= unit
                                             : length == unit;
                                });
  if (even && model.inline_size == 0) {
    const auto grid = static_cast<unsigned>(std::countr_zero(unit));
    forms.push_back({erofs::fuzz::extent_records(model, at, 8, grid),
                     Layout::kCompressedFull, true});
    if (near || !model.fragment) {
      forms.push_back({erofs::fuzz::extent_records(model, at, 4, grid),
                       Layout::kCompressedFull, true});
    }
  }
  for (const Form& form : forms) {
    // An inline tail that does not fit its block has no form.
    const std::uint64_t end = at + form.bytes.size();
    if (end % model.block_size() + model.inline_size > model.block_size()) {
      continue;
    }
    compare(model, form, at, feed);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  Feed feed(data, size);
  if ((feed.option() & 1) != 0) {
    a_model(feed);
  } else {
    any_bytes(feed);
  }
  return 0;
}
