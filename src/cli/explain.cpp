// puntual explain: why something was or was not sent.
#include <cstdio>

#include "base/json.h"
#include "base/phone.h"
#include "cli/deployment.h"
#include "cli/words.h"
#include "core/compliance/rule_book.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"

namespace puntual::cli {
namespace {

std::string local_text(Instant at, Zone zone) { return format_rfc3339(at, zone.offset_at(at)); }

json::value instant_json(std::optional<Instant> at, Zone zone) {
  return at ? json::value(local_text(*at, zone)) : json::value(nullptr);
}

// "Ley 2300 de 2023, art. 3 (CO-DAILY)"
std::string law_text(std::string_view rule_id) {
  const compliance::Rule* rule = compliance::RuleBook::built_in().find_rule(rule_id);
  return rule == nullptr || rule->law.empty() ? std::string(rule_id) : fmt::format("{} ({})", rule->law, rule_id);
}

// What the record of a refusal says of the law behind it, and from when it may be otherwise.
std::string why_of_record(const TimelineEvent& event) {
  const auto facts = event.facts.empty() || event.kind == "sending" ? Result<json::value>(json::object()) : parse_json(event.facts);
  if (!facts) return {};
  std::string text;
  const auto* rules = member_array(*facts, "rule_ids");
  for (const auto& rule : rules == nullptr ? json::array() : *rules) {
    if (rule.is_string()) text += fmt::format("{}{}", text.empty() ? " Lo pide: " : "; ", law_text(rule.get_string()));
  }
  if (!text.empty()) text += ".";
  if (const auto next = member_text(*facts, "next_allowed")) text += fmt::format(" Podría ser desde {}.", *next);
  return text;
}

std::string told(const TimelineEvent& event) {
  const bool gives_reasons = event.kind == "cancelled" || event.kind == "postponed" || event.kind == "expired" || event.kind == "silent";
  std::string reason = gives_reasons ? reason_es(event.detail) : std::string();
  if (gives_reasons && reason.empty()) reason = event.detail;
  return fmt::format("{}{}{}{}", event_es(event.kind), reason.empty() ? "" : ": ", reason, why_of_record(event));
}

json::object decision_json(const Decision& decision, Zone zone) {
  json::array reasons, rules, laws;
  for (const auto reason : decision.reasons) reasons.push_back(json::object{{"code", code_of(reason)}, {"es", explain_es(reason)}});
  for (const auto rule : decision.rule_ids) {
    rules.push_back(json::string(rule));
    laws.push_back(json::string(law_text(rule)));
  }
  return {{"allowed", decision.allowed}, {"reasons", reasons}, {"rule_ids", rules}, {"laws", laws},
          {"pack_version", decision.pack_version}, {"next_allowed", instant_json(decision.next_allowed, zone)}};
}

json::object message_json(const OutboxMessage& message, Zone zone) {
  return {{"id", std::to_string(message.id.value)}, {"state", text_of(message.state)}, {"purpose", text_of(message.purpose)},
          {"step", message.step}, {"template", message.template_name}, {"strategy_version", message.strategy_version},
          {"template_version", message.template_version}, {"pack_version", message.pack_version},
          {"reasons", message.reasons}, {"planned_at", local_text(message.planned_at, zone)},
          {"not_before", local_text(message.not_before, zone)}, {"handed_over_at", instant_json(message.in_flight_at, zone)},
          {"error_code", message.error_code}, {"text", message.text}};
}

json::object explanation_json(const Explanation& e, Zone zone) {
  json::array invoices, messages, events;
  for (const auto& i : e.invoices) {
    invoices.push_back(json::object{{"number", i.number}, {"due_on", i.due_on ? json::value(format_date(*i.due_on)) : json::value(nullptr)},
                                    {"amount", format_plain(i.amount)}, {"balance", format_plain(i.balance())}, {"state", text_of(i.state)}});
  }
  for (const auto& m : e.messages) messages.push_back(message_json(m, zone));
  for (const auto& event : e.events) {
    events.push_back(json::object{{"at", local_text(event.at, zone)}, {"kind", event.kind}, {"es", told(event)}, {"detail", event.detail}, {"facts", event.facts},
                                  {"message_id", std::to_string(event.message_id.value)}});
  }
  return {{"debtor", std::to_string(e.debtor.id.value)}, {"name", e.debtor.name}, {"now", decision_json(e.decision_now, zone)},
          {"silence", e.silence}, {"silent_until", instant_json(e.silent_until, zone)},
          {"next_review_at", instant_json(e.next_review_at, zone)}, {"opted_out", !e.opt_outs.empty()},
          {"invoices", invoices}, {"messages", messages}, {"timeline", events}};
}

void print_for_people(const Explanation& e, const Creditor& creditor, Zone zone) {
  if (creditor.paused_at) std::printf("EN PAUSA desde %s: no se envía nada a nadie (puntual resume)\n\n", local_text(*creditor.paused_at, zone).c_str());
  std::printf("%s (%s)\n", e.debtor.name.c_str(), mask_phone(e.debtor.phone).c_str());
  for (const auto& i : e.invoices) {
    if (i.balance_minor == 0) continue;
    std::printf("  debe %s de la factura %s, vence %s\n", format_plain(i.balance()).c_str(), i.number.c_str(),
                i.due_on ? format_date(*i.due_on).c_str() : "sin fecha");
  }
  std::printf("\nAhora mismo un recordatorio %s\n", e.decision_now.allowed ? "está permitido." : "no está permitido:");
  for (const auto reason : e.decision_now.reasons) {
    std::printf("  %s (%s)\n", std::string(explain_es(reason)).c_str(), std::string(code_of(reason)).c_str());
  }
  for (const auto rule : e.decision_now.rule_ids) std::printf("  lo pide: %s\n", law_text(rule).c_str());
  if (!e.decision_now.allowed) {
    std::printf("  se podrá desde: %s\n", e.decision_now.next_allowed ? moment_text(*e.decision_now.next_allowed, zone).c_str()
                                                                      : "no mientras no cambie la situación");
  }
  if (!e.silence.empty()) {
    const std::string reason = reason_es(e.silence);
    std::printf("Silencio: %s%s\n", reason.empty() ? e.silence.c_str() : reason.c_str(),
                e.silent_until ? (" Puede cambiar el " + moment_text(*e.silent_until, zone) + ".").c_str() : "");
  }
  std::printf("\nHistoria\n");
  for (const auto& event : e.events) std::printf("  %s  %s\n", moment_text(event.at, zone).c_str(), told(event).c_str());
  for (const auto& m : e.messages) {
    const std::string reason = reason_es(m.reasons);
    std::printf("\nMensaje %lld [%s] %s\n%s%s%s\n", static_cast<long long>(m.id.value), std::string(text_of(m.state)).c_str(),
                m.template_name.c_str(), reason.c_str(), reason.empty() ? "" : "\n", m.text.c_str());
  }
}

Result<int> run_explain(const Arguments& arguments) {
  ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(const Explanation explanation, deployment->store->read([&](Tx& tx) -> Result<Explanation> {
    ASSIGN_OR_RETURN(const DebtorId debtor, engine::find_subject(tx, creditor, arguments.text("SUBJECT")));
    return engine::explain(tx, creditor, debtor, deployment->clock.now(), deployment->desk->law);
  }));
  const Zone zone = engine::home_zone(explanation.debtor, creditor);
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(explanation_json(explanation, zone)).c_str());
  } else {
    print_for_people(explanation, creditor, zone);
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
                      "  puntual explain '+573001234567'  a person's phone, document or id\n",
          .run = run_explain};
}

}  // namespace puntual::cli
