// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/include_rules.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "architecture/source_files.hpp"
#include "support/source_tree.hpp"

using namespace velocal::test;
using Catch::Matchers::UnorderedEquals;

namespace {

/// The rooms (docs/architecture.md). Everything may include core.
const RoomRules rooms{
    {"",
     {"calibration", "core", "descriptor", "fit", "fit/curves", "fit/problem", "flux", "model", "noise", "scan",
      "simulate", "store", "store/tables"}},
    {"core", {}},
    {"descriptor", {}},
    {"scan", {"descriptor"}},
    {"noise", {"scan", "descriptor"}},
    {"flux", {"scan", "descriptor"}},
    {"model", {"descriptor"}},
    {"fit/problem", {"model", "descriptor"}},
    {"fit/inference", {"fit/problem", "model"}},
    {"fit/minimise", {"fit/inference", "fit/problem", "model"}},
    {"fit/curves", {"fit/minimise", "fit/inference", "fit/problem", "model", "descriptor"}},
    {"fit", {"fit/curves", "fit/minimise", "fit/inference", "fit/problem", "model", "flux", "scan", "descriptor"}},
    {"calibration", {"fit", "fit/problem", "fit/curves", "model", "noise", "scan", "descriptor"}},
    {"simulate", {"model", "scan", "descriptor"}},
    {"store/output", {"scan"}},
    {"store/hdf5", {}},
    {"store/parts",
     {"store/hdf5", "descriptor", "scan", "flux", "model", "fit", "fit/problem", "fit/curves", "calibration"}},
    {"store/tables", {"store/output", "noise", "calibration"}},
    {"store/page", {}},
    {"store",
     {"store/output", "store/hdf5", "store/parts", "store/tables", "descriptor", "scan", "noise", "flux", "model",
      "fit", "fit/problem", "fit/curves", "calibration", "simulate"}},
    {"store/established",
     {"store", "store/output", "store/tables", "descriptor", "scan", "flux", "fit", "calibration"}},
    {"plot/figure",
     {"descriptor", "scan", "noise", "flux", "model", "fit", "fit/problem", "fit/curves", "calibration"}},
    {"plot/gnuplot", {"plot/figure"}},
    {"plot/kinds",
     {"plot/figure", "descriptor", "scan", "flux", "model", "fit", "fit/problem", "fit/curves", "calibration"}},
    {"apps/shell", {"", "descriptor", "scan", "model", "fit", "store", "store/output"}},
    {"apps/chain", {"descriptor", "scan", "noise", "flux", "simulate", "store", "store/tables"}},
    {"apps/stages",
     {"apps/shell", "apps/chain", "descriptor", "scan", "noise", "flux", "model", "fit", "fit/curves", "fit/problem",
      "fit/minimise", "calibration", "simulate", "store", "store/output", "store/tables", "store/established"}},
    {"apps/plot",
     {"apps/shell", "apps/chain", "descriptor", "scan", "model", "calibration", "store", "store/output", "plot/figure",
      "plot/kinds", "plot/gnuplot"}},
    {"apps/report",
     {"", "apps/shell", "apps/chain", "apps/stages", "descriptor", "scan", "flux", "model", "fit", "fit/problem",
      "fit/curves", "calibration", "store", "store/output", "store/page"}},
    {"apps", {"apps/shell", "apps/stages", "apps/plot", "apps/report"}},
};

const ThirdPartyRules third_party{
    {"yaml-cpp/", {"descriptor"}},
    {"H5", {"store"}},
    {"hdf5", {"store"}},
    {"sanitizer/", {"store/hdf5"}},
    {"gsl/", {"fit/minimise", "fit/inference"}},
    {"openssl/", {"core"}},
    {"libdeflate.h", {"scan"}},
    {"zlib.h", {"scan", "store"}},
    {"xxhash.h", {"scan"}},
    {"xxh_x86dispatch.h", {"scan"}},
    {"boost/random/", {"simulate"}},
    {"boost/math/", {"core"}},
    {"boost/filesystem", {"store"}},
    {"boost/program_options", {"apps/shell"}},
    {"boost/algorithm/", {"apps/shell"}},
    {"boost/version.hpp", {"apps/shell"}},
    {"nlohmann/", {"apps"}},
    {"fmt/",
     {"core", "descriptor", "scan", "noise", "flux", "model", "fit", "calibration", "simulate", "store", "plot",
      "apps"}},
};

}  // namespace

TEST_CASE("library and programs keep to their rooms") {
  CHECK_THAT(broken_rules(all_sources(), rooms, third_party), UnorderedEquals(std::vector<std::string>{}));
}

TEST_CASE("a source has a header of its name") {
  CHECK_THAT(sources_without_header(all_sources()), UnorderedEquals(std::vector<std::string>{}));
}

