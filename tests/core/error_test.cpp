// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/core/error.hpp"

#include <catch2/catch.hpp>

using namespace velocal;

TEST_CASE("a message reads: problem (reason). suggestion") {
  CHECK(error_message("no flux", "there is no file", "Run velocal-flux") ==
        "no flux (there is no file). Run velocal-flux");
  CHECK(error_message("no flux", "there is no file", "") == "no flux (there is no file)");
  CHECK(error_message("no flux", "", "Run velocal-flux") == "no flux. Run velocal-flux");
  CHECK(error_message("no flux", "", "") == "no flux");
}

TEST_CASE("the kind of an error is the exit status that the programs promise") {
  CHECK(static_cast<int>(UsageError("").kind()) == 2);
  CHECK(static_cast<int>(DescriptorError("").kind()) == 3);
  CHECK(static_cast<int>(InputError("").kind()) == 4);
  CHECK(static_cast<int>(OutputError("").kind()) == 5);
  CHECK(static_cast<int>(Error(ErrorKind::loss, "").kind()) == 6);
  CHECK(static_cast<int>(Error(ErrorKind::resource, "").kind()) == 7);
  CHECK(static_cast<int>(Error(ErrorKind::internal, "").kind()) == 1);
}

TEST_CASE("an error may carry what sets it right") {
  CHECK(InputError("a").remedy() == Remedy::none);
  CHECK(InputError("a", "b", "C", Remedy::make_fit).remedy() == Remedy::make_fit);
  CHECK(OutputError("a", "b", "C", Remedy::other_results).remedy() == Remedy::other_results);
}

TEST_CASE("every error can be caught as an Error and as a standard exception") {
  CHECK_THROWS_AS(throw UsageError("a"), Error);
  CHECK_THROWS_AS(throw OutputError("a"), std::runtime_error);
  CHECK_THROWS_WITH(throw InputError("a", "b", "C"), "a (b). C");
}
