// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "report/live_scan.hpp"
#include "report/page_path.hpp"
#include "report/report_head.hpp"
#include "velocal/core/error.hpp"
#include "velocal/core/shell_word.hpp"
#include "velocal/core/wait.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/store/output/file_transaction.hpp"

namespace velocal {
namespace {

double unix_time() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

void say_how_to_look(const Session& session) {
  const std::filesystem::path path = page_path(session);
  session.console.note(
      fmt::format("the page is {}. To have it follow by itself, serve its folder to this computer alone, and open "
                  "http://127.0.0.1:8000/{}:\n    python3 -m http.server 8000 --bind 127.0.0.1 --directory {}",
                  path.string(), path.filename().string(), shell_word(path.parent_path().string())));
}

/// One round after the other.
class Watch {
 public:
  Watch(const Session& session, std::string_view page_template, double every_s)
      : session_(session), template_(page_template), every_s_(every_s) {}

  /// Whether all acquisitions are taken and on the page, or failed for the second time: failure().
  bool round() try {
    std::vector<TakenAcquisitions> taken;
    for (const ScanSettings& scan : session_.scans) {
      taken.push_back(taken_acquisitions(session_.dataset, scan, unix_time()));
    }
    if (is_new(taken)) write(taken);
    if (!std::ranges::all_of(taken, [](const auto& scan) { return scan.untaken.empty(); })) return false;
    return !failure_ || ++last_tries_ > 1;
  } catch (const Error& error) {
    session_.console.warning(fmt::format("{}. The next try follows", error.what()));
    return false;
  }

  const std::optional<InputError>& failure() const { return failure_; }  ///< of the last page
  std::size_t pages() const { return pages_; }
  std::size_t bytes() const { return bytes_; }

 private:
  bool is_new(const std::vector<TakenAcquisitions>& taken) const {
    return !std::ranges::equal(taken, shown_, [](const auto& a, const auto& b) {
      return a.taken() == b.taken() && a.unfinished == b.unfinished && a.last_s == b.last_s;
    });
  }

  void write(const std::vector<TakenAcquisitions>& taken) {
    std::vector<ReportedScan> scans;
    std::size_t done = 0, wanted = 0;
    failure_.reset();
    for (std::size_t i = 0; i < taken.size(); ++i) {
      LiveScan live = compute_live_scan(session_, session_.scans[i], taken[i]);
      scans.push_back(std::move(live.scan));
      if (live.failure) failure_ = live.failure;
      done += taken[i].taken();
      wanted += taken[i].wanted;
    }
    const std::string page = report_of(session_, scans, template_, {{"every_s", every_s_}});
    write_file(page_path(session_), page, nullptr);
    shown_ = failure_ ? std::vector<TakenAcquisitions>() : taken;
    bytes_ = page.size();
    ++pages_;
    session_.console.note(fmt::format("{}: {} of {} acquisitions on the page", session_.dataset.name, done, wanted));
  }

  const Session& session_;
  std::string_view template_;
  double every_s_;
  std::vector<TakenAcquisitions> shown_;
  std::optional<InputError> failure_;
  std::size_t pages_ = 0, bytes_ = 0, last_tries_ = 0;
};

/// A signal ends the wait.
void wait(double seconds) {
  const double due = unix_time() + seconds;
  while (unix_time() < due) wait_a_moment();
}

}  // namespace

Step plan_watch(const Session& session) {
  if (session.dataset.one_of_many && session.position != "chip 1 of 1, ") {
    throw UsageError("--watch follows one chip", "the descriptor has many", "Name it with --asic");
  }
  Step step;
  step.computes = "one page again and again, from the acquisitions that are there";
  for (const ScanSettings& scan : session.scans) {
    const std::filesystem::path folder = scan_folder(session.dataset, scan);
    if (is_archive(folder)) {
      throw UsageError(fmt::format("scan {} is an archive", scan.label), "nothing more will come",
                       "Run velocal-flux, and velocal-report without --watch");
    }
    step.reads.emplace_back(folder);
  }
  // A page of results is not replaced unasked; that of a scan that is being taken is.
  PlannedFile& page = step.writes.emplace_back(page_path(session));
  const Json head = head_of(page.path);
  page.exists = page.exists && !(head.is_object() && head.contains("live") && head["live"].is_object());
  return step;
}

Report watch(const Session& session, std::string_view page_template, double every_s) {
  say_how_to_look(session);
  Watch watched(session, page_template, every_s);
  while (!watched.round()) wait(every_s);
  if (watched.failure()) throw InputError(*watched.failure());
  ReportText text(fmt::format("{}: all acquisitions are taken", session.dataset.name));
  text.line("next", fmt::format("velocal-flux {}", command_arguments(session.dataset, PixelGroup::all)));
  return {text.text(), {{"pages", watched.pages()}, {"bytes", watched.bytes()}}};
}

}  // namespace velocal
