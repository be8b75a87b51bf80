// What is left to pay, as a text tells it: lawful in an answer to who asked for the balance, a
// reminder in a receipt, a code or the confirmation of a stop. A bare figure ("quedan $ 20.000",
// "saldo: $ 20.000") closes a receipt's account and reminds of nothing. Found missing by an auditor
// on 2026-11-23.
#include "core/compliance/content_phrases.h"

namespace puntual::compliance::phrases {
namespace {

#define OPEN                                                                                   \
  "pendiente|pendientes|pendente|pendentes|aberto|vencido|vencida|vencidos|vencidas|atrasado|" \
  "atrasada|atrasados|atrasadas|mora"
#define MONEY "$*|r$*|rd$*|s|q|bs|gs|usd|pesos|reais|soles"

constexpr std::string_view kStillOwed[] = {
    "falta|faltan|faltaria|faltarian|faltou|faltam|resta|restan|restam|restaria <3> "
    "pago|pagos|abono|abonos|cuota|cuotas|pagar|pague|abonar|cubrir|cancelar|saldar|liquidar|"
    "quitar|"
    "cobrir|pagamento|parcela|parcelas|mitad|metade|factura|fatura|boleto|mensualidad|"
    "mensalidade|saldo",
    "aun|todavia|ainda|solo|so|nos|le|te|lhe falta|faltan|faltam <1> " MONEY,
    "^ falta|faltan|faltam <1> " MONEY,
    "sigue|siguen|segue|seguem|esta|estan|continua|continuan|continuam|queda|quedan|fica|ficam|"
    "permanece|permanecen|aun|todavia|ainda|tiene|tienes|tenes|tem|hay|ha|consta|figura|saldo|"
    "saldos|resto|restante|diferencia|diferenca <3> " OPEN,
    "pendiente|pendientes|pendente|pendentes <2> "
    "pago|pagos|saldo|cuota|cuotas|pagar|pagamento|parcela|parcelas|abono|factura|fatura|" MONEY,
    "saldo|resto|restante|diferencia|remanente deudor|insoluto|devedor|exigible",
    "saldo|resto|restante|diferencia|monto|valor|cuotas|parcelas|queda|quedan|quedaria|quedarian|"
    "resta|restan|restam|fica|ficam <4> por|a|para|sin "
    "pagar|cubrir|cancelar|abonar|saldar|liquidar|quitar",
    "debe|debes|debiendo|adeuda|adeudas|adeudando|deve|devendo <2> saldo|resto|restante|" MONEY,
    "saldo|resto|restante|diferencia|cuota|cuotas|parcela|queda|quedan|restan|restam <7> "
    "vence|vencen|vencera|venceran|vencem",
    "em aberto",
};

constexpr std::string_view kOwedDenied[] = {
    "no|nao queda|quedan|fica|ficou|tiene|tienes|tenes|hay|ha|tem|resta|restan|restam|falta|faltan|"
    "debe|debes|deve|adeuda <1> "
    "saldo|saldos|nada|ninguna|ningun|deuda|deudas|cuotas|pagos|valor|valores|nenhum|nenhuma <2> "
    "pagar|em|" OPEN,
    "no|nao le|te|se|lhe|nos queda|quedan|fica|resta|restan|falta|faltan <1> "
    "saldo|saldos|nada|ninguna|ningun|deuda|deudas|cuotas|pagos|valor|valores|nenhum|nenhuma <2> "
    "pagar|em|" OPEN,
    "no|nao <1> queda|quedan|fica|resta|tiene|tienes|tem nada|ninguna|ningun <3> " OPEN,
    "nada|sin|sem <1> saldo|saldos|cuota|cuotas|deuda|deudas|valor|valores|parcela|parcelas|em "
    "<1> " OPEN,
    "nada|sin|sem " OPEN,
    "nao <1> fica|ficou|ha|resta <1> nada|valor|saldo <1> em aberto",
};

#undef OPEN
#undef MONEY

}  // namespace

std::span<const std::string_view> still_owed() { return kStillOwed; }
std::span<const std::string_view> owed_denied() { return kOwedDenied; }

}  // namespace puntual::compliance::phrases
