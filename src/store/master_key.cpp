#include "store/master_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/db.h"

namespace puntual::store {
namespace {

[[noreturn]] void throw_key(ErrorCode code, std::string message) {
  throw Failure{Error{code, std::move(message)}};
}

struct Descriptor {
  int number = -1;
  explicit Descriptor(int opened) : number(opened) {}
  Descriptor(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

void sync_folder(const std::string& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number >= 0) (void)::fsync(opened.number);
}

// Written beside its place and moved there whole: what a crash leaves behind is no half key.
void make_master_key(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  if (!folder.empty() && ::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    throw_key(ErrorCode::Forbidden,
              fmt::format("{}: cannot be created: {}", folder, std::strerror(errno)));
  }
  const std::string fresh = path + ".new";
  ::unlink(fresh.c_str());
  const Secret key = random_secret();
  {
    const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.number < 0 ||
        ::write(file.number, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::fsync(file.number) != 0) {
      throw_key(ErrorCode::Forbidden,
                fmt::format("{}: cannot be written: {}", fresh, std::strerror(errno)));
    }
  }
  // A link, unlike a renaming, never takes the place of a key that somebody else has put there
  // meanwhile.
  if (::link(fresh.c_str(), path.c_str()) != 0 && errno != EEXIST) {
    throw_key(ErrorCode::Forbidden,
              fmt::format("{}: cannot be created: {}", path, std::strerror(errno)));
  }
  ::unlink(fresh.c_str());
  sync_folder(folder.empty() ? "." : folder);
}

}  // namespace

std::string usual_master_file(const std::string& database_path) {
  return (std::filesystem::path(database_path).parent_path() / "keys" / "master.key").string();
}

Secret read_master_key(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number < 0 && errno == ENOENT) {
    throw_key(
        ErrorCode::Unsafe,
        fmt::format(
            "{}: the master key of this database is missing: put it back from where you keep it; "
            "without it nothing about people can be read",
            path));
  }
  if (file.number < 0)
    throw_key(ErrorCode::Forbidden,
              fmt::format("{}: cannot be read: {}", path, std::strerror(errno)));
  struct stat info {};
  if (::fstat(file.number, &info) == 0 && (info.st_mode & S_IRWXO) != 0) {
    throw_key(
        ErrorCode::Unsafe,
        fmt::format(
            "{}: everybody on this machine can read the master key (mend it with: chmod 600 {})",
            path, path));
  }
  Secret key;
  uint8_t more = 0;
  if (::read(file.number, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::read(file.number, &more, 1) != 0) {
    throw_key(ErrorCode::Unsafe,
              fmt::format("{}: is no master key (expected exactly 32 bytes)", path));
  }
  return key;
}

Secret read_or_make_master_key(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0) make_master_key(path);
  return read_master_key(path);
}

}  // namespace puntual::store
