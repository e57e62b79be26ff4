// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "render/display_model.h"

namespace nettrace {

std::string_view explain(Block::End end) {
  switch (end) {
    case Block::End::complete:
      return {};
    case Block::End::interrupted:
      return "tracing ended";
    case Block::End::silent:
      return "nothing was seen of it for too long";
    case Block::End::crowded_out:
      return "too many packets were followed";
  }
  return {};  // not reached
}

}  // namespace nettrace
