// SPDX-License-Identifier: Apache-2.0 OR MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/directory.h"
#include "check/phases.h"
#include "check/storage.h"
#include "format/directory.gen.h"
#include "read/directory.h"
#include "read/directory_guard.h"

namespace erofs::check {
namespace {

using format::ModeType;

// An entry that leads to a directory which has not been listed yet.
struct Pending {
  std::uint64_t nid = 0;
  std::uint64_t parent = 0;
  Place entry;
  std::uint32_t depth = 0;
  std::uint32_t name_size = 0;  // its name is the end of Walker::names_
};

// A directory between the root and where the walk is.
struct Open {
  std::uint64_t nid = 0;
  std::uint64_t path_size = 0;
};

// How the walk comes by an inode.
enum class Link { kEntry, kRoot, kSpecial };

// Faults of directory blocks spoil one block; the others end the listing.
bool spoils_one_block(const Fault& fault) noexcept {
  return fault.kind == FaultKind::kMalformed &&
         format::rule(fault.rule).id.starts_with("directory.");
}

// Lists a directory completely before it goes into any below, so that only
// names of directories wait, not whole blocks.
class Walker {
 public:
  explicit Walker(Context& ctx) : ctx_(ctx) {}

  void run();

 private:
  void special(std::uint64_t nid);
  [[nodiscard]] std::optional<ModeType> meet(std::uint64_t nid, Place at,
                                             Link link);
  void judge(const read::Node& node);
  [[nodiscard]] bool enter(const Pending& next);
  void list(const read::Node& node, const Pending& self);
  [[nodiscard]] bool entries(DirectoryPhase& phase,
                             const read::DirectoryPage& page,
                             const Pending& self);
  [[nodiscard]] bool child(DirectoryPhase& phase,
                           const read::DirectoryPage& page,
                           const decode::Dirent& entry, const Pending& self);
  void wait(const Pending& next, std::string_view name);
  [[nodiscard]] std::string take_name(const Pending& next);

