// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_lines.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <string>

#include "format/rule_ids.gen.h"
#include "support/tree_image.h"

namespace erofs::extract {
namespace {

using test::Succeeds;

// The content itself.
Result<std::string> digest(const image::Source& content, MutableBytes buffer) {
  std::string text;
  while (text.size() < content.size()) {
    const MutableBytes piece = buffer.head(content.size() - text.size());
    EROFS_TRY(content.read(text.size(), piece));
    text += piece.view().text();
  }
  return text;
}

// The path, and the content where there is some.
Status line(const tree::Entry& entry, const LineMaker::Sink& sink) {
  EROFS_TRY(sink(entry.path + ' '));
  return sink(entry.digest + '\n');
}

struct Rendered {
  Rendered(const std::vector<test::TestNode>& nodes, unsigned jobs,
           std::uint64_t output = test::kUnlimited)
      : image(test::open_tree(nodes)) {
    LineMaker maker;
    maker.digest = [this](const image::Source& content, MutableBytes buffer) {
      ++digests;
      return digest(content, buffer);
    };
    maker.render = line;
    maker.take = [&](std::string_view part) -> Status {
      text += part;
      return {};
    };
    maker.progress = [&](std::uint64_t walked) { paths = walked; };
    Budget budget(
        {test::kUnlimited, test::kUnlimited, test::kUnlimited, output},
        format::budget_rules());
    work::Crew crew(jobs);
    ended = to_lines(*image, budget, crew, maker);
  }

  test::OpenImage image;
  Ended ended;
  std::string text;
  std::uint64_t paths = 0;
  std::atomic<int> digests = 0;
};

// More paths than a batch has.
std::vector<test::TestNode> many() {
  std::vector<test::TestNode> nodes = {test::directory({})};
  for (std::size_t i = 100; i < 180; ++i) {
    nodes[0].children.push_back({"f" + std::to_string(i), nodes.size()});
    nodes.push_back(test::file("c" + std::to_string(i)));
  }
  return nodes;
}

TEST(ToLines, KeepsTheOrderWithAnyNumberOfThreads) {
  std::string expected = "/ \n";
  for (int i = 100; i < 180; ++i) {
    const std::string number = std::to_string(i);
    expected += "/f" + number + " c" + number + '\n';
  }
  for (const unsigned jobs : {1U, 2U, 5U}) {
    const Rendered done(many(), jobs);
    EXPECT_THAT(done.ended.status, Succeeds());
    EXPECT_EQ(done.text, expected);
    EXPECT_EQ(done.ended.last, "/f179");
    EXPECT_EQ(done.paths, 81U);
  }
}

TEST(ToLines, StopsAtTheSameLimitWithAnyNumberOfThreads) {
  const Rendered one(many(), 1, 200);
  EXPECT_THAT(one.ended.status, test::IsLimit(RuleId::limit_output_reached));
  EXPECT_EQ(one.ended.last, "/f149");
  for (const unsigned jobs : {2U, 5U}) {
    const Rendered done(many(), jobs, 200);
    ASSERT_FALSE(done.ended.status.has_value());
    EXPECT_EQ(done.ended.status.error(), one.ended.status.error());
    EXPECT_EQ(done.text, one.text);
    EXPECT_EQ(done.ended.last, one.ended.last);
  }
}

TEST(ToLines, StopsWhereRenderingFaults) {
  test::OpenImage image = test::open_tree(many());
  LineMaker maker;
  maker.digest = digest;
  maker.render = [](const tree::Entry& entry,
                    const LineMaker::Sink& sink) -> Status {
    if (entry.path >= "/f160") return io_fault({}, EIO);
    return sink(entry.path);
  };
  std::string text;
  maker.take = [&](std::string_view part) -> Status {
    text += part;
    return {};
  };
  work::Crew crew(3);
  const Ended ended = to_lines(*image, image.budget, crew, maker);
  EXPECT_FALSE(ended.status.has_value());
  EXPECT_EQ(ended.last, "/f160");
  EXPECT_TRUE(text.ends_with("/f158/f159")) << text;
}

TEST(ToLines, HandsOverNothingAfterARefusal) {
  test::OpenImage image = test::open_tree(many());
  LineMaker maker;
  maker.digest = digest;
  maker.render = line;
  int taken = 0;
  maker.take = [&](std::string_view) -> Status {
    ++taken;
    return io_fault({}, EPIPE);
  };
  work::Crew crew(2);
  const Ended ended = to_lines(*image, image.budget, crew, maker);
  EXPECT_THAT(ended.status, test::IsIo(0, EPIPE));
  EXPECT_EQ(taken, 1);
}

TEST(ToLines, ReadsAFileWithSeveralNamesOnce) {
  // Names in several batches, of one file.
  std::vector<test::TestNode> nodes = {test::directory({}), test::file("once")};
  nodes[1].extended = true;
  nodes[1].edit_extended = [](format::InodeExtendedBuilder& body) {
    body.i_nlink(200);
  };
  std::string expected = "/ \n";
  for (std::size_t i = 100; i < 300; ++i) {
    nodes[0].children.push_back({"f" + std::to_string(i), 1});
    expected += "/f" + std::to_string(i) + " once\n";
  }
  for (const unsigned jobs : {1U, 4U}) {
    const Rendered done(nodes, jobs, 4);
    EXPECT_THAT(done.ended.status, Succeeds()) << "charged once";
    EXPECT_EQ(done.text, expected);
    EXPECT_EQ(done.digests, 1);
  }
}

}  // namespace
}  // namespace erofs::extract
