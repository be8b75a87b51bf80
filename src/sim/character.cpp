#include "sim/character.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace puntual::sim {
namespace {

constexpr int kSaidADayMax = 6;
constexpr int64_t kLooksWithinMs = 3 * kHourMs;     // Until somebody sees a reminder;
constexpr int64_t kTalksWithinMs = 10 * kMinuteMs;  // who is talking answers sooner.
constexpr int32_t kNightMs = static_cast<int32_t>(2 * kHourMs);

int64_t amount_before(std::string_view text, int64_t minor_per_major) {
  size_t from = text.size();
  while (from > 0 && ((text[from - 1] >= '0' && text[from - 1] <= '9') || text[from - 1] == '.' ||
                      text[from - 1] == ','))
    --from;
  const std::string_view written = text.substr(from);
  int64_t value = 0;
  for (const char c : written) {
    if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
  }
  const size_t mark = written.find_last_of(".,");
  const bool has_cents = mark != std::string_view::npos && written.size() - mark == 3;
  return has_cents ? value * minor_per_major / 100 : value * minor_per_major;
}

// "viernes 4 de diciembre …"
std::optional<CivilDate> date_in_words(std::string_view text, CivilDate today) {
  static constexpr std::string_view kMonthNames[] = {
      "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
      "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
  const size_t digits = text.find(' ') + 1;
  int32_t day = 0;
  const auto [end, error] = std::from_chars(text.data() + digits, text.data() + text.size(), day);
  const std::string_view rest = text.substr(static_cast<size_t>(end - text.data()));
  if (error != std::errc{} || !rest.starts_with(" de ")) return std::nullopt;
  for (int32_t month = 1; month <= 12; ++month) {
    if (!rest.substr(4).starts_with(kMonthNames[month - 1])) continue;
    const int32_t year = ymd_of(today).year;
    const CivilDate date = date_of(year, month, day);
    return date < today ? date_of(year + 1, month, day) : date;
  }
  return std::nullopt;
}

}  // namespace

std::vector<ReadInstalment> read_instalments(std::string_view text, Currency currency,
                                             CivilDate today) {
  std::vector<ReadInstalment> read;
  constexpr std::string_view kOn = " el ";
  for (size_t at = text.find(kOn); at != std::string_view::npos;
       at = text.find(kOn, at + kOn.size())) {
    const auto date = date_in_words(text.substr(at + kOn.size()), today);
    const int64_t amount = amount_before(text.substr(0, at), currency.minor_per_major());
    if (date && amount > 0) read.push_back({*date, amount});
  }
  return read;
}

Instant Talker::when(Instant now, int64_t within_ms) {
  const auto later = static_cast<int64_t>(random_.below(static_cast<uint64_t>(within_ms)));
  if (!characters()[character_].writes_at_night) return now + 5 * kSecondMs + later;
  const LocalTime local = zone_.local(now);
  if (local.ms_of_day < 5 * kHourMs) return now + 5 * kSecondMs + later % (10 * kMinuteMs);
  return zone_.instant(local.date + 1, kNightMs) + later % kHourMs;
}

void Talker::speak(std::span<const SpokenLine> lines, Instant now, int64_t within_ms) {
  const CivilDate today = zone_.local(now).date;
  if (std::exchange(day_, today) != today) said_ = 0;
  if (lines.empty() || said_ >= kSaidADayMax) return;
  ++said_;
  const SpokenLine& line = lines[random_.below(lines.size())];
  const Instant at = when(now, within_ms);
  reactions_.push_back({.at = at, .type = "text", .text = std::string(line.text)});
  if (!line.then.empty())
    reactions_.push_back(
        {.at = at + 2 * kSecondMs, .type = "text", .text = std::string(line.then)});
  if (line.deed == Deed::SendsPhoto)
    reactions_.push_back({.at = at + 3 * kSecondMs, .type = "image"});
  if (line.deed == Deed::Pays || line.deed == Deed::PaysPart) {
    const auto later = static_cast<int64_t>(random_.below(36 * kHourMs));
    reactions_.push_back(
        {.at = at + 10 * kMinuteMs + later, .type = {}, .part = line.deed == Deed::PaysPart});
  }
}

bool Talker::press(const Arrival& arrival, std::string_view payload, Instant now,
                   int64_t within_ms) {
  const auto button = std::ranges::find(arrival.buttons, payload, &ReplyButton::payload);
  if (button == arrival.buttons.end() || !random_.chance_ppm(characters()[character_].presses_ppm))
    return false;
  reactions_.push_back({.at = when(now, within_ms),
                        .type = arrival.is_interactive ? "interactive" : "button",
                        .text = button->title,
                        .payload = button->payload});
  return true;
}

// What was noted for them is paid in time, or not at all.
void Talker::note_agreed(const Arrival& arrival, Instant now) {
  for (const auto& one : read_instalments(arrival.text, arrival.currency, zone_.local(now).date)) {
    if (!random_.chance_ppm(characters()[character_].keeps_ppm)) continue;
    const auto ms_of_day =
        static_cast<int32_t>(6 * kHourMs + static_cast<int64_t>(random_.below(14 * kHourMs)));
    reactions_.push_back({.at = std::max(now + kMinuteMs, zone_.instant(one.due_on, ms_of_day)),
                          .type = {},
                          .amount_minor = one.amount_minor});
  }
}

std::vector<Reaction> Talker::react(const Arrival& arrival, Instant now) {
  const Character& character = characters()[character_];
  reactions_.clear();
  const auto goes_on = [&] { return random_.chance_ppm(character.answers_ppm / 2); };
  const bool is_reminder =
      arrival.purpose == Purpose::PreDue || arrival.purpose == Purpose::Overdue;
  const std::string_view name = messaging::plain_name(arrival.template_name);
  if (arrival.purpose == Purpose::OptOutAck) {
    // That was what they wanted.
  } else if (arrival.purpose == Purpose::IdentityCheck) {
    if (random_.chance_ppm(character.answers_ppm) &&
        !press(arrival, character.opener_button, now, kLooksWithinMs))
      speak(character.to_opener, now, kLooksWithinMs);
  } else if (arrival.step == "person") {
    if (goes_on()) speak(character.to_person, now, kTalksWithinMs);
  } else if (is_reminder && arrival.step == "agreement") {
    if (goes_on()) speak(character.to_agreed, now, kLooksWithinMs);
  } else if (is_reminder || name == "titular_confirmado_v1") {
    if (random_.chance_ppm(character.pays_ppm)) {
      reactions_.push_back(
          {.at = now + kHourMs + static_cast<int64_t>(random_.below(2 * kDayMs)), .type = {}});
    } else if (random_.chance_ppm(character.answers_ppm) &&
               !press(arrival, character.reminder_button, now, kLooksWithinMs)) {
      speak(character.to_reminder, now, kLooksWithinMs);
    }
  } else if (name == "respuesta_que_dia_v1") {
    speak(character.to_which_day, now, kTalksWithinMs);
  } else if (name == "respuesta_promesa_v1" || name == "respuesta_promesa_sola_v1") {
    note_agreed(arrival, now);
    if (goes_on()) speak(character.to_agreed, now, kTalksWithinMs);
  } else if (!arrival.buttons.empty() && arrival.buttons.front().payload == "OPCION_1") {
    const auto& button = arrival.buttons[random_.below(arrival.buttons.size())];
    if (!press(arrival, button.payload, now, kTalksWithinMs))
      speak(character.to_offers.empty() ? character.to_answer : character.to_offers, now,
            kTalksWithinMs);
  } else if (goes_on()) {
    speak(character.to_answer, now, kTalksWithinMs);
  }
  return std::move(reactions_);
}

}  // namespace puntual::sim
