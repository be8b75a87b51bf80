#include "app/input_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "sheet/read.h"

namespace puntual {

Result<std::string> read_whole_file(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  struct stat info {};
  if (stat(path.c_str(), &info) != 0)
    return fail(ErrorCode::NotFound, "{}: no existe ese archivo", path);
  if (S_ISDIR(info.st_mode)) return fail(ErrorCode::Invalid, "{}: is a folder, not a file", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::Forbidden, "{}: cannot be read (check its permissions)", path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<std::string> read_table(const std::string& path) {
  ASSIGN_OR_RETURN(std::string bytes, read_whole_file(path));
  return sheet::is_workbook(bytes) ? sheet::csv_of_workbook(bytes) : std::move(bytes);
}

Result<std::unique_ptr<InputFile>> InputFile::open(const std::string& path) {
  std::unique_ptr<InputFile> file(new InputFile);
  const int descriptor = path == "-" ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  if (descriptor >= 0 && ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) &&
      info.st_size > 0) {
    void* mapped =
        ::mmap(nullptr, static_cast<size_t>(info.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapped != MAP_FAILED) {
      file->mapped_ = mapped;
      file->bytes_ = {static_cast<const char*>(mapped), static_cast<size_t>(info.st_size)};
    }
  }
  if (descriptor >= 0) ::close(descriptor);
  if (file->mapped_ == nullptr) {
    ASSIGN_OR_RETURN(file->copied_, read_whole_file(path));
    file->bytes_ = file->copied_;
  }
  return file;
}

InputFile::~InputFile() {
  if (mapped_ != nullptr) ::munmap(mapped_, bytes_.size());
}

}  // namespace puntual
