// Loaded before the C library (LD_PRELOAD), it stands between the program and its disk and clock.
// Told what to do by the environment; tests/faults/disk.h writes and reads what is named there.
//
//   FAULT_UNDER=FOLDER      only files below it are meddled with
//   FAULT_FULL=PATH         while this file exists, the disk is full
//   FAULT_NTH=write:7:28    the seventh write fails with this errno; or fsync:…
//   FAULT_JOURNAL=PATH      what is written and not yet synced is noted there, with what was there
//   before FAULT_CLOCK=PATH        "WALL BOOT": by so many milliseconds are the clocks moved
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <string>

namespace {

template <class F>
F real(const char* name) {
  return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}
const auto real_write = real<ssize_t (*)(int, const void*, size_t)>("write");
const auto real_pwrite = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64");
const auto real_ftruncate = real<int (*)(int, off_t)>("ftruncate64");
const auto real_fsync = real<int (*)(int)>("fsync");
const auto real_fdatasync = real<int (*)(int)>("fdatasync");
const auto real_clock = real<int (*)(clockid_t, timespec*)>("clock_gettime");

std::string setting(const char* name) {
  const char* text = getenv(name);
  return text == nullptr ? "" : text;
}

// The path of a file that is meddled with; empty: leave it alone.
std::string path_of(int fd) {
  static const std::string under = setting("FAULT_UNDER");
  if (under.empty()) return "";
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, sizeof path);
  std::string text(path, size > 0 ? static_cast<size_t>(size) : 0);
  const bool is_kept =
      text.compare(0, under.size(), under) == 0 && text.find("/puntual.db") != std::string::npos;
  return is_kept && !text.ends_with("-shm") && !text.ends_with(".lock") ? text : "";
}

bool fails_now(const char* what) {
  static const std::string nth = setting("FAULT_NTH");
  static std::atomic<int> passed = 0;
  const std::string kind = std::string(what) + ":";
  if (nth.compare(0, kind.size(), kind) != 0) return false;
  const char* number = nth.c_str() + kind.size();
  if (++passed != atoi(number)) return false;
  errno = atoi(strchr(number, ':') + 1);
  return true;
}

bool is_full() {
  static const std::string path = setting("FAULT_FULL");
  if (path.empty() || access(path.c_str(), F_OK) != 0) return false;
  errno = ENOSPC;
  return true;
}

struct Entry {
  int64_t kind, path_size, offset, size, size_before, bytes_before;
};

std::mutex journal_mutex;

void note(int64_t kind, const std::string& path, int fd, const void* bytes, int64_t size,
          int64_t offset) {
  static const std::string journal = setting("FAULT_JOURNAL");
  if (journal.empty()) return;
  static const int out = open(journal.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct stat info {};
  fstat(fd, &info);
  const int64_t end =
      kind == 1 ? offset + size : info.st_size;  // A truncation may take away all behind it.
  std::string before(
      static_cast<size_t>(std::max<int64_t>(0, std::min<int64_t>(end, info.st_size) - offset)),
      '\0');
  if (kind != 3 && !before.empty()) {
    // SQLite opens its files for reading as well. Opening the file anew here and closing it would
    // drop the program's locks.
    if (pread(fd, before.data(), before.size(), offset) < 0) before.clear();
  }
  if (kind == 3) before.clear();
  const Entry entry{kind,         static_cast<int64_t>(path.size()),  offset, kind == 1 ? size : 0,
                    info.st_size, static_cast<int64_t>(before.size())};
  std::string record(reinterpret_cast<const char*>(&entry), sizeof entry);
  record += path;
  if (kind == 1) record.append(static_cast<const char*>(bytes), static_cast<size_t>(size));
  record += before;
  (void)!real_write(out, record.data(), record.size());
}

ssize_t write_at(int fd, const void* bytes, size_t size, off_t offset) {
  const std::string path = path_of(fd);
  if (path.empty()) return real_pwrite(fd, bytes, size, offset);
  if (is_full() || fails_now("write")) return -1;
  const std::lock_guard lock(journal_mutex);
  note(1, path, fd, bytes, static_cast<int64_t>(size), offset);
  return real_pwrite(fd, bytes, size, offset);
}

int truncate_to(int fd, off_t size) {
  const std::string path = path_of(fd);
  if (path.empty()) return real_ftruncate(fd, size);
  const std::lock_guard lock(journal_mutex);
  note(2, path, fd, nullptr, 0, size);
  return real_ftruncate(fd, size);
}

int sync(int fd, int (*really)(int)) {
  const std::string path = path_of(fd);
  if (path.empty()) return really(fd);
  if (fails_now("fsync")) return -1;
  const std::lock_guard lock(journal_mutex);
  const int done = really(fd);
  if (done == 0) note(3, path, fd, nullptr, 0, 0);
  return done;
}

}  // namespace

extern "C" {

ssize_t pwrite64(int fd, const void* bytes, size_t size, off_t offset) {
  return write_at(fd, bytes, size, offset);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  return write_at(fd, bytes, size, offset);
}
int ftruncate64(int fd, off_t size) noexcept { return truncate_to(fd, size); }
int ftruncate(int fd, off_t size) noexcept { return truncate_to(fd, size); }
int fsync(int fd) { return sync(fd, real_fsync); }
int fdatasync(int fd) { return sync(fd, real_fdatasync); }

int clock_gettime(clockid_t which, timespec* now) noexcept {
  // A sanitizer looks at the clock before our own variables are there.
  if (real_clock == nullptr) return static_cast<int>(syscall(SYS_clock_gettime, which, now));
  static const std::string path = setting("FAULT_CLOCK");
  const int done = real_clock(which, now);
  if (path.empty() || done != 0 || (which != CLOCK_REALTIME && which != CLOCK_BOOTTIME))
    return done;
  static const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  char text[64] = {};
  if (file < 0 || pread(file, text, sizeof text - 1, 0) <= 0) return done;
  char* rest = text;
  const long wall_ms = strtol(text, &rest, 10), boot_ms = strtol(rest, nullptr, 10);
  const int64_t ms = which == CLOCK_REALTIME ? wall_ms : boot_ms;
  const int64_t ns = now->tv_nsec + ms % 1000 * 1'000'000 + 1'000'000'000;
  now->tv_sec += ms / 1000 + ns / 1'000'000'000 - 1;
  now->tv_nsec = ns % 1'000'000'000;
  return 0;
}

}  // extern "C"
