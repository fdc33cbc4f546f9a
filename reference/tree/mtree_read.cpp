// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/mtree_read.h"

#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tree/host_content.h"
#include "tree/manifest_write.h"
#include "tree/mtree_line.h"
#include "tree/plain_text.h"
#include "tree/text_line.h"

namespace erofs::tree {
namespace {

constexpr std::string_view kMark = "#mtree";
constexpr std::size_t kPathMost = 4095;
constexpr std::uint64_t kPermissions = 07777;
constexpr std::uint16_t kLinkMode = 0777;
constexpr std::uint64_t kMost32 = 0xFFFFFFFF;
constexpr std::uint64_t kMost63 = ~std::uint64_t{0} >> 1;
constexpr std::uint64_t kNanosecondsMost = 999999999;
constexpr std::size_t kBuffer = std::size_t{1} << 18;

// The keywords of one file: the first complaint is kept, what follows is of
// no matter.
class Facts {
 public:
  explicit Facts(const MtreeKeywords& keywords) : keywords_(keywords) {}

  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  void complain(const std::string& what) {
    if (complaint_.empty()) complaint_ = what;
  }
  [[nodiscard]] bool has(std::string_view key) const {
    return keywords_.find(key) != keywords_.end();
  }
  [[nodiscard]] std::string_view value(std::string_view key) const {
    const auto found = keywords_.find(key);
    return found == keywords_.end() ? std::string_view()
                                    : std::string_view(found->second);
  }
  // 0 where there is none.
  std::uint64_t number(std::string_view key, std::uint64_t most,
                       unsigned base = 10) {
    return has(key) ? number(value(key), key, most, base) : 0;
  }
  std::uint64_t number(std::string_view text, std::string_view key,
                       std::uint64_t most, unsigned base) {
    const auto out = whole_number(text, base, most);
    if (!out) complain(std::string(key) + " is no number, or too large");
    return out.value_or(0);
  }
  // Without NUL bytes: it names something.
  std::string path(std::string_view key) {
    auto out = unvis(value(key));
    if (!out || out->empty() || out->find('\0') != std::string::npos) {
      complain(std::string(key) + " is no path");
    }
    return out.value_or(std::string());
  }
  void need(std::string_view key) {
    if (!has(key)) complain("has no " + std::string(key));
  }
  Type type() {
    constexpr std::array<std::pair<std::string_view, Type>, 7> kTypes = {
        {{"file", Type::kReg},
         {"dir", Type::kDir},
         {"link", Type::kLnk},
         {"char", Type::kChr},
         {"block", Type::kBlk},
         {"fifo", Type::kFifo},
         {"socket", Type::kSock}}};
    need("type");
    for (const auto& [name, type] : kTypes) {
      if (value("type") == name) return type;
    }
    complain("has a type that files do not have");
    return Type::kReg;
  }
  void time(Node& node) {
    std::string_view all = value("time");
    const bool before = all.starts_with('-');
    if (before) all.remove_prefix(1);
    const std::size_t dot = std::min(all.find('.'), all.size());
    const auto seconds = static_cast<std::int64_t>(
        number(all.substr(0, dot), "time", kMost63, 10));
    node.mtime_sec = before ? -seconds : seconds;
    if (dot == all.size()) return;
    node.mtime_nsec = static_cast<std::uint32_t>(
        number(all.substr(dot + 1), "time", kNanosecondsMost, 10));
  }
  void device(Node& node) {
    need("device");
    const std::string_view all = value("device");
    const std::size_t comma = all.find(',');
    if (comma == std::string_view::npos) {
      const std::uint64_t opaque = number(all, "device", ~std::uint64_t{0}, 10);
      node.rdev_major = gnu_dev_major(opaque);
      node.rdev_minor = gnu_dev_minor(opaque);
      return;
    }
    const std::string_view format = all.substr(0, comma);
    if (format != "linux" && format != "native") {
      return complain("device is of a format that is not Linux's");
    }
    const std::string_view rest = all.substr(comma + 1);
    const std::size_t second = std::min(rest.find(','), rest.size());
    node.rdev_major = static_cast<std::uint32_t>(
        number(rest.substr(0, second), "device", kMost32, 10));
    node.rdev_minor = static_cast<std::uint32_t>(number(
        rest.substr(std::min(second + 1, rest.size())), "device", kMost32, 10));
  }

