// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/parts/fit_settings_attributes.hpp"

#include <cstdint>

#include "velocal/descriptor/setting_tables.hpp"
#include "velocal/fit/problem/statistic.hpp"
#include "velocal/store/hdf5/hdf5_attribute.hpp"

namespace velocal {
namespace {

/// Writes each kind of plain value as its HDF5 type.
struct Writer {
  const H5::Group& root;
  const std::string& name;

  void operator()(const std::string& text) const { write_text_attribute(root, name, text); }
  void operator()(double number) const { write_number<double>(root, name, number); }
  void operator()(int number) const { write_number<std::int32_t>(root, name, number); }
  void operator()(bool flag) const { write_number<std::uint8_t>(root, name, flag); }
};

/// Reads a value of the kind that it is called with.
struct Reader {
  const H5::Group& root;
  const std::string& name;
  const SettingDomain& domain;

  SettingValue operator()(const std::string&) const {
    // Models are not in the vocabulary: a file may have one that this program does not know.
    const Vocabulary vocabulary{{}, StatisticRegistry::instance().names()};
    return read_word(root, name,
                     [&](const std::string& text) { return parse_setting(domain, text, vocabulary, name); });
  }
  SettingValue operator()(double) const { return read_number<double>(root, name); }
  SettingValue operator()(int) const { return read_number<std::int32_t>(root, name); }
  SettingValue operator()(bool) const { return read_number<std::uint8_t>(root, name) != 0; }
};

SettingValue read_setting(const H5::Group& root, const Setting<FitSettings>& row) {
  const std::string name = row.attribute_name();
  if (!has_attribute(root, name)) return row.value_of_older_files();
  return std::visit(Reader{root, name, row.domain}, row.default_value());
}

}  // namespace

void write_fit_settings(const H5::Group& root, const ScanFit& fit) {
  for (const Setting<FitSettings>& row : fit_settings_table()) {
    const std::string name = row.attribute_name();
    std::visit(Writer{root, name}, row.member.get(fit.settings));
  }
  write_text_attribute(root, "engine", fit.engine);
  write_number<double>(root, "background", fit.background);
  write_number<double>(root, "background_error", fit.background_error);
  if (fit.second_share_slope != 0.0) write_number<double>(root, "E0_second_share_slope", fit.second_share_slope);
  if (fit.background_assumed) write_number<std::uint8_t>(root, "background_assumed", 1);
}

void read_fit_settings(const H5::Group& root, ScanFit& fit) {
  for (const Setting<FitSettings>& row : fit_settings_table()) row.member.set(fit.settings, read_setting(root, row));
  fit.engine = read_text_attribute(root, "engine");
  fit.background = read_number<double>(root, "background");
  if (has_attribute(root, "background_error")) {
    fit.background_error = read_number<double>(root, "background_error");
  }
  if (has_attribute(root, "E0_second_share_slope")) {
    fit.second_share_slope = read_number<double>(root, "E0_second_share_slope");
  }
  fit.background_assumed = has_attribute(root, "background_assumed");
}

}  // namespace velocal
