// SPDX-License-Identifier: GPL-3.0-or-later
// A descriptor and the parent that it may extend: either a dataset, or an error that says something.
#include <fstream>

#include "fuzz.hpp"
#include "velocal/descriptor/read_dataset.hpp"

namespace velocal::fuzz {
namespace {

const Vocabulary vocabulary{.models = {{"F1_0", {"f", "A", "s", "E0"}}, {"diffusion", {"R", "sigma", "s", "E0"}}},
                            .statistics = {"neyman", "poisson"},
                            .sources = {"Fe55"},
                            .estimators = {"moments", "established", "censored"}};

void write(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace
}  // namespace velocal::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace velocal::fuzz;
  static const auto child = temporary_file("child.yaml"), parent = temporary_file("parent.yaml");
  const std::string_view text = text_of(data, size);
  const std::size_t cut = text.find("\n====\n");
  write(child, text.substr(0, cut));
  if (cut != std::string_view::npos) {
    write(parent, text.substr(cut + 6));
  } else {
    std::filesystem::remove(parent);  // of another input
  }
  try {
    const velocal::Dataset dataset = velocal::read_dataset(child, vocabulary);
    require(!dataset.name.empty() && !dataset.scans.empty());
  } catch (const velocal::Error& error) {
    require(std::string_view(error.what()).size() > 10);
  }
  return 0;
}