 private:
  const MtreeKeywords& keywords_;
  std::string complaint_;
};

// A path without "." and empty parts; nothing where one is "..".
std::optional<std::string> plain(const std::string& name) {
  std::string out;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t slash = std::min(name.find('/', at), name.size());
    const std::string part = name.substr(at, slash - at);
    at = slash + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") return std::nullopt;
    out.append("/").append(part);
  }
  return out;
}

// Holds the content to the sums that are given.
void verify(Facts& facts, const Node& node) {
  for (const char* const key : {"sha256", "sha256digest"}) {
    if (!facts.has(key) || node.content == nullptr) continue;
    std::vector<std::byte> buffer(kBuffer);
    const auto digest = manifest_digest(*node.content, MutableBytes(buffer));
    if (!digest) return facts.complain("its content cannot be read");
    if (*digest != facts.value(key)) {
      facts.complain(std::string(key) + " is not that of its content");
    }
  }
}

class Reading {
 public:
  Reading(const MtreeOptions& options, Notes& notes)
      : options_(options), notes_(notes) {}

  Outcome<void> take(const std::string& text);
  Outcome<Tree> finish();

 private:
  Outcome<void> file(const MtreeLine& line);
  Outcome<void> put(Facts& facts, const std::string& path);
  // Of a file that has one; false where it is to be left out.
  bool content(Facts& facts, const std::string& path, Node& node);
  [[nodiscard]] Node node_of(Facts& facts) const;

