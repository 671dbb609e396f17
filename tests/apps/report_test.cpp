// SPDX-License-Identifier: GPL-3.0-or-later
// velocal-report: what it takes, what it says of what is missing, stale or damaged, and a scan that is being taken.
#include <signal.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "small_scan.hpp"
#include "support/files.hpp"
#include "support/small_disk.hpp"

namespace velocal::test {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

constexpr int masked = 65400;

bool is_built() {
  if (std::filesystem::exists(std::filesystem::path(VELOCAL_PROGRAMS) / "velocal-report")) return true;
  WARN("SKIPPED: velocal-report is left out");
  return false;
}

/// The JSON of a page.
nlohmann::json head_of(const std::filesystem::path& page) {
  const std::string text = read_text(page), begin = "id=\"report\">";
  const std::size_t from = text.find(begin) + begin.size();
  return nlohmann::json::parse(text.substr(from, text.find("</script>", from) - from));
}

struct Reported : SmallScan {
  explicit Reported(const std::vector<std::string>& stages) : SmallScan(masked) { make(stages); }

  std::filesystem::path page() const { return folder() / "results/small/report.html"; }
  nlohmann::json head() const { return head_of(page()); }
  nlohmann::json stage(std::size_t i) const { return head()["scans"][0]["stages"][i]; }
  std::string light() const { return head()["scans"][0]["verdict"]["light"]; }
};

void touch_old(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::last_write_time(entry.path(),
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  }
}

}  // namespace

TEST_CASE("a report has all results, is the same for any number of threads, and is not made twice") {
  if (!is_built()) return;
  const Reported scan({"simulate", "flux", "fit", "matrices"});
  const Outcome made = scan.run("report", {"-j1"});
  CAPTURE(made.err);
  REQUIRE(made.status == 0);
  const std::string page = read_text(scan.page());
  const auto head = scan.head();
  CHECK(head["schema"] == "velocal/report/1");
  CHECK(head["scans"][0]["maps"][0]["name"] == "K");
  CHECK(head["scans"][0]["counts"].size() == 31);
  for (std::size_t i = 0; i < 3; ++i) CHECK(scan.stage(i)["state"] == "up to date");

  const Outcome again = scan.run("report", {"-j2"});
  CHECK(again.status == 0);
  CHECK_THAT(again.out, Contains("up to date"));
  CHECK(scan.run("report", {"-j2", "--force"}).status == 0);
  CHECK(read_text(scan.page()) == page);
}

TEST_CASE("a report of what is there says which command adds the rest") {
  if (!is_built()) return;
  const Reported scan({"simulate"});
  const Outcome nothing = scan.run("report");
  CHECK(nothing.status == 4);
  CHECK_THAT(nothing.err, Contains("there are no results of small") && Contains("Run velocal-flux small.yaml first"));
  CHECK_FALSE(std::filesystem::exists(scan.page()));

  scan.make({"flux"});
  REQUIRE(scan.run("report").status == 0);
  CHECK(scan.stage(1)["state"] == "missing");
  CHECK(scan.stage(1)["command"] == "velocal-fit small.yaml");
  CHECK(scan.light() == "doubtful");

  scan.make({"fit"});
  const Outcome older = scan.run("report");
  CHECK(older.status == 5);
  CHECK_THAT(older.err, Contains("shows other results than are there now"));
}

TEST_CASE("stale and damaged results are told on the page") {
  if (!is_built()) return;
  const Reported scan({"simulate", "flux", "fit", "matrices"});
  scan.edit_descriptor("260s0ms", "250s0ms");
  REQUIRE(scan.run("report").status == 0);
  CHECK(scan.stage(0)["state"] == "stale");
  CHECK_THAT(scan.stage(0)["reason"].get<std::string>(), Contains("250s0ms"));
  CHECK(scan.light() == "bad");

  std::filesystem::resize_file(scan.results() / "fit.h5", 5000);
  REQUIRE(scan.run("report", {"--force"}).status == 0);
  CHECK(scan.stage(1)["state"] == "damaged");
  CHECK(scan.head()["scans"][0]["model"].is_null());
  CHECK(scan.head()["scans"][0]["maps"].size() > 1);
}

