#include "sim/population.h"

#include <algorithm>
#include <array>

namespace puntual::sim {
namespace {

// What people write back; a promise is kept more often than not.
struct Answer {
  std::string_view text;
  int32_t promises_in_days = 0;  // 0: no promise.
};
constexpr std::array<Answer, 12> kAnswers = {{{"ya pagué, gracias"},
                                              {"el viernes le pago sin falta", 3},
                                              {"buenas, ¿me puede enviar la factura?"},
                                              {"¿cuánto debo en total?"},
                                              {"no puedo este mes, estoy sin trabajo"},
                                              {"¿puedo pagar en dos partes?"},
                                              {"ok gracias por avisar"},
                                              {"👍"},
                                              {"me llegó mal el cobro, ya había reclamado"},
                                              {"mañana a primera hora", 1},
                                              {"¿dónde puedo pagar?"},
                                              {"listo, ya quedó"}}};
constexpr uint32_t kPromiseKeptPpm = 650'000;
constexpr std::array<std::string_view, 5> kStops = {
    "BAJA", "no me escriban más", "Stop", "ya no más mensajes por favor", "dejen de escribirme"};

// How people answer "are you Ana?", in a hundred of those who do: by the button, or in their words.
struct WhoAnswer {
  int share;
  std::string_view text, payload;
};
constexpr std::array<WhoAnswer, 7> kWhoAnswers = {{{55, "Sí, soy yo", "TITULAR_SI"},
                                                   {25, "sí, soy yo", ""},
                                                   {10, "con ella", ""},
                                                   {3, "No soy esa persona", "TITULAR_NO"},
                                                   {2, "número equivocado", ""},
                                                   {3, "soy la mamá", ""},
                                                   {2, "¿de parte de quién?", ""}}};

uint32_t share_ppm(int32_t part, int32_t whole) {
  return whole <= 0 ? 0 : static_cast<uint32_t>(int64_t{1'000'000} * part / whole);
}

}  // namespace

const std::vector<std::pair<Temperament, int>>& known_temperaments() {
  static const std::vector<std::pair<Temperament, int>> kKnown = {
      {{.name = "punctual",
        .pays_by_due_ppm = 930'000,
        .pays_after_nudge_ppm = 700'000,
        .nudge_days_max = 1,
        .answers_ppm = 60'000},
       30},
      {{.name = "forgetful",
        .pays_by_due_ppm = 150'000,
        .pays_after_nudge_ppm = 620'000,
        .nudge_days_max = 2,
        .pays_part_ppm = 20'000,
        .answers_ppm = 120'000,
        .stops_ppm = 2'000},
       30},
      {{.name = "late_payer",
        .pays_by_due_ppm = 40'000,
        .pays_after_nudge_ppm = 260'000,
        .nudge_days_max = 6,
        .pays_part_ppm = 80'000,
        .answers_ppm = 180'000,
        .stops_ppm = 6'000},
       18},
      {{.name = "hardship",
        .pays_by_due_ppm = 5'000,
        .pays_after_nudge_ppm = 70'000,
        .nudge_days_max = 8,
        .pays_part_ppm = 600'000,
        .answers_ppm = 400'000,
        .stops_ppm = 10'000},
       8},
      {{.name = "silent",
        .pays_after_nudge_ppm = 15'000,
        .nudge_days_max = 10,
        .reads_ppm = 300'000,
        .says_who_ppm = 200'000},
       6},
      {{.name = "talkative",
        .pays_by_due_ppm = 200'000,
        .pays_after_nudge_ppm = 350'000,
        .nudge_days_max = 4,
        .answers_ppm = 850'000},
       4},
      {{.name = "angry",
        .pays_after_nudge_ppm = 120'000,
        .nudge_days_max = 5,
        .answers_ppm = 300'000,
        .stops_ppm = 250'000},
       2},
      {{.name = "unreachable", .pays_after_nudge_ppm = 0, .reads_ppm = 0, .says_who_ppm = 0}, 2},
  };
  return kKnown;
}

Temperament temperament_of(const PaymentBehaviour& b) {
  // One settled invoice says little: it is weighed against what is usual in a mixed portfolio.
  constexpr int32_t kPrior = 4;
  const int32_t n = b.settled_count + kPrior;
  Temperament t;
  t.name = "as_before";
  t.pays_by_due_ppm = share_ppm(b.settled_on_time + 1, n);
  t.pays_after_nudge_ppm = share_ppm(b.settled_within_forgetful + b.settled_late / 3 + 1, n);
  t.nudge_days_max = b.settled_late > b.settled_within_forgetful ? 6 : 2;
  t.pays_part_ppm = 30'000;
  t.answers_ppm = 120'000;
  t.stops_ppm = 2'000;
  return t;
}

void Population::add(DebtorId id, Temperament temperament) {
  people_.insert_or_assign(
      id, Person{std::move(temperament),
                 SeededRandom(seed_ ^ (static_cast<uint64_t>(id.value) * 0x9E3779B97F4A7C15ULL))});
}

void Population::leave(DebtorId id) {
  people_.erase(id);
  talkers_.erase(id);
  decltype(actions_) others;
  for (; !actions_.empty(); actions_.pop()) {
    if (actions_.top().second.debtor_id != id) others.push(actions_.top());
  }
  actions_ = std::move(others);
}

void Population::expect_invoice(DebtorId id, const Invoice& invoice, Zone zone, Instant now) {
  const auto person = people_.find(id);
  if (person == people_.end() || !invoice.due_on || invoice.balance_minor <= 0) return;
  auto& [temperament, random] = person->second;
  if (!random.chance_ppm(temperament.pays_by_due_ppm)) return;
  const auto days_before = static_cast<int32_t>(random.below(6));
  const auto ms_of_day =
      static_cast<int32_t>(7 * kHourMs + static_cast<int64_t>(random.below(15 * kHourMs)));
  const Instant at = zone.instant(*invoice.due_on - days_before, ms_of_day);
  if (at > now)
    schedule({.at = at,
              .kind = Action::Kind::Pay,
              .debtor_id = id,
              .invoice = invoice.number,
              .part = false,
              .text = {},
              .payload = {}});
}

void Population::add_talker(DebtorId id, size_t character, Zone zone) {
  talkers_.insert_or_assign(
      id, Talker(character,
                 SeededRandom(seed_ ^ (static_cast<uint64_t>(id.value) * 0xD6E8FEB86659FD93ULL)),
                 zone));
}

void Population::receive(const Arrival& arrival, Instant at) {
  const auto talker = talkers_.find(arrival.debtor);
  if (talker == talkers_.end()) return react(arrival.debtor, arrival.purpose, arrival.invoice, at);
  for (auto& one : talker->second.react(arrival, at)) {
    const bool is_payment = one.type.empty();
    if (is_payment && arrival.invoice.empty()) continue;  // For nothing that they know of.
    schedule({.at = one.at,
              .kind = is_payment ? Action::Kind::Pay : Action::Kind::Say,
              .debtor_id = arrival.debtor,
              .invoice = arrival.invoice,
              .part = one.part,
              .text = std::move(one.text),
              .payload = std::move(one.payload),
              .type = std::move(one.type),
              .amount_minor = one.amount_minor});
  }
}

void Population::react(DebtorId id, Purpose purpose, const std::string& invoice, Instant at) {
  const auto found = people_.find(id);
  if (found == people_.end()) return;
  auto& [temperament, random] = found->second;
  const bool asks_money = purpose == Purpose::PreDue || purpose == Purpose::Overdue;
  const auto soon = [&](int64_t up_to_ms) {
    return at + kMinuteMs + static_cast<int64_t>(random.below(static_cast<uint64_t>(up_to_ms)));
  };
  if (purpose == Purpose::IdentityCheck) {
    if (!random.chance_ppm(temperament.says_who_ppm)) return;
    auto ticket = static_cast<int>(random.below(100));
    for (const auto& answer : kWhoAnswers) {
      if ((ticket -= answer.share) >= 0) continue;
      schedule({.at = soon(5 * kHourMs),
                .kind = Action::Kind::Say,
                .debtor_id = id,
                .invoice = {},
                .part = false,
                .text = std::string(answer.text),
                .payload = std::string(answer.payload)});
      return;
    }
  }
  if (asks_money && random.chance_ppm(temperament.stops_ppm)) {
    schedule({.at = soon(2 * kHourMs),
              .kind = Action::Kind::Say,
              .debtor_id = id,
              .invoice = {},
              .part = false,
              .text = std::string(kStops[random.below(kStops.size())]),
              .payload = {}});
    return;
  }
  if (asks_money && random.chance_ppm(temperament.answers_ppm)) {
    const Answer& answer = kAnswers[random.below(kAnswers.size())];
    schedule({.at = soon(3 * kHourMs),
              .kind = Action::Kind::Say,
              .debtor_id = id,
              .invoice = {},
              .part = false,
              .text = std::string(answer.text),
              .payload = {}});
    if (answer.promises_in_days > 0) {
      ++promises_;
      if (!invoice.empty() && random.chance_ppm(kPromiseKeptPpm)) {
        schedule({.at = at + answer.promises_in_days * kDayMs,
                  .kind = Action::Kind::Pay,
                  .debtor_id = id,
                  .invoice = invoice,
                  .part = false,
                  .text = {},
                  .payload = {}});
      }
      return;
    }
  }
  if (asks_money && !invoice.empty() && random.chance_ppm(temperament.pays_after_nudge_ppm)) {
    const bool part = random.chance_ppm(temperament.pays_part_ppm);
    schedule({.at = soon(temperament.nudge_days_max * kDayMs),
              .kind = Action::Kind::Pay,
              .debtor_id = id,
              .invoice = invoice,
              .part = part,
              .text = {},
              .payload = {}});
  }
}

std::optional<Instant> Population::next_due() const {
  return actions_.empty() ? std::nullopt : std::optional(actions_.top().second.at);
}

std::vector<Action> Population::take_due(Instant now) {
  std::vector<Action> due;
  while (!actions_.empty() && actions_.top().second.at <= now) {
    due.push_back(actions_.top().second);
    actions_.pop();
  }
  return due;
}

const Temperament* Population::temperament(DebtorId id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second.temperament;
}

}  // namespace puntual::sim
