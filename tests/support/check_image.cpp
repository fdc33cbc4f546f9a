// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "support/check_image.h"

#include <utility>

namespace erofs::test {
namespace {

std::uint8_t file_type_of(format::ModeType type) {
  switch (type) {
    case format::ModeType::kRegular:
      return 1;
    case format::ModeType::kDirectory:
      return 2;
    case format::ModeType::kCharDevice:
      return 3;
    case format::ModeType::kBlockDevice:
      return 4;
    case format::ModeType::kFifo:
      return 5;
    case format::ModeType::kSocket:
      return 6;
    case format::ModeType::kSymlink:
      return 7;
  }
  return 0;
}

struct Named {
  std::string name;
  std::uint64_t nid = 0;
  std::uint8_t file_type = 0;
};

// One directory block of entries in the order given.
std::string directory_block(const std::vector<Named>& entries) {
  std::string heads;
  std::string names;
  const std::size_t start = entries.size() * format::DirentView::kSize;
  for (const Named& entry : entries) {
    format::DirentBuilder head;
    head.nid(entry.nid)
        .nameoff(static_cast<std::uint16_t>(start + names.size()))
        .file_type(entry.file_type);
    heads += ByteView(head.bytes()).text();
    names += entry.name;
  }
  return heads + names;
}

// Blocks of `block` bytes, each as full as it gets, the last one cut short.
std::string directory_blocks(const std::vector<Named>& entries,
                             std::size_t block) {
  std::string out;
  std::vector<Named> now;
  std::size_t used = 0;
  for (const Named& entry : entries) {
    const std::size_t more = format::DirentView::kSize + entry.name.size();
    if (used + more > block) {
      std::string done = directory_block(now);
      done.resize(block, '\0');
      out += done;
      now.clear();
      used = 0;
    }
    now.push_back(entry);
    used += more;
  }
  return out + directory_block(now);
}

}  // namespace

CheckImage::CheckImage(std::vector<TestNode> nodes, std::uint8_t bits)
    : nodes_(std::move(nodes)), bits_(bits) {
  relate();
  place();
  for (std::size_t node = 0; node < nodes_.size(); ++node) write(node);
  format::SuperblockBuilder super;
  super.magic(0xE0F5E1E2)
      .blkszbits(bits_)
      .feature_compat(format::compat::kSbChksum | format::compat::kMtime)
      .rootnid_2b(static_cast<std::uint16_t>(nid(0)))
      .inos(nodes_.size())
      .epoch(1700000000)
      .blocks_lo(static_cast<std::uint32_t>(bytes.size() >> bits_));
  put(format::kSuperblockOffset, text_bytes(ByteView(super.bytes()).text()));
}

void CheckImage::seal() {
  const ByteView all(bytes);
  const auto super =
      all.fixed<format::SuperblockView::kSize>(format::kSuperblockOffset);
  ASSERT_TRUE(super.has_value());
  const format::SuperblockView fields(*super);
  if ((fields.feature_compat() & format::compat::kSbChksum) == 0) return;
  decode::Geometry geometry;
  geometry.block_bits = bits_;
  const auto covered =
      all.slice(format::kSuperblockOffset, decode::checksum_span(geometry));
  ASSERT_TRUE(covered.has_value());
  format::SuperblockBuilder sealed(fields);
  sealed.checksum(decode::superblock_checksum(*covered));
  bytes = patched(bytes, format::kSuperblockOffset,
                  text_bytes(ByteView(sealed.bytes()).text()));
}

void CheckImage::put(std::size_t offset, const Bytes& patch) {
  bytes = patched(std::move(bytes), offset, patch);
  seal();
}

void CheckImage::edit(
    const std::function<void(format::SuperblockBuilder&)>& change) {
  const auto super = ByteView(bytes).fixed<format::SuperblockView::kSize>(
      format::kSuperblockOffset);
  ASSERT_TRUE(super.has_value());
  format::SuperblockBuilder builder{format::SuperblockView(*super)};
  change(builder);
  put(format::kSuperblockOffset, text_bytes(ByteView(builder.bytes()).text()));
}

std::size_t CheckImage::append(std::size_t blocks) {
  const std::size_t start = bytes.size();
  bytes.resize(start + blocks * block());
  edit([&](format::SuperblockBuilder& super) {
    super.blocks_lo(static_cast<std::uint32_t>(bytes.size() >> bits_));
  });
  return start;
}

// The first directory that lists a node is its parent, every listing a link.
void CheckImage::relate() {
  parent_.resize(nodes_.size());
  links_.resize(nodes_.size());
  std::vector<bool> known(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    parent_[i] = i;
    links_[i] = is_directory(i) ? 2 : 0;
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    for (const Child& child : nodes_[i].children) {
      ++links_[is_directory(child.node) ? i : child.node];
      if (!known[child.node]) parent_[child.node] = i;
      known[child.node] = true;
    }
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].nlink != 0) links_[i] = nodes_[i].nlink;
  }
}

