// What there is to see of a run, as JSON: the state of everything, the list of people, one person.
#include <algorithm>
#include <set>

#include "app/words.h"
#include "base/locale.h"
#include "base/phone.h"
#include "base/text.h"
#include "cli/demo/play.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"

namespace puntual::cli::demo {
namespace {

constexpr std::string_view kWeekdays[] = {"lunes",   "martes", "miércoles", "jueves",
                                          "viernes", "sábado", "domingo"};

std::string money_text(int64_t minor, std::string_view currency, std::string_view country) {
  return format_money({minor, Currency::of(currency)}, fmt::format("es_{}", country));
}

// A person as the planner would see them today.
struct Case {
  Debtor debtor;
  Segment segment = Segment::New;
  std::string silence;
  std::vector<Invoice> open;
  Money owed;
  int32_t days_late = 0;  // Of the oldest; negative: days until the next falls due.
  bool has_due = false;
};

Case case_of(Tx& tx, const Creditor& creditor, const Strategy& strategy, DebtorId id, Instant now) {
  auto row = tx.debtors.for_review(creditor.id, id);
  PUNTUAL_CHECK(row.has_value());
  Case one{.debtor = row->debtor,
           .segment = {},
           .silence = row->silence,
           .open = tx.invoices.open_of(creditor.id, id),
           .owed = {}};
  const CivilDate today = engine::home_zone(one.debtor, creditor).local(now).date;
  for (const auto& invoice : one.open) {
    one.owed.currency = invoice.amount.currency;
    one.owed.minor += invoice.balance_minor;
    if (!invoice.due_on) continue;
    const int32_t late = today - *invoice.due_on;
    one.days_late = one.has_due ? std::max(one.days_late, late) : late;
    one.has_due = true;
    if (late > 0) ++row->behaviour.open_overdue_count;
  }
  row->behaviour.oldest_days_past_due = std::max(0, one.days_late);
  one.segment = strategy::classify(row->behaviour, strategy);
  return one;
}

struct StateLabel {
  std::string_view key;
  std::string text;
};
StateLabel label_of(const Case& one, bool has_stopped) {
  if (has_stopped) return {"stop", "Baja"};
  if (one.owed.minor == 0) return {"clear", "No debe"};
  if (one.silence.find("CHANNEL_NOT_AUTHORISED") != std::string::npos)
    return {"mute", "Sin permiso"};
  if (one.days_late > 0)
    return {"late",
            fmt::format("{} {} de mora", one.days_late, one.days_late == 1 ? "día" : "días")};
  if (one.days_late == 0) return {"due", "Vence hoy"};
  return {"ahead", one.days_late == -1 ? std::string("Vence mañana")
                                       : fmt::format("Vence en {} días", -one.days_late)};
}

struct Why {
  std::string text, until;
};

Why why_stopped(const store::OptOut& stop, Zone zone) {
  if (stop.through == "doubt") {
    return {fmt::format("El {} escribió «{}»: puede ser una baja.",
                        day_text(zone.local(stop.at).date), stop.words),
            "No se le escribe hasta que una persona lo mire."};
  }
  return {fmt::format("Pidió no recibir más mensajes el {}.", day_text(zone.local(stop.at).date)),
          "No cambia sola: solo la persona puede volver a pedirlos."};
}

// Why nothing is being written to this person now, and when that may change.
Why why_silent(const Explanation& e, Zone zone, Instant now) {
  if (!e.opt_outs.empty()) return why_stopped(e.opt_outs.front(), zone);
  if (std::ranges::none_of(e.invoices, [](const Invoice& i) { return i.balance_minor > 0; })) {
    return {"No debe nada.", "Cambia cuando entre una factura nueva."};
  }
  for (const auto& message : e.messages) {
    if (message.state != MessageState::Planned) continue;
    const std::string reason = reason_es(message.reasons);
    return {reason.empty() ? "Hay un mensaje listo." : "Hay un mensaje listo que espera. " + reason,
            fmt::format("Sale el {}.", moment_text(std::max(message.not_before, now), zone))};
  }
  Why why{reason_es(e.silence), {}};
  if (e.silence.starts_with(code_of(Reason::ChannelNotAuthorised))) {
    why.until = "Cambia cuando dé su autorización.";
    return why;
  }
  std::optional<Instant> until = e.silent_until;
  if (why.text.empty()) {
    std::string codes;
    for (const auto reason : e.decision_now.reasons) codes += std::string(code_of(reason)) + " ";
    why.text = reason_es(codes);
    until = e.decision_now.next_allowed;
  }
  if (why.text.empty()) why.text = "Ya se le escribió lo que tocaba.";
  if (!until || *until <= now) until = e.next_review_at;
  why.until = until && *until > now ? fmt::format("Puede cambiar el {}.", moment_text(*until, zone))
                                    : "No cambia mientras no pase algo nuevo.";
  return why;
}

std::string_view ticks_of(MessageState state) {
  switch (state) {
    case MessageState::Read:
      return "read";
    case MessageState::Delivered:
      return "delivered";
    case MessageState::Sent:
    case MessageState::Accepted:
      return "sent";
    case MessageState::Failed:
    case MessageState::Rejected:
      return "failed";
    default:
      return "waiting";
  }
}

// Of one minute: first what the person did, then what we said to it.
struct Bubble {
  std::pair<Instant, int> order;
  json::object json;
};

void add_bubble(std::vector<Bubble>& bubbles, Instant at, Zone zone, std::string_view side,
                std::string text, std::string_view ticks) {
  bubbles.push_back({{at, side == "out" ? 1 : 0},
                     {{"day", day_text(zone.local(at).date)},
                      {"time", time_text(at, zone)},
                      {"side", side},
                      {"text", std::move(text)},
                      {"ticks", ticks}}});
}

json::array conversation_of(Tx& tx, const Creditor& creditor, const Explanation& e, Zone zone) {
  std::vector<Bubble> bubbles;
  for (const auto& message : e.messages) {
    if (!message.in_flight_at) continue;
    add_bubble(bubbles, *message.in_flight_at, zone, "out", message.text, ticks_of(message.state));
  }
  for (const auto& said : tx.conversation.of_debtor(creditor.id, e.debtor.id)) {
    add_bubble(bubbles, said.received_at, zone, said.direction == Direction::In ? "in" : "out",
               said.text, "");
  }
  for (const auto& payment : tx.payments.of_debtor(creditor.id, e.debtor.id)) {
    if (!payment.paid_at) continue;
    add_bubble(bubbles, *payment.paid_at, zone, "note",
               "Pagó " + format_money(payment.amount, "es_" + e.debtor.country), "");
  }
  std::ranges::stable_sort(bubbles, {}, &Bubble::order);
  json::array list;
  constexpr size_t kBubblesMax = 60;
  for (size_t i = bubbles.size() > kBubblesMax ? bubbles.size() - kBubblesMax : 0;
       i < bubbles.size(); ++i)
    list.push_back(std::move(bubbles[i].json));
  return list;
}

json::array debts_of(const Explanation& e, CivilDate today) {
  json::array list;
  for (const auto& invoice : e.invoices) {
    if (invoice.balance_minor == 0) continue;
    const int32_t late = invoice.due_on ? today - *invoice.due_on : 0;
    list.push_back(
        json::object{{"product", invoice.product},
                     {"number", invoice.number},
                     {"due", invoice.due_on ? day_text(*invoice.due_on) : std::string("sin fecha")},
                     {"late", late},
                     {"balance", format_money(invoice.balance(), "es_" + e.debtor.country)}});
  }
  return list;
}

// The last decisions not to write, newest first, each with its reason.
json::array silences_of(const Explanation& e, Zone zone) {
  static constexpr std::string_view kKinds[] = {"silent", "postponed", "cancelled", "expired"};
  json::array list;
  for (auto event = e.events.rbegin(); event != e.events.rend() && list.size() < 6; ++event) {
    if (std::ranges::find(kKinds, event->kind) == std::end(kKinds)) continue;
    std::string reason = reason_es(event->detail);
    if (!reason.empty())
      list.push_back(
          json::object{{"at", moment_text(event->at, zone)}, {"text", std::move(reason)}});
  }
  return list;
}

// Four weeks: the first ones as they fill, later the last ones.
json::array days_of(const FeedCounts& counts, CivilDate from, CivilDate today) {
  json::array days;
  constexpr int32_t kDaysShown = 28;
  const CivilDate first = std::max(from, today - (kDaysShown - 1));
  for (CivilDate date = first; date < first + kDaysShown; date = date + 1) {
    const auto found = counts.by_day.find(date);
    const DayCounts day = found == counts.by_day.end() ? DayCounts{} : found->second;
    std::string closed = holiday_name("CO", "CO", date);
    if (closed.empty() && weekday_of(date) == Weekday::Sunday) closed = "domingo";
    days.push_back(json::object{{"label", day_text(date)},
                                {"reminders", day.reminders},
                                {"courtesy", day.courtesy},
                                {"payments", day.payments},
                                {"closed", closed}});
  }
  return days;
}

}  // namespace

// Whether a reminder could be written there now, asked of the gate as for somebody nobody has ever
// written to.
json::object Play::place(std::string_view country, std::string_view city, Zone zone) const {
  ContactRequest request;
  request.jurisdiction = country;
  request.creditor_jurisdiction = world_->creditor().country;
  request.zones = std::span(&zone, 1);
  const Decision decision = compliance::decide(request, now());
  const CivilDate today = zone.local(now()).date;
  std::string why, until;
  if (decision.allowed) {
    why = "Horario lícito";
    if (decision.ttl_max_seconds)
      until = fmt::format("hasta las {}",
                          time_text(now() + *decision.ttl_max_seconds * kSecondMs, zone));
  } else {
    for (const auto reason : decision.reasons) {
      if (reason == Reason::WindowHoliday)
        why = fmt::format("Festivo: {}", holiday_name(country, world_->creditor().country, today));
      if (reason == Reason::WindowWeekday && why.empty())
        why =
            fmt::format("Es {}: no se escribe", kWeekdays[static_cast<size_t>(weekday_of(today))]);
      if (reason == Reason::WindowHours && why.empty()) why = "Fuera de horario";
    }
    if (why.empty() && !decision.reasons.empty())
      why = std::string(explain_es(decision.reasons.front()));
    if (decision.next_allowed)
      until = fmt::format("abre {}", moment_text(*decision.next_allowed, zone));
  }
  return {{"city", city},
          {"time", time_text(now(), zone)},
          {"open", decision.allowed},
          {"why", why},
          {"until", until}};
}

Result<json::object> Play::state() {
  const Creditor& creditor = world_->creditor();
  const FeedCounts& counts = feed_.counts();
  const CivilDate today = home_zone().local(now()).date;
  std::map<std::string, int64_t> pending;
  RETURN_IF_ERROR(world_->store().read([&](Tx& tx) {
    auto rows = tx.db.query(
        "SELECT currency, SUM(balance_minor) FROM invoice WHERE creditor_id=$1 AND balance_minor > "
        "0 GROUP BY currency",
        {creditor.id});
    while (rows.next()) pending[rows.text(0)] = rows.integer(1);
  }));
  json::array money;
  for (const auto& [currency, country] : {std::pair("COP", "CO"), std::pair("PEN", "PE")}) {
    const auto collected = counts.collected_minor.find(currency);
    money.push_back(json::object{
        {"currency", currency},
        {"collected", money_text(collected == counts.collected_minor.end() ? 0 : collected->second,
                                 currency, country)},
        {"pending", money_text(pending[currency], currency, country)}});
  }
  json::array reminders, courtesy;
  for (const auto& hour : counts.by_hour) {
    reminders.push_back(hour.reminders);
    courtesy.push_back(hour.courtesy);
  }
  const sim::Oracle& oracle = world_->oracle();
  const auto wrong = [&](sim::Never kind) { return oracle.count(kind); };
  return json::object{
      {"date", fmt::format("{} {}", kWeekdays[static_cast<size_t>(weekday_of(today))],
                           format_long_date(today, "es_CO"))},
      {"day", today - options_.from + 1},
      {"days", options_.days},
      {"ended", now() >= end_},
      {"places", json::array{place("CO", "Bogotá", Zone::of("America/Bogota")),
                             place("PE", "Lima", Zone::of("America/Lima"))}},
      {"counts", json::object{{"messages", counts.messages},
                              {"replies", counts.replies},
                              {"payments", counts.payments},
                              {"thanks", counts.thanks},
                              {"stops", counts.stops},
                              {"silences", counts.silences}}},
      {"money", money},
      {"never", json::object{{"twice", wrong(sim::Never::SentTwice)},
                             {"paid", wrong(sim::Never::AfterPayment)},
                             {"hours", wrong(sim::Never::OutsideHours)},
                             {"stop", wrong(sim::Never::AfterStop)},
                             {"other", wrong(sim::Never::Other)},
                             {"checked", oracle.sends()}}},
      {"hours", json::object{{"reminders", reminders}, {"courtesy", courtesy}}},
      {"by_day", days_of(counts, options_.from, today)}};
}

Result<json::object> Play::people() {
  const Creditor& creditor = world_->creditor();
  const Strategy& strategy = world_->desk().strategy_of(creditor);
  return world_->store().read([&](Tx& tx) {
    std::set<int64_t> stopped;
    {
      auto rows =
          tx.db.query("SELECT DISTINCT debtor_id FROM opt_out WHERE creditor_id=$1 AND lifted_at=0",
                      {creditor.id});
      while (rows.next()) stopped.insert(rows.integer(0));
    }
    json::array list;
    for (const auto id : tx.debtors.all(creditor.id)) {
      const Case one = case_of(tx, creditor, strategy, id, now());
      const StateLabel label = label_of(one, stopped.contains(id.value));
      list.push_back(json::object{
          {"id", std::to_string(id.value)},
          {"name", one.debtor.name},
          {"cc", one.debtor.country},
          {"find", fold_text(one.debtor.name)},
          {"owed", one.owed.minor == 0 ? std::string()
                                       : format_money(one.owed, "es_" + one.debtor.country)},
          {"state", label.key},
          {"label", label.text},
          {"segment", segment_es(text_of(one.segment))},
          {"open", static_cast<int64_t>(one.open.size())}});
    }
    return json::object{{"people", std::move(list)}};
  });
}

Result<json::object> Play::person(DebtorId id) {
  const Creditor& creditor = world_->creditor();
  const Strategy& strategy = world_->desk().strategy_of(creditor);
  return world_->store().read([&](Tx& tx) -> Result<json::object> {
    ASSIGN_OR_RETURN(const Explanation e,
                     engine::explain(tx, creditor,
                                     Topic{.debtor = id, .invoice = {}, .message = {}}, now(), {}));
    const Case one = case_of(tx, creditor, strategy, id, now());
    const StateLabel label = label_of(one, !e.opt_outs.empty());
    const Zone zone = engine::home_zone(e.debtor, creditor);
    const Why why = why_silent(e, zone, now());
    return json::object{
        {"id", std::to_string(id.value)},
        {"name", e.debtor.name},
        {"cc", e.debtor.country},
        {"phone", e.debtor.phone},
        {"state", label.key},
        {"label", label.text},
        {"segment", segment_es(text_of(one.segment))},
        {"owed",
         one.owed.minor == 0 ? std::string() : format_money(one.owed, "es_" + e.debtor.country)},
        {"pay", one.owed.minor == 0 ? std::string() : pay_url(tx, id)},
        {"why", why.text},
        {"until", why.until},
        {"stopped", !e.opt_outs.empty()},
        {"debts", debts_of(e, zone.local(now()).date)},
        {"chat", conversation_of(tx, creditor, e, zone)},
        {"silences", silences_of(e, zone)}};
  });
}

}  // namespace puntual::cli::demo
