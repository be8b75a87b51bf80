// puntual demo: the application and a debtor's phone side by side, weeks in a minute, on loopback,
// with people who do not exist.
#include <stdlib.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/sign_in.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/demo/house.h"

namespace puntual::cli {
namespace {

namespace fs = std::filesystem;

constexpr long kLookMs = 200;  // For a visitor's wish to begin again.

// The folder of the demo's database; one that we made ourselves goes away with us.
class DemoFolder {
 public:
  static Result<DemoFolder> open(const std::string& wanted) {
    DemoFolder folder;
    if (!wanted.empty()) {
      std::error_code error;
      fs::create_directories(wanted, error);
      if (error) return fail(ErrorCode::Invalid, "--data-dir {}: {}", wanted, error.message());
      folder.path_ = wanted;
      for (const auto& path : {folder.database(), folder.settings()}) {
        if (fs::exists(path, error))
          return fail(
              ErrorCode::Conflict,
              "{} exists already: every demo starts afresh; remove it or give another --data-dir",
              path);
      }
      return folder;
    }
    std::error_code error;
    std::string made = (fs::temp_directory_path(error) / "puntual-demo-XXXXXX").string();
    if (error || ::mkdtemp(made.data()) == nullptr)
      return fail(ErrorCode::Unavailable, "{}: no temporary folder; give --data-dir", made);
    folder.path_ = made;
    folder.is_ours_ = true;
    return folder;
  }
  DemoFolder(DemoFolder&& other) noexcept
      : path_(std::move(other.path_)), is_ours_(std::exchange(other.is_ours_, false)) {}
  DemoFolder& operator=(DemoFolder&&) = delete;
  ~DemoFolder() {
    std::error_code ignored;
    if (is_ours_) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string database() const { return path_ + "/demo.db"; }
  // So that the commands, too, find the demo and may talk to it, as they do with `serve`. The token
  // that lets them.
  [[nodiscard]] Result<std::string> admit_commands() const {
    std::error_code error;
    const std::string token = new_token(), token_file = path_ + "/api_token";
    std::ofstream(token_file).flush();
    fs::permissions(token_file, fs::perms::owner_read | fs::perms::owner_write, error);
    std::ofstream(token_file) << token << '\n';
    std::ofstream(settings()) << fmt::format(
        "# De puntual demo, para: puntual inbox list --data-dir DIR\ndatabase = {}\napi_token_file "
        "= \"api_token\"\n",
        to_json(json::value("sqlite:" + fs::absolute(database(), error).string())));
    if (error || !fs::exists(settings(), error))
      return fail(ErrorCode::Unavailable, "{}: cannot be written", settings());
    return token;
  }
  void remove_database() const {
    for (const char* ending : {"", "-wal", "-shm"}) {
      std::error_code ignored;
      fs::remove(database() + ending, ignored);
    }
  }

 private:
  DemoFolder() = default;
  [[nodiscard]] std::string settings() const { return path_ + "/puntual.toml"; }
  std::string path_;
  bool is_ours_ = false;
};

Result<demo::PlayOptions> demo_options(const Arguments& arguments) {
  demo::PlayOptions options;
  ASSIGN_OR_RETURN(const int64_t seed, arguments.number("--seed"));
  options.seed = static_cast<uint64_t>(seed);
  ASSIGN_OR_RETURN(options.from, parse_date(arguments.text("--from")));
  ASSIGN_OR_RETURN(const int64_t days, arguments.number("--days"));
  if (days < 1 || days > 366)
    return fail(ErrorCode::Invalid, "--days {} (expected 1 to 366)", days);
  options.days = static_cast<int32_t>(days);
  return options;
}

Result<int> run_demo(const Arguments& arguments) {
  // Blocked before any thread starts, so that all inherit it and this thread alone takes the
  // signal.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  ASSIGN_OR_RETURN(demo::PlayOptions options, demo_options(arguments));
  ASSIGN_OR_RETURN(const int64_t port, arguments.number("--port"));
  if (port < 0 || port > 65535)
    return fail(ErrorCode::Invalid, "--port {} (expected 0 to 65535; 0: any free one)", port);
  ASSIGN_OR_RETURN(const DemoFolder folder, DemoFolder::open(arguments.text("--data-dir")));
  options.database_path = folder.database();
  demo::HouseOptions house{.play = options, .folder = folder.path(), .port = 0, .api_token = {}};
  ASSIGN_OR_RETURN(house.api_token, folder.admit_commands());
  ASSIGN_OR_RETURN(house.port, demo::find_port(static_cast<uint16_t>(port)));
  for (bool is_over = false; !is_over; ++house.play.run) {
    folder.remove_database();
    ASSIGN_OR_RETURN(const auto told, demo::House::open(house));
    if (house.play.run == 1) {
      std::printf(
          "Base de datos: %s\nAbra %s/  (Ctrl-C termina; la vitrina: %s/vitrina)\nEn otra "
          "terminal: puntual inbox list --data-dir %s\n",
          options.database_path.c_str(), told->address().c_str(), told->address().c_str(),
          folder.path().c_str());
      std::fflush(stdout);
    }
    const timespec patience{.tv_sec = 0, .tv_nsec = kLookMs * 1'000'000};
    while (!is_over && !told->is_to_begin_again())
      is_over = sigtimedwait(&signals, nullptr, &patience) > 0;
  }
  std::fprintf(stderr, "\nFin de la demostración.\n");
  return kOk;
}

}  // namespace

Command demo_command() {
  return {
      .name = "demo",
      .summary =
          "See it at work: the application and a debtor's phone side by side, with made-up people",
      .options = {{"--port", "P", "Port on 127.0.0.1; 0: any free one", false, "8088"},
                  {"--seed", "S", "The same seed makes the same people", false, "1"},
                  {"--days", "N", "How many days the story lasts", false, "90"},
                  {"--from", "YYYY-MM-DD", "First day of the story", false, "2026-11-23"},
                  {"--data-dir", "DIR",
                   "Where the database is made and kept; a temporary folder when left out"}},
      .examples = "  puntual demo\n  puntual demo --port 0 --seed 7 --days 30\n",
      .run = run_demo};
}

}  // namespace puntual::cli
