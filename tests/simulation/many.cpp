#include "tests/simulation/many.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <vector>

namespace puntual::sim {
namespace {

constexpr size_t kFailureTextMax = 8000;

// What a process tells of one seed, as it goes through the pipe.
struct Line {
  int64_t days, turns, sends;
  std::array<int64_t, kFaults> faults;
  std::array<int64_t, kNevers> never;
  TalkByCharacter talk;
  char failure[kFailureTextMax];
};

Line line_of(const SimulationReport& report) {
  Line line{.days = report.days,
            .turns = report.turns,
            .sends = report.sends,
            .faults = report.faults,
            .never = report.never,
            .talk = report.talk,
            .failure = {}};
  std::strncpy(line.failure, report.failure.c_str(), kFailureTextMax - 1);
  return line;
}

void add(const Line& line, Totals& totals) {
  ++totals.seeds;
  totals.days += line.days;
  totals.turns += line.turns;
  totals.sends += line.sends;
  for (size_t i = 0; i < kFaults; ++i) totals.faults[i] += line.faults[i];
  for (size_t i = 0; i < kNevers; ++i) totals.never[i] += line.never[i];
  for (size_t i = 0; i < kCharacters; ++i) totals.talk[i].add(line.talk[i]);
  if (totals.failures.size() < 3 * kFailureTextMax && line.failure[0] != 0)
    totals.failures.append(line.failure).append("\n\n");
}

bool read_whole(int from, Line& line) {
  auto* at = reinterpret_cast<char*>(&line);
  size_t left = sizeof line;
  while (left > 0) {
    const ssize_t got = ::read(from, at, left);
    if (got <= 0) return false;
    at += got;
    left -= static_cast<size_t>(got);
  }
  return true;
}

void write_whole(int to, const Line& line) {
  const auto* at = reinterpret_cast<const char*>(&line);
  size_t left = sizeof line;
  while (left > 0) {
    const ssize_t put = ::write(to, at, left);
    if (put <= 0) ::_exit(1);
    at += put;
    left -= static_cast<size_t>(put);
  }
}

}  // namespace

Totals simulate_many(const Many& many) {
  std::vector<std::pair<pid_t, int>> workers;
  for (int64_t worker = 0; worker < many.processes; ++worker) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      for (int64_t i = worker; i < many.seeds; i += many.processes) {
        const auto seed = static_cast<uint64_t>(many.first_seed + i);
        const auto days = static_cast<int>(many.days);
        write_whole(ends[1],
                    line_of(many.talks ? simulate_talk(seed, days) : simulate(seed, days)));
      }
      ::_exit(0);
    }
    ::close(ends[1]);
    workers.emplace_back(child, ends[0]);
  }
  Totals totals;
  for (const auto& [child, from] : workers) {
    Line line;
    while (read_whole(from, line)) add(line, totals);
    ::close(from);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0)
      totals.failures += fmt::format("a process of the simulation ended with status {}\n", status);
  }
  if (totals.seeds != many.seeds)
    totals.failures += fmt::format("{} of {} seeds were run\n", totals.seeds, many.seeds);
  return totals;
}

void print(const Totals& totals) {
  fmt::print("{} seeds, {} simulated days, {} turns, {} sends\nfaults:", totals.seeds, totals.days,
             totals.turns, totals.sends);
  for (size_t i = 0; i < kFaults; ++i)
    fmt::print(" {} {}", text_of(static_cast<Fault>(i)), totals.faults[i]);
  const auto never = [&](Never kind) { return totals.never[static_cast<size_t>(kind)]; };
  fmt::print(
      "\nlost acknowledged webhooks {}, messages sent twice {}, sends outside the window {}, sends "
      "after a known payment {}, "
      "sends after a stop {}, ledger imbalance {}, other violations {}\n",
      never(Never::LostWebhook), never(Never::SentTwice), never(Never::OutsideHours),
      never(Never::AfterPayment), never(Never::AfterStop), never(Never::Ledger),
      never(Never::Other));
  if (totals.talk[0].people == 0) return;
  fmt::print("{:16} {:>7} {:>7} {:>7} {:>8} {:>6} {:>6} {:>6} {:>6} {:>7} {:>9}\n", "", "people",
             "said", "turns", "promises", "plans", "kept", "broken", "tasks", "stopped",
             "collected");
  for (size_t i = 0; i < kCharacters; ++i) {
    const TalkFigures& f = totals.talk[i];
    fmt::print("{:16} {:7} {:7} {:7} {:8} {:6} {:6} {:6} {:6} {:7} {:7} %\n", characters()[i].name,
               f.people, f.said, f.turns, f.promises, f.plans, f.kept, f.broken, f.tasks, f.stopped,
               f.owed_minor == 0 ? 0 : 100 * f.collected_minor / f.owed_minor);
  }
}

int64_t number_of_environment(const char* name, int64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == 0 ? fallback : std::atoll(text);
}

}  // namespace puntual::sim
