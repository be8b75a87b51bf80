// puntual explain: why something was or was not sent.
#include "engine/explain.h"

#include <algorithm>
#include <cstdio>

#include "app/explain_view.h"
#include "app/words.h"
#include "base/locale.h"
#include "base/phone.h"
#include "cli/deployment.h"
#include "engine/contact_facts.h"
#include "engine/number_owner.h"
#include "engine/quarantine.h"

namespace puntual::cli {
namespace {

// Why nothing is sent to anybody, and the way out.
void print_pause(const Explanation& e, const Creditor& creditor, Zone zone) {
  if (!creditor.paused_at) return;
  std::printf("EN PAUSA desde el %s: no se envía nada a nadie.\n",
              moment_text(*creditor.paused_at, zone).c_str());
  if (e.paused_why == engine::kOwnerPause) {
    std::printf(
        "El número que envía es de «%s», y no consta que permita usarlo para «%s».\n"
        "Cuando lo permita: puntual number confirm --owner '%s' --by 'quién lo dice, y cómo'\n\n",
        e.number_owner.c_str(), creditor.name.c_str(), e.number_owner.c_str());
  } else {
    std::printf("Para seguir: puntual resume\n\n");
  }
}

// "debe $ 150.000 de la factura F-0001, venció el 24/11/2026"
std::string invoice_text(const Invoice& i, const std::string& locale, CivilDate today) {
  const std::string due = i.due_on ? (*i.due_on < today ? "venció el " : "vence el ") +
                                         format_short_date(*i.due_on, locale)
                                   : "sin fecha de vencimiento";
  if (i.balance_minor == 0)
    return fmt::format("ya no debe nada de la factura {} ({})", i.number,
                       value_es(text_of(i.state)));
  return fmt::format("debe {} de la factura {}, {}", format_money(i.balance(), locale), i.number,
                     due);
}

void print_message(const OutboxMessage& m) {
  const std::string reason = reason_es(m.reasons);
  std::printf("\nMensaje %lld: %s, plantilla %s\n%s%s%s\n", static_cast<long long>(m.id.value),
              std::string(value_es(text_of(m.state))).c_str(), m.template_name.c_str(),
              reason.c_str(), reason.empty() ? "" : "\n",
              m.text.empty() ? "(el texto ya no se conserva)" : for_terminal(m.text).c_str());
}

// What was asked about, when it was one invoice or one message.
void print_topic(const Explanation& e, const std::string& locale, Zone zone, CivilDate today,
                 const compliance::RuleBook& book) {
  const auto print_events = [&](auto&& is_of_it) {
    for (const auto& event : e.events) {
      if (is_of_it(event))
        std::printf("  %s  %s\n", moment_text(event.at, zone).c_str(),
                    for_terminal(told(event, zone, book)).c_str());
    }
    std::printf("\n");
  };
  for (const auto& i : e.invoices) {
    if (i.id != e.topic.invoice) continue;
    std::printf("Factura %s: %s\n", for_terminal(i.number).c_str(),
                for_terminal(invoice_text(i, locale, today)).c_str());
    print_events([&](const TimelineEvent& event) { return event.invoice_id == i.id; });
  }
  for (const auto& m : e.messages) {
    if (m.id != e.topic.message) continue;
    print_message(m);
    print_events([&](const TimelineEvent& event) { return event.message_id == m.id; });
  }
}

void print_for_people(const Explanation& e, const Creditor& creditor, const Verdict& verdict,
                      Zone zone, CivilDate today, const compliance::RuleBook& book) {
  const std::string locale = engine::locale_of(e.debtor, creditor);
  print_pause(e, creditor, zone);
  print_topic(e, locale, zone, today, book);
  if (e.debtor.erased_at) {
    std::printf("Una persona cuyos datos se borraron\n");
  } else {
    std::printf("%s (%s), número %s\n", for_terminal(e.debtor.name).c_str(),
                mask_phone(e.debtor.phone).c_str(),
                std::string(value_es(text_of(e.address.state))).c_str());
  }
  for (const auto& i : e.invoices) {
    if (i.balance_minor != 0)
      std::printf("  %s\n", for_terminal(invoice_text(i, locale, today)).c_str());
  }
  std::printf("\nAhora mismo un recordatorio %s\n",
              verdict.allowed ? "está permitido." : "no está permitido:");
  for (const auto& [code, spanish] : verdict.reasons) std::printf("  %s\n", spanish.c_str());
  for (const auto rule : e.decision_now.rule_ids)
    std::printf("  lo pide: %s\n", law_text(rule, book).c_str());
  if (!verdict.allowed) {
    std::printf("  se podrá desde: %s\n", verdict.next_allowed
                                              ? moment_text(*verdict.next_allowed, zone).c_str()
                                              : "no mientras no cambie la situación");
  }
  if (verdict.house_from)
    std::printf("  su estrategia no escribe antes de: %s\n",
                moment_text(*verdict.house_from, zone).c_str());
  if (!e.silence.empty()) {
    // No date is told where only a change of the facts ends it.
    const bool has_date =
        e.silent_until && (verdict.allowed || verdict.next_allowed) && !is_until_told(e.silence);
    std::printf(
        "Silencio: %s%s\n", reason_es(e.silence).c_str(),
        has_date ? (" Puede cambiar el " + moment_text(*e.silent_until, zone) + ".").c_str() : "");
  }
  std::printf("\nHistoria\n");
  for (const auto& event : e.events)
    std::printf("  %s  %s\n", moment_text(event.at, zone).c_str(),
                for_terminal(told(event, zone, book)).c_str());
  for (const auto& m : e.messages) print_message(m);
}

Result<int> run_explain(const Arguments& arguments) {
  ASSIGN_OR_RETURN(auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  const Instant now = deployment->clock.now();
  ASSIGN_OR_RETURN(const Explanation explanation,
                   deployment->store->read([&](Tx& tx) -> Result<Explanation> {
                     ASSIGN_OR_RETURN(const Topic topic,
                                      engine::find_topic(tx, creditor, arguments.text("SUBJECT")));
                     return engine::explain(tx, creditor, topic, now, deployment->desk->law);
                   }));
  ASSIGN_OR_RETURN(const auto quarantine,
                   deployment->store->read([](Tx& tx) { return engine::quarantine_of(tx); }));
  const Zone zone = engine::home_zone(explanation.debtor, creditor);
  const Verdict verdict =
      verdict_of(explanation, deployment->desk->strategy_of(creditor), zone, now);
  if (quarantine && !arguments.has("--json"))
    std::printf("EN CUARENTENA: no se envía nada a nadie. Mire: puntual quarantine show\n\n");
  if (arguments.has("--json")) {
    std::printf("%s\n",
                to_json(explanation_json(explanation, verdict, zone, deployment->desk->law.book()))
                    .c_str());
  } else {
    print_for_people(explanation, creditor, verdict, zone, zone.local(now).date,
                     deployment->desk->law.book());
  }
  return kOk;
}

}  // namespace

Command explain_command() {
  return {
      .name = "explain",
      .summary =
          "Why something was or was not sent: each verdict with its reasons and when it may change",
      .positionals = {"SUBJECT"},
      .options = with_deployment_options({{"--json", "", "As one JSON object"}}),
      .examples =
          "  puntual explain 0000611365       an invoice's number\n"
          "  puntual explain '+573001234567'  a person's phone, document or id\n"
          "  puntual explain wamid.HBgL…       a message, by its id or WhatsApp's\n",
      .run = run_explain};
}

}  // namespace puntual::cli
