// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/process_mark.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("a process is known to have ended by its mark, which no other has") {
  const std::string own = process_mark();
  CHECK_FALSE(process_has_ended(own));
  CHECK(process_has_ended(own + "1"));  // a process of this number that began at another time
  const pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, nullptr, 0);
  const std::string place = own.substr(0, own.find('-') + 1);
  CHECK(process_has_ended(place + std::to_string(child) + "-1"));
  const std::string ended = "-" + std::to_string(child) + "-1", unknown = "00000000", other = "12345678";
  const std::string computer = own.substr(0, 8), start = own.substr(8, 8), container = own.substr(16, 8);
  CHECK_FALSE(process_has_ended(other + other + container + ended));  // of another computer
  CHECK_FALSE(process_has_ended(computer + start + other + ended));   // of another container
  CHECK_FALSE(process_has_ended(computer + unknown + container + ended));
  CHECK_FALSE(process_has_ended(computer + start + unknown + ended));
  CHECK_FALSE(process_has_ended("00000000" + ended));  // as older versions wrote it
  for (const char* text : {"", "-", "--", "no mark", "a-b-c"}) CHECK_FALSE(process_has_ended(text));
  CHECK_FALSE(process_has_ended(place + "-5-1"));
  CHECK_FALSE(process_has_ended(own.substr(0, own.rfind('-') + 1)));  // when it began could not be read
  // Before the computer was started anew, whatever has that number now.
  const std::string before = computer + other + container + own.substr(own.find('-'));
  CHECK(process_has_ended(before) == (computer != unknown));
  CHECK_FALSE(process_has_ended(other + before.substr(8)));
  CHECK_FALSE(process_has_ended(computer + other + other + ended));
}
