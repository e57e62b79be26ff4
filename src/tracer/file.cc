// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "tracer/file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/fd.h"
#include "tracer/builtin.h"

namespace nettrace {
namespace {

Error unreadable(const std::string& path, std::string_view why) {
  return usage_error(fmt::format("cannot read the tracer file {}: {}", path, why),
                     "name a readable tracer.json, or none for the built-in one");
}

// Whoever runs the program reads a file in a fixed place: nobody but root may write it.
enum class Place { chosen, fixed };

bool is_writable_by_others(const struct stat& status) {
  constexpr mode_t others_write = S_IWGRP | S_IWOTH;
  return status.st_uid != 0 || (status.st_mode & others_write) != 0;
}

// Reads at least one byte more than a tree may have, so that the parser refuses the text.
Result<std::string> read_text(const std::string& path, Place place) {
  const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return unreadable(path, std::strerror(errno));
  struct stat status {};
  if (fstat(file.get(), &status) != 0 || S_ISDIR(status.st_mode)) {
    return unreadable(path, "not a file");
  }
  if (place == Place::fixed && is_writable_by_others(status)) {
    return usage_error(fmt::format("the tracer file {} is writable by others than root", path),
                       fmt::format("chown root {0} && chmod go-w {0}, or name it with "
                                   "--tracer-file",
                                   path));
  }
  std::string text;
  char chunk[65536];
  while (text.size() <= max_tree_bytes) {
    const ssize_t size = read(file.get(), chunk, sizeof(chunk));
    if (size < 0) return unreadable(path, std::strerror(errno));
    if (size == 0) break;
    text.append(chunk, static_cast<size_t>(size));
  }
  return text;
}

Result<TracerTree> load(const std::string& path, Place place = Place::chosen) {
  auto text = read_text(path, place);
  if (!text) return text.error();
  return parse_tracer_tree(*text, path);
}

}  // namespace

Result<TracerTree> load_tracer_tree(const std::optional<std::string>& option) {
  if (option) return load(*option);
  const char* variable = secure_getenv("NETTRACE_TRACER_FILE");
  if (variable != nullptr && *variable != 0) return load(variable);
  for (const char* path : {"/etc/nettrace/tracer.json", "/opt/nettrace/tracer.json"}) {
    if (access(path, F_OK) == 0) return load(path, Place::fixed);
  }
  return parse_tracer_tree(builtin_tracer_json, "the built-in tracer.json");
}

}  // namespace nettrace
