// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CONFINE_CONFINE_H_
#define EROFS_CONFINE_CONFINE_H_

namespace erofs::confine {

// What a process still has to do once its files are open.
struct Needs {
  static constexpr int kNowhere = -1;

  bool writes = false;         // makes files; else only reads what is open
  int directory = kNowhere;    // open: where files may be made, if anywhere
  bool special_files = false;  // devices, fifos and sockets too
};

// What the kernel holds a process to.
struct Held {
  bool calls = false;  // to a list of system calls (seccomp)
  bool paths = false;  // to the files of Needs, whatever the call (Landlock)
};

// What confine() would do here.
[[nodiscard]] Held offered() noexcept;

// Confines this process for good, as far as the kernel can: no new
// privileges, no program is started, no process made, no socket, and no file
// is opened but below the directory of `needs`. What is open stays open, and
// threads can be made. Calls that are not allowed fail as if the kernel did
// not have them.
//
// Threads that run already are held to the calls, not to the paths.
[[nodiscard]] Held confine(const Needs& needs) noexcept;

// Confines a process that writes further, to a directory it made since; false
// where the kernel cannot.
[[nodiscard]] bool narrow(const Needs& needs) noexcept;

}  // namespace erofs::confine

#endif  // EROFS_CONFINE_CONFINE_H_
