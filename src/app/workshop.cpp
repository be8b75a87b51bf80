#include "app/workshop.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace puntual {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWorkshopPrefix = ".puntual-";

// A descriptor that holds the folder's lock; -1: it is another's, in use, or gone.
int lock_of_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return -1;
  struct stat info {};
  if (::flock(folder, LOCK_EX | LOCK_NB) == 0 && ::fstat(folder, &info) == 0 &&
      info.st_uid == ::geteuid() && info.st_nlink > 0)
    return folder;
  ::close(folder);
  return -1;
}

void remove_abandoned(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename().string().starts_with(kWorkshopPrefix))
      found.push_back(entry->path());
  }
  for (const auto& path : found) {
    const int lock = lock_of_folder(path.string());
    if (lock < 0) continue;
    fs::remove_all(path, error);
    ::close(lock);
  }
}

}  // namespace

Result<std::unique_ptr<Workshop>> Workshop::in(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  remove_abandoned(folder);
  remove_abandoned(fs::temp_directory_path(error));
  // Between its making and its lock another may take a new one for abandoned: then there is the
  // next.
  for (int attempt = 0; attempt < 10; ++attempt) {
    std::string path = (folder / fmt::format("{}XXXXXX", kWorkshopPrefix)).string();
    if (::mkdtemp(path.data()) == nullptr)
      return fail(ErrorCode::Forbidden, "{}: cannot be written: {}", folder.string(),
                  std::strerror(errno));
    if (const int lock = lock_of_folder(path); lock >= 0)
      return std::unique_ptr<Workshop>(new Workshop(std::move(path), lock));
    fs::remove(path, error);
  }
  return fail(ErrorCode::Unavailable,
              "{}: does not lock: use a folder of a file system with locks (not an old NFS)",
              folder.string());
}

Workshop::~Workshop() {
  std::error_code error;
  fs::remove_all(path_, error);
  ::close(lock_);
}

}  // namespace puntual
