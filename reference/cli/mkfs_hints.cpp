// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "cli/mkfs_hints.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/mkfs_words.h"

namespace erofs::cli {
namespace {

struct Hint {
  emit::Choice choice;
  std::regex pattern;
};

// Why the line says nothing, or an empty string.
std::string read_line(const std::string& line, const emit::Options& options,
                      Hint& hint) {
  std::istringstream words(line);
  std::string size;
  std::string word;
  words >> size >> word;
  const auto bytes = byte_count(size);
  if (!bytes || *bytes > ~std::uint32_t{0}) {
    return "'" + size + "' is no number of bytes";
  }
  if (*bytes % (std::uint64_t{1} << options.block_bits) != 0) {
    return "a cluster of " + size + " bytes is not a multiple of the block";
  }
  hint.choice.pcluster = static_cast<std::uint32_t>(*bytes);
  std::string more;
  const bool digits = !word.empty() &&
                      word.find_first_not_of("0123456789") == std::string::npos;
  if (words >> more && digits) {
    const auto index = byte_count(word);
    if (!index || *index >= options.methods.size()) {
      return "-z names no compressor of index " + word;
    }
    hint.choice.method = static_cast<std::size_t>(*index);
    word = more;
    more.clear();
    words >> more;
  }
  if (*bytes == 0) hint.choice.method = emit::Choice::kPlain;
  if (word.empty()) return "it has no pattern";
  if (!more.empty()) return "there is more than one pattern";
  try {
    hint.pattern.assign(word, std::regex::extended | std::regex::nosubs);
  } catch (const std::regex_error& error) {
    return "the pattern '" + word + "' is none: " + error.what();
  }
  return {};
}

tree::Outcome<std::vector<Hint>> read_file(const std::string& path,
                                           const emit::Options& options) {
  std::ifstream file(path);
  if (!file) return tree::trouble(path, "cannot be read", EIO);
  std::vector<Hint> hints;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start == std::string::npos || line[start] == '#') continue;
    Hint hint;
    const std::string reason = read_line(line, options, hint);
    if (!reason.empty()) {
      return tree::trouble(path + ":" + std::to_string(number), reason);
    }
    hints.push_back(std::move(hint));
  }
  return hints;
}

// What is chosen for each node, by its first name.
std::vector<emit::Choice> choices_of(const tree::Tree& tree,
                                     const std::vector<Hint>& hints) {
  const std::size_t count = tree.nodes().size();
  std::vector<emit::Choice> choices(count);
  std::vector<bool> done(count);
  std::vector<std::pair<tree::NodeId, std::string>> open = {
      {tree::Tree::kRoot, ""}};
  for (std::size_t i = 0; i < open.size(); ++i) {
    const auto [directory, prefix] = std::move(open[i]);
    for (const tree::Child& child : tree.at(directory).children) {
      const std::string path = prefix + child.name;
      if (tree.at(child.node).type == tree::Type::kDir) {
        open.emplace_back(child.node, path + "/");
        continue;
      }
      if (done[child.node]) continue;
      done[child.node] = true;
      const auto hint =
          std::find_if(hints.begin(), hints.end(), [&](const Hint& each) {
            return std::regex_search(path, each.pattern);
          });
      if (hint != hints.end()) choices[child.node] = hint->choice;
    }
  }
  return choices;
}

}  // namespace

tree::Outcome<void> read_hints(const std::string& path, const tree::Tree& tree,
                               emit::Options& options) {
  if (options.methods.empty()) {
    return tree::trouble(path, "is of no use without a compressor, -z");
  }
  const auto hints = read_file(path, options);
  if (!hints) return tl::unexpected(hints.error());
  for (const Hint& hint : *hints) {
    options.pcluster_most =
        std::max(options.pcluster_most, hint.choice.pcluster);
  }
  const auto choices = std::make_shared<const std::vector<emit::Choice>>(
      choices_of(tree, *hints));
  options.choose = [choices](const tree::Tree& /*tree*/, tree::NodeId id) {
    return (*choices)[id];
  };
  return {};
}

}  // namespace erofs::cli
