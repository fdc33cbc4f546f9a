// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/manifest_read.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "tree/held_content.h"
#include "tree/host_content.h"
#include "tree/manifest_write.h"
#include "tree/plain_text.h"

namespace erofs::tree {
namespace {

using Json = nlohmann::json;

constexpr unsigned kPermissions = 07777;
constexpr std::uint64_t kMost32 = 0xFFFFFFFF;
constexpr std::size_t kBuffer = std::size_t{1} << 18;
constexpr std::uint64_t kNanoseconds = 1000000000;

// One line: its first complaint is kept, what follows is of no matter.
class Line {
 public:
  explicit Line(const Json& object) : object_(object) {}

  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  void complain(const std::string& what) {
    if (complaint_.empty()) complaint_ = what;
  }
  [[nodiscard]] bool has(const char* key) const {
    return object_.contains(key);
  }
  // 0 where there is none.
  std::uint64_t number(const char* key, std::uint64_t most) {
    const auto found = object_.find(key);
    if (found == object_.end()) return 0;
    return number(*found, key, most);
  }
  std::uint64_t number(const Json& value, const char* key, std::uint64_t most) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) {
      complain(std::string(key) + " is no number, or too large");
      return 0;
    }
    return value.get<std::uint64_t>();
  }
  std::int64_t seconds(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end()) return 0;
    const bool fits =
        found->is_number_integer() &&
        (!found->is_number_unsigned() ||
         found->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
    if (!fits) complain(std::string(key) + " is no number, or too large");
    return fits ? found->get<std::int64_t>() : 0;
  }
  std::string text(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end() || !found->is_string()) {
      complain(std::string(key) + " is missing, or no string");
      return {};
    }
    return found->get_ref<const std::string&>();
  }
  std::string raw(const char* key) {
    auto bytes = unescape(text(key));
    if (!bytes) complain(std::string(key) + " is not percent-encoded");
    return bytes.value_or(std::string());
  }
  Type type() {
    const std::string name = text("type");
    for (const Type each : {Type::kReg, Type::kDir, Type::kLnk, Type::kChr,
                            Type::kBlk, Type::kFifo, Type::kSock}) {
      if (name == type_name(each)) return each;
    }
    complain("type is none that files have");
    return Type::kReg;
  }
  std::uint16_t mode() {
    const std::string octal = text("mode");
    unsigned mode = 0;
    bool fits = !octal.empty();
    for (const char c : octal) {
      fits = fits && c >= '0' && c <= '7';
      if (!fits) break;
      mode = mode * 8 + static_cast<unsigned>(c - '0');
      fits = mode <= kPermissions;
    }
    if (!fits) complain("mode is no octal number of 12 bits");
    return static_cast<std::uint16_t>(mode & kPermissions);
  }
  void rdev(Node& node) {
    const auto found = object_.find("rdev");
    if (found == object_.end() || !found->is_array() || found->size() != 2) {
      complain("rdev is missing, or no pair of numbers");
      return;
    }
    node.rdev_major =
        static_cast<std::uint32_t>(number((*found)[0], "rdev", kMost32));
    node.rdev_minor =
        static_cast<std::uint32_t>(number((*found)[1], "rdev", kMost32));
  }
  std::vector<Xattr> xattrs() {
    const auto found = object_.find("xattrs");
    if (found == object_.end()) return {};
    std::map<std::string, std::string> sorted;
    if (!found->is_object()) complain("xattrs is no object");
    for (const auto& [key, value] : found->items()) {
      const auto name = unescape(key);
      std::optional<std::string> bytes;
      if (value.is_string()) {
        bytes = unbase64(value.get_ref<const std::string&>());
      }
      if (!name || !bytes) {
        complain("xattrs has a pair that is not encoded");
        continue;
      }
      sorted[*name] = *bytes;
    }
    std::vector<Xattr> out;
    out.reserve(sorted.size());
    for (auto& [name, bytes] : sorted) out.push_back({name, std::move(bytes)});
    return out;
  }

 private:
  const Json& object_;
  std::string complaint_;
};