  const MtreeOptions& options_;
  Notes& notes_;
  Tree tree_;
  MtreeKeywords defaults_;
  std::string inside_;                // the directory of relative names
  std::vector<std::size_t> lengths_;  // of the paths of those it is in
  std::unordered_set<NodeId> said_;
  // Directories that had no line yet when a file in them had one.
  std::set<std::string> owed_;
  std::map<std::tuple<std::string, std::uint64_t, Type>, std::string> firsts_;
};

Outcome<void> Reading::take(const std::string& text) {
  const auto line = parse_mtree_line(text);
  if (!line) return tl::unexpected(line.error());
  switch (line->kind) {
    case MtreeLine::Kind::kNothing:
      break;
    case MtreeLine::Kind::kSet:
      for (const auto& [key, value] : line->keywords) {
        defaults_.insert_or_assign(key, value);
      }
      break;
    case MtreeLine::Kind::kUnset:
      for (const auto& [key, value] : line->keywords) defaults_.erase(key);
      if (line->keywords.contains("all")) defaults_.clear();
      break;
    case MtreeLine::Kind::kUp:
      if (lengths_.empty()) return trouble("", "leaves the root");
      inside_.resize(lengths_.back());
      lengths_.pop_back();
      break;
    case MtreeLine::Kind::kFile:
      return file(*line);
  }
  return {};
}

Outcome<void> Reading::file(const MtreeLine& line) {
  const bool full = line.name.find('/', 1) != std::string::npos;
  const auto path = plain(full ? line.name : inside_ + "/" + line.name);
  if (!path) return trouble("", line.name + ": has a part \"..\"");
  if (path->size() > kPathMost) {
    return trouble("", line.name + ": has a path longer than 4095 bytes");
  }
  MtreeKeywords keywords = line.keywords;
  for (const auto& each : defaults_) keywords.insert(each);
  Facts facts(keywords);
  const bool directory = facts.type() == Type::kDir;
  if (auto done = put(facts, path->empty() ? "/" : *path); !done) return done;
  if (!full && directory) {
    lengths_.push_back(inside_.size());
    inside_ = *path;
  }
  return {};
}

Outcome<void> Reading::put(Facts& facts, const std::string& path) {
  const auto there = tree_.find(path);
  if (there && said_.contains(*there)) facts.complain("has a line already");
  Node node = node_of(facts);
  if (there && node.type != Type::kDir) {
    facts.complain("is no directory, but has files in it");
  }
  const std::uint64_t inode = facts.number("inode", ~std::uint64_t{0});
  const bool shared = facts.number("nlink", ~std::uint64_t{0}) > 1 &&
                      facts.has("inode") && node.type != Type::kDir;
  const std::tuple key(std::string(facts.value("resdevice")), inode, node.type);
  const auto first = firsts_.find(key);
  const bool again = shared && first != firsts_.end();
  const bool kept = again || content(facts, path, node);
  if (!facts.complaint().empty()) {
    return trouble("", path + ": " + facts.complaint());
  }
  if (!kept) return {};
  std::string parent = path.substr(0, path.rfind('/'));
  if (!tree_.find(parent)) owed_.insert(std::move(parent));
  const auto id = again ? tree_.link(path, first->second)
                        : tree_.put(path, std::move(node));
  if (!id) return trouble("", path + ": " + id.error().reason);
  said_.insert(*id);
  if (shared && !again) firsts_.emplace(key, path);
  return {};
}

Node Reading::node_of(Facts& facts) const {
  Node node;
  node.type = facts.type();
  if (node.type == Type::kLnk && !facts.has("mode")) {
    node.mode = kLinkMode;
  } else {
    facts.need("mode");
    node.mode =
        static_cast<std::uint16_t>(facts.number("mode", kPermissions, 8));
  }
  if (options_.owners) {
    facts.need("uid");
    facts.need("gid");
  }
  node.uid = static_cast<std::uint32_t>(facts.number("uid", kMost32));
  node.gid = static_cast<std::uint32_t>(facts.number("gid", kMost32));
  if (options_.times) facts.need("time");
  if (facts.has("time")) facts.time(node);
  if (node.type == Type::kChr || node.type == Type::kBlk) facts.device(node);
  if (node.type == Type::kLnk) {
    facts.need("link");
    node.target = facts.path("link");
  } else if (facts.has("link")) {
    facts.complain("has a link, but is of another type");
  }
  if (node.type != Type::kReg && facts.has("contents")) {
    facts.complain("has contents, but is no file");
  }
  return node;
}

bool Reading::content(Facts& facts, const std::string& path, Node& node) {
  if (node.type != Type::kReg || !facts.complaint().empty()) return true;
  const std::uint64_t size = facts.number("size", kMost63);
  const bool named = facts.has("contents");
  if (!named && facts.has("size") && size == 0) return true;
  const std::string from = named ? facts.path("contents") : path.substr(1);
  if (!facts.complaint().empty()) return true;
  auto found = content_at(options_.directory, from);
  if (!found) {
    const Trouble& error = found.error();
    if (error.number == ENOENT && facts.has("optional")) {
      notes_.push_back(
          {path, "is optional, and is left out without " + error.where, 0});
      return false;
    }
    facts.complain(error.where + ": " + error.reason);
    return true;
  }
  node.size = (*found)->size();
  if (facts.has("size") && node.size != size) {
    facts.complain("size is not that of " + from);
  }
  if (node.size != 0) node.content = std::move(*found);
  if (facts.complaint().empty()) verify(facts, node);
  return true;
}

Outcome<Tree> Reading::finish() {
  if (!said_.contains(Tree::kRoot)) {
    return trouble("/", "has no line: it is written \".\"");
  }
  for (const std::string& each : owed_) {
    for (std::size_t end = each.find('/', 1);; end = each.find('/', end + 1)) {
      const std::string path = each.substr(0, end);
      const auto id = tree_.find(path);
      if (id && !said_.contains(*id)) {
        return trouble(path, "has no line, but files in it have");
      }
      if (end == std::string::npos) break;
    }
  }
  tree_.finish();
  return std::move(tree_);
}

// A line and those that a backslash at its end makes part of it; `count`
// becomes the number of the last.
TextLine joined_line(std::istream& lines, std::string& out,
                     std::uint64_t& count) {
  out.clear();
  while (true) {
    const TextLine got = append_line(lines, out);
    if (got == TextLine::kEnd && !out.empty()) return TextLine::kRead;
    if (got == TextLine::kEnd) return got;
    ++count;
    if (got != TextLine::kRead || !out.ends_with('\\')) return got;
    out.pop_back();
  }
}

}  // namespace

Outcome<Tree> read_mtree(std::istream& lines, const MtreeOptions& options,
                         Notes& notes) {
  Reading reading(options, notes);
  std::string text;
  std::uint64_t count = 0;
  while (true) {
    const TextLine got = joined_line(lines, text, count);
    const std::string where = "line " + std::to_string(count);
    if (got == TextLine::kEnd) break;
    if (got == TextLine::kTooLong) {
      return trouble(where, "is longer than 64 MiB");
    }
    if (options.marked && count == 1 && !text.starts_with(kMark)) {
      return trouble(where, "is not \"#mtree\"");
    }
    if (auto taken = reading.take(text); !taken) {
      return trouble(where, taken.error().reason);
    }
  }
  if (lines.bad()) return trouble("the mtree", "cannot be read", EIO);
  return reading.finish();
}

}  // namespace erofs::tree
