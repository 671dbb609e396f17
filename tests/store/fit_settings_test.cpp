// SPDX-License-Identifier: GPL-3.0-or-later
// The settings in fit.h5: each row of the table comes back, and files from before a setting can be read.
#include <H5Cpp.h>

#include <catch2/catch.hpp>
#include <cstddef>
#include <span>

#include "store/samples.hpp"
#include "support/files.hpp"
#include "support/other_values.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"
#include "velocal/descriptor/setting_tables.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/hdf5/seal.hpp"

using namespace velocal;
using namespace velocal::test;

namespace {

/// A fit.h5 that can be changed as another version of the program would have written it.
class FitFile {
 public:
  explicit FitFile(const FitSettings& settings) {
    ScanFit fit = sample_fit();
    fit.settings = settings;
    write_fit(path_, fit, sample_provenance());
  }

  /// Changes the root group, and seals the file again.
  template <class Change>
  void change(Change&& change_root) const {
    const std::string whole = read_text(path_);
    const auto image = unsealed(std::as_bytes(std::span(whole)));
    write_text(path_, std::string(reinterpret_cast<const char*>(image.data()), image.size()));
    change_root(H5::H5File(path_.string(), H5F_ACC_RDWR).openGroup("/"));
    const std::string changed = read_text(path_);
    const auto file = sealed(std::as_bytes(std::span(changed)));
    write_text(path_, std::string(reinterpret_cast<const char*>(file.data()), file.size()));
  }
  void remove(const std::string& attribute) const {
    change([&](const H5::Group& root) { root.removeAttr(attribute); });
  }

  FitSettings settings() const { return read_fit(path_, sample_provenance()).value.settings; }
  StackedResiduals residuals() const { return read_fit(path_, sample_provenance()).value.residuals; }
  std::string problem() const {
    try {
      settings();
    } catch (const InputError& error) {
      return error.what();
    }
    return "no error";
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "fit.h5";
};

/// Settings of which none is the default.
FitSettings other_settings() {
  FitSettings settings;
  const Vocabulary vocabulary{{{"F4", {}}, {"F1_0", {}}}, {"poisson", "neyman"}};
  for (const Setting<FitSettings>& row : fit_settings_table()) row.member.set(settings, other_value(row, vocabulary));
  return settings;
}

}  // namespace

TEST_CASE("every setting comes back from fit.h5") {
  const FitSettings written = other_settings();
  const FitSettings back = FitFile(written).settings();
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    CAPTURE(row.key);
    CHECK(row.member.get(written) != row.default_value());
    CHECK(row.member.get(back) == row.member.get(written));
  }
}

TEST_CASE("a file that lacks a setting has the value from before the setting existed") {
  const FitFile file(other_settings());
  file.remove("significance");
  CHECK(file.settings().significance == 0.05);
  CHECK(file.settings().max_zero_fraction == other_settings().max_zero_fraction);
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    if (row.key != "significance") file.remove(row.attribute_name());
  }
  const FitSettings oldest = file.settings();
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    CAPTURE(row.key);
    CHECK(text_of(row.member.get(oldest)) == text_of(row.value_of_older_files()));
  }
}

TEST_CASE("a file from before the stacked residuals has none") {
  const FitFile file(FitSettings{});
  CHECK(file.residuals().bins() == 3);
  file.change([](const H5::Group& root) { root.unlink("residuals"); });
  CHECK(file.residuals().bins() == 0);
}

TEST_CASE("what was there from the start has to be there") {
  for (const std::string name : {"engine", "background", "mean_evaluations"}) {
    const FitFile file(FitSettings{});
    file.remove(name);
    CHECK_THAT(file.problem(), Catch::Contains("is damaged at /@" + name + " (it is missing)"));
  }
}

TEST_CASE("a setting of another type or with an unknown word is damage") {
  const FitFile file(FitSettings{});
  SECTION("type") {
    file.change([](const H5::Group& root) {
      root.removeAttr("significance");
      root.createAttribute("significance", H5::PredType::STD_I32LE, H5::DataSpace(H5S_SCALAR));
    });
    CHECK_THAT(file.problem(), Catch::Contains("is damaged at /@significance (its values are of another type)"));
  }
  SECTION("word") {
    file.change([](const H5::Group& root) {
      const H5::Attribute baseline = root.openAttribute("baseline");
      baseline.write(baseline.getStrType(), std::string("never"));
    });
    CHECK_THAT(file.problem(), Catch::Contains("is damaged at /@baseline (unknown baseline mode \"never\" (there are "
                                               "after, before, aligned))"));
  }
  SECTION("a model that this program does not know is none of its business") {
    file.change([](const H5::Group& root) {
      const H5::Attribute model = root.openAttribute("model");
      model.write(model.getStrType(), std::string("mine"));
    });
    CHECK(file.settings().model == "mine");
  }
}
