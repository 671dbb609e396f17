// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/results_collection.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "store/samples.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

namespace fs = std::filesystem;
using namespace velocal;
using namespace velocal::test;

namespace {

const std::string header =
    "Results,label,ST,baseline,targetmean,utargetmean,targetASIC,utargetASIC,targetASICgood,utargetASICgood,"
    "Kmean,Kstd,uKmean,KASIC,uKASIC,KASICgood,uKASICgood\n";

CollectionRow row(const std::string& results, const std::string& label = "warm") {
  Provenance provenance = sample_provenance();
  provenance.dataset = results;
  provenance.scan = label;
  return collection_row(provenance, "2s621ms", BaselineMode::after, sample_calibration());
}

/// What the sample calibration's numbers are in a row.
std::string line(const std::string& key, const std::string& baseline = "False") {
  return key + ",2s621ms," + baseline +
         ",122.79485186042018,7.6164944763200015,123.5,5.5,nan,nan,13.071744817886788,0.8207953554619438,"
         "0.004986528746856968,12.9,0.7,nan,nan\n";
}

/// One child process a row; true when all have ended well.
bool update_at_once(const fs::path& path, int processes) {
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    const pid_t child = fork();
    if (child != 0) {
      children.push_back(child);
      continue;
    }
    int status = 1;
    try {
      for (int repeat = 0; repeat < 5; ++repeat) update_results_collection(path, row("N" + std::to_string(i)));
      status = 0;
    } catch (...) {
    }
    _exit(status);
  }
  bool good = true;
  for (const pid_t child : children) {
    int status = 1;
    waitpid(child, &status, 0);
    good = good && status == 0;
  }
  return good;
}

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("a new collection has the columns of the analysis that this program replaces") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "results" / "results_collection.csv";
  update_results_collection(path, row("N037"));
  CHECK(read_text(path) == header + line("N037,warm"));
}

TEST_CASE("rows tell the group and whether the baseline was taken off before the fit") {
  const Calibration calibration = sample_calibration();
  Provenance provenance = sample_provenance();
  CHECK(collection_row(provenance, "1s", BaselineMode::after, calibration).results == "N037");
  CHECK_FALSE(collection_row(provenance, "1s", BaselineMode::after, calibration).baseline);
  provenance.group = "even";
  CHECK(collection_row(provenance, "1s", BaselineMode::before, calibration).results == "N037/even");
  CHECK(collection_row(provenance, "1s", BaselineMode::before, calibration).baseline);
  CHECK(collection_row(provenance, "1s", BaselineMode::aligned, calibration).baseline);
  const TemporaryFolder folder;
  update_results_collection(folder.path() / "c.csv",
                            collection_row(provenance, "2s621ms", BaselineMode::before, calibration));
  CHECK(read_text(folder.path() / "c.csv") == header + line("N037/even,warm", "True"));
}

TEST_CASE("a rerun replaces its own row where it stands - all other bytes stay") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "results_collection.csv";
  const std::string foreign = "resultscalibration,warm,32s760ms,False,122.79485186042018,7.6\n";
  const std::string note = "# checked by hand,  odd spacing\t\n\n";
  write_text(
      path, header + foreign + "N037,warm,old row\n" + note + "N037,cold,other scan\nN0377,warm,x\nN037/even,warm,x\n");
  update_results_collection(path, row("N037"));
  CHECK(read_text(path) ==
        header + foreign + line("N037,warm") + note + "N037,cold,other scan\nN0377,warm,x\nN037/even,warm,x\n");
  update_results_collection(path, row("N038"));
  CHECK(read_text(path) == header + foreign + line("N037,warm") + note +
                               "N037,cold,other scan\nN0377,warm,x\nN037/even,warm,x\n" + line("N038,warm"));
}

TEST_CASE("old tables: rows of ours twice, no end of the last line, CRLF") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "results_collection.csv";
  write_text(path, header + "N037,warm,1\nother,warm,2\nN037,warm,3\n");
  update_results_collection(path, row("N037"));
  CHECK(read_text(path) == header + line("N037,warm") + "other,warm,2\n");

  write_text(path, header + "other,warm,2");
  update_results_collection(path, row("N037"));
  CHECK(read_text(path) == header + "other,warm,2\n" + line("N037,warm"));
  write_text(path, header + "N037,warm,1\nother,warm,2");
  update_results_collection(path, row("N037"));
  CHECK(read_text(path) == header + line("N037,warm") + "other,warm,2");

  const auto crlf = [](std::string text) { return text.insert(text.size() - 1, "\r"); };
  write_text(path, crlf(header) + "other,warm,2\r\n");
  update_results_collection(path, row("N037"));
  CHECK(read_text(path) == crlf(header) + "other,warm,2\r\n" + crlf(line("N037,warm")));

  write_text(path, "");
  update_results_collection(path, row("N037"));
  CHECK(read_text(path) == header + line("N037,warm"));
}

TEST_CASE("a file with another header is left alone") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "results_collection.csv";
  for (const std::string& text :
       {std::string("Results,label,ST\nN037,warm,1\n"), "N037,warm,1\n" + header, std::string("\n")}) {
    write_text(path, text);
    CHECK_THROWS_AS(update_results_collection(path, row("N037")), OutputError);
    CHECK_THROWS_WITH(update_results_collection(path, row("N037")),
                      Catch::StartsWith(path.string() + " is no results collection (its first line is \"") &&
                          Catch::Contains("Move the file away, or repair its first line: Results,label,ST,baseline,"));
    CHECK(read_text(path) == text);
  }
}

TEST_CASE("a collection that cannot be locked is an output error") {
  const TemporaryFolder folder;
  write_text(folder.path() / "file", "x");
  CHECK_THROWS_AS(update_results_collection(folder.path() / "file" / "results_collection.csv", row("N037")),
                  OutputError);
}

TEST_CASE("a collection that cannot be seen is not taken for none") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "results_collection.csv";
  fs::create_symlink(path, path);  // a loop: its status is an error
  CHECK_THROWS_WITH(find_collection_line(path, "N037,warm,"), Catch::Contains("cannot read " + path.string()));
}

TEST_CASE("a collection that is a symbolic link loses no row, whichever name is used") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "real" / "results_collection.csv";
  const fs::path link = folder.path() / "link.csv";
  fs::create_symlink("real/results_collection.csv", link);  // to nothing as yet
  std::thread other([&] {
    for (int i = 0; i < 10; ++i) update_results_collection(path, row("N" + std::to_string(i)));
  });
  for (int i = 10; i < 20; ++i) update_results_collection(link, row("N" + std::to_string(i)));
  other.join();
  CHECK(fs::is_symlink(link));
  CHECK(lines_in(read_text(path)) == 21);
}

TEST_CASE("programs that write at once lose no row") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "results_collection.csv";
  constexpr int processes = 12;
  REQUIRE(update_at_once(path, processes));
  const std::string text = read_text(path);
  CHECK(lines_in(text) == processes + 1);
  for (int i = 0; i < processes; ++i) CHECK_THAT(text, Catch::Contains("\n" + line("N" + std::to_string(i) + ",warm")));
}

TEST_CASE("threads that write at once lose no row") {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "results_collection.csv";
  constexpr int count = 8;
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] { update_results_collection(path, row("N037", "label" + std::to_string(i))); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(lines_in(read_text(path)) == count + 1);
}
