#include "app/settings_text.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace puntual {
namespace {

constexpr std::uintmax_t kFileBytesMax = 16 << 20;

}  // namespace

Result<std::string> settings_text(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return fail(ErrorCode::NotFound, "{}: is no file that can be read", path);
  if (std::filesystem::file_size(path, error) > kFileBytesMax)
    return fail(ErrorCode::Invalid, "{}: is larger than 16 MB: no file of settings is", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::NotFound, "{}: cannot be read", path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace puntual
