// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/programs.h"

#include <utility>

namespace nettrace {

int Programs::shared(const Copy& copy) {
  const auto found = shared_.find(copy);
  if (found != shared_.end()) return found->second;
  const int loaded = own(copy);
  if (loaded >= 0) shared_.emplace(copy, loaded);
  return loaded;
}

int Programs::own(const Copy& copy) {
  auto loaded = object_.load_variant(copy);
  if (!loaded) return -1;
  loaded_.push_back(std::move(*loaded));
  return loaded_.back().get();
}

}  // namespace nettrace
