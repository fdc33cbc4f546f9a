// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/walk.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "format/limits.gen.h"
#include "read/directory.h"
#include "read/directory_guard.h"

namespace erofs::read {
namespace {

constexpr std::uint64_t kWorkPerVisit = 512;

// One name of an open directory; the bytes are in the frame's pool.
struct Entry {
  std::uint64_t nid = 0;
  Place at;
  std::size_t name_at = 0;
  std::size_t name_size = 0;
};

// A directory on the current path.
struct Frame {
  std::uint64_t nid = 0;
  std::string pool;
  std::vector<Entry> entries;  // sorted by name
  std::size_t next = 0;        // of `entries`
  // Sub-directories whose own name was visited and whose content was not.
  // What is still to come of theirs sorts before what is below in the stack,
  // for a name between "a" and "a/" begins with "a".
  std::vector<Node> waiting;
  std::vector<std::size_t> waiting_entries;
  std::size_t path_size = 0;  // of this directory's path with its slash
  std::uint64_t charged = 0;  // memory

  [[nodiscard]] std::string_view name(const Entry& entry) const noexcept {
    return std::string_view(pool).substr(entry.name_at, entry.name_size);
  }
};

// Whether "`directory`/" sorts before `name`, which has no slash.
bool subtree_first(std::string_view directory, std::string_view name) noexcept {
  const std::size_t common = std::min(directory.size(), name.size());
  const int order = directory.compare(0, common, name, 0, common);
  if (order != 0) return order < 0;
  if (name.size() <= directory.size()) return false;
  return name.substr(common, 1) > "/";
}

class Walker {
 public:
  Walker(const Volume& volume, Budget& budget,
         const std::function<Status(const Visit&)>& visit) noexcept
      : volume_(volume), budget_(budget), visit_(visit) {}

  ~Walker() {
    while (!frames_.empty()) leave();
    guard_.clear(budget_);
  }
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  Status run(const Node& start, std::string_view path) {
    path_ = path;
    EROFS_TRY(visit_({path_, start, 0}));
    if (!is_directory(start)) return {};
    EROFS_TRY(enter(start, start.at));
    while (!frames_.empty()) EROFS_TRY(step());
    return {};
  }

 private:
  [[nodiscard]] static bool is_directory(const Node& node) noexcept {
    return node.inode().type == format::ModeType::kDirectory;
  }

  // One visit, one directory entered, or one left.
  Status step() {
    Frame& frame = frames_.back();
    const bool more = frame.next < frame.entries.size();
    if (!frame.waiting.empty()) {
      const Entry& top = frame.entries[frame.waiting_entries.back()];
      if (!more || subtree_first(frame.name(top),
                                 frame.name(frame.entries[frame.next]))) {
        return descend(frame, top);
      }
    }
    if (more) return visit_next(frame);
    leave();
    return {};
  }

  Status visit_next(Frame& frame) {
    const std::size_t index = frame.next++;
    const Entry& entry = frame.entries[index];
    path_.resize(frame.path_size);
    path_ += frame.name(entry);
    // Whoever visits composes and prints a line of it: neither a hard link
    // nor a deep name is free.
    EROFS_TRY(budget_.work(kWorkPerVisit + path_.size(), entry.at));
    EROFS_ASSIGN(const Node child, node(volume_, entry.nid, budget_));
    EROFS_TRY(visit_({path_, child, frames_.size()}));
    if (!is_directory(child)) return {};
    EROFS_TRY(charge(frame, sizeof(Node), entry.at));
    frame.waiting.push_back(child);
    frame.waiting_entries.push_back(index);
    return {};
  }

  Status descend(Frame& frame, const Entry& entry) {
    const Node child = frame.waiting.back();
    frame.waiting.pop_back();
    frame.waiting_entries.pop_back();
    path_.resize(frame.path_size);
    path_ += frame.name(entry);
    return enter(child, entry.at);  // `frame` and `entry` may move
  }

  // Opens the directory that path_ names.
  Status enter(const Node& node, Place entry) {
    EROFS_TRY(budget_.depth(frames_.size() + 1, entry));
    EROFS_TRY(guard_.enter(node.nid, entry, budget_));
    if (path_.empty() || path_.back() != '/') path_ += '/';
    Frame& frame = frames_.emplace_back();
    frame.nid = node.nid;
    frame.path_size = path_.size();
    // The path is one string; this is what this directory adds to it.
    EROFS_TRY(charge(frame, sizeof(Frame) + format::kNameMax, entry));
    EROFS_TRY(list(node, frame));
    std::stable_sort(frame.entries.begin(), frame.entries.end(),
                     [&frame](const Entry& a, const Entry& b) {
                       return frame.name(a) < frame.name(b);
                     });
    return {};
  }

  Status list(const Node& node, Frame& frame) {
    EROFS_ASSIGN(DirectoryReader reader,
                 DirectoryReader::open(volume_, node, budget_));
    DirectoryPage page;
    for (;;) {
      EROFS_ASSIGN(const bool more, reader.next(page));
      if (!more) return {};
      const std::uint64_t entries = page.block.entries.size();
      EROFS_TRY(
          charge(frame, entries * sizeof(Entry) + page.bytes.size(), page.at));
      for (const decode::Dirent& dirent : page.block.entries) {
        if (dirent.name == "." || dirent.name == "..") continue;
        frame.entries.push_back({dirent.nid, page.at.plus(dirent.at),
                                 frame.pool.size(), dirent.name.size()});
        frame.pool += dirent.name;
      }
    }
  }

  Status charge(Frame& frame, std::uint64_t bytes, Place where) {
    EROFS_TRY(budget_.memory(bytes, where));
    frame.charged += bytes;
    return {};
  }

  void leave() noexcept {
    budget_.release_memory(frames_.back().charged);
    guard_.leave(frames_.back().nid);
    frames_.pop_back();
  }

  const Volume& volume_;
  Budget& budget_;
  const std::function<Status(const Visit&)>& visit_;
  DirectoryGuard guard_;
  std::vector<Frame> frames_;
  std::string path_;
};

}  // namespace

Status walk(const Volume& volume, const Node& start,
            std::string_view start_path, Budget& budget,
            const std::function<Status(const Visit&)>& visit) {
  return Walker(volume, budget, visit).run(start, start_path);
}

}  // namespace erofs::read
