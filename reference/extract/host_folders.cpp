// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_folders.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "extract/facts.h"

namespace erofs::extract {
namespace {

// Directories of the current path that stay open.
constexpr std::size_t kOpen = 48;

// "/" alone ends with its slash; no other path does.
std::string with_slash(const std::string& path) {
  return path == "/" ? path : path + '/';
}

tl::unexpected<Failure> failed(const Done& done) {
  return tl::unexpected<Failure>(done.error());
}

}  // namespace

HostFolders::HostFolders(Fd root, tree::Entry entry, const Rights& rights,
                         Refusals refusals)
    : rights_(rights), refusals_(std::move(refusals)) {
  held_ += weight(entry);
  open_.push_back({std::move(entry), std::move(root)});
}

Attempt<int> HostFolders::parent_of(std::string_view path, std::size_t depth) {
  // What is left now is no part of this path, nor will it be of a later one.
  while (open_.size() > depth ||
         !path.starts_with(with_slash(open_.back().entry.path))) {
    const Done done = leave();
    if (!done) return failed(done);
  }
  while (!expected_.empty()) {
    const std::string inside = with_slash(expected_.back().path);
    const bool here = path.starts_with(inside);
    if (!here && path < inside) break;  // its turn comes later
    const Done done = here ? enter() : leave_empty();
    if (!done) return failed(done);
  }
  const Done done = reopen();
  if (!done) return failed(done);
  return open_.back().fd.get();
}

std::string HostFolders::name_of(std::string_view path) const {
  return std::string(path.substr(with_slash(folder()).size()));
}

const std::string& HostFolders::folder() const {
  return open_.back().entry.path;
}

void HostFolders::expect(tree::Entry entry) {
  held_ += weight(entry);
  expected_.push_back(std::move(entry));
}

Attempt<Fd> HostFolders::open(std::string_view path) const {
  Fd fd;
  int from = open_.front().fd.get();
  while (path.size() > 1) {
    path.remove_prefix(1);
    const std::size_t slash = std::min(path.find('/'), path.size());
    auto next = open_directory(from, std::string(path.substr(0, slash)));
    if (!next) return next;
    fd = std::move(*next);
    from = fd.get();
    path.remove_prefix(slash);
  }
  if (!fd.open()) return duplicate(open_.front().fd);
  return fd;
}

Done HostFolders::finish() {
  while (open_.size() > 1) {
    const Done done = leave();
    if (!done) return done;
  }
  while (!expected_.empty()) {
    const Done done = leave_empty();
    if (!done) return done;
  }
  // Inner ones were left first, so that each can still be reached.
  for (const Closed& closed : closed_) {
    const auto fd = open(closed.path);
    if (!fd) return tl::unexpected<Failure>(fd.error());
    const Done done = change_mode(fd->get(), closed.mode);
    if (!done) return done;
  }
  return restore_folder(open_.front().fd.get(), open_.front().entry);
}

// Leaves the innermost directory, and those in it that stayed empty.
Done HostFolders::leave() {
  const std::string inside = with_slash(folder());
  while (!expected_.empty() && expected_.back().path.starts_with(inside)) {
    const Done done = leave_empty();
    if (!done) return done;
  }
  const Done opened = reopen();
  if (!opened) return opened;
  const Folder& last = open_.back();
  const Done done = restore_folder(last.fd.get(), last.entry);
  held_ -= weight(last.entry);
  open_.pop_back();
  return done;
}

// Leaves the directory that was expected next: nothing came.
Done HostFolders::leave_empty() {
  const tree::Entry entry = std::move(expected_.back());
  expected_.pop_back();
  held_ -= weight(entry);
  const Done opened = reopen();
  if (!opened) return opened;
  const auto fd = open_directory(open_.back().fd.get(), name_of(entry.path));
  if (!fd) return tl::unexpected<Failure>(fd.error());
  return restore_folder(fd->get(), entry);
}

Done HostFolders::restore_folder(int fd, const tree::Entry& entry) {
  tree::Entry mine = entry;
  if (!rights_.owners && (entry.mode & S_IRWXU) != S_IRWXU &&
      entry.path != "/") {
    closed_.push_back({entry.path, entry.mode});
    held_ += sizeof(Closed) + entry.path.size();
    mine.mode = entry.mode | S_IRWXU;
  }
  // The root was there before, or made for nobody else to enter.
  const mode_t made =
      entry.path == "/" ? S_IRWXU : creation_mode(entry, rights_);
  const auto refusals = restore(fd, mine, made, rights_);
  if (!refusals) return tl::unexpected<Failure>(refusals.error());
  if (*refusals != 0) refusals_(entry, *refusals);
  return {};
}

// Goes into the directory that was expected next.
Done HostFolders::enter() {
  tree::Entry entry = std::move(expected_.back());
  expected_.pop_back();
  const Done opened = reopen();
  if (!opened) return opened;
  auto fd = open_directory(open_.back().fd.get(), name_of(entry.path));
  if (!fd) return tl::unexpected<Failure>(fd.error());
  open_.push_back({std::move(entry), std::move(*fd)});
  spare(open_.size() - 1);
  return {};
}

// Sees to it that the innermost directory is open, and a few before it for
// the way back.
Done HostFolders::reopen() {
  std::size_t at = open_.size() - 1;
  while (!open_[at].fd.open()) --at;  // the root stays open
  for (++at; at < open_.size(); ++at) {
    const Folder& outer = open_[at - 1];
    const std::size_t start = with_slash(outer.entry.path).size();
    auto fd =
        open_directory(outer.fd.get(), open_[at].entry.path.substr(start));
    if (!fd) return tl::unexpected<Failure>(fd.error());
    open_[at].fd = std::move(*fd);
    spare(at);
  }
  return {};
}

// Closes what the directory at `index` leaves behind; never the root.
void HostFolders::spare(std::size_t index) {
  if (index > kOpen) open_[index - kOpen].fd = Fd();
}

}  // namespace erofs::extract
