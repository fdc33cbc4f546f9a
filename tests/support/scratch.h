// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_SUPPORT_SCRATCH_H_
#define EROFS_SUPPORT_SCRATCH_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace erofs::test {

// A directory of the host that ends with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = std::filesystem::temp_directory_path() / "erofs-XXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string path(const std::string& name = {}) const {
    return name.empty() ? path_ : path_ + '/' + name;
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // What lstat(2) tells of it; all zero where it is not there.
  [[nodiscard]] struct stat stat(const std::string& name = {}) const {
    struct stat found {};
    if (::lstat(path(name).c_str(), &found) != 0) found = {};
    return found;
  }
  [[nodiscard]] bool exists(const std::string& name) const {
    struct stat found {};
    return ::lstat(path(name).c_str(), &found) == 0;
  }

 private:
  std::string path_;
};

}  // namespace erofs::test

#endif  // EROFS_SUPPORT_SCRATCH_H_