TEST_CASE("a result whose data cannot be read now is on the page, which says that it cannot be compared") {
  if (!is_built()) return;
  const Reported scan({"simulate", "flux"});
  const auto mask = scan.folder() / "data/scan/Module0_VP3-1_Matrix_Mask.csv";
  std::filesystem::remove(mask);
  std::filesystem::create_directory(mask);
  REQUIRE(scan.run("report").status == 0);
  CHECK(scan.stage(0)["state"] == "cannot be compared");
  const auto head = scan.head()["scans"][0];
  CHECK_THAT(head["verdict"]["reasons"][0]["text"].get<std::string>(), StartsWith("flux.h5 cannot be compared: "));
  CHECK(head["thresholds"].is_object());
}

TEST_CASE("a report that cannot be written is an error, and leaves nothing") {
  if (!is_built()) return;
  const Reported scan({"simulate", "flux"});
  std::filesystem::create_directories(scan.page());
  const Outcome outcome = scan.run("report", {"--force"});
  CHECK(outcome.status == 5);
  CHECK_THAT(outcome.err, Contains("report.html"));
}

TEST_CASE("on a full disk the old report stays, and the message says so") {
  if (!is_built()) return;
  const Reported scan({"simulate"});
  const std::filesystem::path disk = scan.folder() / "results";
  const SmallDisk mounted(disk, std::size_t{32} << 20);
  if (!mounted.is_there()) {
    WARN("SKIPPED: a small file system cannot be mounted here");
    return;
  }
  scan.make({"flux", "report"});
  const std::string old = read_text(scan.page());
  scan.make({"fit"});
  std::ofstream(disk / "filler") << std::string(std::size_t{32} << 20, 'x');
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("report", {"--force"});
  CHECK(outcome.status == 5);
  CHECK_THAT(outcome.err, Contains("results/small/report.html (No space left on device). Free space, or name another"));
  CHECK(read_text(scan.page()) == old);
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a scan that is being taken is followed from what is there, and nothing but the page is written") {
  if (!is_built()) return;
  const Reported scan({"simulate"});
  const std::filesystem::path data = scan.acquisition(1520).parent_path();
  touch_old(data);
  const std::string last = read_text(scan.acquisition(1580));
  std::ofstream(scan.acquisition(1580)) << last.substr(0, last.size() - 1);
  const std::string young = read_text(scan.acquisition(1578));
  std::ofstream(scan.acquisition(1578)) << young;
  std::filesystem::last_write_time(scan.acquisition(1580),
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  std::filesystem::remove(scan.acquisition(1576));
  REQUIRE(mkfifo(scan.acquisition(1576).c_str(), 0600) == 0);
  const std::string before = scan.snapshot();

  RunningProgram program("velocal-report", {"small.yaml", "--watch", "--every", "3600"}, {.folder = scan.folder()});
  REQUIRE(program.says("28 of 31 acquisitions"));
  program.send(SIGINT);
  const Outcome outcome = program.wait();
  CAPTURE(outcome.err);
  CHECK(outcome.status == 130);
  CHECK_THAT(outcome.err, Contains("--bind 127.0.0.1 --directory results/small\n"));
  const auto live = scan.head()["scans"][0]["live"];
  CHECK(live["unfinished"] == 2);
  CHECK(scan.head()["scans"][0]["thresholds"]["rejected"] == nlohmann::json(std::vector<int>(31, 0)));
  std::filesystem::remove(scan.page());
  CHECK(scan.snapshot() == before);
}

TEST_CASE("a damaged file of a scan that is being taken is tried again, and at the end it is an error") {
  if (!is_built()) return;
  const Reported scan({"simulate"});
  const std::filesystem::path data = scan.acquisition(1520).parent_path();
  const std::string last = read_text(scan.acquisition(1580)), whole = read_text(scan.acquisition(1578));
  std::filesystem::remove(scan.acquisition(1580));
  write_text(scan.acquisition(1578), "x" + whole.substr(1));
  touch_old(data);
  RunningProgram program("velocal-report", {"small.yaml", "--watch", "--every", "0.2"}, {.folder = scan.folder()});
  REQUIRE(program.says("30 of 31 acquisitions"));
  CHECK_THAT(scan.head()["scans"][0]["live"]["note"].get<std::string>(), StartsWith("There is no fit yet: "));
  const auto time = std::filesystem::last_write_time(scan.acquisition(1578));
  write_text(scan.acquisition(1578), whole);
  std::filesystem::last_write_time(scan.acquisition(1578), time);
  CHECK(happens([&] { return !scan.head()["scans"][0]["model"].is_null(); }));
  program.send(SIGINT);
  CHECK(program.wait().status == 130);

  write_text(scan.acquisition(1580), "x" + last.substr(1));
  touch_old(data);
  const Outcome outcome = scan.run("report", {"--watch", "--every", "0.2"});
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.err, Contains("error: ") && Contains("THR_1580_0.csv"));
  CHECK_THAT(scan.head()["scans"][0]["live"]["note"].get<std::string>(), Contains("THR_1580_0.csv"));
}

