#include "app/phone.h"

#include <algorithm>

#include "base/json.h"
#include "base/whole_number.h"
#include "engine/contact_facts.h"

namespace puntual {
namespace {

constexpr int kLookedBack = 2000;  // Records, for whom was written to last.
constexpr auto kMorningMs = static_cast<int32_t>(8 * kHourMs);

// What follows `=` in a query of the control API: digits, letters, dots and a plus.
std::string address_of_phone(const Debtor& debtor) {
  std::string address;
  for (const char c : debtor.phone.empty() ? debtor.user_id : debtor.phone)
    address += c == '+' ? "%2B" : std::string(1, c);
  return address;
}

bool owes(Tx& tx, const Creditor& creditor, DebtorId id) {
  return std::ranges::any_of(tx.invoices.open_of(creditor.id, id),
                             [](const Invoice& one) { return one.balance_minor > 0; });
}

// Rather somebody at home who has not answered yet: their phone has something to ask of a visitor.
std::optional<Debtor> written_to_last(Tx& tx, const Creditor& creditor) {
  std::optional<Debtor> any;
  for (const auto& event : tx.timeline.latest(creditor.id, 0, kLookedBack)) {
    if (event.kind != "sending" || !owes(tx, creditor, event.debtor_id)) continue;
    auto debtor = tx.debtors.find(creditor.id, event.debtor_id);
    if (debtor && debtor->country == creditor.country &&
        tx.conversation.of_debtor(creditor.id, debtor->id).empty())
      return debtor;
    if (!any) any = std::move(debtor);
  }
  return any;
}

Result<Debtor> person_of(Tx& tx, const Creditor& creditor, std::string_view text) {
  const auto id = whole_number(text);
  auto found = id ? tx.debtors.find(creditor.id, DebtorId{*id}) : std::nullopt;
  if (!found || found->erased_at)
    return fail(ErrorCode::NotFound, "debtor '{}' does not exist, or was erased", text);
  return *std::move(found);
}

// The first day after `today` on which something falls due, by a bill or as agreed.
std::optional<CivilDate> next_due(Tx& tx, const Creditor& creditor, DebtorId id, CivilDate today) {
  std::optional<CivilDate> next;
  const auto consider = [&](std::optional<CivilDate> date) {
    if (date && *date > today && (!next || *date < *next)) next = date;
  };
  for (const auto& invoice : tx.invoices.open_of(creditor.id, id)) consider(invoice.due_on);
  if (const auto agreement = tx.agreements.active_of(creditor.id, id)) {
    for (const auto& one : agreement->instalments) consider(one.due_on);
  }
  return next;
}

json::value moment(Instant at, Zone zone) {
  return json::string(format_rfc3339(at, zone.offset_at(at)));
}

Result<json::value> object_in(std::string_view body) {
  ASSIGN_OR_RETURN(json::value given, parse_json(body));
  if (!given.is_object()) return fail(ErrorCode::Invalid, "the body is no JSON object");
  return given;
}

}  // namespace

Result<std::string> show_phone_job(Store& store, const Creditor& creditor,
                                   SimulatedPlatform& platform, std::string_view debtor,
                                   Instant now) {
  json::object answer{{"now", moment(now, Zone::of(creditor.zone))},
                      {"has_clock", platform.has_clock()},
                      {"pace", platform.pace()},
                      {"person", nullptr},
                      {"messages", json::array()}};
  ASSIGN_OR_RETURN(const std::optional<Debtor> person,
                   store.read([&](Tx& tx) -> Result<std::optional<Debtor>> {
                     if (debtor.empty()) return written_to_last(tx, creditor);
                     ASSIGN_OR_RETURN(Debtor found, person_of(tx, creditor, debtor));
                     return std::optional(std::move(found));
                   }));
  if (!person) return to_json(answer);
  const Zone zone = engine::home_zone(*person, creditor);
  ASSIGN_OR_RETURN(const auto due, store.read([&](Tx& tx) {
    return next_due(tx, creditor, person->id, zone.local(now).date);
  }));
  answer["person"] =
      json::object{{"id", std::to_string(person->id.value)},
                   {"name", person->name},
                   {"phone", person->phone},
                   {"country", person->country},
                   {"now", moment(now, zone)},
                   {"next_due", due ? json::value(format_date(*due)) : json::value(nullptr)}};
  ASSIGN_OR_RETURN(const std::string told,
                   platform.ask("GET", "talk?with=" + address_of_phone(*person), {}));
  ASSIGN_OR_RETURN(const json::value talk, parse_json(told));
  if (const auto* messages = member_array(talk, "messages")) {
    json::array shown = *messages;
    for (auto& one : shown) {
      if (const auto at = parse_rfc3339(text_in(one, "at")))
        one.as_object()["at"] = moment(*at, zone);
    }
    answer["messages"] = std::move(shown);
  }
  return to_json(answer);
}

Result<std::string> use_phone_job(Store& store, const Creditor& creditor,
                                  SimulatedPlatform& platform, std::string_view body) {
  ASSIGN_OR_RETURN(const json::value given, object_in(body));
  ASSIGN_OR_RETURN(const Debtor person, store.read([&](Tx& tx) {
    return person_of(tx, creditor, text_in(given, "debtor"));
  }));
  const std::string kind = text_in(given, "kind"), text = text_in(given, "text");
  if (text.empty() && kind != "image" && kind != "audio")
    return fail(ErrorCode::Invalid, "text: escriba algo");
  json::object said{{"from", person.phone.empty() ? person.user_id : person.phone}, {"text", text}};
  if (kind == "image" || kind == "audio")
    said[kind] = true;
  else if (kind != "text")
    said["kind"] = kind;
  for (const std::string_view field : {"payload", "context_id"}) {
    if (const std::string value = text_in(given, field); !value.empty()) said[field] = value;
  }
  platform.become(person.id);
  return platform.ask("POST", "say", to_json(said));
}

Result<std::string> move_clock_job(Store& store, const Creditor& creditor,
                                   SimulatedPlatform& platform, std::string_view body,
                                   Instant now) {
  ASSIGN_OR_RETURN(const json::value given, object_in(body));
  const std::string to = text_in(given, "to"), pace = text_in(given, "pace");
  if (!pace.empty()) RETURN_IF_ERROR(platform.set_pace(pace));
  if (to.empty()) return std::string("{}");
  if (!platform.has_clock())
    return fail(ErrorCode::Conflict,
                "el reloj es el de esta máquina: para moverlo ponga test_clock en puntual.toml");
  const Zone home = Zone::of(creditor.zone);
  Instant then = now + kHourMs;
  if (to == "morning") then = home.instant(home.local(now).date + 1, kMorningMs);
  if (to == "due") {
    ASSIGN_OR_RETURN(then, store.read([&](Tx& tx) -> Result<Instant> {
      ASSIGN_OR_RETURN(const Debtor person, person_of(tx, creditor, text_in(given, "debtor")));
      const Zone zone = engine::home_zone(person, creditor);
      const auto due = next_due(tx, creditor, person.id, zone.local(now).date);
      if (!due) return fail(ErrorCode::Conflict, "nada de esta persona vence más adelante");
      return zone.instant(*due, kMorningMs);
    }));
  }
  // Before the clock is there: whoever moves it must not be signed out as one who sat still.
  RETURN_IF_ERROR(store.write([&](Tx& tx) { tx.sessions.move_on(creditor.id, then - now); }));
  RETURN_IF_ERROR(platform.move_to(then));
  return std::string("{}");
}

}  // namespace puntual
