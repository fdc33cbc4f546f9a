// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "extract/to_host.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <memory>
#include <utility>

#include "extract/all_paths.h"
#include "extract/facts.h"
#include "extract/hard_links.h"
#include "extract/host_directory.h"
#include "extract/host_files.h"
#include "extract/host_folders.h"

namespace erofs::extract {
namespace {

constexpr mode_t kSetIdBits = S_ISUID | S_ISGID | S_ISVTX;
// Descriptors that are no files being filled: folders, image, standard ones.
constexpr std::uint64_t kOtherFiles = 96;

mode_t type_bits(tree::Type type) noexcept {
  switch (type) {
    case tree::Type::kChr:
      return S_IFCHR;
    case tree::Type::kBlk:
      return S_IFBLK;
    case tree::Type::kFifo:
      return S_IFIFO;
    default:
      return S_IFSOCK;
  }
}

// What kind of thing is left out where special files are.
std::optional<Left> special(tree::Type type) noexcept {
  switch (type) {
    case tree::Type::kChr:
    case tree::Type::kBlk:
      return Left::kDevice;
    case tree::Type::kFifo:
      return Left::kFifo;
    case tree::Type::kSock:
      return Left::kSocket;
    default:
      return std::nullopt;
  }
}

class Extraction {
 public:
  Extraction(const read::Volume& volume, const HostOptions& options,
             Budget& budget, work::Crew& crew, LeftOut& left_out)
      : volume_(volume),
        options_(options),
        budget_(budget),
        left_out_(left_out),
        budgets_(budget.limits()),
        files_(crew, {volume, budgets_, options.rights, left_out, failures_,
                      options.open_files -
                          std::min(options.open_files, kOtherFiles)}) {}

  std::optional<Stop> run(Fd root) {
    root_ = std::move(root);
    const Status walked = walk();
    files_.wait();
    if (!walked && !host_) note(Failure{walked.error(), nullptr});
    if (const auto first = failures_.get()) {
      return Stop{first->failure, first->path};
    }
    const Done done = folders_->finish();
    if (done) return std::nullopt;
    return Stop{done.error(), {}};
  }

 private:
  Status walk() {
    return all_paths(volume_, budget_,
                     [this](const read::Visit& visit) { return add(visit); });
  }

  Status add(const read::Visit& visit) {
    ++order_;
    if (options_.progress) options_.progress(order_);
    path_ = visit.path;
    EROFS_ASSIGN(tree::Entry entry, facts(volume_, visit, budget_));
    if (visit.depth == 0) return begin(std::move(entry));
    EROFS_TRY(budgets_.charge(budget_, visit.node.at));
    const Done done = make(visit, std::move(entry));
    if (!done) note(done.error());
    EROFS_TRY(charge_folders(visit.node.at));
    // A job may have failed meanwhile; what it says comes first.
    if (!failures_.any()) return {};
    host_ = true;
    return io_fault(visit.node.at, ECANCELED);
  }

  // Charges for what is kept of directories meanwhile.
  Status charge_folders(Place where) {
    const std::uint64_t held = folders_->held();
    if (held > charged_) EROFS_TRY(budget_.memory(held - charged_, where));
    if (held < charged_) budget_.release_memory(charged_ - held);
    charged_ = held;
    return {};
  }

  Status begin(tree::Entry entry) {
    restrict(entry);
    folders_.emplace(std::move(root_), std::move(entry), options_.rights,
                     [this](const tree::Entry& folder, unsigned refusals) {
                       left_out_.add(Left::kXattr, order_, folder.path,
                                     refusals);
                     });
    return {};
  }

  Done make(const read::Visit& visit, tree::Entry entry) {
    const auto parent =
        folders_->parent_of(entry.path, static_cast<std::size_t>(visit.depth));
    if (!parent) return tl::unexpected<Failure>(parent.error());
    const std::string name = folders_->name_of(entry.path);
    if (entry.type == tree::Type::kDir) {
      restrict(entry);
      Done done =
          make_directory(*parent, name, creation_mode(entry, options_.rights));
      if (done) folders_->expect(std::move(entry));
      return done;
    }
    const auto kind = special(entry.type);
    if (kind && !options_.rights.special) {
      left_out_.add(*kind, order_, entry.path);
      return {};
    }
    if (entry.nlink > 1) {
      const auto linked = link(visit, *parent, name);
      if (!linked) return tl::unexpected<Failure>(linked.error());
      if (*linked) return {};
    }
    restrict(entry);
    return make_inode(visit, *parent, name, std::move(entry));
  }

