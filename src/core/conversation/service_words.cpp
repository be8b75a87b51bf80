#include "core/conversation/service_words.h"

#include "base/phrase_index.h"

namespace puntual::conversation {
namespace {

constexpr PhraseLists kEnded = 1, kMaybe = 2, kPaidFor = 4, kSale = 8, kRepair = 16,
                      kPlanOfPayments = 32, kMissing = 64, kTwice = 128;

#define THE_SERVICE "servicio|servico|internet|linea|luz|agua|cable|telefono|telefone|celular"
#define MONTHS                                                                                \
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|" \
  "diciembre|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro"
#define CANCELLED                                                                            \
  "cancele|cancelei|cancelamos|cancelado|cancelada|anule|anulei|anulamos|rescindi|finalice|" \
  "finalizei|termine"

const PhraseIndex& service_index() {
  static const PhraseIndex kIndex = [] {
    static constexpr std::string_view kEndedWords[] = {
        CANCELLED
        " <2> "
        "contrato|suscripcion|membresia|afiliacion|matricula|assinatura|inscripcion|plan|plano",
        "di|dimos|dado|dei|demos <1> de baja <3> " THE_SERVICE "|contrato|plan|plano|suscripcion",
        "retire|retiramos|devolvi|devolvimos|entregue|entregamos <2> "
        "equipo|equipos|modem|router|decodificador"};
    static constexpr std::string_view kMaybeWords[] = {CANCELLED " <2> " THE_SERVICE};
    // A month or a bill of it is paid.
    static constexpr std::string_view kPaidForWords[] = {
        "de|del|d|do|este|deste <2> mes|" MONTHS,
        "factura|fatura|recibo|cuota|cuotas|boleta|boleto|saldo|deuda|divida|mensualidad|"
        "mensualidades|valor|total|pago|pagos|abono|parcela|comprobante|comprovante|pesos|mil|"
        "nequi|pse|banco|transferencia"};
    static constexpr std::string_view kPlanOfPaymentsWords[] = {
        "plan|plano de <1> pago|pagos|pagamento|pagamentos|cuotas"};
    static constexpr std::string_view kSaleWords[] = {
        "cuesta|cuestan|vale|valen|sale|salen|precio|precios|costo|custa|preco|valor <5> "
        "megas|mega|mb|gb|gigas|paquete|paquetes|pacote|instalacion|instalacao|instalar|promocion|"
        "promociones|combo",
        "planes|planos|promociones|paquetes|pacotes|combos <2> "
        "tienen|hay|ofrecen|manejan|tem|oferecem",
        "que|cuales|quais <1> planes|planos|promociones|paquetes|pacotes",
        "tienen|hay|tem|ofrecen <2> promociones|paquetes|pacotes|cobertura",
        "contratar|adquirir|instalar <3> plan|plano|internet|servicio|servico|megas",
        "cambiar|subir|aumentar|mejorar|mudar <3> megas|velocidad|plan|plano"};
    static constexpr std::string_view kRepairWords[] = {
        "arreglar|arreglen|arreglan|arreglaron|arreglado|arregle|arreglenme|repar*|consert* "
        "<3> " THE_SERVICE "|modem|router|senal|dano|poste|medidor|antena|sinal",
        THE_SERVICE "|modem|router|senal <3> danado|danada|caido|caida|malo|mala|intermitente",
        "manden|envien|mandar|enviar|viene|venga|vengan|llega|manda <2> tecnico|tecnicos"};
    static constexpr std::string_view kMissingWords[] = {
        "no|nao|sin|sem|aun|todavia|ainda|tampoco <3> "
        "reconect*|reconex*|reactiv*|activ*|religa*|religo*|reestablec*|restablec*|conect*",
        "sigo|seguimos|estoy|estamos|continuo|continuamos|estou <1> sin|sem <1> "
        "internet|servicio|servico|luz|agua|senal|sinal|linea|gas|cable",
        "no|nao <1> tengo|hay|tem|tenho|llega|tenemos|vuelve|volvio|regresa|chegou <1> "
        "internet|servicio|servico|luz|agua|senal|sinal|linea|gas|cable",
        "sigue|siguen|esta|continua|ainda <2> "
        "cortado|cortada|suspendido|suspendida|caido|caida|bloqueado|bloqueada|apagado",
        "me <1> cortaron|suspendieron|cortaram|suspenderam|bloquearon"};
    static constexpr std::string_view kTwiceWords[] = {
        "pag*|consign*|transfer*|transfir*|deposit*|abon*|abone|debit*|descont*|cobr* <3> "
        "dos|duas|2 veces|vezes",
        "pag*|consign*|transfer*|deposit*|abon*|debit*|descont*|cobr* <2> "
        "doble|dobro|duplicado|repetido",
        "doble|duplo pago|pagamento|cobro|debito|cobranca",
        "pago|pagos|pagamento|cobro|debito duplicado|duplicados|doble|dobles"};
    PhraseIndex made;
    made.add(kTwice, kTwiceWords);
    made.add(kEnded, kEndedWords);
    made.add(kMaybe, kMaybeWords);
    made.add(kPaidFor, kPaidForWords);
    made.add(kPlanOfPayments, kPlanOfPaymentsWords);
    made.add(kSale, kSaleWords);
    made.add(kRepair, kRepairWords);
    made.add(kMissing, kMissingWords);
    return made;
  }();
  return kIndex;
}

#undef CANCELLED
#undef MONTHS
#undef THE_SERVICE

}  // namespace

ServiceSaid service_said(std::string_view words, bool is_portuguese) {
  const PhraseLists found = service_index().lists_in_text(words);
  const bool is_of_money = (found & (kPaidFor | kPlanOfPayments)) != 0;
  if ((found & kEnded) != 0 && !is_of_money) return ServiceSaid::Ended;
  if ((found & kMaybe) != 0 && !is_of_money)
    return is_portuguese ? ServiceSaid::Ended : ServiceSaid::MaybeEnded;
  if ((found & kRepair) != 0) return ServiceSaid::Repair;
  if ((found & kSale) != 0 && (found & kPlanOfPayments) == 0) return ServiceSaid::Sale;
  return ServiceSaid::Nothing;
}

bool misses_the_service(std::string_view words) {
  return (service_index().lists_in_text(words) & kMissing) != 0;
}

bool tells_of_a_double_payment(std::string_view words) {
  return (service_index().lists_in_text(words) & kTwice) != 0;
}

}  // namespace puntual::conversation
