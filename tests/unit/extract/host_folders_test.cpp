// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/host_folders.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "support/scratch.h"

namespace erofs::extract {
namespace {

using test::Scratch;

tree::Entry folder(const std::string& path, std::uint16_t mode = 0755) {
  tree::Entry entry;
  entry.path = path;
  entry.type = tree::Type::kDir;
  entry.mode = mode;
  entry.mtime_sec = 99;
  return entry;
}

std::size_t depth_of(const std::string& path) {
  return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

class Folders : public testing::Test {
 protected:
  Folders()
      : folders_(*open_root(scratch_.path("root")), folder("/", 0711), rights(),
                 [](const tree::Entry&, unsigned) {}) {}

  static Rights rights() {
    Rights rights;
    rights.uid = ::geteuid();
    rights.gid = ::getegid();
    return rights;
  }
  // What a walk does at a directory.
  void make(const std::string& path, std::uint16_t mode = 0755) {
    const auto parent = folders_.parent_of(path, depth_of(path));
    ASSERT_TRUE(parent.has_value()) << path;
    ASSERT_TRUE(make_directory(*parent, folders_.name_of(path),
                               creation_mode(folder(path, mode), rights()))
                    .has_value())
        << path;
    folders_.expect(folder(path, mode));
  }
  // What a walk does at a file.
  void touch(const std::string& path) {
    const auto parent = folders_.parent_of(path, depth_of(path));
    ASSERT_TRUE(parent.has_value()) << path;
    ASSERT_TRUE(make_file(*parent, folders_.name_of(path), 0600).has_value());
  }

  Scratch scratch_;
  HostFolders folders_;
};

TEST_F(Folders, FollowTheOrderOfRawPaths) {
  make("/a");
  make("/a-b");
  touch("/a-b/x");
  make("/a/c");
  touch("/a/c/y");
  touch("/a/d");
  make("/empty");
  touch("/z");
  ASSERT_TRUE(folders_.finish().has_value());
  for (const char* path : {"root/a-b/x", "root/a/c/y", "root/a/d", "root/z"}) {
    EXPECT_TRUE(scratch_.exists(path)) << path;
  }
  for (const char* path :
       {"root/a", "root/a-b", "root/a/c", "root/empty", "root"}) {
    EXPECT_EQ(scratch_.stat(path).st_mtim.tv_sec, 99) << path;
  }
  EXPECT_EQ(scratch_.stat("root").st_mode, S_IFDIR | 0711U);
  EXPECT_EQ(scratch_.stat("root/empty").st_mode, S_IFDIR | 0755U);
}

TEST_F(Folders, CloseAndReopenWhatIsDeep) {
  std::string path;
  for (int i = 0; i < 200; ++i) {
    path += "/d";
    make(path);
    make(path + "/c");
  }
  while (path.size() > 2) {
    touch(path + "/f");
    path.resize(path.size() - 2);
  }
  ASSERT_TRUE(folders_.finish().has_value());
  EXPECT_EQ(scratch_.stat("root/d/d/d").st_mtim.tv_sec, 99);
  EXPECT_TRUE(scratch_.exists("root/d/d/f"));
}

TEST_F(Folders, ShutWhatNobodyMayPassLast) {
  make("/shut", 0);
  make("/shut/inner", 0);
  touch("/shut/inner/f");
  make("/t");
  // A link may still lead through it.
  EXPECT_TRUE(folders_.open("/shut/inner").has_value());
  ASSERT_TRUE(folders_.finish().has_value());
  EXPECT_EQ(scratch_.stat("root/shut").st_mode, S_IFDIR | 0U);
  ::chmod(scratch_.path("root/shut").c_str(), 0700);
  EXPECT_EQ(scratch_.stat("root/shut/inner").st_mode, S_IFDIR | 0U);
  ::chmod(scratch_.path("root/shut/inner").c_str(), 0700);
}

TEST_F(Folders, OpenByPath) {
  make("/a");
  make("/a/b");
  touch("/a/b/f");
  const auto inner = folders_.open("/a/b");
  ASSERT_TRUE(inner.has_value());
  EXPECT_TRUE(make_link(inner->get(), "f", inner->get(), "g").has_value());
  EXPECT_TRUE(folders_.open("/").has_value());
  EXPECT_FALSE(folders_.open("/a/no").has_value());
}

TEST_F(Folders, DoNotGoThroughAPlantedLink) {
  make("/a");
  // Somebody puts a link in the place of a directory meanwhile.
  std::filesystem::remove(scratch_.path("root/a"));
  std::filesystem::create_directory(scratch_.path("outside"));
  std::filesystem::create_symlink(scratch_.path("outside"),
                                  scratch_.path("root/a"));
  EXPECT_FALSE(folders_.parent_of("/a/f", 2).has_value());
  EXPECT_TRUE(std::filesystem::is_empty(scratch_.path("outside")));
}

// Of deep directories the paths alone are many bytes.
TEST_F(Folders, TellWhatTheyHold) {
  const std::uint64_t root = folders_.held();
  EXPECT_GE(root, sizeof(tree::Entry));
  const std::string inner = "/" + std::string(200, 'a');
  make(inner);
  make(inner + inner);
  EXPECT_GE(folders_.held(), root + 600);
  touch("/z");
  EXPECT_EQ(folders_.held(), root);
  tree::Entry with = folder("/zz");
  with.xattrs["user.a"] = std::string(5000, 'x');
  folders_.expect(std::move(with));
  EXPECT_GE(folders_.held(), root + 5000);
}

}  // namespace
}  // namespace erofs::extract
