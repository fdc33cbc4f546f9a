// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/tar_read.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <locale.h>  // NOLINT(modernize-deprecated-headers): newlocale(3)
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "base/checked.h"
#include "tree/archive_node.h"
#include "tree/aufs.h"
#include "tree/spool.h"

namespace erofs::tree {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18;

struct FreeArchive {
  void operator()(archive* handle) const noexcept { archive_read_free(handle); }
};

// Names are bytes for us and UTF-8 for the library, whatever the process
// speaks.
class SpeakUtf8 {
 public:
  SpeakUtf8()
      : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
        before_(locale_ != nullptr ? ::uselocale(locale_) : nullptr) {}
  SpeakUtf8(const SpeakUtf8&) = delete;
  SpeakUtf8& operator=(const SpeakUtf8&) = delete;
  ~SpeakUtf8() {
    if (locale_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(locale_);
  }

 private:
  locale_t locale_;
  locale_t before_;
};

// One pass over an archive.
class Unpacking {
 public:
  Unpacking(int descriptor, const TarOptions& options, Notes& notes)
      : descriptor_(descriptor), options_(options), notes_(notes) {}

  Outcome<Tree> run();

 private:
  Outcome<void> open();
  // The archive itself, where contents can stay in it.
  Outcome<void> stay();
  Outcome<void> member(archive_entry* entry);
  Outcome<void> content(archive_entry* entry, const std::string& path,
                        Node& node);
  Outcome<void> spool(const std::string& path, Node& node);
  [[nodiscard]] tl::unexpected<Trouble> damaged(const std::string& where);

