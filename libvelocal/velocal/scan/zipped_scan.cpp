// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/zipped_scan.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "velocal/core/error.hpp"
#include "velocal/scan/archive.hpp"
#include "velocal/scan/file_naming.hpp"
#include "velocal/scan/mask.hpp"
#include "velocal/scan/required_files.hpp"

namespace velocal {

class ZippedScan::Reader final : public AcquisitionReader {
 public:
  explicit Reader(const ZippedScan& source) : source_(source), zip_(source.index_.path()) {}

  Acquisition read(int threshold, int acquisition) override {
    name_ = acquisition_file_name(source_.dataset_.asic, source_.scan_.shutter.text, threshold, acquisition);
    const std::string* const name = source_.names_.find(threshold, acquisition);
    const ZipMember* const member = source_.find(name == nullptr ? name_ : *name);
    if (member == nullptr) throw InputError(fmt::format("{} is not in {}", name_, source_.index_.path().string()));
    origin_ = zip_.origin(*member);
    const auto text = zip_.contents(*member, largest_counts_text);
    if (!is_compressed(member->name)) return {name_, origin_, text};
    unpacked_ = read_compressed(text, origin_, largest_counts_text);
    return {name_, origin_, std::span<const char>(unpacked_)};
  }

 private:
  const ZippedScan& source_;
  ZipReader zip_;
  std::string name_, origin_;  ///< of the last acquisition
  std::vector<char> unpacked_;
};

ZippedScan::ZippedScan(const Dataset& dataset, const ScanSettings& scan, ZipIndex index)
    : dataset_(dataset), scan_(scan), index_(std::move(index)), names_(dataset.asic, scan.shutter.text) {
  const std::string mask = mask_path(dataset, scan).filename();
  for (std::size_t i = 0; i < index_.members().size(); ++i) {
    const std::string& name = index_.members()[i].name;
    names_.add(name);
    if (places_.emplace(name, i).second || name != mask) continue;
    throw InputError("the mask is there twice", fmt::format("{} in {}", mask, index_.path().string()),
                     "Leave one of them in its place");
  }
}

const ZipMember* ZippedScan::find(const std::string& name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? nullptr : &index_.members()[found->second];
}

void ZippedScan::require_complete() const {
  require_acquisitions(dataset_, scan_, names_);
}

std::unique_ptr<AcquisitionReader> ZippedScan::reader() const {
  return std::make_unique<Reader>(*this);
}

std::optional<PixelMask> ZippedScan::mask(const ContentsSeen& seen) const {
  const ZipMember* const member = find(mask_path(dataset_, scan_).filename().string());
  ZipReader zip(index_.path());
  if (member == nullptr) {
    // It may be there under a name that a damage has changed in the index, where nothing else would tell of it.
    for (const ZipMember& other : index_.members()) zip.require_own_header(other);
    return std::nullopt;
  }
  const auto text = zip.contents(*member, largest_mask_text);
  if (seen) seen(member->name, text);
  return parse_mask(text, zip.origin(*member));
}

}  // namespace velocal
