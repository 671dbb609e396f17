// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/scan/matrix_csv.hpp"

#include "velocal/core/file_reader.hpp"
#include "velocal/scan/matrix_parser.hpp"

namespace velocal {

PixelMatrix<double> read_matrix_csv(const std::filesystem::path& file, const ContentsSeen& seen) {
  FileReader reader;
  const auto contents = reader.read(file);
  if (seen) seen(file, contents);
  return parse_matrix_csv(contents, file);
}

}  // namespace velocal
