// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/manifest_write.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/escape.h"

namespace erofs::tree {
namespace {

// Text that is collected before it is handed on.
constexpr std::size_t kPiece = std::size_t{1} << 16;
constexpr std::string_view kHexDigits = "0123456789abcdef";

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const noexcept {
    EVP_MD_CTX_free(context);
  }
};

// What libcrypto refuses is the host's failure, not the image's.
tl::unexpected<Fault> no_digest(std::uint64_t offset) {
  return io_fault({Place::kPrimary, offset}, ENOMEM);
}

std::string hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte b : bytes.span()) {
    text.push_back(kHexDigits[std::to_integer<std::size_t>(b >> 4)]);
    text.push_back(kHexDigits[std::to_integer<std::size_t>(b) % 16]);
  }
  return text;
}

// Appends `"key":` and the value to an object that is being written. Every
// string is percent- or base64-encoded, so none needs JSON's own escapes.
class Line {
 public:
  explicit Line(const TextSink& sink) : sink_(sink) {}

  void text(std::string_view key, std::string_view value) {
    begin(key);
    quote(value);
  }
  template <class Integer>
  void number(std::string_view key, Integer value) {
    begin(key);
    out_ += std::to_string(value);
  }
  void pair(std::string_view key, std::uint32_t first, std::uint32_t second) {
    begin(key);
    out_ += '[' + std::to_string(first) + ',' + std::to_string(second) + ']';
  }
  Status map(std::string_view key,
             const std::map<std::string, std::string>& values) {
    begin(key);
    out_ += '{';
    bool first = true;
    for (const auto& [name, value] : values) {
      if (!first) out_ += ',';
      first = false;
      quote(escape(name));
      out_ += ':';
      quote(base64(value));
      if (out_.size() < kPiece) continue;
      EROFS_TRY(sink_(out_));
      out_.clear();
    }
    out_ += '}';
    return {};
  }
  Status finish() {
    out_ += "}\n";
    return sink_(out_);
  }

 private:
  void begin(std::string_view key) {
    if (!first_) out_ += ',';
    first_ = false;
    quote(key);
    out_ += ':';
  }
  void quote(std::string_view value) {
    out_ += '"';
    out_ += value;
    out_ += '"';
  }

  const TextSink& sink_;
  bool first_ = true;
  std::string out_ = "{";
};

// Four digits, as a person writes the twelve bits of a mode.
std::string octal(std::uint16_t mode) {
  std::string digits;
  for (unsigned shift = 12; shift != 0;) {
    shift -= 3;
    digits += static_cast<char>('0' + ((mode >> shift) & 7));
  }
  return digits;
}

}  // namespace

Status manifest_line(const Entry& entry, const TextSink& sink) {
  Line line(sink);
  line.text("path", escape(entry.path));
  line.text("type", type_name(entry.type));
  line.text("mode", octal(entry.mode));
  line.number("uid", entry.uid);
  line.number("gid", entry.gid);
  line.number("nlink", entry.nlink);
  line.number("size", entry.size);
  line.number("ino", entry.ino);
  line.number("mtime_sec", entry.mtime_sec);
  line.number("mtime_nsec", entry.mtime_nsec);
  if (entry.type == Type::kChr || entry.type == Type::kBlk) {
    line.pair("rdev", entry.rdev_major, entry.rdev_minor);
  }
  if (entry.type == Type::kLnk) line.text("target", escape(entry.target));
  if (!entry.digest.empty()) line.text("sha256", entry.digest);
  if (!entry.xattrs.empty()) EROFS_TRY(line.map("xattrs", entry.xattrs));
  return line.finish();
}

Result<std::string> manifest_digest(const image::Source& content,
                                    MutableBytes buffer) {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  if (!context ||
      EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
    return no_digest(0);
  }
  const std::uint64_t size = content.size();
  for (std::uint64_t at = 0; at < size;) {
    const MutableBytes piece = buffer.head(size - at);
    EROFS_TRY(content.read(at, piece));
    if (EVP_DigestUpdate(context.get(), piece.span().data(), piece.size()) !=
        1) {
      return no_digest(at);
    }
    at += piece.size();
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1) {
    return no_digest(size);
  }
  const auto all = std::as_bytes(std::span(digest));
  return hex(ByteView(all).head(length));
}

}  // namespace erofs::tree
