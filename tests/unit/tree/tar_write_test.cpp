// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/tar_write.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <clocale>
#include <string>
#include <vector>

#include "image/memory_source.h"
#include "support/matchers.h"

namespace erofs::tree {
namespace {

using test::IsIo;
using test::Succeeds;

Entry entry(const std::string& path, Type type) {
  Entry out;
  out.path = path;
  out.type = type;
  out.mode = 0640;
  out.uid = 12;
  out.gid = 4000000000;
  out.mtime_sec = 1000;
  return out;
}

std::string archived(const std::vector<Entry>& entries) {
  std::string text;
  auto writer = TarWriter::open([&](ByteView piece) {
    text += piece.text();
    return 0;
  });
  EXPECT_THAT(writer, Succeeds());
  for (const Entry& each : entries) {
    EXPECT_THAT((*writer)->add(each), Succeeds()) << each.path;
  }
  EXPECT_THAT((*writer)->finish(), Succeeds());
  return text;
}

// Reads an archive back, as any other program would.
class Reader {
 public:
  explicit Reader(std::string text) : text_(std::move(text)) {
    std::setlocale(LC_CTYPE, "C.UTF-8");  // for names in UTF-8
    archive_read_support_format_tar(handle_);
    EXPECT_EQ(archive_read_open_memory(handle_, text_.data(), text_.size()),
              ARCHIVE_OK);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { archive_read_free(handle_); }

  archive_entry* next() {
    archive_entry* entry = nullptr;
    const int found = archive_read_next_header(handle_, &entry);
    return found == ARCHIVE_OK || found == ARCHIVE_WARN ? entry : nullptr;
  }
  std::string content() {
    std::string text(1 << 20, '\0');
    const auto got = archive_read_data(handle_, text.data(), text.size());
    EXPECT_GE(got, 0);
    text.resize(static_cast<std::size_t>(got));
    return text;
  }

 private:
  std::string text_;
  archive* handle_ = archive_read_new();
};

TEST(TarWriter, CarriesTheFactsOfAFile) {
  const image::MemorySource source(ByteView::of_text("hello"));
  Entry file = entry("/d/file", Type::kReg);
  file.mode = 06751;
  file.mtime_nsec = 123456789;
  file.size = 5;
  file.content = &source;
  file.xattrs = {{"user.a", std::string("x\0y", 3)}, {"trusted.b", ""}};
  Reader reader(archived({entry("/", Type::kDir), file}));
  archive_entry* root = reader.next();
  ASSERT_NE(root, nullptr);
  EXPECT_STREQ(archive_entry_pathname(root), "./");
  archive_entry* found = reader.next();
  ASSERT_NE(found, nullptr);
  EXPECT_STREQ(archive_entry_pathname(found), "./d/file");
  EXPECT_EQ(archive_entry_perm(found), 06751U);
  EXPECT_EQ(archive_entry_uid(found), 12);
  EXPECT_EQ(archive_entry_gid(found), 4000000000);
  EXPECT_EQ(archive_entry_mtime(found), 1000);
  EXPECT_EQ(archive_entry_mtime_nsec(found), 123456789);
  EXPECT_EQ(archive_entry_xattr_count(found), 2);
  EXPECT_EQ(reader.content(), "hello");
  EXPECT_EQ(reader.next(), nullptr);
}

TEST(TarWriter, CarriesEveryType) {
  Entry link = entry("/l", Type::kLnk);
  link.target = std::string(300, 't');
  Entry device = entry("/c", Type::kChr);
  device.rdev_major = 259;
  device.rdev_minor = 70000;
  Entry again = entry("/m", Type::kLnk);
  again.same_as = "/l";
  Reader reader(archived({device, link, again, entry("/p", Type::kFifo)}));
  archive_entry* found = reader.next();
  EXPECT_EQ(archive_entry_filetype(found), unsigned{AE_IFCHR});
  EXPECT_EQ(archive_entry_rdevmajor(found), 259U);
  EXPECT_EQ(archive_entry_rdevminor(found), 70000U);
  found = reader.next();
  EXPECT_EQ(archive_entry_symlink(found), link.target);
  found = reader.next();
  EXPECT_STREQ(archive_entry_hardlink(found), "./l");
  found = reader.next();
  EXPECT_EQ(archive_entry_filetype(found), unsigned{AE_IFIFO});
}

TEST(TarWriter, CarriesNamesOfAnyLengthAndBytes) {
  const std::string odd = "/\xff\n\"\x01";
  const std::string deep =
      "/" + std::string(255, 'a') + "/" + std::string(255, 'b') + "/\xc3\xa4";
  Reader reader(archived({entry(odd, Type::kReg), entry(deep, Type::kReg)}));
  EXPECT_EQ(archive_entry_pathname(reader.next()), "." + odd);
  EXPECT_EQ(archive_entry_pathname(reader.next()), "." + deep);
}

TEST(TarWriter, StoresNoHoles) {
  std::string content(1 << 19, '\0');
  content += std::string(5000, 'd') + std::string(1 << 19, '\0');
  const image::MemorySource source(ByteView::of_text(content));
  Entry file = entry("/sparse", Type::kReg);
  file.size = content.size();
  file.content = &source;
  file.holes = {{0, 1 << 19}, {(1 << 19) + 5000, content.size()}};
  const std::string archive = archived({file});
  EXPECT_LT(archive.size(), 40000U);
  Reader reader(archive);
  archive_entry* found = reader.next();
  EXPECT_EQ(archive_entry_size(found),
            static_cast<std::int64_t>(content.size()));
  EXPECT_STREQ(archive_entry_pathname(found), "./sparse");
}

TEST(TarWriter, StoresNothingOfAFileThatIsAHole) {
  const std::string content(100000, '\0');
  const image::MemorySource source(ByteView::of_text(content));
  Entry file = entry("/sparse", Type::kReg);
  file.size = content.size();
  file.content = &source;
  file.holes = {{0, content.size()}};
  EXPECT_LT(archived({file}).size(), 30000U);
}

TEST(TarWriter, GivesTheSameBytesEachTime) {
  const std::vector<Entry> entries = {entry("/", Type::kDir),
                                      entry("/\xc3\xa4", Type::kFifo)};
  const std::string archive = archived(entries);
  EXPECT_EQ(archive, archived(entries));
  EXPECT_EQ(archive.size() % 10240, 0U);
}

TEST(TarWriter, EndsWhereTheSinkFails) {
  const std::string content(1 << 21, 'x');
  const image::MemorySource source(ByteView::of_text(content));
  Entry file = entry("/f", Type::kReg);
  file.size = content.size();
  file.content = &source;
  auto writer = TarWriter::open([](ByteView) { return ENOSPC; });
  ASSERT_THAT(writer, Succeeds());
  EXPECT_THAT((*writer)->add(file), IsIo(0, ENOSPC));
}

TEST(TarWriter, EndsWhereTheSinkFailsAtTheClose) {
  int calls = 0;
  auto writer = TarWriter::open([&](ByteView) {
    ++calls;
    return EIO;
  });
  ASSERT_THAT(writer, Succeeds());
  ASSERT_THAT((*writer)->add(entry("/", Type::kDir)), Succeeds());
  EXPECT_THAT((*writer)->finish(), IsIo(0, EIO));
  EXPECT_EQ(calls, 1);
}

// The library would fill the entry up, which nobody lives to see.
TEST(TarWriter, LeavesALongEntryAtOnce) {
  class Endless final : public image::Source {
   public:
    std::uint64_t size() const noexcept override {
      return std::uint64_t{1} << 61;
    }
    Status read(std::uint64_t offset, MutableBytes) const override {
      return io_fault({0, offset}, EIO);
    }
  } endless;
  Entry file = entry("/f", Type::kReg);
  file.size = endless.size();
  file.content = &endless;
  std::uint64_t bytes = 0;
  auto writer = TarWriter::open([&](ByteView piece) {
    bytes += piece.size();
    return 0;
  });
  ASSERT_THAT(writer, Succeeds());
  EXPECT_THAT((*writer)->add(file), IsIo(0, EIO));
  writer->reset();
  EXPECT_EQ(bytes, 0U);
}

TEST(TarWriter, HandsOnWhatContentFaultsWith) {
  class Broken final : public image::Source {
   public:
    std::uint64_t size() const noexcept override { return 10; }
    Status read(std::uint64_t offset, MutableBytes) const override {
      return io_fault({0, offset}, EIO);
    }
  } broken;
  Entry file = entry("/f", Type::kReg);
  file.size = 10;
  file.content = &broken;
  auto writer = TarWriter::open([](ByteView) { return 0; });
  ASSERT_THAT(writer, Succeeds());
  EXPECT_THAT((*writer)->add(file), IsIo(0, EIO));
}

}  // namespace
}  // namespace erofs::tree
