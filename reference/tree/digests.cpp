// SPDX-License-Identifier: Apache-2.0 OR MIT
#include "tree/digests.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "tree/each_path.h"
#include "tree/set_xattr.h"

namespace erofs::tree {
namespace {

constexpr std::uint64_t kPiece = 1U << 20;
// A line of a listing can claim any number of zeros: those of a minute or so.
constexpr std::uint64_t kHolesMost = std::uint64_t{1} << 36;

struct Free {
  void operator()(EVP_MD_CTX* state) const { EVP_MD_CTX_free(state); }
};

// The attribute's value; the errno of what could not be read otherwise.
Result<std::string> digest_of(const Node& node, std::vector<std::byte>& piece) {
  const std::unique_ptr<EVP_MD_CTX, Free> state(EVP_MD_CTX_new());
  EVP_DigestInit_ex(state.get(), EVP_sha256(), nullptr);
  for (std::uint64_t at = 0; at < node.size; at += kPiece) {
    const MutableBytes room =
        MutableBytes(piece).head(std::min(kPiece, node.size - at));
    if (node.content) {
      EROFS_TRY(node.content->read(at, room));
    } else {
      room.fill_zero();
    }
    EVP_DigestUpdate(state.get(), room.view().span().data(), room.size());
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(state.get(), digest.data(), &length);
  std::string out("sha256:");
  for (unsigned i = 0; i < length; ++i) {
    out.push_back(static_cast<char>(digest[i]));
  }
  return out;
}

}  // namespace

std::optional<Trouble> set_digests(const std::string& name, Tree& tree) {
  std::optional<Trouble> out;
  std::vector<std::byte> piece(kPiece);
  each_path(tree, [&](NodeId id, const std::string& path) {
    Node& node = tree.at(id);
    if (node.type != Type::kReg || node.size == 0) return true;
    if (!node.content && node.size > kHolesMost) {
      out = Trouble{path, "has more than 64 GiB of holes to digest", 0};
      return false;
    }
    auto digest = digest_of(node, piece);
    if (!digest) {
      const int error = static_cast<int>(digest.error().value);
      out = Trouble{
          path, std::string("cannot be read: ") + std::strerror(error), error};
      return false;
    }
    set_xattr(node.xattrs, name, std::move(*digest));
    return true;
  });
  return out;
}

}  // namespace erofs::tree
