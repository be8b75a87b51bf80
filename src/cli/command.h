// A command of the binary: what it is called, what it takes, what it does. One file a command, one
// line in the table of commands.cpp. Data goes to stdout, messages to stderr.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/result.h"

namespace puntual::cli {

// Exit codes, fixed by the outside interfaces.
enum ExitCode : int {
  kOk = 0,
  kFailure = 1,
  kUsage = 2,
  kNotFound = 3,
  kPermission = 4,
  kConflict = 5,
  kUnsafe = 6,
  kTemporary = 75,
  kInterrupted = 130,
};
[[nodiscard]] int exit_code_of(ErrorCode code);

struct Option {
  std::string_view name;         // "--port"
  std::string_view placeholder;  // "P"; empty: a flag without a value.
  std::string_view help;
  bool required = false;
  std::string_view fallback;  // Shown in the help; empty: none.
};

// What was given on the command line.
class Arguments {
 public:
  std::map<std::string, std::string, std::less<>> values;  // By option or positional name.
  [[nodiscard]] bool has(std::string_view name) const { return values.contains(name); }
  // The value, or the option's fallback, or empty.
  [[nodiscard]] std::string text(std::string_view name) const;
  // Invalid, naming the option, when it is not a whole number.
  [[nodiscard]] Result<int64_t> number(std::string_view name) const;
};

struct Command {
  std::string_view name;  // "gate", or two words: "webhook parse"
  std::string_view summary;
  std::vector<std::string_view> positionals;  // "FILE"; "[FILE]" is optional.
  std::vector<Option> options;
  std::string_view examples;  // Shown at the end of --help.
  // Returns an exit code, or an error that is printed and mapped to one.
  std::function<Result<int>(const Arguments&)> run;
};

// All commands, in the order of the help. Each is made by a function in its own file.
[[nodiscard]] std::vector<Command> all_commands();

// Parses, runs, prints errors; returns the process's exit code.
int run_main(int argc, char** argv);

// Reads stdin line by line and answers each with a line, same order; `answer` gives the line for
// one input, or an error, which is written as {"id":…,"error":{…}} for that line and makes the exit
// code 1.
int answer_json_lines(const std::function<Result<std::string>(std::string_view line)>& answer);

// Reads a file, "-" for stdin. Invalid or NotFound name the path.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

// As read_file(); Forbidden when everybody can read it.
[[nodiscard]] Result<std::string> read_private_file(const std::string& path);
// A secret: first line of the file without the line end; refuses a world-readable file.
[[nodiscard]] Result<std::string> read_secret_file(const std::string& path);

}  // namespace puntual::cli
