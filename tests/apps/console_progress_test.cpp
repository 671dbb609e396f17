// SPDX-License-Identifier: GPL-3.0-or-later
// Progress outside a terminal, and its arithmetic (checked against numbers computed by hand).
#include "shell/console_progress.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace velocal::test {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string text_of(std::FILE* file) {
  std::rewind(file);
  std::array<char, 4096> buffer{};
  return {buffer.data(), std::fread(buffer.data(), 1, buffer.size(), file)};
}

constexpr ProgressPace at_once{std::chrono::milliseconds(0), std::chrono::milliseconds(0)};

}  // namespace

TEST_CASE("progress text: share, rate and time left") {
  CHECK(progress_text(0, 200, "files", 0.0) == "0 % (0 of 200 files)");
  CHECK(progress_text(50, 200, "files", 2.0) == "25 % (50 of 200 files), 25 files/s, 6 s left");
  CHECK(progress_text(3, 200, "files", 2.0) == "1 % (3 of 200 files), 1.5 files/s, 2 min 11 s left");
  CHECK(progress_text(100, 1000000, "pixels", 10.0) == "0 % (100 of 1000000 pixels), 10 pixels/s, 27 h 46 min left");
  CHECK(progress_text(200, 200, "files", 4.0) == "100 % (200 of 200 files), 50 files/s, 0 s left");
  CHECK(progress_text(0, 0, "files", 1.0) == "100 % (0 of 0 files)");
}

TEST_CASE("progress lines are plain and begin with the title") {
  const File file(std::tmpfile(), std::fclose);
  ConsoleProgress progress("N037/warm", ProgressStyle::lines, file.get(), at_once);
  progress.start("reading", 4, "files");
  progress.advance(1);
  const std::string text = text_of(file.get());
  CHECK(text.starts_with("N037/warm: reading: 25 % (1 of 4 files), "));
  CHECK(text.ends_with(" left\n"));
  CHECK(text.find('\033') == std::string::npos);
}

TEST_CASE("short work says nothing in a log") {
  const File file(std::tmpfile(), std::fclose);
  ConsoleProgress progress("N037/warm", ProgressStyle::lines, file.get());
  progress.start("reading", 4, "files");
  progress.advance(4);
  progress.finish();
  CHECK(text_of(file.get()).empty());
}

TEST_CASE("many threads may report at once") {
  const File file(std::tmpfile(), std::fclose);
  ConsoleProgress progress("N037/warm", ProgressStyle::lines, file.get(), at_once);
  progress.start("fitting", 400, "pixels");
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 100; ++k) progress.advance(1);
      });
    }
  }
  progress.advance(0);
  const std::string text = text_of(file.get());
  CHECK(text.find("N037/warm: fitting: ") == 0);
  CHECK(text.find("(401 of") == std::string::npos);
}

}  // namespace velocal::test
