// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/hdf5_object.hpp"

#include <H5Dpublic.h>

#include <catch2/catch.hpp>
#include <new>

#include "velocal/core/error.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"
#include "velocal/store/hdf5/hdf5_image.hpp"

using namespace velocal;

// As with no memory left: it said "there is none", and a value of older files took its place.
TEST_CASE("what HDF5 cannot look at is an error, and not missing") {
  const auto image = hdf5_image([](const H5::Group& root) {
    write_text_attribute(root, "schema", "test");
    create_group(root, "group");
  });
  const auto ask_closed_group = [](const auto& question) {
    return [&](const H5::Group& root) {
      H5::Group group = open_group(root, "group");
      group.close();
      question(group);
    };
  };
  CHECK_THROWS_AS(
      read_hdf5_image(image, ask_closed_group([](const H5::Group& group) { has_attribute(group, "schema"); })),
      Hdf5Problem);
  CHECK_THROWS_AS(read_hdf5_image(image, ask_closed_group([](const H5::Group& group) { has_member(group, "group"); })),
                  Hdf5Problem);
  CHECK_NOTHROW(read_hdf5_image(image, [](const H5::Group& root) {
    CHECK(has_attribute(root, "schema"));
    CHECK_FALSE(has_attribute(root, "other"));
    CHECK(has_member(root, "group"));
    CHECK_FALSE(has_member(root, "other"));
  }));
}

// As when memory fails while HDF5 closes an array: its destructor says so to nobody, and the numbers are not in the
// file.
TEST_CASE("a file is not made where HDF5 failed in silence") {
  const auto fail_in_silence = [](const H5::Group&) { H5Dclose(-1); };
  CHECK_THROWS_AS(hdf5_image(fail_in_silence), std::bad_alloc);
  const auto image = hdf5_image([](const H5::Group& root) { write_text_attribute(root, "schema", "test"); });
  CHECK_THROWS_AS(changed_hdf5_image(image, fail_in_silence), Error);  // the rehearsal tells first
}