void held(Line& line, Node& node) {
  auto bytes = unbase64(line.text("data"));
  if (!bytes) return line.complain("data is no base64");
  node.content = std::make_shared<HeldContent>(std::move(*bytes));
}

void from_host(Line& line, const std::string& directory, Node& node) {
  auto content = content_at(directory, line.raw("source"));
  if (!content) {
    return line.complain(content.error().where + ": " + content.error().reason);
  }
  node.content = std::move(*content);
}

void fill(Line& line, const std::string& directory, Node& node) {
  const bool sized = line.has("size");
  node.size = line.number("size", ~std::uint64_t{0} >> 1);
  if (line.has("data") && line.has("source")) {
    return line.complain("data and source are one too many");
  }
  if (line.has("data")) held(line, node);
  if (line.has("source")) from_host(line, directory, node);
  if (!line.complaint().empty()) return;
  if (node.content == nullptr) {
    if (node.size == 0) return;
    return line.complain("has a size, but neither data nor source");
  }
  if (!sized) node.size = node.content->size();
  if (node.size != node.content->size()) {
    return line.complain("size is not that of its content");
  }
  if (!line.has("sha256")) return;
  std::vector<std::byte> buffer(kBuffer);
  const auto digest = manifest_digest(*node.content, MutableBytes(buffer));
  if (!digest) return line.complain("its content cannot be read");
  if (*digest != line.text("sha256")) {
    line.complain("sha256 is not that of its content");
  }
}

Node node_of(Line& line, const std::string& directory) {
  Node node;
  node.type = line.type();
  node.mode = line.mode();
  node.uid = static_cast<std::uint32_t>(line.number("uid", kMost32));
  node.gid = static_cast<std::uint32_t>(line.number("gid", kMost32));
  node.mtime_sec = line.seconds("mtime_sec");
  node.mtime_nsec =
      static_cast<std::uint32_t>(line.number("mtime_nsec", kNanoseconds - 1));
  if (node.type == Type::kChr || node.type == Type::kBlk) line.rdev(node);
  if (node.type == Type::kLnk) node.target = line.raw("target");
  node.xattrs = line.xattrs();
  if (node.type == Type::kReg) fill(line, directory, node);
  return node;
}

}  // namespace

Outcome<Tree> read_manifest(std::istream& lines, const std::string& directory) {
  Tree tree;
  std::map<std::pair<std::uint64_t, Type>, std::string> firsts;
  std::string text;
  for (std::uint64_t count = 1; std::getline(lines, text); ++count) {
    const std::string where = "line " + std::to_string(count);
    if (text.empty()) continue;
    const Json object = Json::parse(text, nullptr, false);
    if (!object.is_object()) return trouble(where, "is no JSON object");
    Line line(object);
    const std::string path = line.raw("path");
    const Type type = line.type();
    const std::uint64_t ino = line.number("ino", ~std::uint64_t{0});
    const bool shared =
        ino != 0 && type != Type::kDir && line.number("nlink", kMost32) > 1;
    const auto first = firsts.find({ino, type});
    Outcome<NodeId> put;
    if (shared && first != firsts.end() && line.complaint().empty()) {
      put = tree.link(path, first->second);
    } else {
      Node node = node_of(line, directory);
      if (line.complaint().empty()) put = tree.put(path, std::move(node));
      if (shared) firsts.emplace(std::pair(ino, type), path);
    }
    if (!line.complaint().empty()) return trouble(where, line.complaint());
    if (!put) {
      return trouble(where, put.error().where + ": " + put.error().reason);
    }
  }
  if (lines.bad()) return trouble("the manifest", "cannot be read", EIO);
  tree.finish();
  return tree;
}

}  // namespace erofs::tree
