// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/hdf5_limits.hpp"

#include <algorithm>
#include <exception>
#include <string>

#include "velocal/store/hdf5/hdf5_image.hpp"
#include "velocal/store/hdf5/hdf5_type.hpp"

namespace velocal {
namespace {

constexpr std::size_t most_objects = 10'000;  ///< our files have some 100
constexpr double largest_array = 4294967296.0;
/// Deflate makes at most 1032 bytes of one (https://zlib.net/zlib_tech.html).
constexpr double largest_expansion = 1032.0;
constexpr double small_array = 1048576.0;

double bytes_of(const Shape& shape, std::size_t value_size) {
  double bytes = static_cast<double>(value_size);
  for (const hsize_t length : shape) bytes *= static_cast<double>(length);
  return bytes;
}

Shape chunk_of(const H5::DSetCreatPropList& properties, std::size_t rank) {
  Shape chunk(rank);
  if (rank > 0) properties.getChunk(static_cast<int>(rank), chunk.data());
  return chunk;
}

/// Ours are compressed by deflate after a shuffle; who knows what others do.
void require_known_filters(const H5::DSetCreatPropList& properties, const std::string& path) {
  for (int i = 0; i < properties.getNfilters(); ++i) {
    unsigned flags = 0, configuration = 0;
    std::size_t values = 0;
    char name[1];
    const H5Z_filter_t filter = properties.getFilter(i, flags, values, nullptr, sizeof name, name, configuration);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32) {
      throw Hdf5Problem(path, "it is compressed by another method than deflate");
    }
  }
}

void require_harmless_array(const H5::DataSet& array, const std::string& path, std::size_t file_size) {
  const H5::DSetCreatPropList properties = array.getCreatePlist();
  const H5D_layout_t layout = H5Pget_layout(properties.getId());
  if (layout == H5D_VIRTUAL || H5Pget_external_count(properties.getId()) != 0) {
    throw Hdf5Problem(path, "its values lie in another file");
  }
  if (layout == H5D_CHUNKED) require_known_filters(properties, path);
  const Shape shape = shape_of(array.getSpace());
  const std::size_t value_size = array.getDataType().getSize();
  const double room = std::min(largest_array, small_array + largest_expansion * static_cast<double>(file_size));
  const double chunk = layout == H5D_CHUNKED ? bytes_of(chunk_of(properties, shape.size()), value_size) : 0.0;
  if (bytes_of(shape, value_size) > room || chunk > room) {
    throw Hdf5Problem(path, "it claims more values than the file can hold");
  }
}

/// HDF5 calls back through C, where no exception may pass.
struct Visit {
  const H5::Group& root;
  std::size_t file_size;
  std::size_t objects = 0;
  std::exception_ptr problem = nullptr;

  void look_at(const char* name, const H5L_info_t& link) {
    const std::string path = std::string("/") + name;
    if (++objects > most_objects) throw Hdf5Problem("/", "it holds more than 10,000 objects");
    if (link.type == H5L_TYPE_SOFT) return;
    if (link.type != H5L_TYPE_HARD) throw Hdf5Problem(path, "it is a link to another file");
    if (root.childObjType(name) != H5O_TYPE_DATASET) return;
    require_harmless_array(root.openDataSet(name), path, file_size);
  }
};

herr_t visit_link(hid_t, const char* name, const H5L_info_t* link, void* data) {
  auto& visit = *static_cast<Visit*>(data);
  try {
    told_of(std::string("/") + name, [&] { visit.look_at(name, *link); });
    return 0;
  } catch (...) {
    visit.problem = std::current_exception();
    return -1;
  }
}

}  // namespace

void require_harmless(const H5::Group& root, std::size_t file_size) {
  Visit visit{root, file_size};
  told_of("/", [&] {
    const herr_t visited = H5Lvisit(root.getId(), H5_INDEX_NAME, H5_ITER_NATIVE, visit_link, &visit);
    if (visit.problem) std::rethrow_exception(visit.problem);
    if (visited < 0) throw H5::GroupIException("H5Lvisit", "failed");
  });
}

}  // namespace velocal
