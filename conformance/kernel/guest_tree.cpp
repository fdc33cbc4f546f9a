// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "guest_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <numeric>

namespace guest {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kPiece = std::size_t{1} << 20;
constexpr std::size_t kPagesLookedAtAgain = 4096;
// A crafted tree may have no end; no image in use is as deep or as full.
constexpr unsigned kDeepest = 2000;
constexpr std::size_t kMostEntries = 1'000'000;
constexpr std::uint64_t kLongest = std::uint64_t{6} << 30;

std::string encode(std::string_view raw) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char one : raw) {
    const auto byte = static_cast<unsigned char>(one);
    if (byte > 0x20 && byte < 0x7F && one != '%' && one != '"' && one != '\\') {
      out += one;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 0xFU];
    }
  }
  return out;
}

std::string base64(const std::string& raw) {
  std::string out(4 * ((raw.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(raw.data()),
                      static_cast<int>(raw.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

const char* kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return "reg";
    case S_IFDIR:
      return "dir";
    case S_IFLNK:
      return "lnk";
    case S_IFCHR:
      return "chr";
    case S_IFBLK:
      return "blk";
    case S_IFIFO:
      return "fifo";
    case S_IFSOCK:
      return "sock";
    default:
      return "none";
  }
}

std::string quoted(const char* key, const std::string& value) {
  return std::string(",\"") + key + "\":\"" + value + '"';
}

template <typename Number>
std::string number(const char* key, Number value) {
  return std::string(",\"") + key + "\":" + std::to_string(value);
}

// The facts that stat(2) knows, in the order of the manifest.
std::string facts_of(const struct stat& facts) {
  std::array<char, 8> mode{};
  std::snprintf(mode.data(), mode.size(), "%04o", facts.st_mode & 07777U);
  std::string out =
      quoted("type", kind_of(facts.st_mode)) + quoted("mode", mode.data()) +
      number("uid", facts.st_uid) + number("gid", facts.st_gid) +
      number("nlink", facts.st_nlink) + number("size", facts.st_size) +
      number("ino", facts.st_ino) + number("mtime_sec", facts.st_mtim.tv_sec) +
      number("mtime_nsec", facts.st_mtim.tv_nsec);
  if (S_ISCHR(facts.st_mode) || S_ISBLK(facts.st_mode)) {
    out += ",\"rdev\":[" + std::to_string(major(facts.st_rdev)) + ',' +
           std::to_string(minor(facts.st_rdev)) + ']';
  }
  return out;
}

std::uint64_t page_digest(const char* page, std::size_t length) {
  constexpr std::uint64_t kPrime = 0x100000001B3;
  std::uint64_t value = 0xCBF29CE484222325 + length;
  for (std::size_t at = 0; at < length; at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, page + at, std::min(sizeof word, length - at));
    value = (value ^ word) * kPrime;
    value ^= value >> 29U;
  }
  return value;
}

std::string place_of(int directory, const std::string& name) {
  return "/proc/self/fd/" + std::to_string(directory) + '/' + name;
}

std::string below(const std::string& path, const std::string& name) {
  return path == "/" ? path + name : path + '/' + name;
}

// Closes what it holds.
struct File {
  int number;
  explicit File(int opened) : number(opened) {}
  ~File() {
    if (number >= 0) close(number);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

}  // namespace

void Report::line(std::string_view kind, std::string_view text) {
  buffer_.append(kind).append(" ").append(text).append("\n");
  if (buffer_.size() >= kPiece / 16) flush();
}

void Report::flush() {
  std::size_t done = 0;
  while (done < buffer_.size()) {
    const ssize_t sent =
        write(port_, buffer_.data() + done, buffer_.size() - done);
    if (sent <= 0) break;
    done += static_cast<std::size_t>(sent);
  }
  buffer_.clear();
}

void Tree::wrong(const char* call, const char* how, const std::string& path,
                 std::string_view more) {
  report_.line("E", std::string(call) + ' ' + how + ' ' + encode(path) + ' ' +
                        std::string(more));
}

void Tree::failed(const char* call, const std::string& path,
                  std::string_view more) {
  const char* name = strerrorname_np(errno);
  wrong(call, name != nullptr ? name : "errno", path, more);
}

void Tree::visit(const char* top) {
  const File root(open(top, O_RDONLY | O_DIRECTORY));
  if (root.number < 0) {
    failed("opendir", "/");
    return;
  }
  entries_ = 0;
  if (entry(root.number, {".", 0, DT_UNKNOWN}, "/")) {
    walk(root.number, "/", 0);
  }
}

void Tree::revisit(const char* top) {
  again_ = true;
  visit(top);
}

void Tree::walk(int place, const std::string& path, unsigned depth) {
  std::vector<Listed> listing = list(place, path);
  if (again_) std::reverse(listing.begin(), listing.end());
  for (const Listed& listed : listing) {
    const std::string inner = below(path, listed.name);
    if (++entries_ > kMostEntries || depth > kDeepest) {
      wrong("walk", "endless", inner, "");
      return;
    }
    if (!entry(place, listed, inner)) continue;
    const File next(openat(place, listed.name.c_str(),
                           O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (next.number < 0) {
      failed("opendir", inner);
    } else {
      walk(next.number, inner, depth + 1);
    }
  }
}

// By the bare system call: readdir(3) hides entries of inode 0.
std::vector<Tree::Listed> Tree::list(int place, const std::string& path) {
  std::vector<Listed> out;
  std::array<char, 1U << 15U> room{};
  for (;;) {
    const long got = syscall(SYS_getdents64, place, room.data(), room.size());
    if (got < 0) failed("readdir", path);
    if (got <= 0) return out;
    std::size_t at = 0;
    while (at < static_cast<std::size_t>(got)) {
      std::uint64_t ino = 0;
      std::uint16_t length = 0;
      std::memcpy(&ino, room.data() + at, sizeof ino);
      std::memcpy(&length, room.data() + at + offsetof(dirent64, d_reclen),
                  sizeof length);
      const char* name = room.data() + at + offsetof(dirent64, d_name);
      const auto type =
          static_cast<unsigned char>(room[at + offsetof(dirent64, d_type)]);
      if (std::string_view(name) != "." && std::string_view(name) != "..") {
        out.push_back({name, ino, type});
      }
      at += length;
    }
    if (out.size() > kMostEntries) {
      wrong("readdir", "endless", path, "");
      return out;
    }
  }
}

bool Tree::entry(int place, const Listed& listed, const std::string& path) {
  struct stat stats {};
  if (fstatat(place, listed.name.c_str(), &stats, AT_SYMLINK_NOFOLLOW) != 0) {
    failed("lstat", path);
    return false;
  }
  const bool root = path == "/";
  if (!root &&
      (listed.ino != stats.st_ino ||
       (listed.type != DT_UNKNOWN && listed.type != IFTODT(stats.st_mode)))) {
    wrong("listing", "differs", path,
          "told inode " + std::to_string(listed.ino) + " type " +
              std::to_string(listed.type));
  }
  std::string facts = R"({"path":")" + encode(path) + '"' + facts_of(stats);
  Seen& seen = seen_[path];
  if (S_ISLNK(stats.st_mode)) {
    std::string target(kPage * 2, '\0');
    const ssize_t length =
        readlinkat(place, listed.name.c_str(), target.data(), target.size());
    if (length < 0) failed("readlink", path);
    target.resize(static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
    facts += quoted("target", encode(target));
  }
  std::string shown = facts;
  if (S_ISREG(stats.st_mode)) {
    content(place, listed, path, static_cast<std::uint64_t>(stats.st_size),
            seen, shown);
  }
  const bool user = S_ISREG(stats.st_mode) || S_ISDIR(stats.st_mode);
  const std::string names = attributes(place, listed, path, user) + '}';
  facts += names;
  if (!again_) {
    seen.facts = facts;
    report_.line("M", shown + names);
  } else if (seen.facts != facts) {
    wrong("again", "differs", path, facts);
  }
  return S_ISDIR(stats.st_mode);
}

void Tree::content(int place, const Listed& listed, const std::string& path,
                   std::uint64_t size, Seen& seen, std::string& facts) {
  const File file(
      openat(place, listed.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  if (file.number < 0) {
    failed("open", path);
  } else if (again_) {
    recheck(file.number, path, seen);
  } else {
    digest(file.number, path, size, seen, facts);
  }
}

void Tree::digest(int file, const std::string& path, std::uint64_t size,
                  Seen& seen, std::string& facts) {
  room_.resize(kPiece);
  EVP_MD_CTX* state = EVP_MD_CTX_new();
  EVP_DigestInit_ex(state, EVP_sha256(), nullptr);
  std::uint64_t length = 0;
  ssize_t got = 0;
  while (length <= kLongest &&
         (got = read(file, room_.data(), room_.size())) > 0) {
    const auto bytes = static_cast<std::size_t>(got);
    EVP_DigestUpdate(state, room_.data(), bytes);
    for (std::size_t at = 0; at < bytes; at += kPage) {
      seen.pages.push_back(
          page_digest(room_.data() + at, std::min(kPage, bytes - at)));
    }
    length += bytes;
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
  unsigned used = 0;
  EVP_DigestFinal_ex(state, value.data(), &used);
  EVP_MD_CTX_free(state);
  if (got < 0) {
    failed("read", path, "at " + std::to_string(length));
  } else if (length > kLongest) {
    wrong("read", "endless", path, "");
  } else if (length != size) {
    wrong("read", "short", path, std::to_string(length));
  } else {
    seen.whole = true;
    std::string text;
    for (unsigned at = 0; at < used; ++at) {
      std::array<char, 3> digits{};
      std::snprintf(digits.data(), digits.size(), "%02x", value[at]);
      text += digits.data();
    }
    facts += quoted("sha256", text);
  }
}

void Tree::recheck(int file, const std::string& path, const Seen& seen) {
  const std::size_t count = seen.pages.size();
  if (!seen.whole || count == 0) return;
  posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM);
  // Every page once, far from the one before it; of huge files a part.
  std::size_t stride = 7919;
  while (std::gcd(stride, count) != 1) ++stride;
  std::array<char, kPage> page{};
  for (std::size_t turn = 0; turn < std::min(count, kPagesLookedAtAgain);
       ++turn) {
    const std::size_t index = count - 1 - turn * stride % count;
    const ssize_t got = pread(file, page.data(), page.size(),
                              static_cast<off_t>(index * kPage));
    if (got < 0) {
      failed("pread", path, "at " + std::to_string(index * kPage));
      return;
    }
    if (page_digest(page.data(), static_cast<std::size_t>(got)) !=
        seen.pages[index]) {
      wrong("pread", "differs", path, "at " + std::to_string(index * kPage));
      return;
    }
  }
}

std::string Tree::attributes(int place, const Listed& listed,
                             const std::string& path, bool user) {
  const std::string file = place_of(place, listed.name);
  room_.resize(kPiece);
  const ssize_t length = llistxattr(file.c_str(), room_.data(), XATTR_LIST_MAX);
  if (length < 0) failed("listxattr", path);
  std::vector<std::string> names;
  for (ssize_t at = 0; at < length;) {
    names.emplace_back(room_.data() + at);
    at += static_cast<ssize_t>(names.back().size()) + 1;
  }
  std::sort(names.begin(), names.end());
  std::string out;
  for (const std::string& name : names) {
    if (!user && name.starts_with("user.")) continue;
    const ssize_t size =
        lgetxattr(file.c_str(), name.c_str(), room_.data(), XATTR_SIZE_MAX);
    if (size < 0) {
      failed("getxattr", path, encode(name));
      continue;
    }
    const std::string value(room_.data(), static_cast<std::size_t>(size));
    out += (out.empty() ? R"(,"xattrs":{")" : ",\"") + encode(name) + "\":\"" +
           base64(value) + '"';
  }
  return out.empty() ? out : out + '}';
}

}  // namespace guest
