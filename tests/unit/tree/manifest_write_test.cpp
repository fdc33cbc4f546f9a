// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/manifest_write.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
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
  std::string line;
  const auto append = [&line](std::string_view piece) -> Status {
    line += piece;
    return {};
  };
  EXPECT_THAT(manifest_line(entry, append), Succeeds());
  return line;
}

Result<std::string> digest_of(const image::Source& content,
                              std::size_t piece = std::size_t{1} << 20) {
  std::vector<std::byte> buffer(piece);
  return manifest_digest(content, MutableBytes(buffer));
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

TEST(ManifestLine, HandsOnManyAttributesInPieces) {
  Entry entry = directory();
  for (int i = 100; i < 200; ++i) {
    entry.xattrs["user." + std::to_string(i)] = std::string(9000, 'x');
  }
  const std::string whole = line_of(entry);
  std::string line;
  std::size_t largest = 0;
  const auto append = [&](std::string_view piece) -> Status {
    line += piece;
    largest = std::max(largest, piece.size());
    return {};
  };
  ASSERT_THAT(manifest_line(entry, append), Succeeds());
  EXPECT_EQ(line, whole);
  EXPECT_GT(whole.size(), std::size_t{1} << 20);
  EXPECT_LT(largest, std::size_t{1} << 17);
  const auto refuse = [](std::string_view) -> Status {
    return io_fault({}, EPIPE);
  };
  EXPECT_THAT(manifest_line(entry, refuse), IsIo(0, EPIPE));
}

TEST(ManifestLine, TellsTheDigest) {
  Entry entry = directory();
  entry.digest = "0123";
  EXPECT_NE(line_of(entry).find(",\"mtime_nsec\":7,\"sha256\":\"0123\"}\n"),
            std::string::npos);
}

TEST(ManifestDigest, HashesContent) {
  const image::MemorySource empty{ByteView()};
  const image::MemorySource abc(ByteView::of_text("abc"));
  EXPECT_EQ(digest_of(empty),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest_of(abc),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(ManifestDigest, ReadsLargeContentInPieces) {
  // One byte over a piece, so that the last piece is a short one.
  const Zeros zeros((std::uint64_t{1} << 20) + 1);
  for (const unsigned shift : {16U, 20U}) {
    EXPECT_EQ(
        digest_of(zeros, std::size_t{1} << shift),
        "2cb74edba754a81d121c9db6833704a8e7d417e5b13d1a19f4a52f007d644264");
    EXPECT_EQ(zeros.largest(), std::size_t{1} << shift);
  }
}

TEST(ManifestDigest, HandsOnWhatContentFaultsWith) {
  const Zeros zeros(std::uint64_t{3} << 20, std::uint64_t{2} << 20);
  EXPECT_THAT(digest_of(zeros), IsIo(std::uint64_t{2} << 20, EIO));
}

}  // namespace
}  // namespace erofs::tree
