// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/exit_status.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <new>
#include <string_view>
#include <system_error>

#include "shell/memory.hpp"
#include "shell/signals.hpp"
#include "velocal/core/error.hpp"

namespace velocal {
namespace {

int status_of(ErrorKind kind) {
  return static_cast<int>(kind);
}

/// Our own writing throws OutputError. Among the other errors of a file system only these come from writing.
bool is_about_writing(const std::error_code& code) {
  return code == std::errc::no_space_on_device || code == std::errc::read_only_file_system ||
         code == std::errc::file_too_large || code == std::errc::file_exists;
}

bool is_about_resources(const std::error_code& code) {
  return code == std::errc::resource_unavailable_try_again || code == std::errc::not_enough_memory ||
         code == std::errc::too_many_files_open || code == std::errc::too_many_files_open_in_system;
}

/// The words of std::filesystem name its functions: these are ours.
std::string problem_of(const std::system_error& error) {
  const auto* of_file = dynamic_cast<const std::filesystem::filesystem_error*>(&error);
  if (of_file == nullptr) return error.what();
  return error_message(fmt::format("cannot use {}", of_file->path1().string()), error.code().message(), {});
}

int report_system_error(const Console& console, const std::system_error& error) {
  if (is_about_resources(error.code())) {
    console.error(error_message(problem_of(error), {}, "Use fewer threads (--threads), or close other programs"));
    return status_of(ErrorKind::resource);
  }
  console.error(problem_of(error));
  if (dynamic_cast<const std::filesystem::filesystem_error*>(&error) == nullptr) return status_of(ErrorKind::internal);
  return status_of(is_about_writing(error.code()) ? ErrorKind::output : ErrorKind::input);
}

/// What the library says in terms of results and folders, as a command or option; empty: nothing to add.
std::string_view hint_of(Remedy remedy) {
  switch (remedy) {
    case Remedy::none: break;
    case Remedy::make_baseline: return "run velocal-baseline with --force, or use other results with --results";
    case Remedy::make_flux: return "run velocal-flux with --force, or use other results with --results";
    case Remedy::make_fit: return "run velocal-fit with --force, or use other results with --results";
    case Remedy::make_matrices: return "run velocal-matrices with --force, or use other results with --results";
    case Remedy::make_truth: return "run velocal-simulate with --force, or use other results with --results";
    case Remedy::other_data: return "--data names another folder of data";
    case Remedy::other_results: return "--results names another folder of results";
  }
  return {};
}

int report_error(const Console& console, const Error& error) {
  console.error(error.what());
  if (const auto hint = hint_of(error.remedy()); !hint.empty()) console.hint(hint);
  if (error.kind() == ErrorKind::usage) console.hint(fmt::format("see {} --help", console.program()));
  return status_of(error.kind());
}

int status_after(const Console& console, const std::function<void()>& work) {
  try {
    work();
    return 0;
  } catch (const Interrupted& interrupted) {
    console.hint("interrupted");
    return 128 + interrupted.signal();
  } catch (const Error& error) {
    return report_error(console, error);
  } catch (const std::bad_alloc&) {
    console.error("out of memory. Use fewer threads (--threads), or close other programs");
    return status_of(ErrorKind::resource);
  } catch (const std::system_error& error) {
    return report_system_error(console, error);
  } catch (const std::exception& error) {
    console.error(fmt::format("{}. This is a defect, please report it", error.what()));
  } catch (...) {
    console.error("unknown exception. This is a defect, please report it");
  }
  return status_of(ErrorKind::internal);
}

}  // namespace

int exit_status_of(const Console& console, const std::function<void()>& work) {
  try {
    return status_after(console, work);
  } catch (const std::bad_alloc&) {  // telling what was wrong takes memory, too
    return out_of_memory();
  }
}

}  // namespace velocal
