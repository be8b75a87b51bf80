#include "base/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace puntual {
namespace {

std::unexpected<Error> cannot_write(const std::string& path) {
  return fail(errno == ENOSPC || errno == EIO ? ErrorCode::Unavailable : ErrorCode::Forbidden,
              "{}: cannot be written: {}", path, std::strerror(errno));
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

Result<void> sync_opened(const std::string& path, int flags) {
  const int opened = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = opened >= 0 && ::fsync(opened) == 0;
  const auto error = cannot_write(path);
  if (opened >= 0) ::close(opened);
  if (!synced) return error;
  return {};
}

}  // namespace

Result<void> write_durably(const std::string& path, std::string_view bytes) {
  const std::string half =
      fmt::format("{}.{}.new", path, ::getpid());  // Two processes may write the same file.
  // What a crash left there goes; what another has put there, a link to elsewhere too, is never
  // written into.
  ::unlink(half.c_str());
  const int file = ::open(half.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return cannot_write(half);
  const bool written = write_all(file, bytes) && ::fsync(file) == 0;
  if (!written) {
    const auto error = cannot_write(half);
    ::close(file);
    return error;
  }
  ::close(file);
  if (::rename(half.c_str(), path.c_str()) != 0) return cannot_write(path);
  return sync_folder_of(path);
}

Result<void> sync_file(const std::string& path) { return sync_opened(path, O_RDONLY); }

Result<void> sync_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return sync_opened(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace puntual
