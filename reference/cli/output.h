// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_OUTPUT_H_
#define EROFS_CLI_OUTPUT_H_

#include <string>
#include <string_view>

namespace erofs::cli {

// Standard output or a file, buffered. Remembers the first failure, after
// which nothing more is written.
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();  // what was not flushed is lost

  // From now on writes to the file `name`, made or emptied. False where it
  // cannot be opened; error() says why.
  bool redirect(const std::string& name);

  // False once writing has failed.
  bool write(std::string_view text);
  bool flush();
  [[nodiscard]] bool failed() const noexcept { return error_ != 0; }
  // errno of the failure, or 0.
  [[nodiscard]] int error() const noexcept { return error_; }
  // What is written to, for messages.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  static constexpr int kStandard = 1;

  void put(std::string_view text);

  std::string name_ = "standard output";
  int fd_ = kStandard;
  std::string buffer_;
  int error_ = 0;
};

// Flushes and gives `code`, or kIo where writing failed; tells why on
// standard error, except for a reader that has gone away.
[[nodiscard]] int finish(Output& out, int code);

// Writes one line "erofs-ref: TEXT" to standard error.
void complain(std::string_view text);

}  // namespace erofs::cli

#endif  // EROFS_CLI_OUTPUT_H_
