// Child processes of a test: started, watched and ended by it. Every wait has a deadline.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace puntual::e2e {

// Asks again every few milliseconds until it is true; false after the deadline.
[[nodiscard]] bool eventually(const std::function<bool()>& condition,
                              std::chrono::milliseconds within = std::chrono::seconds(10));

[[nodiscard]] std::string file_text(const std::string& path);
void write_file(const std::string& path, std::string_view text);

// A folder that goes away with the test.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  ~Scratch();
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

 private:
  std::string path_;
};

struct ChildOptions {
  std::vector<std::string> arguments;
  std::string stdin_path = "/dev/null";
  std::string stdout_path = "/dev/null";
  std::string stderr_path = "/dev/null";
  std::vector<std::string> environment;  // Added to ours, from which PUNTUAL_* is taken away.
};

// The program under test as a process. Killed when it goes out of scope.
class Child {
 public:
  explicit Child(ChildOptions options);
  Child(const Child&) = delete;
  ~Child();

  [[nodiscard]] pid_t pid() const { return pid_; }
  void signal(int number);
  // The exit code, or 128 + the signal that ended it; none when it still runs at the deadline.
  std::optional<int> wait(std::chrono::milliseconds within = std::chrono::seconds(20));
  [[nodiscard]] bool is_running() { return !wait(std::chrono::milliseconds(0)); }
  [[nodiscard]] std::string out() const { return file_text(options_.stdout_path); }
  [[nodiscard]] std::string err() const { return file_text(options_.stderr_path); }
  // The end of err(), for who reads of a failure: the whole of a house under load would bury it.
  [[nodiscard]] std::string last_words() const;

 private:
  ChildOptions options_;
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

struct Ran {
  int exit_code = -1;  // -1: it had to be killed.
  std::string out, err;
};

// Runs the program to its end.
[[nodiscard]] Ran run(const std::vector<std::string>& arguments, std::string_view input = {});

}  // namespace puntual::e2e
