// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cmath>

#include "velocal/descriptor/setting.hpp"

namespace velocal::test {

/// A plain value as descriptors write it.
inline std::string text_of(const SettingValue& value) {
  struct Text {
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(double number) const { return std::isnan(number) ? "auto" : fmt::format("{}", number); }
    std::string operator()(int number) const { return fmt::format("{}", number); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  };
  return std::visit(Text{}, value);
}

/// A value of the setting that is not its default.
template <class Section>
SettingValue other_value(const Setting<Section>& row, const Vocabulary& vocabulary) {
  struct Other {
    const SettingValue& usual;
    const Vocabulary& vocabulary;
    SettingValue operator()(const AnyText&) const { return std::get<std::string>(usual) + " and more"; }
    SettingValue operator()(const PathText&) const { return std::get<std::string>(usual) + "elsewhere"; }
    SettingValue operator()(const OneOf& one) const {
      const auto words = one.words(vocabulary);
      return std::string(words.front() == std::get<std::string>(usual) ? words.back() : words.front());
    }
    SettingValue operator()(const Number&) const { return std::get<double>(usual) == 0.5 ? 0.25 : 0.5; }
    SettingValue operator()(const Integer& range) const {
      return std::get<int>(usual) == range.most ? range.least : range.most;
    }
    SettingValue operator()(const TrueOrFalse&) const { return !std::get<bool>(usual); }
    SettingValue operator()(const DacRange&) const { return std::string("1490..1600"); }
    SettingValue operator()(const NameList&) const { return std::string("s, E0"); }
  };
  const SettingValue usual = row.default_value();
  return std::visit(Other{usual, vocabulary}, row.domain);
}

}  // namespace velocal::test
