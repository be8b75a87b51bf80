#include "tests/support/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/postgres/postgres_connection.h"

namespace puntual::tests {
namespace {

namespace fs = std::filesystem;

Result<std::string> find_programs() {
  std::error_code ignored;
  if (const char* told = std::getenv("PUNTUAL_POSTGRES_BIN")) {
    if (fs::exists(fs::path(told) / "postgres", ignored)) return std::string(told);
    return fail(ErrorCode::NotFound, "PUNTUAL_POSTGRES_BIN={}: there is no program postgres", told);
  }
  int newest = 14;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const int number = std::atoi(version.path().filename().c_str());
    if (number > newest && fs::exists(version.path() / "bin/postgres", ignored)) newest = number;
  }
  if (newest == 14)
    return fail(
        ErrorCode::NotFound,
        "no PostgreSQL from 15 on in /usr/lib/postgresql (install it with: tools/install_deps.sh)");
  return fmt::format("/usr/lib/postgresql/{}/bin", newest);
}

// Whom the server runs as: root gives it away.
const passwd* server_user() {
  if (::getuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  return user != nullptr ? user : ::getpwnam("nobody");
}

// In a process of its own, with its words in log.
pid_t spawn(const std::vector<std::string>& command, const passwd* user, const std::string& log) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (user != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  const int words = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(words, 1);
  ::dup2(words, 2);
  ::unsetenv("PGDATA");
  std::vector<char*> arguments;
  for (const auto& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

bool ends_well(pid_t child) {
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string text_of_file(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Lives beside the tests: starts and stops the server as it is told, and clears everything away
// when whoever tells is gone.
class Keeper {
 public:
  Keeper(std::string programs, std::string folder, std::vector<std::string> first,
         std::vector<std::string> settings, int in, int out)
      : programs_(std::move(programs)),
        folder_(std::move(folder)),
        first_(std::move(first)),
        settings_(std::move(settings)),
        in_(in),
        out_(out) {}

  [[noreturn]] void run() {
    ::setsid();  // A Ctrl-C is for the tests; we see their end.
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(number, SIG_IGN);
    // Nothing of the tests is kept open here: who waits for the end of their output would wait for
    // us.
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int number : {0, 1, 2}) ::dup2(nothing, number);
    char command = 0;
    while (::read(in_, &command, 1) == 1) {
      const char answer = command == 's' ? (start() ? 'y' : 'n') : (stop(SIGQUIT), 'y');
      if (::write(out_, &answer, 1) != 1) break;
    }
    stop(SIGQUIT);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    ::_exit(0);
  }

 private:
  bool start() {
    const passwd* user = server_user();
    const std::string data = folder_ + "/data";
    if (!fs::exists(data)) {
      std::vector<std::string> first = first_;
      first.front() = programs_ + "/" + first.front();
      first.push_back(data);
      if (!ends_well(spawn(first, user, folder_ + "/log"))) return false;
    }
    std::vector<std::string> command = {programs_ + "/postgres", "-D", data, "-k", folder_, "-c",
                                        "listen_addresses="};
    for (const auto& setting : settings_) {
      command.push_back("-c");
      command.push_back(setting);
    }
    server_ = spawn(command, user, folder_ + "/log");
    using namespace std::chrono_literals;
    for (const auto deadline = std::chrono::steady_clock::now() + 60s;
         std::chrono::steady_clock::now() < deadline;) {
      if (text_of_file(data + "/postmaster.pid").contains("ready")) return true;
      if (::waitpid(server_, nullptr, WNOHANG) == server_) break;
      std::this_thread::sleep_for(5ms);
    }
    return false;
  }
  void stop(int how) {
    if (server_ <= 0) return;
    ::kill(server_, how);
    ::waitpid(server_, nullptr, 0);
    server_ = -1;
    std::error_code ignored;
    fs::remove(folder_ + "/data/postmaster.pid", ignored);
  }

  std::string programs_, folder_;
  std::vector<std::string> first_, settings_;
  int in_, out_;
  pid_t server_ = -1;
};

}  // namespace

Result<std::unique_ptr<PostgresServer>> PostgresServer::start(
    const std::vector<std::string>& settings, std::string place) {
  // Whoever can reach the socket is trusted: the folder is the user's alone.
  return start_from({"initdb", "-U", "puntual", "-A", "trust", "-E", "UTF8", "--locale=C",
                     "--no-sync", "--no-instructions", "-D"},
                    settings, std::move(place));
}

Result<std::unique_ptr<PostgresServer>> PostgresServer::start_stand_by(
    const PostgresServer& primary) {
  return start_from({"pg_basebackup", "-h", primary.folder_, "-U", "puntual", "-c", "fast", "-R",
                     "--no-sync", "-D"},
                    {}, {});
}

Result<std::unique_ptr<PostgresServer>> PostgresServer::start_from(
    std::vector<std::string> first, const std::vector<std::string>& settings, std::string place) {
  ASSIGN_OR_RETURN(const std::string programs, find_programs());
  if (place.empty()) place = fs::temp_directory_path();
  std::unique_ptr<PostgresServer> server(new PostgresServer);
  server->folder_ = place + "/puntual-pg-XXXXXX";
  if (::mkdtemp(server->folder_.data()) == nullptr)
    return fail(ErrorCode::Forbidden, "{}: cannot be made: {}", server->folder_,
                std::strerror(errno));
  if (const passwd* user = server_user();
      user != nullptr && ::chown(server->folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
    return fail(ErrorCode::Forbidden, "{}: cannot be given to the user {}", server->folder_,
                user->pw_name);
  }
  int down[2], up[2];
  if (::pipe2(down, O_CLOEXEC) != 0 || ::pipe2(up, O_CLOEXEC) != 0)
    return fail(ErrorCode::Internal, "a pipe cannot be made");
  server->keeper_ = ::fork();
  if (server->keeper_ == 0) {
    ::close(down[1]);
    ::close(up[0]);
    Keeper(programs, server->folder_, std::move(first), settings, down[0], up[1]).run();
  }
  ::close(down[0]);
  ::close(up[1]);
  server->to_keeper_ = down[1];
  server->from_keeper_ = up[0];
  RETURN_IF_ERROR(server->tell('s'));
  return server;
}

PostgresServer::~PostgresServer() {
  thaw();
  ::close(to_keeper_);
  ::close(from_keeper_);
  if (keeper_ > 0) ::waitpid(keeper_, nullptr, 0);
}

PostgresServer& PostgresServer::shared() {
  static const std::unique_ptr<PostgresServer> server = [] {
    // Where there is room, on a disk in memory: every fsync is asked for, and costs nothing.
    std::error_code error;
    const auto space = fs::space("/dev/shm", error);
    auto started = start({}, !error && space.available > (1ULL << 30) ? "/dev/shm" : "");
    if (started) return *std::move(started);
    std::fprintf(stderr, "PostgreSQL: %s\n", started.error().message.c_str());
    std::exit(1);
  }();
  return *server;
}

std::string PostgresServer::url(std::string_view database) const {
  return fmt::format("postgresql://puntual@/{}?host={}", database, folder_);
}

std::string PostgresServer::new_database() {
  const std::string name = fmt::format("database{}", ++databases_made_);
  store::open_postgres(url("postgres"))->script("CREATE DATABASE " + name);
  return url(name);
}

void PostgresServer::promote() {
  store::open_postgres(url("postgres") + "&target_session_attrs=any")
      ->script("SELECT pg_promote()");
}
void PostgresServer::kill() { (void)tell('k'); }
void PostgresServer::freeze() const { signal_all(SIGSTOP); }
void PostgresServer::thaw() const { signal_all(SIGCONT); }

void PostgresServer::signal_all(int number) const {
  const int server = std::atoi(text_of_file(folder_ + "/data/postmaster.pid").c_str());
  if (server <= 0) return;
  ::kill(server, number);
  std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", server));
  for (int child = 0; children >> child;) ::kill(child, number);
}

Result<void> PostgresServer::start_again() { return tell('s'); }

Result<void> PostgresServer::tell(char command) {
  char answer = 'n';
  if (::write(to_keeper_, &command, 1) == 1 && ::read(from_keeper_, &answer, 1) == 1 &&
      answer == 'y')
    return {};
  return fail(ErrorCode::Unavailable, "the server does not start: {}",
              text_of_file(folder_ + "/log"));
}

}  // namespace puntual::tests
