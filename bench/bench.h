// What all benches share: how long, how much, on which disk, and the one line of figures at the
// end.
//
// The load (senders of webhooks, the sink for messages) runs in a child process, so that
// cpu_seconds and peak_rss_mb are those of the product alone.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/store.h"
#include "tests/support/postgres_server.h"

namespace puntual::bench {

// The size given on the command line, or the bench's own.
inline int64_t size_of(int argc, char** argv, int64_t usual) {
  if (argc < 2) return usual;
  const std::string_view text = argv[1];
  int64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error == std::errc{} && end == text.data() + text.size() && size > 0) return size;
  std::fprintf(stderr, "'%s' is not a size (expected a number from 1)\n", argv[1]);
  std::exit(2);
}

[[noreturn]] inline void give_up(std::string_view doing, std::string_view why) {
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(doing.size()), doing.data(),
               static_cast<int>(why.size()), why.data());
  std::exit(1);
}

template <class T>
T must(Result<T> result, std::string_view doing) {
  if (!result) give_up(doing, result.error().message);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

inline void require(bool holds, std::string_view what) {
  if (!holds) give_up("the bench did not do its work", what);
}

inline void say(std::string_view what) {
  std::fprintf(stderr, "  %.*s\n", static_cast<int>(what.size()), what.data());
}

inline double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// From its making until now: by the clock on the wall, and by the processors (this process, all
// threads).
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  [[nodiscard]] double cpu_seconds() const { return cpu_now() - cpu_start_; }

 private:
  static double cpu_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  }
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_ = cpu_now();
};

inline double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// A folder of our own on a real disk (/var/tmp outlives a restart, so it is not in memory), gone at
// the end. PUNTUAL_BENCH_DIR names another place.
class Folder {
 public:
  Folder() {
    const char* place = std::getenv("PUNTUAL_BENCH_DIR");
    path_ = std::string(place != nullptr ? place : "/var/tmp") + "/puntual-bench-XXXXXX";
    if (mkdtemp(path_.data()) == nullptr) give_up(path_, "cannot be made; set PUNTUAL_BENCH_DIR");
    if (on_postgres())
      std::filesystem::permissions(
          path_, std::filesystem::perms(0711));  // The server runs as another user.
  }
  Folder(const Folder&) = delete;
  ~Folder() {
    server_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }
  // BENCH_DATABASE=postgresql: a server of our own in this folder, every fsync included. Forks when
  // it is asked first.
  [[nodiscard]] std::string database() {
    if (!on_postgres()) return "sqlite:" + file("bench.db");
    return on_server("postgres");
  }
  [[nodiscard]] std::string on_server(std::string_view database) {
    if (!server_)
      server_ =
          must(tests::PostgresServer::start({"shared_buffers=512MB", "max_wal_size=4GB"}, path_),
               "PostgreSQL");
    return server_->url(database);
  }
  [[nodiscard]] StoreOptions options() const {
    return {.master_file = on_postgres() ? file("master.key") : ""};
  }
  [[nodiscard]] static bool on_postgres() {
    const char* told = std::getenv("BENCH_DATABASE");
    return told != nullptr && std::string_view(told) == "postgresql";
  }
  [[nodiscard]] static std::string_view database_kind() {
    return on_postgres() ? "postgresql" : "sqlite";
  }

  // What the disk alone can do: a page written in place and made durable, again and again.
  [[nodiscard]] double fsync_per_second() const {
    const std::string path = file("fsync");
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) give_up(path, "cannot be written");
    const std::string page(4096, 'x');
    const Stopwatch watch;
    int64_t count = 0;
    for (; watch.seconds() < 1.0; ++count) {
      const bool durable =
          ::pwrite(descriptor, page.data(), page.size(), (count % 256) * 4096) == 4096 &&
          ::fdatasync(descriptor) == 0;
      if (!durable) give_up(path, "cannot be made durable");
    }
    const double seconds = watch.seconds();
    ::close(descriptor);
    return static_cast<double>(count) / seconds;
  }

 private:
  std::string path_;
  std::unique_ptr<tests::PostgresServer> server_;
};

// Durations of single things, in microseconds.
class Latencies {
 public:
  explicit Latencies(size_t expected) { all_us_.reserve(expected); }
  void add_us(int64_t us) { all_us_.push_back(static_cast<uint32_t>(us)); }
  [[nodiscard]] double ms_at(double share) {
    if (all_us_.empty()) return 0;
    const auto at =
        all_us_.begin() + static_cast<int64_t>(share * static_cast<double>(all_us_.size() - 1));
    std::nth_element(all_us_.begin(), at, all_us_.end());
    return *at / 1000.0;
  }

 private:
  std::vector<uint32_t> all_us_;
};

// The figures of a bench as its one JSON line.
class Figures {
 public:
  Figures(std::string_view bench, int64_t n)
      : line_(fmt::format(R"({{"bench":"{}","n":{})", bench, n)) {}
  Figures& add(std::string_view name, double value) {
    line_ += value >= 1000 ? fmt::format(R"(,"{}":{:.0f})", name, value)
                           : fmt::format(R"(,"{}":{:.4g})", name, value);
    return *this;
  }
  Figures& add(std::string_view name, std::string_view text) {
    line_ += fmt::format(R"(,"{}":"{}")", name, text);
    return *this;
  }
  // What a measured stretch took: seconds, per_second, cpu_seconds, peak_rss_mb.
  Figures& add_stretch(int64_t n, double seconds, double cpu_seconds) {
    return add("seconds", seconds)
        .add("per_second", static_cast<double>(n) / seconds)
        .add("cpu_seconds", cpu_seconds)
        .add("peak_rss_mb", peak_rss_mb());
  }
  void print() const { std::printf("%s}\n", line_.c_str()); }

 private:
  std::string line_;
};

// The other side of a bench, as a process of its own. Make it before any thread: it is a fork. It
// talks with us through two pipes, in whole values.
class OtherSide {
 public:
  class Line {
   public:
    template <class T>
    void send(const T& value) const {
      if (::write(to_, &value, sizeof value) != static_cast<ssize_t>(sizeof value)) std::exit(1);
    }
    template <class T>
    [[nodiscard]] T wait_for() const {
      T value{};
      if (::read(from_, &value, sizeof value) != static_cast<ssize_t>(sizeof value))
        give_up("the other side", "has ended before its time");
      return value;
    }
    int from_ = -1, to_ = -1;
  };

  explicit OtherSide(const std::function<void(const Line&)>& life) {
    int down[2], up[2];
    if (::pipe2(down, O_CLOEXEC) != 0 || ::pipe2(up, O_CLOEXEC) != 0)
      give_up("pipe", "cannot be made");
    process_ = ::fork();
    if (process_ < 0) give_up("fork", "cannot be made");
    if (process_ == 0) {
      ::close(down[1]);
      ::close(up[0]);
      life({down[0], up[1]});
      std::_Exit(0);
    }
    ::close(down[0]);
    ::close(up[1]);
    line_ = {up[0], down[1]};
  }
  OtherSide(const OtherSide&) = delete;
  ~OtherSide() {
    ::close(line_.to_);  // It ends when it reads the end of this, or when its work is done.
    ::waitpid(process_, nullptr, 0);
    ::close(line_.from_);
  }
  [[nodiscard]] const Line& line() const { return line_; }

 private:
  pid_t process_ = -1;
  Line line_;
};

}  // namespace puntual::bench
