// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <mutex>
#include <random>
#include <string>

#include "small_scan.hpp"
#include "velocal/core/error.hpp"
#include "velocal/flux/accumulate_flux.hpp"

using namespace velocal;

namespace {

PixelCounts random_counts(int threshold, int acquisition) {
  std::mt19937 random(static_cast<unsigned>(threshold * 10 + acquisition));
  PixelCounts counts;
  for (std::uint32_t& count : counts) count = static_cast<std::uint32_t>(random() % 30);
  return counts;
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;  // NaN is NaN
}

std::string error_of(const test::SmallScan& small, int threads) {
  try {
    accumulate_flux(small.dataset, small.scan, threads);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

class Record final : public Progress {
 public:
  void start(std::string_view task, std::size_t total, std::string_view unit) override {
    started = std::string(task) + " " + std::to_string(total) + " " + std::string(unit);
  }
  void advance(std::size_t units) override {
    const std::scoped_lock lock(mutex_);
    advanced += units;
    if (advanced == interrupt_at) throw std::runtime_error("interrupted");
  }
  void finish() override { finished = true; }

  std::string started;
  std::size_t advanced = 0;
  std::size_t interrupt_at = 0;
  bool finished = false;

 private:
  std::mutex mutex_;
};

/// Counts how often files are opened, as the system reports it.
class OpenCounter {
 public:
  explicit OpenCounter(std::span<const std::filesystem::path> files) {
    for (const auto& file : files) watches_.push_back(::inotify_add_watch(events_, file.c_str(), IN_OPEN | IN_CLOSE));
  }
  ~OpenCounter() { ::close(events_); }
  OpenCounter(const OpenCounter&) = delete;
  OpenCounter& operator=(const OpenCounter&) = delete;

  std::vector<int> times() const {
    std::vector<int> times(watches_.size());
    inotify_event event{};
    while (::read(events_, &event, sizeof event) == sizeof event) {
      const auto watch = static_cast<std::size_t>(std::ranges::find(watches_, event.wd) - watches_.begin());
      if ((event.mask & IN_OPEN) != 0) ++times.at(watch);
    }
    return times;
  }

 private:
  int events_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  std::vector<int> watches_;
};

}  // namespace

TEST_CASE("the result does not depend on the number of threads, to the last bit") {
  const test::SmallScan small;
  small.write_all(random_counts);
  for (int a = 0; a < 3; ++a) small.write(1510, a, PixelCounts());  // all empty: NaN among the fluxes
  PixelMatrix<double> mask;
  mask(1, 2) = 1.0;
  small.write_mask(mask);
  const FluxCube one = accumulate_flux(small.dataset, small.scan, 1);
  const FluxCube other = accumulate_flux(small.dataset, small.scan, GENERATE(0, 2, 3, 8));
  CHECK(other.counts == one.counts);
  CHECK(other.live_time_s == one.live_time_s);
  CHECK(other.acquisitions == one.acquisitions);
  CHECK(other.mask == one.mask);
  CHECK(other.inputs_sha256 == one.inputs_sha256);
  for (const PixelGroup group : pixel_groups) {
    CHECK(same(other.asic_curve(group).flux, one.asic_curve(group).flux));
    CHECK(same(other.asic_curve(group).error, one.asic_curve(group).error));
  }
}

TEST_CASE("of several damaged files the first is reported, each time") {
  const test::SmallScan small;
  small.write_all(random_counts);
  test::write_text(small.path(1500, 1), "1,2\n");
  test::write_text(small.path(1500, 2), "x");
  test::write_text(small.path(1510, 0), "");
  test::write_text(small.path(1520, 0), "-1");
  const int threads = GENERATE(1, 2, 4);
  for (int repetition = 0; repetition < 10; ++repetition) {
    CHECK_THAT(error_of(small, threads),
               Catch::StartsWith(small.path(1500, 1).string() + ":1:4: only 2 of 256 fields in the line"));
  }
}

TEST_CASE("all missing files are reported together, whatever is wrong with the others") {
  const test::SmallScan small;
  small.write_all(random_counts);
  test::write_text(small.path(1500, 0), "damaged");
  std::filesystem::remove(small.path(1510, 2));
  std::filesystem::remove(small.path(1520, 2));
  const int threads = GENERATE(1, 2, 4);
  for (int repetition = 0; repetition < 10; ++repetition) {
    CHECK_THAT(error_of(small, threads), Catch::StartsWith("2 of 9 acquisitions are missing"));
  }
}

TEST_CASE("a sum that does not fit in 32 bits is an error, and the largest that does is none") {
  const test::SmallScan small;
  small.write_all([](int, int) { return PixelCounts(1); });
  PixelCounts counts(1);
  counts(3, 7) = 4294967293u;
  small.write(1510, 1, counts);
  CHECK(accumulate_flux(small.dataset, small.scan).counts_at(1)[Pixel{3, 7}.index()] == 4294967295u);
  counts(3, 7) = 4294967294u;
  small.write(1510, 1, counts);
  CHECK_THAT(error_of(small, 2),
             Catch::Equals(small.path(1510, 2).string() +
                           ": the hits of a pixel add up to more than 4294967295 (sums are kept in 32 bits). "
                           "Reject the acquisitions with such counts"));
  PixelMatrix<double> mask;
  mask(3, 7) = 1.0;
  small.write_mask(mask);  // a masked pixel may count what it likes
  CHECK(accumulate_flux(small.dataset, small.scan).counts_at(1)[Pixel{3, 7}.index()] == 0);
}

TEST_CASE("the hash of the inputs knows each file by name and contents") {
  const test::SmallScan small;
  small.write_all(random_counts);
  const auto hash = [&] { return accumulate_flux(small.dataset, small.scan).inputs_sha256; };
  const std::string before = hash();
  CHECK(before.size() == 64);
  CHECK(hash() == before);
  PixelCounts counts = random_counts(1520, 2);
  ++counts(255, 255);
  small.write(1520, 2, counts);
  const std::string changed = hash();
  CHECK(changed != before);
  small.write(1520, 2, random_counts(1520, 1));
  small.write(1520, 1, random_counts(1520, 2));
  const std::string exchanged = hash();
  CHECK(exchanged != before);
  small.write_all(random_counts);
  CHECK(hash() == before);
  small.write_mask(PixelMatrix<double>());
  CHECK(hash() != before);
}

TEST_CASE("the baseline that the descriptor names is carried along, and must be there") {
  test::SmallScan small;
  small.write_all(random_counts);
  small.scan.baseline_folder = "equalisation";
  CHECK_THAT(error_of(small, 1), Catch::Contains("TrimBest_Noise_Predict.csv (No such file or directory)"));
  const auto folder = small.dataset.data_root / "equalisation";
  PixelMatrix<double> mean(1425.0);
  mean(3, 7) = 0.0;
  test::write_text(baseline_path(folder, small.dataset.asic), test::matrix_csv(mean));
  test::write_text(baseline_width_path(folder, small.dataset.asic), test::matrix_csv(PixelMatrix<double>(5.5)));
  const FluxCube cube = accumulate_flux(small.dataset, small.scan);
  REQUIRE(cube.baseline);
  CHECK(cube.baseline->mean(3, 7) == 0.0);
  CHECK(cube.baseline->mean(3, 8) == 1425.5);  // a whole number was cut
  CHECK(cube.baseline->error(3, 8) == Approx(std::sqrt(0.3 * 0.3 + 1.0 / 12.0)).epsilon(1e-12));
  CHECK(cube.baseline->added == 0.5);
  CHECK(cube.baseline->width == PixelMatrix<double>(5.5));
  small.scan.baseline_established = true;
  const FluxCube as_it_is = accumulate_flux(small.dataset, small.scan);
  CHECK(as_it_is.baseline->mean == mean);
  CHECK(as_it_is.baseline->error == PixelMatrix<double>(0.3));
  mean(3, 8) = 1425.25;
  test::write_text(baseline_path(folder, small.dataset.asic), test::matrix_csv(mean));
  small.scan.baseline_established = false;
  CHECK(accumulate_flux(small.dataset, small.scan).baseline->mean == mean);  // these were not
}

TEST_CASE("mask, baseline and width are each opened once: what is hashed is what was parsed") {
  test::SmallScan small;
  small.write_all(random_counts);
  small.write_mask(PixelMatrix<double>());
  small.scan.baseline_folder = "equalisation";
  const auto folder = small.dataset.data_root / "equalisation";
  const std::array files{mask_path(small.dataset, small.scan), baseline_path(folder, small.dataset.asic),
                         baseline_width_path(folder, small.dataset.asic)};
  for (std::size_t i = 1; i < files.size(); ++i) test::write_text(files[i], test::matrix_csv(PixelMatrix<double>(5.5)));
  OpenCounter opened(files);
  accumulate_flux(small.dataset, small.scan, GENERATE(1, 3));
  CHECK(opened.times() == std::vector{1, 1, 1});
}

TEST_CASE("progress is told of every file, and may interrupt") {
  const test::SmallScan small;
  small.write_all(random_counts);
  small.scan.reject.acquisitions = {{{1510, 1510}, {1, 1}}};
  Record record;
  accumulate_flux(small.dataset, small.scan, 2, record);
  CHECK(record.started == "reading 9 files");
  CHECK(record.advanced == 9);
  CHECK(record.finished);

  Record interrupting;
  interrupting.interrupt_at = 4;
  CHECK_THROWS_WITH(accumulate_flux(small.dataset, small.scan, 1, interrupting), "interrupted");
  CHECK(interrupting.advanced == 4);
  CHECK_FALSE(interrupting.finished);
}
