#include "tests/support/child.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

extern char** environ;

namespace puntual::e2e {
namespace {

// Waiting longer costs nothing where all is well: a slow machine is given the time, and what a
// sanitizer watches several times as much.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kPatience = 8;
#else
constexpr int kPatience = 3;
#endif

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::string>& added) {
  std::vector<std::string> all = added;
  for (char** one = environ; *one != nullptr; ++one) {
    if (std::strncmp(*one, "PUNTUAL_", 8) != 0) all.emplace_back(*one);
  }
  return all;
}

}  // namespace

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds within) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience * within;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
  std::filesystem::permissions(path, std::filesystem::perms(0600));
}

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "puntual-e2e-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no scratch folder: " << name;
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Child::Child(ChildOptions options) : options_(std::move(options)) {
  std::vector<std::string> arguments = options_.arguments;
  arguments.insert(arguments.begin(), PUNTUAL_BINARY);
  std::vector<std::string> environment = environment_with(options_.environment);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, options_.stdin_path.c_str(), O_RDONLY, 0);
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&files, 1, options_.stdout_path.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addopen(&files, 2, options_.stderr_path.c_str(), kWrite, 0600);
  const int failed = ::posix_spawn(&pid_, PUNTUAL_BINARY, &files, nullptr,
                                   pointers_to(arguments).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) {
    pid_ = -1;
    ADD_FAILURE() << PUNTUAL_BINARY << ": " << std::strerror(failed);
  }
}

Child::~Child() {
  if (is_running()) signal(SIGKILL);
  wait();
}

void Child::signal(int number) {
  if (pid_ > 0 && !exit_code_) ::kill(pid_, number);
}

std::optional<int> Child::wait(std::chrono::milliseconds within) {
  if (pid_ < 0) exit_code_ = -1;
  const auto has_ended = [&] {
    int status = 0;
    if (exit_code_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return exit_code_.has_value();
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
  };
  return eventually(has_ended, within) ? exit_code_ : std::nullopt;
}

std::string Child::last_words() const {
  constexpr size_t kLines = 40;
  const std::string all = err();
  size_t from = all.size();
  for (size_t lines = 0; lines <= kLines && from != 0; ++lines) {
    const size_t line_end = all.rfind('\n', from - 1);
    from = line_end == std::string::npos ? 0 : line_end;
  }
  return all.substr(from);
}

Ran run(const std::vector<std::string>& arguments, std::string_view input) {
  const Scratch scratch;
  write_file(scratch / "in", input);
  Child child({.arguments = arguments,
               .stdin_path = scratch / "in",
               .stdout_path = scratch / "out",
               .stderr_path = scratch / "err",
               .environment = {}});
  const auto code = child.wait();
  return {code.value_or(-1), child.out(), child.err()};
}

}  // namespace puntual::e2e