  int descriptor_;
  const TarOptions& options_;
  Notes& notes_;
  std::unique_ptr<archive, FreeArchive> handle_{archive_read_new()};
  Tree tree_;
  Aufs aufs_;
  bool plain_ = false;
  std::uint64_t start_ = 0;  // of the archive within its file
  std::uint64_t end_ = 0;    // of the file
  std::shared_ptr<const SharedFile> archive_;
  std::shared_ptr<SharedFile> spool_;
  std::uint64_t spooled_ = 0;
};

tl::unexpected<Trouble> Unpacking::damaged(const std::string& where) {
  const char* reason = archive_error_string(handle_.get());
  return trouble(where, reason != nullptr ? reason : "is damaged");
}

Outcome<void> Unpacking::open() {
  archive* const handle = handle_.get();
  if (handle == nullptr) return trouble(options_.name, "no memory", ENOMEM);
  archive_read_support_format_tar(handle);
  archive_read_support_filter_gzip(handle);
  archive_read_support_filter_xz(handle);
  archive_read_support_filter_zstd(handle);
  const off_t start = ::lseek(descriptor_, 0, SEEK_CUR);
  if (start > 0) start_ = static_cast<std::uint64_t>(start);
  if (archive_read_open_fd(handle, descriptor_, kBlock) != ARCHIVE_OK) {
    return damaged(options_.name);
  }
  return {};
}

Outcome<void> Unpacking::stay() {
  struct stat facts {};
  if (archive_filter_code(handle_.get(), 0) != ARCHIVE_FILTER_NONE ||
      ::fstat(descriptor_, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return {};
  }
  const int copy = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return trouble(options_.name, std::strerror(errno), errno);
  archive_ = std::make_shared<const SharedFile>(copy);
  end_ = static_cast<std::uint64_t>(facts.st_size);
  plain_ = true;
  return {};
}

Outcome<Tree> Unpacking::run() {
  const SpeakUtf8 utf8;
  if (auto opened = open(); !opened) return tl::unexpected(opened.error());
  std::string last = options_.name;
  bool first = true;
  while (true) {
    archive_entry* entry = nullptr;
    const int found = archive_read_next_header(handle_.get(), &entry);
    if (found == ARCHIVE_EOF) break;
    if (found != ARCHIVE_OK && found != ARCHIVE_WARN) {
      return damaged(first ? last : "after " + last);
    }
    if (first) {
      if (auto stays = stay(); !stays) return tl::unexpected(stays.error());
    }
    first = false;
    last = archive_path(entry);
    if (found == ARCHIVE_WARN) {
      notes_.push_back(damaged(last).value());
    }
    if (auto done = member(entry); !done) return tl::unexpected(done.error());
  }
  aufs_.mark(tree_);
  tree_.finish();
  return std::move(tree_);
}

Outcome<void> Unpacking::member(archive_entry* entry) {
  const std::string path = archive_path(entry);
  if (path.empty()) return trouble(options_.name, "has a member of no name");
  if (options_.aufs) {
    // AUFS makes its whiteouts links of one file that is not in the archive.
    Node like;
    like.mtime_sec = archive_entry_mtime(entry);
    like.mtime_nsec =
        static_cast<std::uint32_t>(archive_entry_mtime_nsec(entry));
    like.uid = static_cast<std::uint32_t>(archive_entry_uid(entry));
    like.gid = static_cast<std::uint32_t>(archive_entry_gid(entry));
    const auto taken = aufs_.take(path, like, tree_);
    if (!taken) return tl::unexpected(taken.error());
    if (*taken) return {};
  }
  const char* same = archive_entry_hardlink(entry);
  if (same == nullptr) same = archive_entry_hardlink_utf8(entry);
  if (same != nullptr) {
    auto linked = tree_.link(path, same);
    if (!linked) return tl::unexpected(linked.error());
    return {};
  }
  auto node = archive_node(entry, path);
  if (!node) return tl::unexpected(node.error());
  if (node->type == Type::kReg && node->size != 0) {
    if (auto read = content(entry, path, *node); !read) return read;
  }
  auto put = tree_.put(path, std::move(*node));
  if (!put) return tl::unexpected(put.error());
  return {};
}

Outcome<void> Unpacking::content(archive_entry* entry, const std::string& path,
                                 Node& node) {
  if (archive_entry_sparse_count(entry) != 0) return spool(path, node);
  const auto offset =
      static_cast<std::uint64_t>(archive_filter_bytes(handle_.get(), 0));
  if (archive_filter_code(handle_.get(), 0) == ARCHIVE_FILTER_NONE) {
    node.archived_at = offset;
  }
  if (!plain_) return spool(path, node);
  const auto begin = checked::add(start_, offset);
  if (!begin || !checked::within(*begin, node.size, end_)) {
    return trouble(path, "ends before its content does");
  }
  node.content = std::make_shared<PieceContent>(
      archive_, std::vector<Piece>{{0, node.size, *begin}}, node.size);
  return {};
}

Outcome<void> Unpacking::spool(const std::string& path, Node& node) {
  if (spool_ == nullptr) spool_ = SharedFile::nameless(options_.scratch);
  if (spool_ == nullptr) {
    return trouble(options_.scratch, std::strerror(errno), errno);
  }
  std::vector<Piece> pieces;
  std::uint64_t at = 0;  // behind the last piece
  while (true) {
    const void* bytes = nullptr;
    std::size_t length = 0;
    la_int64_t offset = 0;
    const int got =
        archive_read_data_block(handle_.get(), &bytes, &length, &offset);
    if (got == ARCHIVE_EOF) break;
    if (got != ARCHIVE_OK && got != ARCHIVE_WARN) return damaged(path);
    if (length == 0) continue;
    const auto begin = static_cast<std::uint64_t>(offset);
    if (begin < at || !checked::within(begin, length, node.size)) {
      return trouble(path, "has data that is not within it");
    }
    const int error = spool_->write(
        spooled_, ByteView({static_cast<const std::byte*>(bytes), length}));
    if (error != 0) {
      return trouble(options_.scratch, std::strerror(error), error);
    }
    if (!pieces.empty() && begin == at) {
      pieces.back().length += length;
    } else {
      if (begin != at) node.holes.push_back({at, begin});
      pieces.push_back({begin, length, spooled_});
    }
    spooled_ += length;
    at = begin + length;
  }
  if (at != node.size) node.holes.push_back({at, node.size});
  node.content =
      std::make_shared<PieceContent>(spool_, std::move(pieces), node.size);
  return {};
}

}  // namespace

Outcome<Tree> read_tar(int descriptor, const TarOptions& options,
                       Notes& notes) {
  return Unpacking(descriptor, options, notes).run();
}

}  // namespace erofs::tree