  // Whether the path became another name of a file that exists.
  Attempt<bool> link(const read::Visit& visit, int parent,
                     const std::string& name) {
    const auto first = links_.find(visit.node.nid);
    if (!first) return remember(visit, name);
    Done done;
    if (first->folder == folders_->folder()) {
      done = make_link(parent, first->name, parent, name);
    } else {
      const auto from = folders_->open(first->folder);
      if (!from) return tl::unexpected<Failure>(from.error());
      done = make_link(from->get(), first->name, parent, name);
    }
    if (done) return true;
    if (done.error().fault.value != EMLINK) {
      return tl::unexpected<Failure>(done.error());
    }
    links_.forget(visit.node.nid);  // full: the rest get a file of their own
    return remember(visit, name);
  }

  Attempt<bool> remember(const read::Visit& visit, const std::string& name) {
    const Status added =
        links_.add(visit.node.nid, visit.node.inode().nlink, folders_->folder(),
                   name, visit.node.at, budget_);
    if (!added) return faulty(added.error());
    return false;
  }

  Done make_inode(const read::Visit& visit, int parent, const std::string& name,
                  tree::Entry entry) {
    if (entry.type == tree::Type::kReg) {
      const mode_t mode = creation_mode(entry, options_.rights);
      auto fd = make_file(parent, name, mode);
      if (!fd) return tl::unexpected<Failure>(fd.error());
      NewFile file;
      file.fd = std::move(*fd);
      file.mode = mode;
      file.entry = std::move(entry);
      file.node = visit.node;
      file.order = order_;
      const Status filled = files_.fill(std::move(file), budget_);
      if (!filled) return faulty(filled.error());
      return {};
    }
    const bool symlink = entry.type == tree::Type::kLnk;
    const Done made =
        symlink ? make_symlink(parent, name, entry.target)
                : make_node(parent, name, type_bits(entry.type) | S_IRUSR,
                            makedev(entry.rdev_major, entry.rdev_minor));
    if (!made) return made;
    const auto refusals = restore_at(parent, name, entry, options_.rights);
    if (!refusals) return tl::unexpected<Failure>(refusals.error());
    if (*refusals != 0) {
      left_out_.add(Left::kXattr, order_, entry.path, *refusals);
    }
    return {};
  }

  // Takes from an entry what is not to be restored, and says so.
  void restrict(tree::Entry& entry) {
    const Rights& rights = options_.rights;
    if (!rights.set_id && entry.type != tree::Type::kDir &&
        entry.type != tree::Type::kLnk && (entry.mode & kSetIdBits) != 0) {
      entry.mode &= static_cast<std::uint16_t>(~kSetIdBits);
      left_out_.add(Left::kSetId, order_, entry.path);
    }
    if (!rights.privileged_xattrs) {
      const std::uint64_t dropped =
          std::erase_if(entry.xattrs, [](const auto& attribute) {
            return is_privileged_xattr(attribute.first);
          });
      if (dropped != 0) {
        left_out_.add(Left::kPrivilegedXattr, order_, entry.path, dropped);
      }
    }
    if (rights.tell_owners && !rights.owners &&
        (entry.uid != rights.uid || entry.gid != rights.gid)) {
      left_out_.add(Left::kOwner, order_, entry.path);
    }
  }

  // Behind all that jobs may say of this path's content.
  void note(const Failure& failure) {
    host_ = true;
    failures_.add(failure, {order_, std::numeric_limits<std::uint64_t>::max()},
                  path_);
  }

  const read::Volume& volume_;
  const HostOptions& options_;
  Budget& budget_;
  LeftOut& left_out_;
  JobBudgets budgets_;
  FirstFailure failures_;
  HostFiles files_;
  HardLinks links_;
  Fd root_;
  std::optional<HostFolders> folders_;
  std::uint64_t charged_ = 0;  // for folders_
  std::uint64_t order_ = 0;
  std::string path_;   // visited last
  bool host_ = false;  // the walk ended for a failure that is noted
};

// What is made in the directory shall belong to this process, also where the
// host takes the group of the directory.
Done own(const Fd& root, const Rights& rights) {
  struct stat found {};
  if (::fstat(root.get(), &found) != 0) return refused("look at", errno);
  if (found.st_uid == rights.uid && found.st_gid == rights.gid) return {};
  if (!rights.owners) return {};
  if (::fchown(root.get(), rights.uid, rights.gid) == 0) return {};
  return refused("change the owner of", errno);
}

}  // namespace

std::optional<Stop> to_host(const read::Volume& volume,
                            const std::string& directory,
                            const HostOptions& options, Budget& budget,
                            work::Crew& crew, LeftOut& left_out) {
  // An image that Linux does not mount leaves no directory behind.
  const Status mountable = volume.mountable();
  if (!mountable) return Stop{Failure{mountable.error(), nullptr}, {}};
  auto root = open_root(directory);
  if (!root) return Stop{root.error(), {}};
  if (options.entered) options.entered(root->get());
  const Done owned = own(*root, options.rights);
  if (!owned) return Stop{owned.error(), {}};
  return Extraction(volume, options, budget, crew, left_out)
      .run(std::move(*root));
}

}  // namespace erofs::extract
