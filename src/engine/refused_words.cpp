#include "engine/refused_words.h"

#include <algorithm>

#include "engine/note.h"

namespace puntual::engine {

void ask_for_other_words(Tx& tx, const OutboxMessage& message, const Decision& decision,
                         Instant now) {
  std::string why;
  for (const Reason reason : decision.reasons) {
    if (reason >= Reason::ContentThreat && reason <= Reason::ContentMissingOptOut)
      why += fmt::format(" {}", explain_es(reason));
  }
  if (why.empty()) return;
  const auto tells_of_it = [&](const store::Task& one) {
    return one.kind == store::TaskKind::WordsRefused && !one.closed_at &&
           one.summary.contains(message.template_name);
  };
  if (std::ranges::any_of(tx.tasks.of_debtor(message.creditor_id, {}), tells_of_it)) return;
  const auto invoice = tx.invoices.find(message.creditor_id, message.lead_invoice_id);
  raise_task(
      tx, message.creditor_id, {}, store::TaskKind::WordsRefused,
      fmt::format("«{}»{}:{} No se le escribe a quien le toca mientras siga así: corrija el texto, "
                  "o el dato que lleva.",
                  message.template_name,
                  invoice ? fmt::format(" (por ejemplo, para la factura {})", invoice->number)
                          : std::string(),
                  why),
      now);
}

}  // namespace puntual::engine