TEST_CASE("the Python module goes through the front door alone") {
  Sources sources;
  const std::filesystem::path folder = velocal::test::source_tree() / "python/src";
  add_sources(folder, folder, sources);
  CHECK(sources.size() > 10);
  for (const auto& [file, text] : sources) {
    for (const Include& include : includes_of(text)) {
      CAPTURE(file, include.name);
      const bool python = include.name.starts_with("pybind11/") || include.name.starts_with("fmt/");
      CHECK((include.quoted ? include.name == "velocal/velocal.hpp" || sources.contains(include.name)
                            : python || may_be_shown(include.name)));
    }
  }
}

TEST_CASE("the headers that are installed are those that velocal.hpp brings, and show no third party") {
  const Sources sources = all_sources();
  const Names brought = brought_by("velocal/velocal.hpp", sources);
  const std::string list = read_text(velocal::test::source_tree() / "libvelocal/public_headers.cmake");
  Names installed;
  std::istringstream words(list);
  for (std::string word; words >> word;) {
    if (word.ends_with(".hpp") && word != "velocal/velocal.hpp,") installed.insert(word);
  }
  CHECK(installed == brought);
  for (const std::string& header : brought) {
    CAPTURE(header);
    CHECK_FALSE(shows_third_party(sources.at(header)));
  }
}

TEST_CASE("inside fit nothing knows the chip's rows and columns") {
  static const std::regex geometry(R"(\b(pixel_rows|pixel_columns|pixel_count|256)\b|\bPixel(\{|::at))");
  for (const auto& [file, text] : all_sources()) {
    if (layer_of(room_of(file)) != "fit") continue;
    CAPTURE(file);
    CHECK_FALSE(std::regex_search(text, geometry));
  }
}

TEST_CASE("the rooms' own rules have no circle") {
  CHECK_THAT(circles_of(rooms), UnorderedEquals(std::vector<std::string>{}));
  CHECK_THAT(circles_of({{"a", {"b"}}, {"b", {"c", "d"}}, {"c", {"a"}}, {"d", {}}}),
             UnorderedEquals(std::vector<std::string>{"circle: a -> b -> c -> a"}));
}

// The rules must be able to fail: each breach below is found, and nothing else.

TEST_CASE("what is allowed is no breach") {
  const Sources sources{
      {"velocal/core/a.hpp", "#pragma once\n#include <vector>\n#include <Eigen/Core>\n"},
      {"velocal/scan/s.hpp", "#include \"velocal/core/a.hpp\"\n"},
      {"velocal/flux/shows.hpp", "#include <fmt/format.h>\n"},
      {"velocal/flux/f.cpp",
       "#include <unistd.h>\n#include <sys/stat.h>\n#include \"velocal/flux/shows.hpp\"\n"
       "#include \"velocal/scan/s.hpp\"\n// #include \"velocal/store/comment.hpp\"\n#include \"velocal_build.hpp\"\n"},
      {"velocal/descriptor/d.cpp", "  #  include <yaml-cpp/yaml.h>\n"},
      {"velocal/fit/minimise/m.cpp", "#include \"velocal/fit/problem/p.hpp\"\n#include <gsl/gsl_blas.h>\n"},
      {"velocal/fit/problem/p.hpp", ""},
      {"velocal/fit/minimise/m_avx2.cpp", ""},
      {"velocal/fit/minimise/m.hpp", ""},
      {"velocal/descriptor/d.hpp", ""},
      {"velocal/flux/f.hpp", ""},
      {"shell/s.hpp", "#include <nlohmann/json.hpp>\n#include \"velocal/core/a.hpp\"\n"},
      {"plot/p.hpp", "#include \"shell/s.hpp\"\n"},
      {"stages/s.hpp", "#include \"velocal/flux/f.hpp\"\n"},
      {"velocal-x.cpp", "#include \"plot/p.hpp\"\n#include \"stages/s.hpp\"\n"},
  };
  CHECK_THAT(broken_rules(sources, rooms, third_party), UnorderedEquals(std::vector<std::string>{}));
  CHECK(sources_without_header(sources).empty());
}

TEST_CASE("an include against the direction of the rooms is a breach") {
  const Sources sources{{"velocal/scan/s.hpp", "#include \"velocal/flux/f.hpp\"\n"},
                        {"velocal/flux/f.hpp", ""},
                        {"velocal/fit/problem/p.hpp", "#include \"velocal/fit/minimise/m.hpp\"\n"},
                        {"velocal/fit/minimise/m.hpp", ""},
                        {"shell/s.hpp", "#include \"stages/s.hpp\"\n"},
                        {"stages/s.hpp", "#include \"plot/p.hpp\"\n"},
                        {"plot/p.hpp", ""},
                        {"velocal/core/c.hpp", "#include \"shell/h.hpp\"\n"},
                        {"shell/h.hpp", ""}};
  CHECK_THAT(broken_rules(sources, rooms, third_party),
             UnorderedEquals(std::vector<std::string>{
                 "shell/s.hpp includes stages/s.hpp: apps/shell may not include apps/stages",
                 "stages/s.hpp includes plot/p.hpp: apps/stages may not include apps/plot",
                 "velocal/core/c.hpp includes shell/h.hpp: core may not include apps/shell",
                 "velocal/scan/s.hpp includes velocal/flux/f.hpp: scan may not include flux",
                 "velocal/fit/problem/p.hpp includes velocal/fit/minimise/m.hpp: fit/problem may not include "
                 "fit/minimise"}));
}

