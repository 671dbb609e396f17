// SPDX-License-Identifier: GPL-3.0-or-later
// Each kind of exception has its exit status (docs/errors.md).
#include "shell/exit_status.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <system_error>

#include "shell/signals.hpp"
#include "velocal/core/error.hpp"

namespace velocal::test {
namespace {

template <class Exception>
int status_after(const Exception& exception) {
  return exit_status_of(Console("test"), [&] { throw exception; });
}

std::filesystem::filesystem_error filesystem_error(std::errc code) {
  return {"test", "/some/file", std::make_error_code(code)};
}

}  // namespace

TEST_CASE("the ladder from exceptions to exit statuses") {
  CHECK(exit_status_of(Console("test"), [] {}) == 0);
  CHECK(status_after(std::logic_error("test")) == 1);
  CHECK(status_after(42) == 1);
  CHECK(status_after(UsageError("test")) == 2);
  CHECK(status_after(DescriptorError("test")) == 3);
  CHECK(status_after(InputError("test")) == 4);
  CHECK(status_after(filesystem_error(std::errc::no_such_file_or_directory)) == 4);
  CHECK(status_after(OutputError("test")) == 5);
  CHECK(status_after(filesystem_error(std::errc::no_space_on_device)) == 5);
  CHECK(status_after(Error(ErrorKind::loss, "test")) == 6);
  CHECK(status_after(std::bad_alloc()) == 7);
  CHECK(status_after(std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again))) == 7);
  CHECK(status_after(Interrupted(2)) == 130);
  CHECK(status_after(Interrupted(15)) == 143);
}

}  // namespace velocal::test
