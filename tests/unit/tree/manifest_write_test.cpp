// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/manifest_write.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <vector>

#include "image/memory_source.h"
#include "support/hex.h"
#include "support/matchers.h"

namespace erofs::tree {
namespace {

using test::IsIo;
using test::Succeeds;

// Zeros of any length that fail from byte `bad` on; remembers how much was
// asked for at once.
class Zeros final : public image::Source {
 public:
  explicit Zeros(std::uint64_t size, std::uint64_t bad = ~std::uint64_t{0})
      : size_(size), bad_(bad) {}
  std::uint64_t size() const noexcept override { return size_; }
  Status read(std::uint64_t offset, MutableBytes out) const override {
    largest_ = std::max(largest_, out.size());
    if (offset + out.size() > bad_) return io_fault({0, bad_}, EIO);
    out.fill_zero();
    return {};
  }
  std::size_t largest() const { return largest_; }

 private:
  std::uint64_t size_;
  std::uint64_t bad_;
  mutable std::size_t largest_ = 0;
};

Entry directory() {
  Entry entry;
  entry.path = "/";
  entry.type = Type::kDir;
  entry.mode = 0755;
  entry.uid = 1;
  entry.gid = 2;
  entry.nlink = 3;
  entry.size = 131;
  entry.ino = 36;
  entry.mtime_sec = -5;
  entry.mtime_nsec = 7;
  return entry;
}

std::string line_of(const Entry& entry) {
  const auto line = manifest_line(entry);
  EXPECT_THAT(line, Succeeds());
  return line.value_or(std::string());
}

TEST(ManifestLine, HasItsKeysInOrder) {
  EXPECT_EQ(line_of(directory()),
            "{\"path\":\"/\",\"type\":\"dir\",\"mode\":\"0755\",\"uid\":1,"
            "\"gid\":2,\"nlink\":3,\"size\":131,\"ino\":36,\"mtime_sec\":-5,"
            "\"mtime_nsec\":7}\n");
}

TEST(ManifestLine, WritesTheModeWithFourDigits) {
  Entry entry = directory();
  entry.mode = 0;
  EXPECT_NE(line_of(entry).find("\"mode\":\"0000\""), std::string::npos);
  entry.mode = 07777;
  EXPECT_NE(line_of(entry).find("\"mode\":\"7777\""), std::string::npos);
}

TEST(ManifestLine, EncodesWhatIsNotPlain) {
  Entry entry = directory();
  entry.type = Type::kLnk;
  entry.path = std::string("/a b\"%\\\xff\0z", 10);
  entry.target = "x\ny";
  const std::string line = line_of(entry);
  EXPECT_NE(line.find("{\"path\":\"/a%20b%22%25%5C%FF%00z\","),
            std::string::npos)
      << line;
  EXPECT_NE(line.find(",\"target\":\"x%0Ay\"}\n"), std::string::npos) << line;
}

TEST(ManifestLine, GivesDeviceNumbersToDevicesOnly) {
  Entry entry = directory();
  entry.rdev_major = 8;
  entry.rdev_minor = 17;
  EXPECT_EQ(line_of(entry).find("rdev"), std::string::npos);
  for (const Type type : {Type::kChr, Type::kBlk}) {
    entry.type = type;
    EXPECT_NE(line_of(entry).find("\"mtime_nsec\":7,\"rdev\":[8,17]}\n"),
              std::string::npos);
  }
}

TEST(ManifestLine, SortsXattrsByNameAndEncodesValues) {
  Entry entry = directory();
  entry.xattrs = {{"user.b", ""},
                  {"user.a c", std::string("\0\1", 2)},
                  {"security.x", "abc"}};
  EXPECT_NE(line_of(entry).find(",\"xattrs\":{\"security.x\":\"YWJj\","
                                "\"user.a%20c\":\"AAE=\",\"user.b\":\"\"}}\n"),
            std::string::npos);
}

TEST(ManifestLine, HashesContent) {
  const image::MemorySource empty{ByteView()};
  const image::MemorySource abc(ByteView::of_text("abc"));
  Entry entry = directory();
  entry.type = Type::kReg;
  entry.content = &empty;
  EXPECT_NE(line_of(entry).find(
                ",\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934"
                "ca495991b7852b855\"}\n"),
            std::string::npos);
  entry.content = &abc;
  EXPECT_NE(line_of(entry).find(
                "\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9c"
                "b410ff61f20015ad\""),
            std::string::npos);
}

TEST(ManifestLine, ReadsLargeContentInPieces) {
  // One byte over a piece, so that the last piece is a short one.
  const Zeros zeros((std::uint64_t{1} << 20) + 1);
  Entry entry = directory();
  entry.type = Type::kReg;
  entry.content = &zeros;
  EXPECT_NE(line_of(entry).find(
                "\"sha256\":\"2cb74edba754a81d121c9db6833704a8e7d417e5b13d1a19f"
                "4a52f007d644264\""),
            std::string::npos)
      << line_of(entry);
  EXPECT_EQ(zeros.largest(), std::size_t{1} << 20);
}

TEST(ManifestLine, HandsOnWhatContentFaultsWith) {
  const Zeros zeros(std::uint64_t{3} << 20, std::uint64_t{2} << 20);
  Entry entry = directory();
  entry.content = &zeros;
  EXPECT_THAT(manifest_line(entry), IsIo(std::uint64_t{2} << 20, EIO));
}

}  // namespace
}  // namespace erofs::tree
