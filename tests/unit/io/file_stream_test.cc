// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Writes whose reader does not read.
#include "io/file_stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>

#include "base/fd.h"

namespace nettrace {
namespace {

struct Pipe {
  Pipe() {
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0) std::abort();
    reader = Fd(fds[0]);
    writer = Fd(fds[1]);
  }
  Fd reader, writer;
};

const std::string more_than_a_pipe_holds(1 << 20, 'x');

class WriteAll : public testing::Test {
 protected:
  ~WriteAll() override { limit_writes({}); }

  Pipe pipe_;
};

TEST_F(WriteAll, TakesOffWhatWasWritten) {
  std::string_view bytes = "one line\n";
  const auto written = write_all(pipe_.writer.get(), bytes, "a pipe");
  ASSERT_TRUE(written);
  EXPECT_TRUE(*written);
  EXPECT_EQ(bytes, "");
}

TEST_F(WriteAll, GivesUpWhileItIsBlocked) {
  int asked = 0;
  limit_writes([&] { return ++asked > 2; });
  std::string_view bytes = more_than_a_pipe_holds;
  const auto written = write_all(pipe_.writer.get(), bytes, "a pipe");
  ASSERT_TRUE(written);
  EXPECT_TRUE(*written);
  EXPECT_GT(bytes.size(), 0u);
  EXPECT_LT(bytes.size(), more_than_a_pipe_holds.size());  // what the pipe holds was written
  EXPECT_EQ(asked, 3);
}

TEST_F(WriteAll, GoesOnWhenItsReaderDoes) {
  limit_writes([] { return false; });
  size_t read_bytes = 0;
  std::thread reader([&] {
    char chunk[4096];
    for (ssize_t size = 0; (size = read(pipe_.reader.get(), chunk, sizeof(chunk))) > 0;) {
      read_bytes += static_cast<size_t>(size);
    }
  });
  std::string_view bytes = more_than_a_pipe_holds;
  const auto written = write_all(pipe_.writer.get(), bytes, "a pipe");
  pipe_.writer = Fd();
  reader.join();
  ASSERT_TRUE(written);
  EXPECT_TRUE(*written);
  EXPECT_EQ(bytes, "");
  EXPECT_EQ(read_bytes, more_than_a_pipe_holds.size());
}

TEST_F(WriteAll, SignalsArriveMeanwhile) {
  static volatile std::sig_atomic_t arrived = 0;
  arrived = 0;
  struct sigaction action {};
  action.sa_handler = [](int) { arrived = 1; };
  sigaction(SIGUSR1, &action, nullptr);
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  raise(SIGUSR1);
  limit_writes([] { return arrived != 0; });
  std::string_view bytes = more_than_a_pipe_holds;
  EXPECT_TRUE(write_all(pipe_.writer.get(), bytes, "a pipe"));
  EXPECT_EQ(arrived, 1);
  EXPECT_EQ(bytes.size(), more_than_a_pipe_holds.size());
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST_F(WriteAll, AReaderThatHasGoneIsNoError) {
  std::signal(SIGPIPE, SIG_IGN);
  pipe_.reader = Fd();
  std::string_view bytes = "x";
  const auto written = write_all(pipe_.writer.get(), bytes, "a pipe");
  ASSERT_TRUE(written);
  EXPECT_FALSE(*written);
}

}  // namespace
}  // namespace nettrace
