// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/descriptor/read_settings.hpp"

#include <fmt/format.h>

namespace velocal {
namespace {

struct Reader {
  const Field& field;
  const Vocabulary& vocabulary;

  SettingValue operator()(const AnyText&) const { return field.text(); }
  SettingValue operator()(const PathText&) const { return field.file_path(); }
  SettingValue operator()(const OneOf& one) const {
    const auto words = one.words(vocabulary);
    return std::string(words[field.one_of(words)]);
  }
  SettingValue operator()(const Number& number) const {
    if (number.or_auto && field.node().scalar == "auto") return std::numeric_limits<double>::quiet_NaN();
    return field.number({allowed_values(number), number.rule.holds});
  }
  SettingValue operator()(const Integer& range) const { return field.integer(range.least, range.most); }
  SettingValue operator()(const TrueOrFalse&) const { return field.flag(); }
  SettingValue operator()(const DacRange& range) const {
    if (field.node().kind != YamlNode::Kind::map) field.reject(allowed_values(range));
    const Section section(field, {"from", "to"});
    FitRange read;
    section.read("from", read.from, 0, largest_threshold);
    section.read("to", read.to, 0, largest_threshold);
    if (read.to < read.from) {
      field.fail(fmt::format("must have from <= to, not {} and {}", read.from, read.to));
    }
    return PlainForm<std::optional<FitRange>>::of(read);
  }
  SettingValue operator()(const NameList& list) const {
    if (field.node().kind != YamlNode::Kind::list) field.reject(allowed_values(list));
    std::vector<std::string> names;
    for (const Field& item : field.items()) names.push_back(item.text());
    if (!are_names(names)) field.reject("a list of names, each once");
    return PlainForm<std::vector<std::string>>::of(names);
  }
};

}  // namespace

SettingValue read_value(const Field& field, const SettingDomain& domain, const Vocabulary& vocabulary) {
  return std::visit(Reader{field, vocabulary}, domain);
}

}  // namespace velocal
