// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/gain_file.hpp"

#include <catch2/catch.hpp>

#include "store/samples.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using namespace velocal::test;

TEST_CASE("a gain from several sources comes back bit for bit, under its own label and group") {
  SourceGain gain;
  gain.lines = {{"warm, iron", "Fe55", 5895.0, {1600.5, 6.75}}, {"silver", "Cd109", 22105.4, {6002.25, 25.0}}};
  gain.residuals = {{17, {0.125, 0.25}}, {19, {-0.5, undefined}}};
  gain.one_baseline = true;
  gain.gain = {asymmetric(13.0), asymmetric(0.5)};
  gain.offset = {asymmetric(-1.0), asymmetric(0.75)};
  gain.chi2 = asymmetric(2.0);
  for (std::size_t i = 0; i < pixel_count; ++i) {
    gain.ndf[i] = static_cast<std::int32_t>(i % 3);
    gain.status[i] = static_cast<std::uint8_t>(i % gain_status_names.size());
  }
  gain.gain_means = {5, 12.9, 0.7, 0.3};
  gain.offset_means = {5, -1.25, 2.5, 1.125};
  gain.common_gain_error = 0.0625;
  gain.common_offset_error = 0.375;
  gain.asic = {{-1.5, 0.25}, {13.125, 0.0625}, 3.5, 1};

  const TemporaryFolder folder;
  const auto file = folder.path() / "gain.h5";
  Provenance provenance{.dataset = "two", .scan = "first", .descriptor = {}, .options = {}, .inputs_sha256 = {}};
  write_gain(file, gain, provenance);
  const Stored<SourceGain> stored = read_gain(file, provenance);
  const SourceGain& back = stored.value;
  CHECK(stored.provenance.scan == "gain");
  REQUIRE(back.lines.size() == 2);
  CHECK(back.lines[0].label == "warm, iron");
  CHECK(back.lines[1].source == "Cd109");
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(back.lines[i].energy_eV == gain.lines[i].energy_eV);
    CHECK(same(back.lines[i].pairs, gain.lines[i].pairs));
    CHECK(back.residuals[i].pixels == gain.residuals[i].pixels);
    CHECK(same(back.residuals[i].mean, gain.residuals[i].mean));
  }
  CHECK(back.one_baseline);
  CHECK(same(back.gain.value, gain.gain.value));
  CHECK(same(back.gain.error, gain.gain.error));
  CHECK(same(back.offset.value, gain.offset.value));
  CHECK(same(back.offset.error, gain.offset.error));
  CHECK(same(back.chi2, gain.chi2));
  CHECK(same(back.ndf, gain.ndf));
  CHECK(same(back.status, gain.status));
  CHECK(back.gain_means.mean_error == 0.3);
  CHECK(back.offset_means.pixels == 5);
  CHECK(back.common_gain_error == 0.0625);
  CHECK(back.common_offset_error == 0.375);
  CHECK(same(back.asic.gain, gain.asic.gain));
  CHECK(same(back.asic.offset, gain.asic.offset));
  CHECK(back.asic.chi2 == 3.5);
  CHECK(back.asic.ndf == 1);
  CHECK(std::isnan(back.asic_good.gain.value));

  const auto labels = read_gain_labels(file, provenance);
  CHECK(labels.value == std::vector<std::string>{"warm, iron", back.lines[1].label});
  CHECK(labels.sha256 == stored.sha256);

  provenance.group = "even";
  CHECK_THROWS_AS(read_gain(file, provenance), InputError);
  CHECK_THROWS_AS(read_gain_labels(file, provenance), InputError);
}
