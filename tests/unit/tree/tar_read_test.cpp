// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/tar_read.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <vector>

#include "support/matchers.h"
#include "support/scratch.h"

namespace erofs::tree {
namespace {

using test::Succeeds;

struct Member {
  std::string path;
  std::string content;
  unsigned type = AE_IFREG;
  std::function<void(archive_entry*)> more = [](archive_entry*) {};
};

// An archive of members, in some format and compressed somehow.
void pack(const std::string& path, int format, int filter,
          const std::vector<Member>& members) {
  archive* out = archive_write_new();
  archive_write_set_format(out, format);
  archive_write_add_filter(out, filter);
  ASSERT_EQ(archive_write_open_filename(out, path.c_str()), ARCHIVE_OK);
  for (const Member& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_copy_pathname(entry, member.path.c_str());
    archive_entry_set_filetype(entry, member.type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry,
                           static_cast<la_int64_t>(member.content.size()));
    member.more(entry);
    EXPECT_GE(archive_write_header(out, entry), ARCHIVE_WARN);
    archive_write_data(out, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
}

Outcome<Tree> unpacked(const test::Scratch& scratch, bool aufs = false) {
  const int file = ::open(scratch.path("tar").c_str(), O_RDONLY | O_CLOEXEC);
  Notes notes;
  auto tree = read_tar(file, {"tar", scratch.path(), aufs}, notes);
  EXPECT_TRUE(notes.empty());
  ::close(file);
  return tree;
}

std::string text_of(const Tree& tree, const std::string& path) {
  const auto id = tree.find(path);
  if (!id) return "(none)";
  const Node& node = tree.at(*id);
  if (node.content == nullptr) return {};
  std::vector<std::byte> bytes(node.size);
  EXPECT_THAT(node.content->read(0, MutableBytes(bytes)), Succeeds());
  return std::string(ByteView(bytes).text());
}

TEST(TarRead, ReadsEveryFormatAndCompression) {
  const test::Scratch scratch;
  const std::string odd = "d/\xff\xc3\xa4" + std::string(90, 'n');
  for (const int format :
       {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE,
        ARCHIVE_FORMAT_TAR_GNUTAR}) {
    for (const int filter : {ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP,
                             ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD}) {
      pack(scratch.path("tar"), format, filter,
           {{"a", "first"},
            {odd, std::string(70000, 'x')},
            {"a", "second"},
            {"h", "", AE_IFREG,
             [](archive_entry* e) { archive_entry_set_hardlink(e, "a"); }},
            {"l", "", AE_IFLNK,
             [](archive_entry* e) { archive_entry_set_symlink(e, "to"); }}});
      const auto tree = unpacked(scratch);
      ASSERT_TRUE(tree) << tree.error().where << tree.error().reason;
      EXPECT_EQ(text_of(*tree, "/a"), "second");
      EXPECT_TRUE(text_of(*tree, odd) == std::string(70000, 'x'));
      EXPECT_EQ(tree->find("/h"), tree->find("/a"));
      EXPECT_EQ(tree->at(*tree->find("/l")).target, "to");
    }
  }
}

TEST(TarRead, TellsWhereContentLies) {
  const test::Scratch scratch;
  pack(scratch.path("tar"), ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE,
       ARCHIVE_FILTER_NONE, {{std::string(300, 'p') + "/a", "0123"}});
  const std::string bytes = scratch.read("tar");
  const auto tree = unpacked(scratch);
  ASSERT_FALSE(tree);  // a part of 300 bytes
  pack(scratch.path("tar"), ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE,
       ARCHIVE_FILTER_NONE, {{std::string(200, 'p') + "/a", "0123"}});
  const auto good = unpacked(scratch);
  ASSERT_TRUE(good);
  const auto at =
      good->at(*good->find(std::string(200, 'p') + "/a")).archived_at;
  ASSERT_TRUE(at);
  EXPECT_EQ(scratch.read("tar").substr(*at, 4), "0123");
}

TEST(TarRead, KeepsHoles) {
  const test::Scratch scratch;
  std::string content(100000, '\0');
  content.replace(40960, 512, std::string(512, 'd'));
  pack(scratch.path("tar"), ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE,
       ARCHIVE_FILTER_GZIP, {{"s", content, AE_IFREG, [](archive_entry* e) {
                                archive_entry_sparse_add_entry(e, 40960, 512);
                              }}});
  const auto tree = unpacked(scratch);
  ASSERT_TRUE(tree);
  const Node& node = tree->at(*tree->find("s"));
  EXPECT_EQ(text_of(*tree, "s"), content);
  ASSERT_EQ(node.holes.size(), 2U);
  EXPECT_EQ(node.holes[0].end, 40960U);
  EXPECT_EQ(node.holes[1].begin, 41472U);
  EXPECT_FALSE(node.archived_at);
}

TEST(TarRead, KnowsAufs) {
  const test::Scratch scratch;
  pack(scratch.path("tar"), ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE,
       {{"d/.wh.x", ""}});
  EXPECT_TRUE(unpacked(scratch)->find("d/.wh.x"));
  pack(scratch.path("tar"), ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE,
       {{"d/.wh.x", "", AE_IFREG, [](archive_entry* e) {
           archive_entry_set_hardlink(e, ".wh..wh.aufs");
         }}});
  const auto tree = unpacked(scratch, true);
  ASSERT_TRUE(tree->find("d/x"));
  EXPECT_EQ(tree->at(*tree->find("d/x")).type, Type::kChr);
}

TEST(TarRead, NamesTheMemberThatIsCutOff) {
  const test::Scratch scratch;
  for (const int filter : {ARCHIVE_FILTER_NONE, ARCHIVE_FILTER_GZIP}) {
    std::string noise(50000, '\0');
    std::uint32_t state = 1;
    for (char& c : noise) {
      state = state * 1664525 + 1013904223;
      c = static_cast<char>(state >> 24);
    }
    pack(scratch.path("tar"), ARCHIVE_FORMAT_TAR_USTAR, filter,
         {{"cut", noise}});
    ASSERT_EQ(::truncate(scratch.path("tar").c_str(), 30000), 0);
    const auto tree = unpacked(scratch);
    ASSERT_FALSE(tree);
    // What is compressed is decoded ahead of the first member.
    EXPECT_EQ(tree.error().where,
              filter == ARCHIVE_FILTER_NONE ? "cut" : "tar");
  }
  scratch.write("tar", "no archive at all");
  EXPECT_FALSE(unpacked(scratch));
}

}  // namespace
}  // namespace erofs::tree
