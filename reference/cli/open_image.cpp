// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/open_image.h"

#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "base/checked.h"
#include "cli/limits.h"
#include "cli/output.h"

namespace erofs::cli {
namespace {

std::string advice(std::uint64_t error) {
  switch (error) {
    case ENOENT:
      return "see whether the name is right";
    case EACCES:
      return "see who may read it";
    case EISDIR:
      return "name the image file, not a directory";
    case EINVAL:
      return "only regular files and block devices can be read at random; "
             "save it to a file first";
    default:
      return "see whether the medium is sound";
  }
}

void complain_open(const std::string& name, std::uint64_t error,
                   std::uint64_t start) {
  if (error == ERANGE) {
    complain(name + ": the file ends before --offset " + std::to_string(start) +
             ": give an offset within the file");
    return;
  }
  const auto number = static_cast<int>(error);
  complain(name + ": cannot open: " + std::generic_category().message(number) +
           ": " + advice(error));
}

std::optional<OpenFile> open_file(const std::string& name,
                                  std::uint64_t start) {
  auto file = image::FileSource::open(name, start);
  if (!file) {
    complain_open(name, file.error().value, start);
    return std::nullopt;
  }
  OpenFile opened;
  opened.name = name;
  opened.file = std::move(*file);
  opened.cached = std::make_unique<image::CachedSource>(*opened.file);
  return opened;
}

}  // namespace

OpenImage::OpenImage(OpenFile primary, std::vector<OpenFile> blobs)
    : primary_(std::move(primary)), blobs_(std::move(blobs)) {
  for (const OpenFile& blob : blobs_) sources_.push_back(blob.cached.get());
}

std::uint64_t OpenImage::size() const {
  std::uint64_t total = primary_.file->size();
  for (const OpenFile& blob : blobs_) {
    total = checked::add(total, blob.file->size())
                .value_or(std::numeric_limits<std::uint64_t>::max());
  }
  return total;
}

std::string OpenImage::changed() const {
  if (!primary_.file->unchanged()) return primary_.name;
  for (const OpenFile& blob : blobs_) {
    if (!blob.file->unchanged()) return blob.name;
  }
  return {};
}

std::optional<OpenImage> open_image(const Common& common) {
  const std::uint64_t start = parse_amount(common.offset).value_or(0);
  auto primary = open_file(common.image, start);
  if (!primary) return std::nullopt;
  std::vector<OpenFile> blobs;
  for (const auto& name : common.devices) {
    auto blob = open_file(name, 0);
    if (!blob) return std::nullopt;
    blobs.push_back(std::move(*blob));
  }
  return OpenImage(std::move(*primary), std::move(blobs));
}

void complain_changed(const std::string& name) {
  complain(name +
           ": the file changed while it was read: nothing that was printed "
           "can be trusted: copy it and look at the copy");
}

}  // namespace erofs::cli
