// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "emit/prepare.h"

#include <algorithm>
#include <map>

#include "base/checked.h"
#include "emit/directories.h"
#include "emit/inode.h"
#include "format/features.gen.h"
#include "format/limits.gen.h"
#include "plan/codec_records.h"

namespace erofs::emit {
namespace {

// The time that most files have, the earliest of several. Where compact
// inodes count seconds from it: the first second, and the fraction that most
// have.
plan::Time common_time(const tree::Tree& tree, bool wide) {
  std::map<plan::Time, std::uint64_t> counts;
  for (const tree::Node& node : tree.nodes()) {
    ++counts[{node.mtime_sec, node.mtime_nsec}];
  }
  const auto most = std::max_element(
      counts.begin(), counts.end(),
      [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == counts.end()) return {};
  return wide ? plan::Time{counts.begin()->first.seconds,
                           most->first.nanoseconds}
              : most->first;
}

// Linux gives an inode of such an owner to nobody: (uid_t)-1 is none.
void check_owners(Context& context) {
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  for (tree::NodeId id = 0; id < context.tree.nodes().size(); ++id) {
    const tree::Node& node = context.tree.at(id);
    if (node.uid != kNone && node.gid != kNone) continue;
    return context.fail({path_of(context.tree, id),
                         "has the owner or group 4294967295, which nobody is",
                         0});
  }
}

void count_attributes(Context& context) {
  std::vector<plan::Attribute> attributes;
  for (tree::NodeId id = 0; id < context.tree.nodes().size(); ++id) {
    attributes.clear();
    for (const tree::Xattr& xattr : context.tree.at(id).xattrs) {
      const plan::Attribute each{xattr.name, xattr.value};
      if (const char* reason = context.xattrs.complaint(each)) {
        context.fail({path_of(context.tree, id),
                      "its attribute '" + xattr.name + "' " + reason, 0});
        return;
      }
      context.xattrs.count(each);
      attributes.push_back(each);
    }
    if (attributes.empty()) continue;
    if (const char* reason = context.xattrs.complaint(attributes)) {
      context.fail({path_of(context.tree, id), reason, 0});
      return;
    }
  }
  context.xattrs.share(context.options.xattr_tolerance);
}

bool any_attributes(const tree::Tree& tree) {
  return std::any_of(
      tree.nodes().begin(), tree.nodes().end(),
      [](const tree::Node& node) { return !node.xattrs.empty(); });
}

// A table of whole units that is found by its address: 0 bytes take none.
std::uint64_t put_table(plan::Space& space, Blocks& blocks,
                        const std::vector<std::byte>& bytes) {
  if (bytes.empty()) return 0;
  const auto at = space.metadata(bytes.size(), 0);
  blocks.metadata(at.value_or(0), ByteView(bytes));
  return at.value_or(0);
}

// Those of inodes in the metabox lie there, too: Linux (6.18) mixes up pages
// of the metabox and of the device that have the same number.
std::uint64_t put_shared(Context& context) {
  const std::vector<std::byte>& shared = context.xattrs.shared();
  if (!context.box || shared.empty()) {
    return put_table(*context.space, context.blocks, shared);
  }
  context.facts.compat |= format::compat::kSharedEaInMetabox;
  return put_table(context.box->space, context.box->blocks, shared);
}

// Shared attributes and prefixes; behind the root, whose NID has to be low.
void put_attributes(Context& context) {
  const std::uint64_t at = put_shared(context);
  context.facts.xattr_block =
      static_cast<std::uint32_t>(at / context.block_size());
  context.xattrs.settle(at, context.options.block_bits);
  if (context.names.prefixes() == 0 || context.packs_prefixes()) return;
  const std::uint64_t table =
      put_table(*context.space, context.blocks, context.names.table());
  context.facts.prefix_unit =
      static_cast<std::uint32_t>(table / format::kXattrUnit);
}

// LZ4 in clusters of a block needs no records, and no kernel newer than
// others.
void set_codecs(Context& context) {
  const Options& options = context.options;
  plan::ImageFacts& facts = context.facts;
  const std::uint32_t largest =
      std::max({options.pcluster, options.packed_pcluster,
                options.metabox_pcluster, options.pcluster_most});
  const std::uint16_t bits = plan::algorithm_bits(options.methods);
  constexpr auto kLz4Alone =
      std::uint16_t{1U << static_cast<unsigned>(format::Algorithm::kLz4)};
  if (bits == kLz4Alone && largest <= context.block_size()) {
    facts.algorithms = format::kLz4DistanceDefault;
    return;
  }
  facts.incompat |= format::incompat::kComprCfgs;
  facts.algorithms = bits;
  facts.codecs = plan::codec_records(
      options.methods,
      static_cast<std::uint16_t>(largest >> options.block_bits));
}

void set_front(Context& context) {
  const Options& options = context.options;
  plan::ImageFacts& facts = context.facts;
  facts.block_bits = options.block_bits;
  facts.label = options.label;
  facts.compat = format::compat::kMtime;
  if (options.checksum) facts.compat |= format::compat::kSbChksum;
  if (options.xattr_filter && any_attributes(context.tree)) {
    facts.compat |= format::compat::kXattrFilter;
  }
  facts.prefixes = static_cast<std::uint8_t>(context.names.prefixes());
  if (context.names.prefixes() != 0) {
    facts.incompat |= format::incompat::kXattrPrefixes;
    if (!context.packs_prefixes()) {
      facts.compat |= format::compat::kPlainXattrPfx;
    }
  }
  if (!options.digest_name.empty()) {
    facts.compat |= format::compat::kIshareXattrs;
  }
  if (options.wide) facts.incompat |= format::incompat::k48bit;
  if (options.metabox != nullptr) {
    facts.incompat |= format::incompat::kMetabox;
    facts.metabox = 1;  // for the room of its field; it has no place yet
  }
  if (!options.methods.empty()) set_codecs(context);
  context.blob_blocks =
      checked::ceil_div(options.archive_bytes, context.block_size());
  if (options.blob != nullptr || options.archive_bytes != 0) {
    facts.incompat |= format::incompat::kDeviceTable;
    facts.devices.push_back({});
  }
}

// Whether the image might have 2^32 blocks: half of them are left for what
// is no content.
bool large(const Context& context) {
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 31;
  std::uint64_t blocks = 0;
  for (const tree::Node& node : context.tree.nodes()) {
    blocks += 1 + (node.size >> context.options.block_bits);
  }
  return blocks >= kHalf;
}

}  // namespace

void prepare(Context& context) {
  const Options& options = context.options;
  context.nids.resize(context.tree.nodes().size() + 2);
  context.facts.inodes = context.tree.nodes().size();
  context.facts.epoch =
      options.epoch ? *options.epoch : common_time(context.tree, options.wide);
  for (const std::string& prefix : options.xattr_prefixes) {
    if (const char* reason = context.names.add_prefix(prefix)) {
      context.fail({"prefix '" + prefix + "'", reason, 0});
    }
  }
  if (!options.digest_name.empty()) {
    if (const char* reason = context.names.add_digest(options.digest_name)) {
      context.fail({"attribute '" + options.digest_name + "'", reason, 0});
    }
    context.facts.digest_prefix = context.names.digest();
  }
  check_owners(context);
  count_attributes(context);
  set_front(context);
  if (context.failed()) return;
  context.high = options.wide && large(context);
  context.space.emplace(options.block_bits, plan::front_size(context.facts));
  if (options.metabox != nullptr) {
    context.box.emplace(*options.metabox, options.block_bits);
  }
  reserve_directory(context, tree::Tree::kRoot);
  put_attributes(context);
}

}  // namespace erofs::emit
