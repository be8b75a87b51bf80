// Simulated debtors: how people of each temperament answer a message, pay by themselves, ask, or
// say stop.
//
// Deterministic: each person has a random source of their own, seeded by the world's seed and their
// id, so that one person's luck does not depend on the others.
#pragma once

#include <map>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "base/random.h"
#include "core/compliance/gate.h"
#include "core/portfolio/portfolio.h"
#include "core/strategy/strategy.h"
#include "sim/character.h"

namespace puntual::sim {

// Chances in a million; days after the moment.
struct Temperament {
  std::string name;
  uint32_t pays_by_due_ppm = 0;       // Without being asked, in the days before the due date.
  uint32_t pays_after_nudge_ppm = 0;  // Within days of each message.
  int32_t nudge_days_max = 3;
  uint32_t pays_part_ppm = 0;  // Of those who pay: only a part.
  uint32_t answers_ppm = 0;    // Writes something back.
  uint32_t stops_ppm = 0;      // Says stop to a message.
  uint32_t reads_ppm = 800000;
  uint32_t says_who_ppm = 750000;  // Answers the opener; most of them are the right person.
};

// The temperaments of the demo and of the tests, with their shares in a hundred.
[[nodiscard]] const std::vector<std::pair<Temperament, int>>& known_temperaments();
// One that behaves as this person has so far.
[[nodiscard]] Temperament temperament_of(const PaymentBehaviour& behaviour);

struct Action {
  enum class Kind : uint8_t { Pay, Say };
  Instant at;
  Kind kind = Kind::Pay;
  DebtorId debtor_id;
  std::string invoice;  // Pay: the invoice's number.
  bool part = false;
  std::string text;          // Say
  std::string payload;       // Say, by pressing this button.
  std::string type = {};     // Say: as the platform names it; empty: text, or a template's button.
  int64_t amount_minor = 0;  // Pay: so much; 0: what the invoice owes, or a part of it.
};

class Population {
 public:
  explicit Population(uint64_t seed) : seed_(seed) {}
  void add(DebtorId id, Temperament temperament);
  // One who talks (character.h) instead.
  void add_talker(DebtorId id, size_t character, Zone zone);
  // Somebody else speaks and pays for them from now on.
  void leave(DebtorId id);
  // Those who pay without being asked do so on their own day.
  void expect_invoice(DebtorId id, const Invoice& invoice, Zone zone, Instant now);
  // A message has reached the person.
  void receive(const Arrival& arrival, Instant at);

  [[nodiscard]] std::optional<Instant> next_due() const;
  [[nodiscard]] std::vector<Action> take_due(Instant now);
  [[nodiscard]] const Temperament* temperament(DebtorId id) const;
  [[nodiscard]] const std::map<DebtorId, Talker>& talkers() const { return talkers_; }
  // Answers that promised a day, so far.
  [[nodiscard]] int64_t promises() const { return promises_; }

 private:
  struct Person {
    Temperament temperament;
    SeededRandom random;
  };
  struct Later {
    bool operator()(const std::pair<uint64_t, Action>& a,
                    const std::pair<uint64_t, Action>& b) const {
      return std::pair(a.second.at, a.first) > std::pair(b.second.at, b.first);
    }
  };
  void react(DebtorId id, Purpose purpose, const std::string& invoice, Instant at);
  void schedule(Action action) { actions_.emplace(sequence_++, std::move(action)); }

  uint64_t seed_;
  uint64_t sequence_ = 0;
  int64_t promises_ = 0;
  std::map<DebtorId, Person> people_;
  std::map<DebtorId, Talker> talkers_;
  std::priority_queue<std::pair<uint64_t, Action>, std::vector<std::pair<uint64_t, Action>>, Later>
      actions_;
};

}  // namespace puntual::sim
