// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_TAR_WRITE_H_
#define EROFS_TREE_TAR_WRITE_H_

#include <functional>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "tree/entry.h"

namespace erofs::tree {

// Writes a tar archive of the POSIX pax format: names of any length and any
// bytes ("./" before each), times to the nanosecond, xattrs as SCHILY.xattr,
// holes as GNU.sparse 1.0. The same entries give the same bytes.
class TarWriter {
 public:
  // Takes a piece of the archive; an errno where that fails, which ends all.
  using Sink = std::function<int(ByteView)>;

  // Faults: kIo, with the errno of the sink or of the library.
  [[nodiscard]] static Result<std::unique_ptr<TarWriter>> open(Sink sink);
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;
  ~TarWriter();

  // Sockets, which tar does not know, are the caller's to leave out.
  // Faults: those of the content; kIo.
  [[nodiscard]] Status add(const Entry& entry);
  // The end of the archive.
  [[nodiscard]] Status finish();

 private:
  struct Library;

  explicit TarWriter(Sink sink);
  [[nodiscard]] Status header(const Entry& entry);
  [[nodiscard]] Status content(const Entry& entry);
  [[nodiscard]] Status piece(ByteView bytes);
  [[nodiscard]] tl::unexpected<Fault> failed() const;

  Sink sink_;
  int error_ = 0;          // of the sink
  bool given_up_ = false;  // nothing more goes to the sink
  std::unique_ptr<Library> library_;
  std::vector<std::byte> buffer_;
  std::vector<std::byte> zeros_;  // what a hole is fed with
};

}  // namespace erofs::tree

#endif  // EROFS_TREE_TAR_WRITE_H_
