// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/host_xattrs.h"

#include <sys/xattr.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace erofs::tree {
namespace {

tl::unexpected<Trouble> refused(const std::string& path, int error) {
  return trouble(
      path,
      std::string("its attributes cannot be read: ") + std::strerror(error),
      error);
}

// A value of any length; it may change between two calls.
Outcome<std::string> value_of(const std::string& path,
                              const std::string& name) {
  std::string value;
  while (true) {
    const ssize_t size = ::lgetxattr(path.c_str(), name.c_str(), nullptr, 0);
    if (size < 0) return refused(path, errno);
    value.resize(static_cast<std::size_t>(size));
    const ssize_t got =
        ::lgetxattr(path.c_str(), name.c_str(), value.data(), value.size());
    if (got < 0 && errno == ERANGE) continue;
    if (got < 0) return refused(path, errno);
    value.resize(static_cast<std::size_t>(got));
    return value;
  }
}

}  // namespace

Outcome<std::vector<Xattr>> host_xattrs(const std::string& path) {
  std::vector<Xattr> out;
  const ssize_t size = ::llistxattr(path.c_str(), nullptr, 0);
  if (size == 0 || (size < 0 && errno == ENOTSUP)) return out;
  if (size < 0) return refused(path, errno);
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = ::llistxattr(path.c_str(), names.data(), names.size());
  if (got < 0) return refused(path, errno);
  names.resize(static_cast<std::size_t>(got));
  for (std::size_t at = 0; at < names.size();) {
    const std::string name = names.substr(at, names.find('\0', at) - at);
    at += name.size() + 1;
    auto value = value_of(path, name);
    if (!value) return tl::unexpected(value.error());
    out.push_back({name, std::move(*value)});
  }
  std::sort(out.begin(), out.end(),
            [](const Xattr& a, const Xattr& b) { return a.name < b.name; });
  return out;
}

}  // namespace erofs::tree
