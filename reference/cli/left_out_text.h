// SPDX-License-Identifier: Apache-2.0 OR MIT
#ifndef EROFS_CLI_LEFT_OUT_TEXT_H_
#define EROFS_CLI_LEFT_OUT_TEXT_H_

#include <string>

#include "extract/left_out.h"

namespace erofs::cli {

// One line on standard error for each kind of thing that was left out of
// what was made of `image`, with the first few paths.
void tell_left_out(const std::string& image, const extract::LeftOut& left_out);

}  // namespace erofs::cli

#endif  // EROFS_CLI_LEFT_OUT_TEXT_H_
