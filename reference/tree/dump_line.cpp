// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/dump_line.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

#include "tree/plain_text.h"

namespace erofs::tree {
namespace {

enum Field : std::size_t {
  kPath,
  kSize,
  kMode,
  kNlink,
  kUid,
  kGid,
  kRdev,
  kMtime,
  kPayload,
  kContent,
  kDigest,
  kXattrs,  // and all that follow
};

constexpr std::array<const char*, kXattrs> kNames = {
    "PATH", "SIZE",  "MODE",    "NLINK",   "UID",   "GID",
    "RDEV", "MTIME", "PAYLOAD", "CONTENT", "DIGEST"};

constexpr std::string_view kUnset = "-";
constexpr std::uint64_t kMost32 = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kMost64 = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kModeMost = 0177777;
constexpr std::uint64_t kNanosecondsMost = 999999999;
constexpr std::size_t kDigestDigits = 64;

std::optional<unsigned> digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

// The fields of a line: its first complaint is kept, what follows is of no
// matter.
class Parser {
 public:
  explicit Parser(std::string_view text) {
    while (true) {
      const std::size_t blank = text.find(' ');
      fields_.push_back(text.substr(0, blank));
      if (blank == std::string_view::npos) break;
      text.remove_prefix(blank + 1);
    }
    // A blank that ends the line begins no attribute.
    if (fields_.size() > kXattrs && fields_.back().empty()) fields_.pop_back();
    if (fields_.size() < kXattrs) {
      complain("has " + std::to_string(fields_.size()) +
               " fields where a dump has 11");
      fields_.resize(kXattrs);
    }
  }

  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  void complain(const std::string& what) {
    if (complaint_.empty()) complaint_ = what;
  }
  std::uint64_t number(Field field, std::uint64_t most, unsigned base = 10) {
    return number(fields_[field], field, most, base);
  }
  std::string text(Field field) {
    auto bytes = unescape_dump(fields_[field]);
    if (!bytes) complain(std::string(kNames[field]) + " has a wrong escape");
    return bytes.value_or(std::string());
  }
  std::optional<std::string> optional(Field field) {
    if (fields_[field] == kUnset) return std::nullopt;
    return text(field);
  }
  void mode(DumpLine& out) {
    std::string_view octal = fields_[kMode];
    out.link = octal.starts_with('@');
    if (out.link) octal.remove_prefix(1);
    out.mode = static_cast<std::uint32_t>(number(octal, kMode, kModeMost, 8));
  }
  void time(DumpLine& out) {
    std::string_view all = fields_[kMtime];
    const bool before = all.starts_with('-');
    if (before) all.remove_prefix(1);
    const std::size_t dot = std::min(all.find('.'), all.size());
    const auto seconds = static_cast<std::int64_t>(
        number(all.substr(0, dot), kMtime, kMost64 >> 1, 10));
    out.mtime_sec = before ? -seconds : seconds;
    const auto rest = all.substr(std::min(dot + 1, all.size()));
    out.mtime_nsec =
        static_cast<std::uint32_t>(number(rest, kMtime, kNanosecondsMost, 10));
  }
  void digest(DumpLine& out) {
    out.digest = optional(kDigest);
    if (!out.digest) return;
    const bool right = out.digest->size() == kDigestDigits &&
                       std::all_of(out.digest->begin(), out.digest->end(),
                                   [](char c) { return digit(c); });
    if (!right) complain("DIGEST is not 64 hexadecimal digits");
  }
  void xattrs(DumpLine& out) {
    std::map<std::string, std::string> sorted;
    for (std::size_t i = kXattrs; i < fields_.size(); ++i) {
      const std::string_view pair = fields_[i];
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos || equals == 0) {
        return complain("has an attribute that is no KEY=VALUE");
      }
      auto key = unescape_dump(pair.substr(0, equals));
      auto value = unescape_dump(pair.substr(equals + 1));
      if (!key || !value) return complain("an attribute has a wrong escape");
      if (key->find('\0') != std::string::npos) {
        return complain("has an attribute with a NUL byte in its name");
      }
      if (!sorted.try_emplace(*key, std::move(*value)).second) {
        return complain("has the attribute " + *key + " twice");
      }
    }
    for (auto& [key, value] : sorted) {
      out.xattrs.push_back({key, std::move(value)});
    }
  }

 private:
  std::uint64_t number(std::string_view digits, Field field, std::uint64_t most,
                       unsigned base) {
    if (const auto out = whole_number(digits, base, most)) return *out;
    complain(std::string(kNames[field]) + " is no number, or too large");
    return 0;
  }

  std::vector<std::string_view> fields_;
  std::string complaint_;
};

}  // namespace

std::optional<std::string> unescape_dump(std::string_view field) {
  std::string out;
  out.reserve(field.size());
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\') {
      out += field[i];
      continue;
    }
    if (++i == field.size()) return std::nullopt;
    switch (field[i]) {
      case '\\':
        out += '\\';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'x': {
        if (field.size() - i < 3) return std::nullopt;
        const auto high = digit(field[i + 1]);
        const auto low = digit(field[i + 2]);
        if (!high || !low) return std::nullopt;
        out += static_cast<char>(*high * 16 + *low);
        i += 2;
        break;
      }
      default:
        return std::nullopt;
    }
  }
  return out;
}

Outcome<DumpLine> parse_dump_line(std::string_view text) {
  Parser parser(text);
  DumpLine out;
  out.path = parser.text(kPath);
  parser.mode(out);
  out.payload = parser.optional(kPayload);
  if (!out.link) {
    out.size = parser.number(kSize, kMost64 >> 1);
    parser.number(kNlink, kMost64);
    out.uid = static_cast<std::uint32_t>(parser.number(kUid, kMost32));
    out.gid = static_cast<std::uint32_t>(parser.number(kGid, kMost32));
    out.rdev = parser.number(kRdev, kMost64);
    parser.time(out);
    out.content = parser.optional(kContent);
    parser.digest(out);
    parser.xattrs(out);
  }
  if (!parser.complaint().empty()) return trouble("", parser.complaint());
  return out;
}

}  // namespace erofs::tree
