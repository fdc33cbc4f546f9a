// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/labels.h"

#include <dlfcn.h>
#include <selinux/label.h>
#include <selinux/selinux.h>
#include <sys/stat.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "tree/each_path.h"
#include "tree/set_xattr.h"

namespace erofs::tree {

// Loaded only where labels are asked for: what it does when a program starts,
// looking for the policy of this machine, no other command has to wait for.
struct Labels::Library {
  Library() = default;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  Library(Library&&) = delete;
  Library& operator=(Library&&) = delete;
  ~Library() {
    if (handle != nullptr) close(handle);
    if (object != nullptr) ::dlclose(object);
  }

  // False where it is not there, or lacks a function.
  bool load() {
    object = ::dlopen("libselinux.so.1", RTLD_NOW | RTLD_LOCAL);
    return object != nullptr && find("selabel_open", open) &&
           find("selabel_lookup", lookup) && find("selabel_close", close) &&
           find("freecon", free_label);
  }

  template <class Function>
  bool find(const char* name, Function& function) {
    function = std::bit_cast<Function>(::dlsym(object, name));
    return function != nullptr;
  }

  void* object = nullptr;
  selabel_handle* handle = nullptr;
  decltype(&::selabel_open) open = nullptr;
  decltype(&::selabel_lookup) lookup = nullptr;
  decltype(&::selabel_close) close = nullptr;
  decltype(&::freecon) free_label = nullptr;
};

namespace {

constexpr const char* kLabel = "security.selinux";

unsigned type_bits(Type type) {
  switch (type) {
    case Type::kReg:
      return S_IFREG;
    case Type::kDir:
      return S_IFDIR;
    case Type::kLnk:
      return S_IFLNK;
    case Type::kChr:
      return S_IFCHR;
    case Type::kBlk:
      return S_IFBLK;
    case Type::kFifo:
      return S_IFIFO;
    case Type::kSock:
      break;
  }
  return S_IFSOCK;
}

// "/a/b" of "a/b/", and nothing of "/".
std::string prefix_of(const std::string& mount_point) {
  const std::size_t first = mount_point.find_first_not_of('/');
  if (first == std::string::npos) return {};
  const std::size_t last = mount_point.find_last_not_of('/');
  return "/" + mount_point.substr(first, last - first + 1);
}

}  // namespace

Labels::Labels(std::unique_ptr<Library> library)
    : library_(std::move(library)) {}

Labels::~Labels() = default;

Outcome<std::unique_ptr<Labels>> Labels::open(const std::string& file) {
  auto library = std::make_unique<Library>();
  if (!library->load()) {
    return trouble(file,
                   "cannot be read without libselinux: install it (Debian: "
                   "libselinux1)");
  }
  const std::array<selinux_opt, 1> options = {
      {{SELABEL_OPT_PATH, file.c_str()}}};
  library->handle = library->open(SELABEL_CTX_FILE, options.data(), 1);
  if (library->handle == nullptr) {
    const int error = errno;
    return trouble(
        file,
        std::string("cannot be read as file contexts: ") + std::strerror(error),
        error);
  }
  return std::unique_ptr<Labels>(new Labels(std::move(library)));
}

Outcome<std::optional<std::string>> Labels::of(const std::string& path,
                                               unsigned mode) const {
  char* label = nullptr;
  if (library_->lookup(library_->handle, &label, path.c_str(),
                       static_cast<int>(mode)) != 0) {
    const int error = errno;
    if (error == ENOENT) return std::optional<std::string>();
    return trouble(path, std::string("has no label: ") + std::strerror(error),
                   error);
  }
  std::optional<std::string> out(label);
  library_->free_label(label);
  return out;
}

std::optional<Trouble> set_labels(const Labels& labels,
                                  const std::string& mount_point, Tree& tree) {
  const std::string prefix = prefix_of(mount_point);
  std::optional<Trouble> out;
  each_path(tree, [&](NodeId id, const std::string& path) {
    Node& node = tree.at(id);
    const bool root = id == Tree::kRoot && !prefix.empty();
    auto label = labels.of(root ? prefix : prefix + path,
                           type_bits(node.type) | node.mode);
    if (!label) {
      out = label.error();
      return false;
    }
    set_xattr(node.xattrs, kLabel, std::move(*label));
    return true;
  });
  return out;
}

}  // namespace erofs::tree
