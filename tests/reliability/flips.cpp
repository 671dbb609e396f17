// SPDX-License-Identifier: GPL-3.0-or-later
#include "flips.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>
#include <random>
#include <span>
#include <stdexcept>
#include <string_view>

#include "support/files.hpp"
#include "validation/markdown.hpp"
#include "velocal/core/error.hpp"
#include "velocal/store/detector_file.hpp"
#include "velocal/store/fit_file.hpp"
#include "velocal/store/flux_file.hpp"
#include "velocal/store/gain_file.hpp"
#include "velocal/store/hdf5/seal.hpp"
#include "velocal/store/matrices_file.hpp"
#include "velocal/store/measured_baseline_file.hpp"
#include "velocal/store/truth_file.hpp"
#include "workers.hpp"

namespace velocal::test {

namespace fs = std::filesystem;

namespace {

constexpr double flips_of_file = 10000.0, spoilt_of_file = 300.0;
constexpr std::size_t seal_size = 512;
constexpr std::size_t batch = 250;  ///< flips that one process reads; the next starts anew
constexpr std::size_t most_changed_bytes = 64, first_bytes = 4096;  ///< HDF5 has its superblock and its root in these

const Provenance of_scan{
    .dataset = "small", .scan = "iron", .group = "all", .descriptor = {}, .options = {}, .inputs_sha256 = {}};
const Provenance of_gain{
    .dataset = "small", .scan = "gain", .group = "all", .descriptor = {}, .options = {}, .inputs_sha256 = {}};
const Provenance of_detector{
    .dataset = "many", .scan = {}, .group = "all", .descriptor = {}, .options = {}, .inputs_sha256 = {}};

/// Reads a results file and writes what was read: identical values give identical bytes.
struct ResultsFile {
  std::string path;
  std::function<void(const fs::path& from, const fs::path& to)> copy;
};

/// That of the fit, for matrices.h5, which records its settings.
ScanFit fit_beside(const fs::path& file) {
  return read_fit(file.parent_path() / "fit.h5", of_scan).value;
}

const std::vector<ResultsFile> results_files{
    {"results/small/iron/flux.h5",
     [](const fs::path& from, const fs::path& to) {
       const auto read = read_flux(from, of_scan);
       write_flux(to, read.value, read.provenance);
     }},
    {"results/small/iron/fit.h5",
     [](const fs::path& from, const fs::path& to) {
       const auto read = read_fit(from, of_scan);
       write_fit(to, read.value, read.provenance);
     }},
    {"results/small/iron/matrices.h5",
     [](const fs::path& from, const fs::path& to) {
       const auto read = read_matrices(from, of_scan);
       write_matrices(to, read.value, fit_beside(from), read.provenance);
     }},
    {"results/small/gain.h5",
     [](const fs::path& from, const fs::path& to) {
       const auto read = read_gain(from, of_gain);
       write_gain(to, read.value, read.provenance);
     }},
    {"results/small/baseline.h5",
     [](const fs::path& from, const fs::path& to) {
       const auto read = read_measured_baseline(from, "Module0_VP3-1");
       write_measured_baseline(to, read.value, read.provenance);
     }},
    {"results/small/iron/truth.h5",
     [](const fs::path& from, const fs::path& to) {
       const auto read = read_truth(from, of_scan);
       write_truth(to, read.value, read.provenance);
     }},
    {"results/many/detector.h5",
     [](const fs::path& from, const fs::path& to) {
       const auto read = read_detector(from, of_detector);
       write_detector(to, read.value, read.provenance);
     }},
};

enum Verdict : char { refused = 'r', unchanged = 'u', different = 'd', crashed = 'c' };

/// What becomes of a file in its folder; the file that is read is `copied` when nothing is wrong with it.
Verdict verdict_on(const ResultsFile& kind, const fs::path& file, const std::string& copied) {
  const fs::path copy = file.parent_path() / "copy.h5";
  try {
    kind.copy(file, copy);
  } catch (const InputError&) {
    return refused;
  }
  return read_text(copy) == copied ? unchanged : different;
}

/// Likewise, of a file that somebody has sealed anew: its numbers may be others.
Verdict verdict_on_sealed(const ResultsFile& kind, const fs::path& file) {
  try {
    kind.copy(file, file.parent_path() / "copy.h5");
  } catch (const InputError& error) {
    const std::string_view reason = error.what();
    const auto says = [&](const char* words) { return reason.find(words) != std::string_view::npos; };
    return says("HDF5 crashes") || says("HDF5 computes") ? crashed : refused;
  }
  return unchanged;
}

/// Overwrites one byte.
void poke(const fs::path& file, std::size_t place, char byte) {
  std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
  stream.seekp(static_cast<std::streamoff>(place));
  stream.put(byte);
}

/// Runs the work in a process of its own. Returns what it writes to the pipe, one character a flip.
std::string said_by_child(const std::function<void(int pipe)>& work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe failed");
  const pid_t child = fork();
  if (child == 0) {
    try {
      work(ends[1]);
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  close(ends[1]);
  std::string said;
  char letter = 0;
  while (read(ends[0], &letter, 1) == 1) said += letter;
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return said;
}

class FlippedFile {
 public:
  FlippedFile(const ResultsFile& kind, const Scene& scene, const fs::path& folder)
      : kind_(kind), file_(folder / fs::path(kind.path).filename()), bytes_(scene.complete().at(kind.path).bytes()) {
    write_text(folder / "fit.h5", scene.complete().at("results/small/iron/fit.h5").bytes());
    write_text(file_, bytes_);
    kind_.copy(file_, folder / "copy.h5");
    copied_ = read_text(folder / "copy.h5");
  }

  /// Flips these bits one after the other.
  void flip(const std::vector<std::size_t>& bits, Findings& findings) {
    look_at_each(bits, &FlippedFile::verdict_on_flip, findings, "with a flipped bit");
  }

  /// Likewise, but each time somebody seals the file anew: other numbers are in it then, or none; a crash is a defect.
  void flip_and_seal(const std::vector<std::size_t>& bits, Findings& findings) {
    look_at_each(bits, &FlippedFile::verdict_on_sealed_flip, findings, "with a flipped bit under a new seal");
  }

  /// Likewise, but several bytes are others: what they are each number draws. Returns how often HDF5 was ended by it,
  /// in the process that reads the file first.
  std::size_t spoil_and_seal(const std::vector<std::size_t>& numbers, Findings& findings) {
    const std::string verdicts =
        look_at_each(numbers, &FlippedFile::verdict_on_spoilt, findings, "with changed bytes under a new seal");
    return static_cast<std::size_t>(std::ranges::count(verdicts, crashed));
  }

  /// As the file would be if another version of its schema had been written.
  void change_schema(Findings& findings) const {
    std::string image = bytes_.substr(seal_size);
    const std::size_t at = image.find("velocal/" + file_.stem().string() + "/1");
    if (at == std::string::npos) throw std::runtime_error("no schema in " + file_.string());
    image.at(image.find("/1", at) + 1) = '2';
    write_sealed(image);
    const std::string verdict = said_by_child([&](int pipe) {
      const char letter = verdict_on(kind_, file_, copied_);
      if (write(pipe, &letter, 1) != 1) return;
    });
    if (verdict != std::string{refused}) {
      findings.add_violation(file_.filename().string() + " of another schema version is taken", verdict);
    }
    write_text(file_, bytes_);
  }

  std::size_t bits() const { return 8 * bytes_.size(); }

 private:
  using Look = Verdict (FlippedFile::*)(std::size_t bit) const;

  /// Returns all verdicts.
  std::string look_at_each(const std::vector<std::size_t>& bits, Look look, Findings& findings,
                           const std::string& how) {
    std::string all;
    for (std::size_t begin = 0; begin < bits.size();) {
      const std::size_t end = std::min(begin + batch, bits.size());
      const std::string verdicts = said_by_child([&](int pipe) {
        for (std::size_t i = begin; i < end; ++i) {
          const char letter = (this->*look)(bits[i]);
          if (write(pipe, &letter, 1) != 1) return;
        }
      });
      for (std::size_t i = 0; i < verdicts.size(); ++i) {
        if (verdicts[i] == different) tell(how + " gives other numbers", bits[begin + i], findings);
      }
      all += verdicts;
      begin += verdicts.size();
      if (begin < end) tell(how + " crashes or throws", bits[begin++], findings);
      write_text(file_, bytes_);
    }
    return all;
  }

  void write_sealed(const std::string& image) const {
    const auto changed = sealed(std::as_bytes(std::span(image)));
    write_text(file_, {reinterpret_cast<const char*>(changed.data()), changed.size()});
  }

  Verdict verdict_on_sealed_flip(std::size_t bit) const {
    std::string image = bytes_.substr(seal_size);
    image[bit / 8 % image.size()] = static_cast<char>(image[bit / 8 % image.size()] ^ (1 << bit % 8));
    write_sealed(image);
    return verdict_on_sealed(kind_, file_);
  }

  Verdict verdict_on_spoilt(std::size_t number) const {
    std::string image = bytes_.substr(seal_size);
    std::mt19937_64 random(number);
    for (std::size_t bytes = 1 + random() % most_changed_bytes; bytes > 0; --bytes) {
      const std::size_t places = random() % 2 == 0 ? first_bytes : image.size();
      image[random() % places] = static_cast<char>(random());
    }
    write_sealed(image);
    return verdict_on_sealed(kind_, file_);
  }

  Verdict verdict_on_flip(std::size_t bit) const {
    const std::size_t place = bit / 8;
    poke(file_, place, static_cast<char>(bytes_[place] ^ (1 << bit % 8)));
    const Verdict verdict = verdict_on(kind_, file_, copied_);
    poke(file_, place, bytes_[place]);
    return verdict;
  }

  void tell(const std::string& what, std::size_t bit, Findings& findings) const {
    findings.add_violation(fmt::format("{} {}", file_.filename().string(), what),
                           fmt::format("bit {} of byte {}", bit % 8, bit / 8));
  }

  const ResultsFile& kind_;
  fs::path file_;
  std::string bytes_, copied_;
};

/// A tenth of the bits lies in the first 4 KiB: seal, superblock, root.
std::vector<std::size_t> drawn_bits(std::size_t bits, std::size_t count, std::mt19937_64 random) {
  std::vector<std::size_t> drawn;
  for (std::size_t i = 0; i < count; ++i)
    drawn.push_back(random() % (i % 10 == 0 ? std::min<std::size_t>(bits, 32768) : bits));
  return drawn;
}

std::vector<std::size_t> drawn_numbers(std::size_t count, std::mt19937_64 random) {
  std::vector<std::size_t> drawn(count);
  std::ranges::generate(drawn, random);
  return drawn;
}

}  // namespace

std::map<std::string, std::string> flip_bits(const Scene& scene, const Budget& budget, Findings& findings) {
  const std::size_t flips = budget.of(flips_of_file);
  const std::size_t sealed_flips = budget.share < 1.0 ? flips / 25 : flips / 10;  // each takes as long as ten others
  const std::size_t spoilt = budget.of(spoilt_of_file);
  std::vector<FlippedFile> files;  // all made first: a process forks well only while nobody is within HDF5
  for (const ResultsFile& kind : results_files) {
    files.emplace_back(kind, scene, scene.scratch() / "flips" / std::to_string(files.size()));
  }
  std::atomic<std::size_t> flipped{0}, crashes{0};
  const auto flip_one = [&](std::size_t i, const fs::path&) {
    files[i].change_schema(findings);
    files[i].flip(drawn_bits(files[i].bits(), flips, budget.random(300 + i)), findings);
    files[i].flip_and_seal(drawn_bits(files[i].bits(), sealed_flips, budget.random(400 + i)), findings);
    crashes += files[i].spoil_and_seal(drawn_numbers(spoilt, budget.random(500 + i)), findings);
    ++flipped;
  };
  for_each_task(scene, files.size(), flip_one, budget.seconds);
  return {{"flips", std::to_string(flips)},
          {"sealed flips", std::to_string(sealed_flips)},
          {"spoilt files", std::to_string(spoilt)},
          {"spoilt files that crash HDF5", std::to_string(crashes.load())},
          {"flipped files", std::to_string(flipped.load())}};
}

}  // namespace velocal::test
