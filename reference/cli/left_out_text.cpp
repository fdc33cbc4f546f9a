// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/left_out_text.h"

#include <fmt/core.h>

#include <array>

#include "base/escape.h"
#include "cli/output.h"

namespace erofs::cli {
namespace {

struct LeftText {
  extract::Left kind;
  const char* what;
};

constexpr std::array<LeftText, extract::kLeftKinds> kTexts = {{
    {extract::Left::kDevice, "devices (root: --special)"},
    {extract::Left::kFifo, "fifos (root: --special)"},
    {extract::Left::kSocket, "sockets"},
    {extract::Left::kSetId, "set-id or sticky bits of files (root: --setuid)"},
    {extract::Left::kPrivilegedXattr,
     "security.* and trusted.* attributes (root: --privileged-xattrs)"},
    {extract::Left::kXattr, "attributes that the file system cannot hold"},
    {extract::Left::kOwner, "owners (only root can give files away)"},
}};

}  // namespace

void tell_left_out(const std::string& image, const extract::LeftOut& left_out) {
  for (const LeftText& text : kTexts) {
    const auto kind = left_out.of(text.kind);
    if (kind.count == 0) continue;
    std::string paths;
    for (const auto& path : kind.first) {
      paths += (paths.empty() ? "" : ", ") + escape(path);
    }
    if (kind.count > kind.first.size()) paths += ", ...";
    complain(fmt::format("{}: left out: {} {}: {}", image, kind.count,
                         text.what, paths));
  }
}

}  // namespace erofs::cli
