// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "check/directory.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "check/phases.h"
#include "format/checks.gen.h"
#include "format/directory.gen.h"
#include "format/inode.gen.h"

namespace erofs::check {
namespace {

using View = format::DirentView;
using format::FileType;
using format::ModeType;

FileType file_type(ModeType type) noexcept {
  switch (type) {
    case ModeType::kRegular:
      return FileType::kRegular;
    case ModeType::kDirectory:
      return FileType::kDirectory;
    case ModeType::kCharDevice:
      return FileType::kCharDevice;
    case ModeType::kBlockDevice:
      return FileType::kBlockDevice;
    case ModeType::kFifo:
      return FileType::kFifo;
    case ModeType::kSocket:
      return FileType::kSocket;
    case ModeType::kSymlink:
      return FileType::kSymlink;
  }
  return FileType::kUnknown;
}

// A field of the entry in the image.
Place field(const read::DirectoryPage& page, const decode::Dirent& entry,
            std::size_t at) noexcept {
  return page.at.plus(entry.at + at);
}

}  // namespace

void DirectoryPhase::begin() {
  using Inode = format::InodeCompactView;
  if (node_.inode().size == 0) {
    ctx_.find(RuleId::directory_size_nonzero, node_.at.plus(Inode::kISizeAt),
              0);
  }
  if (node_.inode().layout == format::Layout::kChunkBased) {
    ctx_.find(RuleId::directory_layout_flat, node_.at.plus(Inode::kIFormatAt),
              static_cast<std::uint64_t>(node_.inode().layout));
  }
}

void DirectoryPhase::block(const read::DirectoryPage& page) {
  const std::uint32_t used = page.block.used;
  const auto rest = ByteView(page.bytes).from(used);
  if (!rest) return;
  if (const auto at = rest->find_nonzero()) {
    ctx_.find(RuleId::directory_padding_zero, page.at.plus(used + *at),
              std::to_integer<std::uint64_t>(rest->span()[*at]));
  }
  const decode::Geometry& geometry = ctx_.volume.geometry();
  const std::uint64_t end =
      (page.index << geometry.block_bits) + page.bytes.size();
  if (end != node_.inode().size) return;
  if (!rest->empty()) {
    ctx_.find(RuleId::directory_size_exact, page.at.plus(used), rest->size());
  }
  slack(page);
}

// Lookup reads the last name up to the end of the block, which for blocks
// on a device is what the device has there (fs/erofs/namei.c). Behind what
// was decoded there is nothing.
void DirectoryPhase::slack(const read::DirectoryPage& page) {
  const std::uint32_t block = ctx_.volume.geometry().block_size();
  const format::Layout layout = node_.inode().layout;
  if (layout == format::Layout::kFlatInline ||
      layout == format::Layout::kCompressedFull ||
      layout == format::Layout::kCompressedCompact ||
      page.bytes.size() >= block) {
    return;
  }
  const auto* source = ctx_.volume.devices().device(page.at.space);
  const Place end = page.at.plus(page.bytes.size());
  if (source == nullptr || end.offset >= source->size()) return;
  std::vector<std::byte> bytes(static_cast<std::size_t>(std::min<std::uint64_t>(
      block - page.bytes.size(), source->size() - end.offset)));
  if (!ctx_.ok(ctx_.budget.work(bytes.size(), end)) ||
      !ctx_.ok(source->read(end.offset, MutableBytes(bytes)))) {
    return;
  }
  if (const auto at = ByteView(bytes).find_nonzero()) {
    ctx_.find(RuleId::directory_padding_zero, end.plus(*at),
              std::to_integer<std::uint64_t>(bytes[*at]));
  }
}

bool DirectoryPhase::order(const read::DirectoryPage& page,
                           const decode::Dirent& entry) {
  // char_traits compares chars as unsigned bytes, a prefix first.
  const int compared = entry.name.compare(previous_);
  const bool ordered = previous_.empty() || compared > 0;
  if (!ordered) {
    ctx_.find(compared == 0 ? RuleId::directory_name_unique
                            : RuleId::directory_order_ascending,
              page.at.plus(entry.name_at), entry.name.size());
  }
  previous_ = entry.name;
  return ordered || compared != 0;
}

void DirectoryPhase::dot(const read::DirectoryPage& page,
                         const decode::Dirent& entry) {
  const Place at = field(page, entry, View::kNidAt);
  if (entry.name == ".") {
    dot_ = true;
    if (node_.inode().dot_omitted) {
      ctx_.find(RuleId::directory_dot_omitted, at, entry.nid);
    } else if (entry.nid != node_.nid) {
      ctx_.find(RuleId::directory_dot_self, at, entry.nid);
    }
  } else {
    dotdot_ = true;
    if (entry.nid != parent_) {
      ctx_.find(RuleId::directory_dotdot_parent, at, entry.nid);
    }
  }
  type(page, entry, ModeType::kDirectory);
}

bool DirectoryPhase::entry(const read::DirectoryPage& page,
                           const decode::Dirent& entry) {
  const bool fresh = order(page, entry);
  if (const auto bytes = ByteView(page.bytes).fixed<View::kSize>(entry.at)) {
    format::lint(
        View(*bytes), ctx_.volume.geometry().features, [&](const auto& breach) {
          ctx_.find(breach.rule, field(page, entry, breach.at), breach.value);
        });
  }
  if (entry.name == "." || entry.name == "..") {
    dot(page, entry);
    return true;
  }
  if (fresh) names_.judge(entry.name, page.at.plus(entry.name_at));
  if (entry.nid == 0) {
    ctx_.find(RuleId::directory_entry_nonzero, field(page, entry, View::kNidAt),
              0);
  }
  return false;
}

void DirectoryPhase::type(const read::DirectoryPage& page,
                          const decode::Dirent& entry, ModeType type) {
  const Place at = field(page, entry, View::kFileTypeAt);
  const auto stored = static_cast<FileType>(entry.file_type);
  if (stored == FileType::kUnknown) {
    ctx_.find(RuleId::directory_file_type_unknown, at, 0);
  } else if (stored <= FileType::kSymlink && stored != file_type(type)) {
    ctx_.find(RuleId::directory_file_type_match, at, entry.file_type);
  }
}

void DirectoryPhase::end(bool whole) {
  if (!whole || node_.inode().size == 0) return;
  if (!dot_ && !node_.inode().dot_omitted) {
    ctx_.find(RuleId::directory_dot_present, node_.at, node_.nid);
  }
  if (!dotdot_) {
    ctx_.find(RuleId::directory_dotdot_present, node_.at, node_.nid);
  }
}

}  // namespace erofs::check
