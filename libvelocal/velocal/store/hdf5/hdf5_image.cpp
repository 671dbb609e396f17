// SPDX-License-Identifier: GPL-3.0-or-later
#include "velocal/store/hdf5/hdf5_image.hpp"

#include <H5LTpublic.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <new>

#include "velocal/store/hdf5/hdf5_limits.hpp"
#include "velocal/store/hdf5/rehearsal.hpp"

namespace velocal {
namespace {

/// What is known of a failure. Nothing is allocated for it: what failed may be the memory.
struct Failure {
  std::array<char, 256> reason{};
  bool happened = false, out_of_memory = false;
};
thread_local Failure last_failure;
/// A file is being made in memory: whatever fails then, fails for lack of it.
thread_local bool building = false;

herr_t keep_entry(unsigned depth, const H5E_error2_t* error, void*) {
  if (depth == 0 && error->desc != nullptr) {
    std::strncpy(last_failure.reason.data(), error->desc, last_failure.reason.size() - 1);
  }
  const bool in_zlib = error->desc != nullptr && std::strcmp(error->desc, "inflateInit() failed") == 0;
  if (in_zlib || error->min_num == H5E_NOSPACE || error->min_num == H5E_CANTALLOC ||
      error->min_num == H5E_CANTREGISTER) {
    last_failure.out_of_memory = true;
  }
  return 0;
}

/// HDF5 calls this where it would print its stack of errors; later the stack is gone.
herr_t keep_reason(hid_t stack, void*) {
  last_failure = {};
  last_failure.happened = true;
  return H5Ewalk2(stack, H5E_WALK_UPWARD, keep_entry, nullptr);
}

/// Lets one thread at a time into HDF5, whose C++ API is not made for more. At its end HDF5's errors are again treated
/// as the process treats them elsewhere.
class Session {
 public:
  explicit Session(bool builds = false) : lock_(mutex()) {
    building = builds;
    H5Eget_auto2(H5E_DEFAULT, &previous_, &previous_data_);
    H5Eset_auto2(H5E_DEFAULT, keep_reason, nullptr);
    last_failure = {};
  }
  ~Session() { H5Eset_auto2(H5E_DEFAULT, previous_, previous_data_); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  std::scoped_lock<std::mutex> lock_;
  H5E_auto2_t previous_ = nullptr;
  void* previous_data_ = nullptr;
};

/// HDF5 takes two open memory files of one name for the same file.
std::string unused_name() {
  static std::atomic<unsigned long> count{0};
  return "velocal-" + std::to_string(count++);
}

H5::FileAccPropList memory_access() {
  constexpr std::size_t growth = std::size_t{1} << 22;
  H5::FileAccPropList access;
  access.setCore(growth, false);
  return access;
}

/// HDF5 leaves a filter out in silence when its memory fails; the file would then be another one.
bool has_all_filters(hid_t array) {
  const hid_t properties = H5Dget_create_plist(array), space = H5Dget_space(array);
  hsize_t chunks = 0;
  bool known = properties >= 0 && space >= 0;
  if (known && H5Pget_layout(properties) == H5D_CHUNKED) known = H5Dget_num_chunks(array, space, &chunks) >= 0;
  unsigned skipped = 0;
  for (hsize_t i = 0; i < chunks && known && skipped == 0; ++i) {
    std::array<hsize_t, H5S_MAX_RANK> offset{};
    known = H5Dget_chunk_info(array, space, i, offset.data(), &skipped, nullptr, nullptr) >= 0;
  }
  H5Sclose(space);
  H5Pclose(properties);
  return known && skipped == 0;
}

herr_t require_filters(hid_t group, const char* name, const H5L_info_t*, void*) {
  const hid_t object = H5Oopen(group, name, H5P_DEFAULT);
  const bool good = object >= 0 && (H5Iget_type(object) != H5I_DATASET || has_all_filters(object));
  H5Oclose(object);
  return good ? 0 : -1;
}

/// HDF5 may have failed where nobody was told, as when an array was closed: for want of memory. What was written last
/// is lost then; and HDF5 has lost its own lists, and would call each later file damaged.
void throw_if_failed_in_silence() {
  if (last_failure.happened) throw std::bad_alloc();
}

std::vector<std::byte> image_of(const H5::H5File& file) {
  throw_if_failed_in_silence();
  file.flush(H5F_SCOPE_GLOBAL);
  if (H5Lvisit(file.getId(), H5_INDEX_NAME, H5_ITER_NATIVE, require_filters, nullptr) < 0) throw std::bad_alloc();
  const ssize_t size = H5Fget_file_image(file.getId(), nullptr, 0);
  if (size < 0) throw H5::FileIException("H5Fget_file_image", "no size");
  std::vector<std::byte> image(static_cast<std::size_t>(size));
  if (H5Fget_file_image(file.getId(), image.data(), image.size()) != size) {
    throw H5::FileIException("H5Fget_file_image", "no image");
  }
  return image;
}

/// The flags say who owns the bytes, and whether they change; where they do not, the const_cast is harmless.
H5::H5File opened(std::span<const std::byte> image, unsigned flags) {
#ifdef __SANITIZE_ADDRESS__
  // HDF5 1.10 never frees some 72 bytes of each image. To look up in whose function they were asked for takes longer
  // than the rest of a program's run.
  const __lsan::ScopedDisabler leaks_of_hdf5;
#endif
  const hid_t id = H5LTopen_file_image(const_cast<std::byte*>(image.data()), image.size(), flags);
  if (id < 0) throw H5::FileIException("H5LTopen_file_image", "failed");
  const H5::H5File file(id);  // has it twice now
  H5Fclose(id);
  return file;
}

/// What HDF5 does with bytes that may be anybody's; the copy has then looked at the same ones.
void do_after_rehearsal(const std::function<void(bool is_known_harmless)>& work) {
  const auto told = [&](bool is_known_harmless) {
    told_of("/", [&] { work(is_known_harmless); });
    throw_if_failed_in_silence();
  };
  const auto copy_does_it = [&] { return rehearse([&] { told(false); }); };
  const bool is_well = copy_does_it();
  try {
    told(is_well);
  } catch (const Hdf5Problem&) {
    // Where memory failed for a moment, a whole file looks damaged.
    if (is_well || copy_does_it()) throw std::bad_alloc();
    throw;
  }
}

}  // namespace

std::vector<std::byte> hdf5_image(const std::function<void(H5::Group& root)>& fill) {
  const Session session(true);
  return told_of("/", [&] {
    const H5::FileCreatPropList creation;
    set_group_creation(creation.getId());
    const H5::H5File file(unused_name(), H5F_ACC_TRUNC, creation, memory_access());
    {
      H5::Group root = file.openGroup("/");
      fill(root);
    }
    return image_of(file);
  });
}

void read_hdf5_image(std::span<const std::byte> image, const std::function<void(const H5::Group& root)>& parse) {
  if (image.empty()) throw Hdf5Problem("/", "it is empty");
  const Session session;
  do_after_rehearsal([&](bool is_known_harmless) {
    const H5::H5File file = opened(image, H5LT_FILE_IMAGE_DONT_COPY | H5LT_FILE_IMAGE_DONT_RELEASE);
    const H5::Group root = file.openGroup("/");
    if (!is_known_harmless) require_harmless(root, image.size());
    parse(root);
  });
}

std::vector<std::byte> changed_hdf5_image(std::span<const std::byte> image,
                                          const std::function<void(H5::Group& root)>& change) {
  const Session session;
  std::vector<std::byte> changed;
  do_after_rehearsal([&](bool is_known_harmless) {
    const H5::H5File file = opened(image, H5LT_FILE_IMAGE_OPEN_RW);
    {
      H5::Group root = file.openGroup("/");
      if (!is_known_harmless) require_harmless(root, image.size());
      change(root);
    }
    changed = image_of(file);
  });
  return changed;
}

void set_object_creation(hid_t properties) {
  constexpr unsigned most_in_header = 1000;
  if (H5Pset_obj_track_times(properties, false) < 0 ||
      H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED) < 0 ||
      H5Pset_attr_phase_change(properties, most_in_header, 0) < 0) {
    throw H5::PropListIException("set_object_creation", "failed");
  }
}

void set_group_creation(hid_t properties) {
  set_object_creation(properties);
  if (H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED) < 0) {
    throw H5::PropListIException("set_group_creation", "failed");
  }
}

std::string hdf5_reason(const H5::Exception& exception) {
  if (last_failure.out_of_memory || building) throw std::bad_alloc();
  if (last_failure.reason.front() != '\0') return last_failure.reason.data();
  return exception.getFuncName() + ": " + exception.getDetailMsg();
}

}  // namespace velocal
