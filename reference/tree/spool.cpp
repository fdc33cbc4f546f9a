// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/checked.h"

namespace erofs::tree {

SharedFile::~SharedFile() { ::close(descriptor_); }

std::shared_ptr<SharedFile> SharedFile::nameless(const std::string& directory) {
  constexpr mode_t kOurs = 0600;
  int file = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kOurs);
  if (file < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
    std::string name = directory + "/erofs-XXXXXX";
    file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file >= 0) ::unlink(name.c_str());
  }
  if (file < 0) return nullptr;
  return std::make_shared<SharedFile>(file);
}

int SharedFile::read(std::uint64_t offset, MutableBytes out) const {
  auto rest = out.span();
  while (!rest.empty()) {
    const ssize_t got = ::pread(descriptor_, rest.data(), rest.size(),
                                static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return EIO;
    rest = rest.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return 0;
}

int SharedFile::write(std::uint64_t offset, ByteView bytes) const {
  auto rest = bytes.span();
  while (!rest.empty()) {
    const ssize_t put = ::pwrite(descriptor_, rest.data(), rest.size(),
                                 static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    rest = rest.subspan(static_cast<std::size_t>(put));
    offset += static_cast<std::uint64_t>(put);
  }
  return 0;
}

Status PieceContent::read(std::uint64_t offset, MutableBytes out) const {
  if (!checked::within(offset, out.size(), size_)) {
    return io_fault(Place{}, ERANGE);
  }
  out.fill_zero();
  const std::uint64_t end = offset + out.size();
  auto piece = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                [](std::uint64_t at, const Piece& each) {
                                  return at < each.begin + each.length;
                                });
  for (; piece != pieces_.end() && piece->begin < end; ++piece) {
    const std::uint64_t from = std::max(offset, piece->begin);
    const std::uint64_t to = std::min(end, piece->begin + piece->length);
    const auto part = out.slice(from - offset, to - from);
    if (!part) continue;
    const int error =
        file_->read(piece->position + (from - piece->begin), *part);
    if (error != 0) {
      return io_fault(Place{}, static_cast<std::uint64_t>(error));
    }
  }
  return {};
}

}  // namespace erofs::tree
