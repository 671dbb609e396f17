// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/matrix_csv.hpp"

#include <catch2/catch.hpp>

#include "support/files.hpp"
#include "support/scan_files.hpp"
#include "support/temporary_folder.hpp"
#include "velocal/core/error.hpp"

using namespace velocal;
using test::matrix_csv;

namespace {

/// Writes files named m.csv and reads them back.
class MatrixFile {
 public:
  PixelMatrix<double> read(std::string_view text) const {
    test::write_text(path(), text);
    return read_matrix_csv(path());
  }
  /// What is wrong with the text, less the folder's name.
  std::string complaint(std::string_view text) const {
    try {
      read(text);
    } catch (const InputError& error) {
      const std::string message = error.what();
      return message.substr(message.find("m.csv"));
    }
    return "";
  }
  std::filesystem::path path() const { return folder_.path() / "m.csv"; }

 private:
  test::TemporaryFolder folder_;
};

PixelMatrix<double> asymmetric() {
  PixelMatrix<double> values;
  for (std::size_t pixel = 0; pixel < pixel_count; ++pixel) values[pixel] = static_cast<double>(pixel) / 7.0;
  values(5, 9) = 1e-300;
  values(9, 5) = 1.7976931348623157e308;
  return values;
}

const std::string shape = " (a matrix has 256 lines of 256 numbers >= 0)";

}  // namespace

TEST_CASE("matrices are read in all the forms in which they are written") {
  const MatrixFile file;
  const auto values = asymmetric();
  CHECK(file.read(matrix_csv(values)) == values);
  CHECK(file.read(matrix_csv(values, "%.18e")) == values);        // numpy.savetxt
  CHECK(file.read(matrix_csv(values, "%.17g", ", ")) == values);  // blanks after the commas
  CHECK(file.read(matrix_csv(values, "%.17g", " ,\t")) == values);
  CHECK(file.read(matrix_csv(values, "%.17g", ",", "\r\n")) == values);
  CHECK(file.read(matrix_csv(values, "%.18E", " , ", " \r\n")) == values);
  CHECK(file.read(matrix_csv(values) + " \r\n\n") == values);  // blanks at the end
}

TEST_CASE("a matrix of the wrong shape is refused with the place") {
  const MatrixFile file;
  const std::string text = matrix_csv(PixelMatrix<double>(5), "%.0f");  // field c begins at column 2c + 1
  const std::size_t line = 2 * pixel_columns;
  CHECK(file.complaint(text).empty());
  CHECK(file.complaint("") == "m.csv:1:1: only 0 of 256 lines" + shape);
  CHECK(file.complaint(text.substr(line)) == "m.csv:256:1: only 255 of 256 lines" + shape);
  CHECK(file.complaint(text + "5\n") == "m.csv:257:1: more than 256 lines" + shape);
  CHECK(file.complaint(std::string(text).erase(3 * line + 2, 2)) ==
        "m.csv:4:510: only 255 of 256 fields in the line" + shape);
  CHECK(file.complaint(std::string(text).insert(3 * line + 2, "5,")) ==
        "m.csv:4:512: more than 256 fields in the line" + shape);
  CHECK(file.complaint(std::string(text).insert(4 * line - 1, ",")) ==
        "m.csv:4:512: more than 256 fields in the line" + shape);
  CHECK(
      file.complaint(text.substr(0, text.size() - 1)) ==
      "m.csv: the last line has no end (the file was cut, and perhaps its last number with it). Copy it again, or add "
      "the line's end");
  CHECK(file.complaint(text.substr(0, 3 * line + 20)) == "m.csv:4:21: expected a number >= 0, got \"\"" + shape);
}

TEST_CASE("what is no finite number >= 0 is refused with the place") {
  const MatrixFile file;
  const auto [text, shown] =
      GENERATE(table<std::string, std::string>({{"", ""},
                                                {" ", ""},
                                                {"x", "x"},
                                                {"-1", "-1"},
                                                {"-0.5e-9", "-0.5e-9"},
                                                {"nan", "nan"},
                                                {"inf", "inf"},
                                                {"1e400", "1e400"},
                                                {"1.5x", "1.5x"},
                                                {"1 2", "1 2"},
                                                {"0x10", "0x10"},
                                                {"1;2", "1;2"},
                                                {"abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwx"}}));
  std::string damaged = matrix_csv(PixelMatrix<double>(5), "%.0f");
  damaged.replace(std::size_t{2} * 2 * pixel_columns + 8, 1, text);
  CHECK(file.complaint(damaged) == "m.csv:3:9: expected a number >= 0, got \"" + shown + "\"" + shape);
}

TEST_CASE("the contents that are seen are those that are parsed") {
  const MatrixFile file;
  const std::string text = matrix_csv(asymmetric());
  test::write_text(file.path(), text);
  int times = 0;
  const auto read =
      read_matrix_csv(file.path(), [&](const std::filesystem::path& seen, std::span<const char> contents) {
        ++times;
        CHECK(seen == file.path());
        CHECK(std::string_view(contents.data(), contents.size()) == text);
        test::write_text(file.path(), "something else");
      });
  CHECK(times == 1);
  CHECK(read == asymmetric());
}

TEST_CASE("a matrix that is not there is an error of the input with the system's reason") {
  const MatrixFile file;
  CHECK_THROWS_AS(read_matrix_csv(file.path()), InputError);
  CHECK_THROWS_WITH(read_matrix_csv(file.path()),
                    "cannot read " + file.path().string() + " (No such file or directory)");
}
