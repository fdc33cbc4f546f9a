// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "read/path.h"

#include <gtest/gtest.h>

#include "format/rule_ids.gen.h"
#include "support/image_builder.h"

namespace erofs::read {
namespace {

using test::FaultsAs;
using test::ImageBuilder;
using test::IsLimit;
using test::Listed;
using test::OpenImage;
using test::Succeeds;

constexpr std::uint64_t kRoot = ImageBuilder::kRoot;
constexpr std::uint64_t kDirectory = 60;
constexpr std::uint64_t kFile = 70;
constexpr std::uint64_t kLink = 72;  // the first of some

// /d/f is a file, /l0 ... are links to the targets given.
ImageBuilder links(const std::vector<std::string>& targets) {
  ImageBuilder image;
  std::vector<Listed> root = {{"d", kDirectory}};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::string number = std::to_string(100 + i).substr(1);
    root.push_back({"l" + number, kLink + 2 * i});
    image.link(kLink + 2 * i, targets[i]);
  }
  // The listing does not fit between the other inodes.
  image.inode(kRoot, test::body(format::ModeType::kDirectory,
                                test::listing(root).size(),
                                format::Layout::kFlatPlain, 4));
  image.put(std::size_t{4} * 4096, test::listing(root));
  image.directory(kDirectory, {{"f", kFile}});
  image.file(kFile, "data");
  return image;
}

// The nid that `path` leads to, or why it leads nowhere.
std::string goes(const ImageBuilder& image, std::string_view path,
                 LastLink last = LastLink::kFollow) {
  OpenImage volume(image);
  const auto found = resolve(*volume, path, last, volume.budget);
  EXPECT_THAT(found, Succeeds());
  if (!found) return "fault";
  if (found->node) return std::to_string(found->node->nid);
  switch (found->error) {
    case PathError::kNotFound:
      return "not found";
    case PathError::kNotADirectory:
      return "not a directory";
    case PathError::kLoop:
      return "loop";
  }
  return "?";
}

TEST(Resolve, PlainPaths) {
  const ImageBuilder image = links({});
  EXPECT_EQ(goes(image, "/"), "40");
  EXPECT_EQ(goes(image, ""), "40");
  EXPECT_EQ(goes(image, "/d"), "60");
  EXPECT_EQ(goes(image, "d/f"), "70");
  EXPECT_EQ(goes(image, "//d/./f"), "70");
  EXPECT_EQ(goes(image, "/d/"), "60");
  EXPECT_EQ(goes(image, "/d/../../../d/f"), "70");
  EXPECT_EQ(goes(image, "/.."), "40");
}

TEST(Resolve, NoSuchPath) {
  const ImageBuilder image = links({});
  EXPECT_EQ(goes(image, "/x"), "not found");
  EXPECT_EQ(goes(image, "/d/x/y"), "not found");
  EXPECT_EQ(goes(image, "/d/f/x"), "not a directory");
  EXPECT_EQ(goes(image, "/d/f/"), "not a directory");
  EXPECT_EQ(goes(image, "/d/f/.."), "not a directory");
  EXPECT_EQ(goes(image, "/" + std::string(256, 'x')), "not found");
}

TEST(Resolve, LinksStayInsideTheImage) {
  const ImageBuilder image =
      links({"d", "/d/f", "../../d", "l00/f", "l03", "d/"});
  EXPECT_EQ(goes(image, "/l00/f"), "70");
  EXPECT_EQ(goes(image, "/l01"), "70");
  EXPECT_EQ(goes(image, "/l02/f"), "70");
  EXPECT_EQ(goes(image, "/l03"), "70");
  EXPECT_EQ(goes(image, "/l04"), "70");
  EXPECT_EQ(goes(image, "/l05/f"), "70");
  EXPECT_EQ(goes(image, "/l01/"), "not a directory");
}

TEST(Resolve, LastLinkMayBeKept) {
  const ImageBuilder image = links({"d", "l00"});
  EXPECT_EQ(goes(image, "/l00", LastLink::kKeep), "72");
  EXPECT_EQ(goes(image, "/l01", LastLink::kKeep), "74");
  EXPECT_EQ(goes(image, "/l01/", LastLink::kKeep), "60");
  EXPECT_EQ(goes(image, "/l01/f", LastLink::kKeep), "70");
}

TEST(Resolve, TargetsEndAtANul) {
  const ImageBuilder image =
      links({std::string("d\0x", 3), std::string("\0d", 2), "", "nowhere"});
  EXPECT_EQ(goes(image, "/l00/f"), "70");
  EXPECT_EQ(goes(image, "/l01"), "not found");
  EXPECT_EQ(goes(image, "/l02"), "not found");
  EXPECT_EQ(goes(image, "/l03"), "not found");
}

TEST(Resolve, FortyLinksAndNoMore) {
  std::vector<std::string> chain = {"d"};
  for (int i = 0; i < 40; ++i) {
    std::string name = std::to_string(100 + i);
    name[0] = 'l';
    chain.push_back(name);
  }
  const ImageBuilder image = links(chain);
  EXPECT_EQ(goes(image, "/l39"), "60");
  EXPECT_EQ(goes(image, "/l40"), "loop");
  EXPECT_EQ(goes(image, "/l40", LastLink::kKeep), "152");
  EXPECT_EQ(goes(links({"l00/x"}), "/l00"), "loop");
}

TEST(Resolve, TargetsThatLinuxCannotFollowAreALimit) {
  ImageBuilder image = links({"d"});
  image.inode(kLink, test::body(format::ModeType::kSymlink, 4096,
                                format::Layout::kFlatPlain, 5));
  OpenImage volume(image);
  EXPECT_THAT(resolve(*volume, "/l00", LastLink::kFollow, volume.budget),
              IsLimit(RuleId::limit_output_reached));
  EXPECT_THAT(resolve(*volume, "/l00", LastLink::kKeep, volume.budget),
              Succeeds());
}

TEST(Resolve, FaultsOfTheImage) {
  ImageBuilder image = links({});
  image.directory(kDirectory, {{"wild", 1 << 20}});
  OpenImage volume(image);
  EXPECT_THAT(resolve(*volume, "/d/wild", LastLink::kFollow, volume.budget),
              FaultsAs(FaultKind::kMalformed, RuleId::inode_nid_within_image));
  Budget flat({test::kUnlimited, 0, 1, 0}, format::budget_rules());
  OpenImage deep(links({}));
  EXPECT_THAT(resolve(*deep, "/d/f", LastLink::kFollow, flat),
              IsLimit(RuleId::limit_depth_reached));
}

}  // namespace
}  // namespace erofs::read