TEST_CASE("a scan that is being taken replaces its own page alone unasked") {
  if (!is_built()) return;
  const Reported scan({"simulate", "flux", "report"});
  touch_old(scan.acquisition(1520).parent_path());
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("report", {"--watch"});
  CHECK(outcome.status == 5);
  CHECK_THAT(outcome.err, Contains("results/small/report.html exists. Use --force"));
  CHECK(scan.snapshot() == before);
  CHECK(scan.run("report", {"--watch", "--force"}).status == 0);
  CHECK(scan.run("report", {"--watch"}).status == 0);
}

TEST_CASE("the page of all chips has numbers of one scan") {
  if (!is_built()) return;
  const SmallScan scan(masked);
  scan.edit_descriptor("asic: Module0_VP3-1", "asics: [Module0_VP3-1]");
  scan.make({"simulate", "flux", "fit", "matrices"});
  scan.edit_descriptor("scans:\n",
                       "scans:\n  - {label: first, folder: scan, shutter: 260s0ms, acquisitions: 1, "
                       "thresholds: {from: 1520, to: 1580, step: 2}, "
                       "initial: {f: 0.0009, A: 8, s: 12, E0: 1551}}\n");
  REQUIRE(scan.run("report").status == 0);
  const auto row = head_of(scan.folder() / "results/small/report.html")["chips"][0];
  CHECK(row["live"] == 0);
  CHECK(row["K"].is_null());
}

TEST_CASE("the page of all chips has no chip that the descriptor lacks, and marks what is left out or fails") {
  if (!is_built()) return;
  const SmallScan scan(masked);
  scan.edit_descriptor("asic: Module0_VP3-1", "asics: [Module0_VP0-0, Module0_VP0-1, Module0_VP0-2, Module0_VP1-0]");
  scan.make({"simulate", "flux", "report"});
  scan.edit_descriptor("Module0_VP0-2, Module0_VP1-0]", "Module0_VP1-0]\noverrides: {Module0_VP0-1: {skip: no bias}}");
  std::filesystem::remove_all(scan.folder() / "results/small/Module0_VP1-0/warm");
  CHECK(scan.run("report", {"--dry-run", "--asic", "Module0_VP1-0"}).status == 4);
  CHECK(scan.run("report", {"--force"}).status == 6);
  const auto chips = head_of(scan.folder() / "results/small/report.html")["chips"];
  REQUIRE(chips.size() == 3);
  CHECK_THAT(chips[0]["text"].get<std::string>(), StartsWith("fit.h5 is missing"));
  CHECK(chips[1]["light"] == "bad");
  CHECK(chips[1]["text"] == "The descriptor leaves it out: no bias");
  CHECK_THAT(chips[2]["text"].get<std::string>(), StartsWith("flux.h5 is missing"));
}

