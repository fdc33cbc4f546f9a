// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_OPEN_IMAGE_H_
#define EROFS_CLI_OPEN_IMAGE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/checker.h"
#include "cli/command.h"
#include "image/cached_source.h"
#include "image/file_source.h"

namespace erofs::cli {

// A file of the host that is being read.
struct OpenFile {
  std::string name;
  std::unique_ptr<image::FileSource> file;
  std::unique_ptr<image::CachedSource> cached;
};

// IMAGE and its --device blobs, open.
class OpenImage {
 public:
  OpenImage(OpenFile primary, std::vector<OpenFile> blobs);

  // Valid while this object lives and stays where it is.
  [[nodiscard]] check::Input input() const {
    return {*primary_.cached, sources_};
  }
  // Bytes of all files together, stopping at the largest number.
  [[nodiscard]] std::uint64_t size() const;
  // The name of a file that changed since it was opened; empty for none.
  [[nodiscard]] std::string changed() const;

 private:
  OpenFile primary_;
  std::vector<OpenFile> blobs_;
  std::vector<const image::Source*> sources_;
};

// Opens what `common` names. Nothing where that fails, after saying why on
// standard error.
[[nodiscard]] std::optional<OpenImage> open_image(const Common& common);

// The line about a file that changed while it was read.
void complain_changed(const std::string& name);

}  // namespace erofs::cli

#endif  // EROFS_CLI_OPEN_IMAGE_H_
