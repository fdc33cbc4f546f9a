// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef CONFORMANCE_KERNEL_GUEST_TREE_H
#define CONFORMANCE_KERNEL_GUEST_TREE_H

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace guest {

// What the guest tells its host: lines, each begun by what it is.
class Report {
 public:
  explicit Report(int port) : port_(port) {}
  // Buffers one line; `flush` sends what is buffered.
  void line(std::string_view kind, std::string_view text);
  void flush();

 private:
  int port_;
  std::string buffer_;
};

// One mounted tree, seen twice: the second time through a fresh mount, so
// that no page, inode or name of the first visit is left.
class Tree {
 public:
  explicit Tree(Report& report) : report_(report) {}
  // Lists and reads everything in order. Prints `M` and a line of the
  // canonical manifest for each path, and `E CALL ERRNO PATH [MORE]` for each
  // system call that failed.
  void visit(const char* top);
  // Starts with the last name and reads pages in an order that no readahead
  // foresees. Prints `E` where anything is not as it was.
  void revisit(const char* top);

 private:
  struct Listed {
    std::string name;
    std::uint64_t ino = 0;
    unsigned type = 0;
  };
  struct Seen {
    std::string facts;                 // all but the content
    std::vector<std::uint64_t> pages;  // a digest of each
    bool whole = false;
  };

  void walk(int place, const std::string& path, unsigned depth);
  std::vector<Listed> list(int place, const std::string& path);
  // True for a directory that was found to be one.
  bool entry(int place, const Listed& listed, const std::string& path);
  void content(int place, const Listed& listed, const std::string& path,
               std::uint64_t size, Seen& seen, std::string& facts);
  void digest(int file, const std::string& path, std::uint64_t size, Seen& seen,
              std::string& facts);
  void recheck(int file, const std::string& path, const Seen& seen);
  std::string attributes(int place, const Listed& listed,
                         const std::string& path, bool user);
  void failed(const char* call, const std::string& path,
              std::string_view more = "");
  void wrong(const char* call, const char* how, const std::string& path,
             std::string_view more);

  Report& report_;
  std::map<std::string, Seen> seen_;
  std::vector<char> room_;  // what system calls fill
  bool again_ = false;
  std::size_t entries_ = 0;
};

}  // namespace guest

#endif  // CONFORMANCE_KERNEL_GUEST_TREE_H