TEST_CASE("many chips have a page each, and one that leads to them") {
  if (!is_built()) return;
  const SmallScan scan(masked);
  scan.edit_descriptor("asic: Module0_VP3-1", "asics: [Module0_VP3-1, Module0_VP3-2]");
  scan.make({"simulate", "flux"});
  REQUIRE(scan.run("report", {"--asic", "Module0_VP3-2"}).status == 0);
  REQUIRE(scan.run("report").status == 0);
  const auto chips = head_of(scan.folder() / "results/small/report.html")["chips"];
  REQUIRE(chips.size() == 2);
  CHECK(chips[0]["asic"] == "Module0_VP3-1");
  CHECK(chips[1]["light"] == "doubtful");
  CHECK(head_of(scan.folder() / "results/small/Module0_VP3-2/report.html")["index"] == "../report.html");
  CHECK_THAT(scan.run("report").out, Contains("up to date"));
  CHECK(scan.run("report", {"--watch"}).status == 2);

  const std::filesystem::path index = scan.folder() / "results/small/report.html";
  std::filesystem::remove(index);
  REQUIRE(mkfifo(index.c_str(), 0600) == 0);
  const Outcome outcome = scan.run("report", {"--asic", "Module0_VP3-2", "--force"});
  CHECK(outcome.status == 4);
  CHECK_THAT(outcome.err, Contains("cannot read results/small/report.html (it is no regular file)"));

  // The row is written last; that it cannot be is known before the chip's own page is replaced.
  const std::filesystem::path lock = scan.folder() / "results/small/.report.html.lock";
  std::filesystem::remove(index);
  std::filesystem::remove(lock);
  std::filesystem::create_directory(lock);
  scan.edit_descriptor("18.34765625", "18.5");
  REQUIRE(scan.run("flux", {"--force"}).status == 0);
  const std::string before = scan.snapshot();
  const Outcome locked = scan.run("report", {"--asic", "Module0_VP3-2", "--force"});
  CHECK(locked.status == 5);
  CHECK_THAT(locked.err, Contains("cannot lock "));
  CHECK(scan.snapshot() == before);
}

TEST_CASE("of many chips, one is followed while its data are taken") {
  if (!is_built()) return;
  const SmallScan scan(masked);
  scan.edit_descriptor("asic: Module0_VP3-1", "asics: [Module0_VP3-1, Module0_VP3-2]");
  scan.edit_descriptor("to: 1580", "to: 1540");
  REQUIRE(scan.run("simulate", {"--asic", "Module0_VP3-2"}).status == 0);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scan.folder())) {
    if (entry.is_directory()) touch_old(entry.path());
  }
  const std::string before = scan.snapshot();
  const Outcome outcome = scan.run("report", {"--watch", "--asic", "Module0_VP3-2"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK_THAT(outcome.err,
             Contains("acquisitions on the page") && Contains("--directory results/small/Module0_VP3-2\n"));
  const std::filesystem::path page = scan.folder() / "results/small/Module0_VP3-2/report.html";
  CHECK(head_of(page)["asic"] == "Module0_VP3-2");
  CHECK(head_of(page)["index"].is_null());
  std::filesystem::remove(page);
  CHECK(scan.snapshot() == before);
}

TEST_CASE("the option --every goes with --watch, and is a number of seconds") {
  if (!is_built()) return;
  const SmallScan scan(masked);
  CHECK_THAT(scan.run("report", {"--every", "5"}).err, Contains("--every goes with --watch"));
  CHECK_THAT(scan.run("report", {"--watch", "--every", "soon"}).err, Contains("a number of seconds above 0"));
}

}  // namespace velocal::test