  Context& ctx_;
  read::DirectoryGuard guard_;
  std::vector<Pending> pending_;
  std::string names_;
  std::vector<Open> open_;
  std::uint64_t subdirectories_ = 0;  // of the directory being listed
};

// All rules of one inode but those of its directory entries.
void Walker::judge(const read::Node& node) {
  inode(ctx_, node);
  inventory(ctx_, node);
  hazards(ctx_, node);
  xattrs(ctx_, node);
  if (node.inode().type == ModeType::kDirectory || ctx_.stopped) return;
  const bool mapped = content(ctx_, node);
  if (mapped && node.inode().type == ModeType::kSymlink) {
    link_target(ctx_, node);
  }
}

// Notes that something leads to `nid`; judges the inode the first time.
// Nothing where the inode is bad.
std::optional<ModeType> Walker::meet(std::uint64_t nid, Place at, Link link) {
  const auto found = ctx_.nodes.at(nid, at, ctx_.budget);
  if (!ctx_.ok(found)) return std::nullopt;
  NodeInfo& info = *found->info;
  if (link == Link::kEntry) ++info.seen;
  if (link == Link::kSpecial) info.special = true;
  if (found->fresh) {
    const auto node = read::node(ctx_.volume, nid, ctx_.budget);
    // What keeps the others from loading is a mount fault already.
    if (link != Link::kEntry && !node &&
        node.error().kind != FaultKind::kLimit) {
      return std::nullopt;
    }
    if (!ctx_.ok(node)) return std::nullopt;
    info.type = static_cast<std::uint8_t>(node->inode().type);
    info.extended = node->inode().extended;
    info.ino = node->inode().ino;
    info.nlink = node->inode().nlink;
    judge(*node);
    ctx_.ticker.inode();
  }
  if (info.type == 0) return std::nullopt;
  return static_cast<ModeType>(info.type);
}

void Walker::special(std::uint64_t nid) {
  ctx_.has_path = false;
  ctx_.nid = nid;
  static_cast<void>(meet(nid, Place{}, Link::kSpecial));
}

void Walker::wait(const Pending& next, std::string_view name) {
  if (!ctx_.ok(ctx_.budget.memory(name.size(), next.entry))) return;
  names_ += name;
  static_cast<void>(ctx_.ok(push(pending_, next, ctx_.budget, next.entry)));
}

std::string Walker::take_name(const Pending& next) {
  const std::size_t start = names_.size() - next.name_size;
  std::string name = names_.substr(start);
  names_.resize(start);
  ctx_.budget.release_memory(next.name_size);
  return name;
}

// Makes `next` the directory that findings and entries are about; false
// where it must not be listed.
bool Walker::enter(const Pending& next) {
  while (open_.size() > next.depth) {
    guard_.leave(open_.back().nid);
    open_.pop_back();
  }
  const std::string name = take_name(next);
  ctx_.directory.resize(
      open_.empty() ? 0 : static_cast<std::size_t>(open_.back().path_size));
  if (!name.empty()) ctx_.directory.append(1, '/').append(name);
  ctx_.name = {};
  ctx_.nid = next.nid;
  ctx_.has_path = true;
  if (!ctx_.ok(ctx_.budget.depth(next.depth, next.entry)) ||
      !ctx_.ok(guard_.enter(next.nid, next.entry, ctx_.budget)) ||
      !ctx_.ok(push(open_, Open{next.nid, ctx_.directory.size()}, ctx_.budget,
                    next.entry))) {
    return false;
  }
  std::uint64_t& deepest = ctx_.report.inventory.max_depth;
  deepest = std::max<std::uint64_t>(deepest, next.depth);
  return true;
}

// One entry that is no dot entry. False where its inode is bad.
bool Walker::child(DirectoryPhase& phase, const read::DirectoryPage& page,
                   const decode::Dirent& entry, const Pending& self) {
  const Place at = page.at.plus(entry.at);
  ++ctx_.report.inventory.entries;
  const auto type = meet(entry.nid, at, Link::kEntry);
  if (!type) return false;
  phase.type(page, entry, *type);
  if (*type != ModeType::kDirectory) return true;
  ++subdirectories_;
  wait({entry.nid, self.nid, at, self.depth + 1,
        static_cast<std::uint32_t>(entry.name.size())},
       entry.name);
  return true;
}

bool Walker::entries(DirectoryPhase& phase, const read::DirectoryPage& page,
                     const Pending& self) {
  // An entry costs more than its few bytes.
  constexpr std::uint64_t kPerEntry = std::uint64_t{1} << 6;
  bool whole = true;
  for (const decode::Dirent& entry : page.block.entries) {
    if (!ctx_.ok(ctx_.budget.work(kPerEntry, page.at))) return false;
    ctx_.name = entry.name;
    ctx_.nid = entry.nid;
    if (!phase.entry(page, entry) && !child(phase, page, entry, self)) {
      whole = false;
    }
    if (ctx_.stopped) return false;
  }
  ctx_.name = {};
  ctx_.nid = self.nid;
  return whole;
}

void Walker::list(const read::Node& node, const Pending& self) {
  DirectoryPhase phase(ctx_, node, self.parent);
  phase.begin();
  subdirectories_ = 0;
  const bool mapped = content(ctx_, node);
  auto reader = read::DirectoryReader::open(ctx_.volume, node, ctx_.budget);
  bool whole = mapped && reader.has_value();
  bool entries_good = true;
  read::DirectoryPage page;
  while (reader && !ctx_.stopped) {
    const auto more = reader->next(page);
    if (more && !*more) break;
    if (more) {
      phase.block(page);
      if (!entries(phase, page, self)) entries_good = false;
      continue;
    }
    whole = false;
    const bool goes_on = spoils_one_block(more.error());
    // What could not be mapped has been reported by content().
    if (goes_on || mapped) ctx_.fault(more.error());
    if (!goes_on) break;
  }
  if (ctx_.stopped) return;
  phase.end(whole);
  if (whole && entries_good) {
    directory_links(ctx_, node, subdirectories_);
  } else {
    ctx_.complete = false;
  }
}

void Walker::run() {
  const decode::Superblock& superblock = ctx_.volume.superblock();
  if (superblock.metabox_nid) special(*superblock.metabox_nid);
  if (superblock.packed_nid != 0) special(superblock.packed_nid);
  if (ctx_.stopped) return;
  const std::uint64_t root = superblock.root_nid;
  const Place root_at{Place::kPrimary, format::kSuperblockOffset};
  ctx_.nid = root;
  ctx_.has_path = true;
  const auto type = meet(root, root_at, Link::kRoot);
  if (type != ModeType::kDirectory) {
    ctx_.complete = false;
    return;
  }
  wait({root, root, root_at, 0, 0}, {});
  while (!pending_.empty() && !ctx_.stopped) {
    const Pending next = pending_.back();
    pending_.pop_back();
    if (!enter(next)) continue;
    const auto node = read::node(ctx_.volume, next.nid, ctx_.budget);
    if (ctx_.ok(node)) list(*node, next);
  }
}

}  // namespace

void walk(Context& ctx) {
  Walker(ctx).run();
  ctx.nid.reset();
  ctx.has_path = false;
  ctx.name = {};
  ctx.directory.clear();
}

}  // namespace erofs::check