std::string CheckImage::listing(std::size_t node) const {
  const TestNode& self = nodes_[node];
  std::vector<Named> entries;
  if (self.dots) {
    entries.push_back({".", nid(node), 2});
    entries.push_back({"..", nid(parent_[node]), 2});
  }
  for (const Child& child : self.children) {
    const std::uint8_t type = file_type_of(nodes_[child.node].type);
    entries.push_back(
        {child.name, nid(child.node), child.file_type.value_or(type)});
  }
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const Named& a, const Named& b) { return a.name < b.name; });
  return directory_blocks(entries, block());
}

std::string CheckImage::content(std::size_t node) const {
  const TestNode& self = nodes_[node];
  const bool listed = self.type == format::ModeType::kDirectory &&
                      self.content.empty() &&
                      (self.dots || !self.children.empty());
  return listed ? listing(node) : self.content;
}

// Nids are needed for directories, whose sizes do not depend on them.
void CheckImage::place() {
  at_.assign(nodes_.size(), 0);
  data_.assign(nodes_.size(), 0);
  std::size_t next = std::max<std::size_t>(block(), 2048);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const TestNode& node = nodes_[i];
    const std::size_t body = (node.extended ? 64U : 32U) + node.xattrs.size();
    const std::size_t whole = content(i).size();
    std::size_t tail = node.table.empty() ? 0 : node.table.size() + 8;
    if (node.layout == format::Layout::kFlatInline && whole != 0) {
      tail = (whole - 1) % block() + 1;
      const std::size_t end = (next + body) % block();
      if (end + tail > block()) next = (next / block() + 1) * block();
    }
    at_[i] = next;
    next = (next + body + tail + 31) / 32 * 32;
  }
  next = (next + block() - 1) / block() * block();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const std::size_t whole = content(i).size();
    const bool tail = nodes_[i].layout == format::Layout::kFlatInline;
    const std::size_t blocks = tail ? (whole == 0 ? 0 : (whole - 1) / block())
                                    : (whole + block() - 1) / block();
    data_[i] = next;
    next += blocks * block();
  }
  bytes.assign(next, std::byte{0});
}

template <class Builder>
Builder CheckImage::body(std::size_t node) const {
  const TestNode& self = nodes_[node];
  Builder out;
  const auto count =
      self.xattrs.empty() ? 0 : (self.xattrs.size() - 12) / 4 + 1;
  out.i_format_version(self.extended ? 1 : 0)
      .i_format_layout(static_cast<std::uint16_t>(self.layout))
      .i_xattr_icount(static_cast<std::uint16_t>(count))
      .i_mode_type(static_cast<std::uint16_t>(self.type))
      .i_mode_permissions(0644)
      .i_size(static_cast<std::uint32_t>(content(node).size()))
      .i_ino(static_cast<std::uint32_t>(node + 1));
  if (!content(node).empty()) {
    out.startblk_lo(static_cast<std::uint32_t>(data_[node] >> bits_));
  }
  return out;
}

void CheckImage::write(std::size_t node) {
  const TestNode& self = nodes_[node];
  Bytes out;
  if (self.extended) {
    auto builder = body<format::InodeExtendedBuilder>(node);
    builder.i_nlink(links_[node]).i_mtime(1700000000);
    if (self.edit_extended) self.edit_extended(builder);
    out = text_bytes(ByteView(builder.bytes()).text());
  } else {
    auto builder = body<format::InodeCompactBuilder>(node);
    builder.nlink(static_cast<std::uint16_t>(links_[node]));
    if (self.edit) self.edit(builder);
    out = text_bytes(ByteView(builder.bytes()).text());
  }
  out = out + self.xattrs;
  const Bytes whole = text_bytes(content(node));
  std::size_t stored = whole.size();
  if (self.layout == format::Layout::kFlatInline && stored != 0) {
    stored = (stored - 1) / block() * block();
    out.insert(out.end(), whole.begin() + static_cast<std::ptrdiff_t>(stored),
               whole.end());
  }
  if (!self.table.empty()) {
    out.resize((at_[node] + out.size() + 7) / 8 * 8 - at_[node]);
    out = out + self.table;
  }
  ASSERT_LE(data_[node] + stored, bytes.size());
  const auto to = [&](std::size_t at) {
    return bytes.begin() + static_cast<std::ptrdiff_t>(at);
  };
  std::copy(out.begin(), out.end(), to(at_[node]));
  std::copy_n(whole.begin(), stored, to(data_[node]));
}

}  // namespace erofs::test
