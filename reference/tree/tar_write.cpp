// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/tar_write.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>  // NOLINT(modernize-deprecated-headers): newlocale(3)

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace erofs::tree {
namespace {

constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
// Tapes are gone, but readers still expect whole records.
constexpr int kRecord = 10240;
constexpr int kBlock = kRecord * 16;

// What the process speaks otherwise. Its files are read when it is made, and
// at no other time.
class Utf8 {
 public:
  Utf8() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {}
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;
  ~Utf8() {
    if (locale_ != nullptr) ::freelocale(locale_);
  }

  [[nodiscard]] locale_t get() const noexcept { return locale_; }

 private:
  locale_t locale_;
};

// Names are UTF-8 for the library meanwhile, whatever the process speaks;
// those that are not, it writes as they are and says so in their header.
class SpeakUtf8 {
 public:
  explicit SpeakUtf8(const Utf8& utf8)
      : spoken_(utf8.get() != nullptr),
        before_(spoken_ ? ::uselocale(utf8.get()) : nullptr) {}
  SpeakUtf8(const SpeakUtf8&) = delete;
  SpeakUtf8& operator=(const SpeakUtf8&) = delete;
  ~SpeakUtf8() {
    if (spoken_) ::uselocale(before_);
  }

 private:
  bool spoken_;
  locale_t before_;
};

struct FreeEntry {
  void operator()(archive_entry* entry) const noexcept {
    archive_entry_free(entry);
  }
};
using EntryHandle = std::unique_ptr<archive_entry, FreeEntry>;

unsigned file_type(Type type) noexcept {
  switch (type) {
    case Type::kDir:
      return AE_IFDIR;
    case Type::kLnk:
      return AE_IFLNK;
    case Type::kChr:
      return AE_IFCHR;
    case Type::kBlk:
      return AE_IFBLK;
    case Type::kFifo:
      return AE_IFIFO;
    default:
      return AE_IFREG;
  }
}

// "/" is "./", "/a" is "./a", and so that unpacking stays below the place
// where it is done.
std::string name_of(const std::string& path) { return '.' + path; }

// What is between the holes.
void add_data(archive_entry* entry, const Entry& from) {
  std::uint64_t at = 0;
  const auto add = [&](std::uint64_t end) {
    if (at < end) {
      archive_entry_sparse_add_entry(entry, static_cast<std::int64_t>(at),
                                     static_cast<std::int64_t>(end - at));
    }
  };
  for (const Span& hole : from.holes) {
    add(hole.begin);
    at = hole.end;
  }
  add(from.size);
  // Nothing but a hole: the library wants to hear that in this way.
  if (archive_entry_sparse_count(entry) == 0) {
    archive_entry_sparse_add_entry(entry, 0, 0);
  }
}

EntryHandle describe(const Entry& from) {
  EntryHandle entry(archive_entry_new());
  if (!entry) return entry;
  archive_entry_copy_pathname(entry.get(), name_of(from.path).c_str());
  archive_entry_set_filetype(entry.get(), file_type(from.type));
  archive_entry_set_perm(entry.get(), from.mode);
  archive_entry_set_uid(entry.get(), from.uid);
  archive_entry_set_gid(entry.get(), from.gid);
  archive_entry_set_mtime(entry.get(), static_cast<time_t>(from.mtime_sec),
                          static_cast<long>(from.mtime_nsec));
  if (!from.same_as.empty()) {
    archive_entry_copy_hardlink(entry.get(), name_of(from.same_as).c_str());
    return entry;
  }
  for (const auto& [name, value] : from.xattrs) {
    archive_entry_xattr_add_entry(entry.get(), name.c_str(), value.data(),
                                  value.size());
  }
  switch (from.type) {
    case Type::kReg:
      archive_entry_set_size(entry.get(), static_cast<std::int64_t>(from.size));
      if (!from.holes.empty()) add_data(entry.get(), from);
      break;
    case Type::kLnk:
      archive_entry_copy_symlink(entry.get(), from.target.c_str());
      break;
    case Type::kChr:
    case Type::kBlk:
      archive_entry_set_rdevmajor(entry.get(), from.rdev_major);
      archive_entry_set_rdevminor(entry.get(), from.rdev_minor);
      break;
    default:
      break;
  }
  return entry;
}

}  // namespace

// The library's object. It must close its filters, or it does not free them;
// to that end it hears of no failure of the sink while it works, and of
// nothing else once the writer is given up: it then tries to fill up an entry
// that was begun, however long that is, and has to stop at once.
struct TarWriter::Library {
  archive* handle = archive_write_new();
  Utf8 utf8;

  Library() = default;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() {
    if (handle != nullptr) archive_write_free(handle);
  }

  static la_ssize_t write(archive* handle, void* user, const void* bytes,
                          std::size_t size) {
    auto* const writer = static_cast<TarWriter*>(user);
    if (writer->given_up_) {
      archive_set_error(handle, ECANCELED, "given up");
      return -1;
    }
    const auto* const first = static_cast<const std::byte*>(bytes);
    if (writer->error_ == 0) {
      writer->error_ = writer->sink_(ByteView(std::span(first, size)));
    }
    return static_cast<la_ssize_t>(size);
  }
};

TarWriter::TarWriter(Sink sink)
    : sink_(std::move(sink)), library_(std::make_unique<Library>()) {}

TarWriter::~TarWriter() { given_up_ = true; }

Result<std::unique_ptr<TarWriter>> TarWriter::open(Sink sink) {
  auto writer = std::unique_ptr<TarWriter>(new TarWriter(std::move(sink)));
  archive* const handle = writer->library_->handle;
  if (handle == nullptr) return io_fault({}, ENOMEM);
  if (archive_write_set_format_pax(handle) != ARCHIVE_OK ||
      archive_write_set_format_option(handle, "pax", "xattrheader", "SCHILY") !=
          ARCHIVE_OK ||
      archive_write_set_bytes_per_block(handle, kBlock) != ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block(handle, kRecord) != ARCHIVE_OK ||
      archive_write_open(handle, writer.get(), nullptr, Library::write,
                         nullptr) != ARCHIVE_OK) {
    return writer->failed();
  }
  return writer;
}

Status TarWriter::add(const Entry& entry) {
  EROFS_TRY(header(entry));
  if (entry.content == nullptr || !entry.same_as.empty()) return {};
  return content(entry);
}

Status TarWriter::finish() {
  const int closed = archive_write_close(library_->handle);
  if (closed != ARCHIVE_OK || error_ != 0) return failed();
  return {};
}

Status TarWriter::header(const Entry& entry) {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 62;
  if (entry.size > kLargest) return io_fault({}, EFBIG);
  const SpeakUtf8 speaking(library_->utf8);
  const EntryHandle described = describe(entry);
  if (!described) return io_fault({}, ENOMEM);
  // A warning is about a name that is no UTF-8.
  const int written = archive_write_header(library_->handle, described.get());
  if (written < ARCHIVE_WARN || error_ != 0) return failed();
  return {};
}

Status TarWriter::content(const Entry& entry) {
  const std::uint64_t size = entry.content->size();
  buffer_.resize(static_cast<std::size_t>(std::min(size, kPiece)));
  if (!entry.holes.empty()) zeros_.resize(buffer_.size());
  auto hole = entry.holes.begin();
  for (std::uint64_t at = 0; at < size;) {
    while (hole != entry.holes.end() && hole->end <= at) ++hole;
    const bool more = hole != entry.holes.end();
    if (more && hole->begin <= at) {
      // The library keeps the count and writes none of it.
      const ByteView part = ByteView(zeros_).head(hole->end - at);
      EROFS_TRY(piece(part));
      at += part.size();
      continue;
    }
    const std::uint64_t end = more ? hole->begin : size;
    const MutableBytes part = MutableBytes(buffer_).head(end - at);
    EROFS_TRY(entry.content->read(at, part));
    EROFS_TRY(piece(part.view()));
    at += part.size();
  }
  return {};
}

Status TarWriter::piece(ByteView bytes) {
  const auto span = bytes.span();
  const la_ssize_t put =
      archive_write_data(library_->handle, span.data(), span.size());
  if (put < 0 || static_cast<std::size_t>(put) != span.size() || error_ != 0) {
    return failed();
  }
  return {};
}

tl::unexpected<Fault> TarWriter::failed() const {
  const int library = archive_errno(library_->handle);
  const int known = library > 0 ? library : EIO;
  return io_fault({}, static_cast<std::uint64_t>(error_ != 0 ? error_ : known));
}

}  // namespace erofs::tree
