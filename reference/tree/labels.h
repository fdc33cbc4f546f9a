// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_TREE_LABELS_H_
#define EROFS_TREE_LABELS_H_

#include <memory>
#include <optional>
#include <string>

#include "tree/outcome.h"
#include "tree/tree.h"

namespace erofs::tree {

// What file contexts, selabel_file(5), say of paths.
class Labels {
 public:
  // Reads them with libselinux, which is loaded for that.
  static Outcome<std::unique_ptr<Labels>> open(const std::string& file);

  Labels(const Labels&) = delete;
  Labels& operator=(const Labels&) = delete;
  Labels(Labels&&) = delete;
  Labels& operator=(Labels&&) = delete;
  ~Labels();

  // The label of a path, absolute where the tree will be mounted, of a file
  // of this mode, type included; nothing where they have none for it.
  [[nodiscard]] Outcome<std::optional<std::string>> of(const std::string& path,
                                                       unsigned mode) const;

 private:
  struct Library;

  explicit Labels(std::unique_ptr<Library> library);

  std::unique_ptr<Library> library_;
};

// Gives every file of a finished tree its label as "security.selinux", or
// takes that away: what the files had does not count. `mount_point` is where
// the root will be, "/" if empty. A file of several names has the label of
// the first. The trouble that ended it, if any.
[[nodiscard]] std::optional<Trouble> set_labels(const Labels& labels,
                                                const std::string& mount_point,
                                                Tree& tree);

}  // namespace erofs::tree

#endif  // EROFS_TREE_LABELS_H_