TEST_CASE("files that are missing or no headers, and third parties' types elsewhere, are breaches") {
  const Sources sources{{"velocal/flux/f.cpp",
                         "#include \"velocal/scan/shows.hpp\"\n#include \"velocal/scan/gone.hpp\"\n"
                         "#include \"velocal/scan/s.cpp\"\n#include \"f.hpp\"\n"},
                        {"velocal/flux/f.hpp", "#include \"velocal_build.hpp\"\n"},
                        {"velocal/scan/shows.hpp", "#include <fmt/format.h>\n"},
                        {"velocal/scan/s.cpp", ""}};
  CHECK_THAT(broken_rules(sources, rooms, third_party),
             UnorderedEquals(std::vector<std::string>{
                 "velocal/flux/f.cpp includes velocal/scan/shows.hpp: it shows a third party's types, and stays "
                 "within scan",
                 "velocal/flux/f.cpp includes velocal/scan/gone.hpp: there is no such file",
                 "velocal/flux/f.cpp includes velocal/scan/s.cpp: it is no header",
                 "velocal/flux/f.cpp includes f.hpp: there is no such file",
                 "velocal/flux/f.hpp includes velocal_build.hpp: there is no such file"}));
}

TEST_CASE("a circle is a breach, also within a room and round more than two files") {
  const Sources sources{{"velocal/core/a.hpp", "#include \"velocal/core/b.hpp\"\n"},
                        {"velocal/core/b.hpp", "#include \"velocal/core/c.hpp\"\n"},
                        {"velocal/core/c.hpp", "#include \"velocal/core/a.hpp\"\n"},
                        {"velocal/core/d.hpp", "#include \"velocal/core/a.hpp\"\n"}};
  CHECK_THAT(broken_rules(sources, rooms, third_party),
             UnorderedEquals(std::vector<std::string>{
                 "circle: velocal/core/a.hpp -> velocal/core/b.hpp -> velocal/core/c.hpp -> velocal/core/a.hpp"}));
}

TEST_CASE("third-party headers outside their rooms are breaches") {
  const Sources sources{
      {"velocal/store/s.hpp", "#include <H5Cpp.h>\n#include <unistd.h>\n#include <fmt/format.h>\n"},
      {"velocal/fit/curves/f.cpp",
       "#include <gsl/gsl_blas.h>\n#include <H5Cpp.h>\n#include <boost/random/mersenne_twister.hpp>\n"},
      {"velocal/fit/g.cpp", "#include <nlohmann/json.hpp>\n#include <unheard/of.hpp>\n#include <velocal/fit/f.hpp>\n"},
      {"stages/s.cpp", "#include <boost/program_options.hpp>\n#include <H5Cpp.h>\n"},
      {"velocal/unheard/u.cpp", ""}};
  CHECK_THAT(broken_rules(sources, rooms, third_party),
             UnorderedEquals(std::vector<std::string>{
                 "velocal/fit/curves/f.cpp includes gsl/gsl_blas.h: it stays out of fit/curves",
                 "velocal/fit/curves/f.cpp includes H5Cpp.h: it stays out of fit/curves",
                 "velocal/fit/curves/f.cpp includes boost/random/mersenne_twister.hpp: it stays out of fit/curves",
                 "velocal/fit/g.cpp includes nlohmann/json.hpp: it stays out of fit",
                 "velocal/fit/g.cpp includes unheard/of.hpp: it is in no rule",
                 "velocal/fit/g.cpp includes velocal/fit/f.hpp: it is in no rule",
                 "stages/s.cpp includes boost/program_options.hpp: it stays out of apps/stages",
                 "stages/s.cpp includes H5Cpp.h: it stays out of apps/stages",
                 "velocal/unheard/u.cpp: its room is in no rule"}));
}

TEST_CASE("a source without a header of its name is found") {
  const Sources sources{{"velocal/scan/a.cpp", ""}, {"velocal/flux/a.hpp", ""}, {"plot/b.cpp", ""}, {"x.cpp", ""}};
  CHECK_THAT(sources_without_header(sources),
             UnorderedEquals(std::vector<std::string>{"velocal/scan/a.cpp", "plot/b.cpp"}));
}
