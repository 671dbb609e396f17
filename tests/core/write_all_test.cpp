// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/write_all.hpp"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <string>
#include <thread>

namespace {

/// A signal each millisecond, which interrupts what waits.
class Alarms {
 public:
  Alarms() {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    sigaction(SIGALRM, &action, &old_);
    set(1000);
  }
  ~Alarms() {
    set(0);
    sigaction(SIGALRM, &old_, nullptr);
  }
  Alarms(const Alarms&) = delete;
  Alarms& operator=(const Alarms&) = delete;

 private:
  static void set(int microseconds) {
    const itimerval interval{{0, microseconds}, {0, microseconds}};
    setitimer(ITIMER_REAL, &interval, nullptr);
  }
  struct sigaction old_ {};
};

std::string read_slowly(int descriptor) {
  std::string all;
  std::array<char, 4096> piece{};
  for (ssize_t size = 0; (size = read(descriptor, piece.data(), piece.size())) != 0;) {
    if (size > 0) all.append(piece.data(), static_cast<std::size_t>(size));
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  return all;
}

}  // namespace

TEST_CASE("all is written, though signals let each write do a part of it, or nothing") {
  std::string text;
  for (int i = 0; text.size() < 1'000'000; ++i) text += std::to_string(i);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  std::string arrived;
  std::thread reader([&] { arrived = read_slowly(ends[0]); });
  int error = 0;
  {
    const Alarms alarms;
    error = velocal::write_all(ends[1], text);
  }
  close(ends[1]);
  reader.join();
  close(ends[0]);
  CHECK(error == 0);
  CHECK(arrived == text);
}

TEST_CASE("why it could not be written") {
  CHECK(velocal::write_all(-1, "text") == EBADF);
  CHECK(velocal::write_all(-1, "") == 0);
}
