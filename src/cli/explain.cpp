// puntual explain: why something was or was not sent.
#include <algorithm>
#include <cstdio>

#include "base/json.h"
#include "base/locale.h"
#include "base/phone.h"
#include "cli/deployment.h"
#include "cli/words.h"
#include "core/compliance/rule_book.h"
#include "core/strategy/caps.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"
#include "engine/number_owner.h"
#include "engine/quarantine.h"

namespace puntual::cli {
namespace {

std::string local_text(Instant at, Zone zone) { return format_rfc3339(at, zone.offset_at(at)); }

json::value instant_json(std::optional<Instant> at, Zone zone) {
  return at ? json::value(local_text(*at, zone)) : json::value(nullptr);
}

// "Ley 2300 de 2023, art. 3 (CO-DAILY)"
std::string law_text(std::string_view rule_id) {
  const compliance::Rule* rule = compliance::RuleBook::built_in().find_rule(rule_id);
  return rule == nullptr || rule->law.empty() ? fmt::format("regla de la casa ({})", rule_id) : fmt::format("{} ({})", rule->law, rule_id);
}

bool is_no(const TimelineEvent& event) {
  return event.kind == "cancelled" || event.kind == "postponed" || event.kind == "expired" || event.kind == "silent";
}

// What the record of a refusal says of the law behind it, and from when it may be otherwise.
std::string why_of_record(const TimelineEvent& event, Zone zone) {
  const auto facts = event.facts.empty() || !is_no(event) ? Result<json::value>(json::object()) : parse_json(event.facts);
  if (!facts) return {};
  std::string text;
  const auto* rules = member_array(*facts, "rule_ids");
  for (const auto& rule : rules == nullptr ? json::array() : *rules) {
    if (rule.is_string()) text += fmt::format("{}{}", text.empty() ? " Lo pide: " : "; ", law_text(rule.get_string()));
  }
  if (!text.empty()) text += ".";
  if (const auto next = parse_rfc3339(member_text(*facts, "next_allowed").value_or(""))) {
    text += fmt::format(" Podría ser desde el {}.", moment_text(*next, zone));
  }
  return text;
}

std::string told(const TimelineEvent& event, Zone zone) {
  const std::string reason = is_no(event) ? reason_es(event.detail) : std::string();
  return fmt::format("{}{}{}{}", event_es(event.kind), reason.empty() ? "" : ": ", reason, why_of_record(event, zone));
}

// Once, for people and for machines: what the gate says, and before it what it is not asked.
struct Verdict {
  bool allowed = false;
  std::vector<std::pair<std::string, std::string>> reasons;  // Code and Spanish.
  std::optional<Instant> next_allowed;
};

Verdict verdict_of(const Explanation& e) {
  Verdict verdict{.allowed = e.decision_now.allowed && e.unfit.empty() && e.rest.empty(), .reasons = {}, .next_allowed = {}};
  if (!e.unfit.empty()) verdict.reasons.emplace_back(e.unfit, reason_es(e.unfit));
  if (!e.rest.empty()) verdict.reasons.emplace_back(e.rest, reason_es(e.rest));
  for (const auto reason : e.decision_now.reasons) verdict.reasons.emplace_back(code_of(reason), explain_es(reason));
  // What the hour allows is no matter where nobody may be written to.
  if (e.unfit.empty()) verdict.next_allowed = e.decision_now.next_allowed;
  if (e.rest_until && (verdict.next_allowed || e.decision_now.allowed)) verdict.next_allowed = std::max(verdict.next_allowed.value_or(*e.rest_until), *e.rest_until);
  if (!e.rest.empty() && !e.rest_until) verdict.next_allowed.reset();
  return verdict;
}

// When the house writes, which is later than the law lets it; none: as soon as it may.
std::optional<Instant> house_hour(const Verdict& verdict, const Strategy& strategy, Zone zone, Instant now) {
  const std::optional<Instant> may = verdict.allowed ? now : verdict.next_allowed;
  const std::optional<Instant> kinder = may ? std::optional(strategy::kinder_hour(strategy, zone, *may)) : std::nullopt;
  return kinder != may ? kinder : std::nullopt;
}

json::object verdict_json(const Explanation& e, const Verdict& verdict, std::optional<Instant> house_from, Zone zone) {
  json::array reasons, rules, laws;
  for (const auto& [code, spanish] : verdict.reasons) reasons.push_back(json::object{{"code", code}, {"es", spanish}});
  for (const auto rule : e.decision_now.rule_ids) {
    rules.push_back(json::string(rule));
    laws.push_back(json::string(law_text(rule)));
  }
  return {{"allowed", verdict.allowed}, {"reasons", reasons}, {"rule_ids", rules}, {"laws", laws},
          {"pack_version", e.decision_now.pack_version}, {"next_allowed", instant_json(verdict.next_allowed, zone)},
          {"house_from", instant_json(house_from, zone)}};
}

json::object message_json(const OutboxMessage& message, Zone zone) {
  return {{"id", std::to_string(message.id.value)}, {"state", text_of(message.state)}, {"purpose", text_of(message.purpose)},
          {"step", message.step}, {"template", message.template_name}, {"strategy_version", message.strategy_version},
          {"template_version", message.template_version}, {"pack_version", message.pack_version},
          {"reasons", message.reasons}, {"planned_at", local_text(message.planned_at, zone)},
          {"not_before", local_text(message.not_before, zone)}, {"handed_over_at", instant_json(message.in_flight_at, zone)},
          {"error_code", message.error_code}, {"text", message.text}};
}

json::object explanation_json(const Explanation& e, const Verdict& verdict, std::optional<Instant> house_from, Zone zone) {
  json::array invoices, messages, events;
  for (const auto& i : e.invoices) {
    invoices.push_back(json::object{{"number", i.number}, {"due_on", i.due_on ? json::value(format_date(*i.due_on)) : json::value(nullptr)},
                                    {"amount", format_plain(i.amount)}, {"balance", format_plain(i.balance())}, {"state", text_of(i.state)}});
  }
  for (const auto& m : e.messages) messages.push_back(message_json(m, zone));
  for (const auto& event : e.events) {
    events.push_back(json::object{{"at", local_text(event.at, zone)}, {"kind", event.kind}, {"es", told(event, zone)}, {"detail", event.detail}, {"facts", event.facts},
                                  {"message_id", std::to_string(event.message_id.value)}});
  }
  json::value about = nullptr;
  if (e.topic.invoice) about = {{"kind", "invoice"}, {"id", std::to_string(e.topic.invoice.value)}};
  if (e.topic.message) about = {{"kind", "message"}, {"id", std::to_string(e.topic.message.value)}};
  return {{"about", about}, {"paused", e.paused_why}, {"identity", json::object{{"state", text_of(e.address.state)}, {"evidence", e.address.evidence.kind}}},
          {"debtor", std::to_string(e.debtor.id.value)}, {"name", e.debtor.name}, {"now", verdict_json(e, verdict, house_from, zone)},
          {"silence", e.silence}, {"silent_until", instant_json(e.silent_until, zone)},
          {"next_review_at", instant_json(e.next_review_at, zone)}, {"opted_out", !e.opt_outs.empty()},
          {"invoices", invoices}, {"messages", messages}, {"timeline", events}};
}

// Why nothing is sent to anybody, and the way out.
void print_pause(const Explanation& e, const Creditor& creditor, Zone zone) {
  if (!creditor.paused_at) return;
  std::printf("EN PAUSA desde el %s: no se envía nada a nadie.\n", moment_text(*creditor.paused_at, zone).c_str());
  if (e.paused_why == engine::kOwnerPause) {
    std::printf("El número que envía es de «%s», y no consta que permita usarlo para «%s».\n"
                "Cuando lo permita: puntual number confirm --owner '%s' --by 'quién lo dice, y cómo'\n\n",
                e.number_owner.c_str(), creditor.name.c_str(), e.number_owner.c_str());
  } else {
    std::printf("Para seguir: puntual resume\n\n");
  }
}

// "debe $ 150.000 de la factura F-0001, venció el 24/11/2026"
std::string invoice_text(const Invoice& i, const std::string& locale, CivilDate today) {
  const std::string due = i.due_on ? (*i.due_on < today ? "venció el " : "vence el ") + format_short_date(*i.due_on, locale) : "sin fecha de vencimiento";
  if (i.balance_minor == 0) return fmt::format("ya no debe nada de la factura {} ({})", i.number, value_es(text_of(i.state)));
  return fmt::format("debe {} de la factura {}, {}", format_money(i.balance(), locale), i.number, due);
}

void print_message(const OutboxMessage& m) {
  const std::string reason = reason_es(m.reasons);
  std::printf("\nMensaje %lld: %s, plantilla %s\n%s%s%s\n", static_cast<long long>(m.id.value), std::string(value_es(text_of(m.state))).c_str(),
              m.template_name.c_str(), reason.c_str(), reason.empty() ? "" : "\n", m.text.empty() ? "(el texto ya no se conserva)" : for_terminal(m.text).c_str());
}

// What was asked about, when it was one invoice or one message.
void print_topic(const Explanation& e, const std::string& locale, Zone zone, CivilDate today) {
  const auto print_events = [&](auto&& is_of_it) {
    for (const auto& event : e.events) {
      if (is_of_it(event)) std::printf("  %s  %s\n", moment_text(event.at, zone).c_str(), for_terminal(told(event, zone)).c_str());
    }
    std::printf("\n");
  };
  for (const auto& i : e.invoices) {
    if (i.id != e.topic.invoice) continue;
    std::printf("Factura %s: %s\n", for_terminal(i.number).c_str(), for_terminal(invoice_text(i, locale, today)).c_str());
    print_events([&](const TimelineEvent& event) { return event.invoice_id == i.id; });
  }
  for (const auto& m : e.messages) {
    if (m.id != e.topic.message) continue;
    print_message(m);
    print_events([&](const TimelineEvent& event) { return event.message_id == m.id; });
  }
}

void print_for_people(const Explanation& e, const Creditor& creditor, const Verdict& verdict, std::optional<Instant> house_from, Zone zone, CivilDate today) {
  const std::string locale = engine::locale_of(e.debtor, creditor);
  print_pause(e, creditor, zone);
  print_topic(e, locale, zone, today);
  if (e.debtor.erased_at) {
    std::printf("Una persona cuyos datos se borraron\n");
  } else {
    std::printf("%s (%s), número %s\n", for_terminal(e.debtor.name).c_str(), mask_phone(e.debtor.phone).c_str(), std::string(value_es(text_of(e.address.state))).c_str());
  }
  for (const auto& i : e.invoices) {
    if (i.balance_minor != 0) std::printf("  %s\n", for_terminal(invoice_text(i, locale, today)).c_str());
  }
  std::printf("\nAhora mismo un recordatorio %s\n", verdict.allowed ? "está permitido." : "no está permitido:");
  for (const auto& [code, spanish] : verdict.reasons) std::printf("  %s\n", spanish.c_str());
  for (const auto rule : e.decision_now.rule_ids) std::printf("  lo pide: %s\n", law_text(rule).c_str());
  if (!verdict.allowed) {
    std::printf("  se podrá desde: %s\n", verdict.next_allowed ? moment_text(*verdict.next_allowed, zone).c_str() : "no mientras no cambie la situación");
  }
  if (house_from) std::printf("  su estrategia no escribe antes de: %s\n", moment_text(*house_from, zone).c_str());
  if (!e.silence.empty()) {
    // No date is told where only a change of the facts ends it.
    const bool has_date = e.silent_until && (verdict.allowed || verdict.next_allowed) && !is_until_told(e.silence);
    std::printf("Silencio: %s%s\n", reason_es(e.silence).c_str(), has_date ? (" Puede cambiar el " + moment_text(*e.silent_until, zone) + ".").c_str() : "");
  }
  std::printf("\nHistoria\n");
  for (const auto& event : e.events) std::printf("  %s  %s\n", moment_text(event.at, zone).c_str(), for_terminal(told(event, zone)).c_str());
  for (const auto& m : e.messages) print_message(m);
}

Result<int> run_explain(const Arguments& arguments) {
  ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  Instant now;
  ASSIGN_OR_RETURN(const Explanation explanation, deployment->store->read([&](Tx& tx) -> Result<Explanation> {
    ASSIGN_OR_RETURN(const Topic topic, engine::find_topic(tx, creditor, arguments.text("SUBJECT")));
    now = deployment->now_of(tx);
    return engine::explain(tx, creditor, topic, now, deployment->desk->law);
  }));
  ASSIGN_OR_RETURN(const auto quarantine, deployment->store->read([](Tx& tx) { return engine::quarantine_of(tx); }));
  const Zone zone = engine::home_zone(explanation.debtor, creditor);
  const Verdict verdict = verdict_of(explanation);
  const auto house_from = house_hour(verdict, deployment->desk->strategy_of(creditor), zone, now);
  if (quarantine && !arguments.has("--json")) std::printf("EN CUARENTENA: no se envía nada a nadie. Mire: puntual quarantine show\n\n");
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(explanation_json(explanation, verdict, house_from, zone)).c_str());
  } else {
    print_for_people(explanation, creditor, verdict, house_from, zone, zone.local(now).date);
  }
  return kOk;
}

}  // namespace

Command explain_command() {
  return {.name = "explain",
          .summary = "Why something was or was not sent: each verdict with its reasons and when it may change",
          .positionals = {"SUBJECT"},
          .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
          .examples = "  puntual explain 0000611365       an invoice's number\n"
                      "  puntual explain '+573001234567'  a person's phone, document or id\n"
                      "  puntual explain wamid.HBgL…       a message, by its id or WhatsApp's\n",
          .run = run_explain};
}

}  // namespace puntual::cli
