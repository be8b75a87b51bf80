// The command line (CLI11 behind, in this file alone), running a command, and what commands share.
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>
#include <iterator>

#include "app/input_file.h"
#include "app/log.h"
#include "base/failpoint.h"
#include "base/json.h"
#include "base/suggest.h"
#include "cli/command.h"

namespace puntual::cli {
namespace {

// The words of a two-word command make one nested subcommand ("webhook parse").
CLI::App* subcommand_for(CLI::App& app, const Command& command) {
  CLI::App* parent = &app;
  std::string name(command.name);
  if (const auto space = name.find(' '); space != std::string::npos) {
    const std::string group = name.substr(0, space);
    const auto found =
        app.get_subcommands([&](const CLI::App* one) { return one->get_name() == group; });
    parent = found.empty() ? app.add_subcommand(group, "Commands about " + group) : found.front();
    parent->require_subcommand(1);
    name = name.substr(space + 1);
  }
  // A group may be a command of its own as well: "proof MESSAGE" beside "proof check FILE", which
  // is listed first.
  const auto known =
      parent->get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
  if (!known.empty()) {
    known.front()->description(std::string(command.summary));
    known.front()->require_subcommand(0, 1);
    return known.front();
  }
  return parent->add_subcommand(name, std::string(command.summary));
}

struct Bound {
  const Command* command;
  CLI::App* app;
  std::vector<std::pair<std::string, CLI::Option*>> options;
};

Bound bind(CLI::App& app, const Command& command) {
  Bound bound{&command, subcommand_for(app, command), {}};
  for (const auto& option : command.options) {
    std::string text(option.help);
    if (!option.fallback.empty()) text += fmt::format(" (default {})", option.fallback);
    const std::string& help = text;  // Not const, CLI11 would take it for the variable to bind.
    CLI::Option* added = option.placeholder.empty()
                             ? bound.app->add_flag(std::string(option.name), help)
                             : bound.app->add_option(std::string(option.name), help)
                                   ->type_name(std::string(option.placeholder));
    if (option.required) added->required();
    if (option.placeholder.ends_with("…")) added->take_all();  // May be given several times.
    bound.options.emplace_back(option.name, added);
  }
  for (std::string_view positional : command.positionals) {
    const bool optional = positional.starts_with('[');
    if (optional) positional = positional.substr(1, positional.size() - 2);
    CLI::Option* added = bound.app->add_option(std::string(positional), "");
    if (!optional) added->required();
    bound.options.emplace_back(positional, added);
  }
  if (!command.examples.empty()) bound.app->footer("Examples:\n" + std::string(command.examples));
  return bound;
}

int print_error(const Error& error) {
  std::fprintf(stderr, "puntual: %s\n", error.message.c_str());
  return exit_code_of(error.code);
}

// CLI11's own message names the stray words; the closest command is added to it.
void suggest(const std::vector<Command>& commands, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string_view> first_words;
  for (const auto& command : commands)
    first_words.push_back(command.name.substr(0, command.name.find(' ')));
  if (std::ranges::find(first_words, argv[1]) != first_words.end()) return;
  const auto found = std::ranges::find(first_words, closest_word(argv[1], first_words));
  if (found == first_words.end()) return;
  const auto& name = commands[static_cast<size_t>(found - first_words.begin())].name;
  std::fprintf(stderr, "Did you mean 'puntual %s'?\n", std::string(name).c_str());
}

}  // namespace

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::NotFound:
      return kNotFound;
    case ErrorCode::Forbidden:
      return kPermission;
    case ErrorCode::Conflict:
      return kConflict;
    case ErrorCode::Unsafe:
      return kUnsafe;
    case ErrorCode::Unavailable:
      return kTemporary;
    case ErrorCode::Invalid:
    case ErrorCode::Internal:
      return kFailure;
  }
  return kFailure;
}

std::string Arguments::text(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

Result<int64_t> Arguments::number(std::string_view name) const {
  const std::string value = text(name);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) {
    return fail(ErrorCode::Invalid, "{}: '{}' is not a whole number", name, value);
  }
  return number;
}

int run_main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // A closed pipe ends the program quietly, by the failing write.
  if (const char* place = std::getenv("PUNTUAL_FAILPOINT"); place != nullptr) {
    if (const auto armed = arm_failpoint(place); !armed) return print_error(armed.error());
    log_event("warning", "failpoint",
              fmt::format(
                  "PUNTUAL_FAILPOINT={}: this process is going to break there, as a test wants it",
                  place));
  }
  const auto commands = all_commands();
  CLI::App app(
      "Puntual: cobra con amabilidad por WhatsApp, a horas lícitas, una sola vez.\n"
      "Puntual: collects debts kindly on WhatsApp.");
  app.name("puntual");
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", std::string("puntual ") + PUNTUAL_VERSION);
  std::vector<Bound> bound;
  bound.reserve(commands.size());
  for (const auto& command : commands) bound.push_back(bind(app, command));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    app.exit(error, std::cerr, std::cerr);
    suggest(commands, argc, argv);
    return kUsage;
  }
  for (const auto& [command, subcommand, options] : bound) {
    if (!subcommand->parsed()) continue;
    Arguments arguments;
    for (const auto& option : command->options) {
      if (!option.fallback.empty()) arguments.values[std::string(option.name)] = option.fallback;
    }
    for (const auto& [name, option] : options) {
      if (option->count() > 0)
        arguments.values[name] = option->results().empty()
                                     ? "true"
                                     : fmt::format("{}", fmt::join(option->results(), ","));
    }
    const auto code = command->run(arguments);
    std::fflush(stdout);
    return code ? *code : print_error(code.error());
  }
  std::fputs(app.help().c_str(), stderr);
  return kUsage;
}

int answer_json_lines(const std::function<Result<std::string>(std::string_view line)>& answer) {
  std::ios::sync_with_stdio(false);
  bool all_read = true;
  for (std::string line; std::getline(std::cin, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.find_first_not_of(" \t") == std::string::npos) continue;
    const auto reply = answer(line);
    if (reply) {
      std::cout << *reply << '\n';
    } else {
      all_read = false;
      json::value id = nullptr;
      if (const auto parsed = parse_json(line)) {
        if (const auto* given = member(*parsed, "id")) id = *given;
      }
      std::cout << to_json(json::object{
                       {"id", id},
                       {"error", {{"code", "INVALID_INPUT"}, {"message", reply.error().message}}}})
                << '\n';
    }
    if (!std::cout) return kFailure;
  }
  std::cout.flush();
  return all_read ? kOk : kFailure;
}

Result<std::string> read_file(const std::string& path) { return read_whole_file(path); }

Result<std::string> read_private_file(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & S_IROTH) != 0) {
    return fail(ErrorCode::Forbidden,
                "{}: es un secreto y cualquiera en esta máquina lo puede leer (corríjalo con: "
                "chmod 600 {})",
                path, path);
  }
  return read_file(path);
}

Result<std::string> read_secret_file(const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, read_private_file(path));
  if (const auto end = text.find_first_of("\r\n"); end != std::string::npos) text.resize(end);
  if (text.empty()) return fail(ErrorCode::Invalid, "{}: the secret is empty", path);
  return text;
}

}  // namespace puntual::cli
