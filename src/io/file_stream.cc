// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "io/file_stream.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "base/fd.h"

namespace nettrace {
namespace {

// A descriptor that is its owner's, or a standard stream, which is not.
struct Stream {
  Fd file;
  int fd;
  std::string name;  // in messages
};

// Somebody made the descriptor non-blocking.
void wait_for(int fd, short events) {
  pollfd waiting{.fd = fd, .events = events, .revents = 0};
  poll(&waiting, 1, -1);
}

std::function<bool()> write_limit;

// As long as it lives, signals arrive, and a timer's ten times a second: they interrupt a write.
// One that arrives just before the write begins is not missed for long.
class Interruptible {
 public:
  Interruptible() {
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, &before_);
    setitimer(ITIMER_REAL, &every_tenth, nullptr);
  }
  ~Interruptible() {
    constexpr itimerval never{};
    setitimer(ITIMER_REAL, &never, nullptr);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  static constexpr timeval tenth{.tv_sec = 0, .tv_usec = 100'000};
  static constexpr itimerval every_tenth{.it_interval = tenth, .it_value = tenth};
  sigset_t before_{};
};

// Takes off `bytes` what was written; until `is_over`, which is asked before each write.
template <typename IsOver>
Result<bool> write_all(int fd, std::string_view& bytes, std::string_view name, IsOver is_over) {
  while (!bytes.empty() && !is_over()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return false;
    } else if (errno == EAGAIN) {
      wait_for(fd, POLLOUT);
    } else if (errno != EINTR) {
      return trace_error(fmt::format("cannot write to {} ({})", name, std::strerror(errno)));
    }
  }
  return true;
}

class FileSource : public ByteSource {
 public:
  explicit FileSource(Stream stream) : stream_(std::move(stream)) {}

  std::string_view name() const override { return stream_.name; }
  int fd() const override { return stream_.fd; }

  Result<size_t> read(std::span<std::byte> buffer) override {
    for (;;) {
      const ssize_t size = ::read(stream_.fd, buffer.data(), buffer.size());
      if (size >= 0) return static_cast<size_t>(size);
      if (errno == EAGAIN) {
        wait_for(stream_.fd, POLLIN);
      } else if (errno != EINTR) {
        return usage_error(fmt::format("cannot read {}: {}", stream_.name, std::strerror(errno)),
                           "name a file that nettrace -w wrote");
      }
    }
  }

 private:
  Stream stream_;
};

class FileSink : public ByteSink {
 public:
  explicit FileSink(Stream stream) : stream_(std::move(stream)) {}

  Result<bool> write(std::string_view bytes) override {
    return write_all(stream_.fd, bytes, stream_.name, [] { return false; });
  }

 private:
  Stream stream_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_for_reading(const std::string& path) {
  Stream stream{.file = Fd(), .fd = STDIN_FILENO, .name = "standard input"};
  if (path != "-") {
    stream.file = Fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!stream.file) {
      return usage_error(fmt::format("cannot open {}: {}", path, std::strerror(errno)),
                         "name a file that nettrace -w wrote");
    }
    stream.fd = stream.file.get();
    stream.name = path;
  }
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(std::move(stream)));
}

Result<std::unique_ptr<ByteSink>> open_for_writing(const std::string& path) {
  Stream stream{.file = Fd(), .fd = STDOUT_FILENO, .name = "standard output"};
  if (path != "-") {
    stream.file = Fd(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600));
    if (!stream.file) {
      return usage_error(fmt::format("cannot create {}: {}", path, std::strerror(errno)),
                         "name a file that can be written");
    }
    stream.fd = stream.file.get();
    stream.name = path;
  }
  if (isatty(stream.fd) != 0) {
    return usage_error(fmt::format("a recording is not for a terminal, and {} is one", stream.name),
                       "name a file, or pipe standard output into a program");
  }
  return std::unique_ptr<ByteSink>(std::make_unique<FileSink>(std::move(stream)));
}

Result<bool> write_all(int fd, std::string_view& bytes, std::string_view name) {
  if (!write_limit || bytes.empty()) return write_all(fd, bytes, name, [] { return false; });
  const Interruptible interruptible;
  return write_all(fd, bytes, name, write_limit);
}

void limit_writes(std::function<bool()> gives_up) {
  struct sigaction nothing {};
  nothing.sa_handler = [](int) {};  // without SA_RESTART: a write returns
  sigaction(SIGALRM, &nothing, nullptr);
  write_limit = std::move(gives_up);
}

}  // namespace nettrace
