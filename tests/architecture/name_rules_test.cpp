// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/name_rules.hpp"

#include <catch2/catch.hpp>

#include "architecture/source_files.hpp"

using namespace velocal::test;
using Catch::Matchers::UnorderedEquals;

namespace {

/// What a header is included for.
const std::map<std::string, Names> contents_of_standard{
    {"algorithm", {"max", "min", "ranges"}},
    {"array", {"array"}},
    {"atomic", {"atomic"}},
    {"charconv", {"from_chars"}},
    {"chrono", {"chrono"}},
    {"cmath", {"erfc", "exp", "hypot", "isfinite", "isnan"}},
    {"cstddef", {"byte", "size_t"}},
    {"cstdint", {"int8_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t"}},
    {"cstdio", {"FILE"}},
    {"exception", {"exception"}},
    {"filesystem", {"filesystem"}},
    {"functional", {"function", "less"}},
    {"iterator", {"back_inserter"}},
    {"limits", {"numeric_limits"}},
    {"map", {"map"}},
    {"memory", {"allocator", "shared_ptr", "unique_ptr"}},
    {"mutex", {"mutex", "once_flag"}},
    {"numbers", {"numbers"}},
    {"optional", {"nullopt", "optional"}},
    {"span", {"span"}},
    {"stdexcept", {"runtime_error"}},
    {"string", {"string", "to_string"}},
    {"string_view", {"string_view"}},
    {"system_error", {"errc", "error_code"}},
    {"tuple", {"get", "tuple", "tuple_element_t", "tuple_size_v"}},
    {"unordered_map", {"unordered_map"}},
    {"utility", {"index_sequence", "move", "pair"}},
    {"variant", {"get", "monostate", "variant"}},
    {"vector", {"vector"}},
};

StandardNames standard_names() {
  StandardNames names;
  for (const auto& [header, contents] : contents_of_standard) {
    for (const std::string& name : contents) names[name].insert(header);
  }
  return names;
}

}  // namespace

TEST_CASE("each header includes what it names") {
  CHECK_THAT(missing_includes(all_sources(), standard_names()), UnorderedEquals(std::vector<std::string>{}));
}

TEST_CASE("a name without its header is found") {
  const Sources sources{
      {"velocal/core/ant.hpp", "#include <vector>\nclass Ant {};\nusing Ants = std::vector<Ant>;\n"},
      {"velocal/core/bee.hpp",
       "#include \"velocal/core/ant.hpp\"\nstruct Bee { Ant a; std::vector<int> b; };  // Cat\n"},
      {"velocal/core/cat.hpp", "class Ant;\nenum class Cat { A, std };\nconst char* text = \"std::string Bee\";\n"},
      {"velocal/core/dog.hpp",
       "class Ant;\nstruct Dog { Cat c; std::vector<Ant> d; Other::Bee b; };\nstd::unheard::of x;\n"},
      {"velocal/core/dog.cpp", "std::string no_header;\n"},
  };
  CHECK_THAT(missing_includes(sources, standard_names()),
             UnorderedEquals(
                 std::vector<std::string>{"velocal/core/dog.hpp names std::unheard::of: it is not known to the test",
                                          "velocal/core/dog.hpp names std::vector: it comes with <vector>",
                                          "velocal/core/dog.hpp names Cat: it comes with velocal/core/cat.hpp"}));
}
