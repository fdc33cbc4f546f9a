// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_RUNNER_SUITE_H_
#define EROFS_RUNNER_SUITE_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace conformance {

enum class Verdict { kValid, kAdvisory, kInvalid, kMalformed, kUnsupported };

// One line of the index that is a test.
struct Vector {
  std::string name;  // path as the index has it
  std::filesystem::path image;
  std::filesystem::path manifest;  // empty where there is none
  Verdict verdict = Verdict::kValid;
  std::string rule;                    // empty for valid ones
  std::vector<std::string> also;       // further rules that may be reported
  std::vector<std::string> arguments;  // --device=, --offset=; paths resolved
  // The first version of Linux that mounts it as "6.12"; empty for none.
  std::string linux_since;
};

struct Suite {
  std::vector<Vector> vectors;
  // What is wrong with the index itself: unreadable, empty, a file that is
  // missing or is not the one that was listed.
  std::vector<std::string> faults;
  // True where the index says who produced each image.
  bool has_provenance = false;
};

// Reads an index and verifies every file in it. Compressed files (.zst) are
// unpacked into the folder "scratch" first; their digests are those of the
// unpacked bytes.
[[nodiscard]] Suite load_suite(const std::filesystem::path& index,
                               const std::filesystem::path& scratch);

// Expected failures: lines "mode<TAB>path<TAB>reason"; "#" begins a comment.
using Known = std::map<std::string, std::string>;  // path -> reason
[[nodiscard]] Known load_known(const std::filesystem::path& file,
                               const std::string& mode,
                               std::vector<std::string>& faults);

// The whole file, or nothing and false.
[[nodiscard]] bool read_file(const std::filesystem::path& path,
                             std::string& text);

}  // namespace conformance

#endif  // EROFS_RUNNER_SUITE_H_
