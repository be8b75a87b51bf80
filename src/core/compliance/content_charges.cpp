// Fees, surcharges, penalties and collection costs, and the words that deny or waive them.
#include <array>
#include <string>
#include <vector>

#include "core/compliance/content_phrases.h"

namespace puntual::compliance::phrases {
namespace {

constexpr std::string_view kCharge[] = {
    "recargo|recargos|sobrecargo|sobrecargos|sobrecosto|sobrecostos|sobrecoste|sobretasa|"
    "sobretaxa|sobretaxas|acrescimo|acrescimos",
    "recargara|recargaran|recargaremos|recargamos|recargarle",
    "multa|multas|multado|multada|multados|multara|multaran|multaremos|multamos|multarlo|multarle",
    "penalidad|penalidades|penalizacion|penalizaciones|penalizado|penalizada|penalizara|"
    "penalizaran|penalizaremos|penalidade|penalidades",
    "clausula|clausulas penal|penales",
    // Costs of collecting.
    "gasto|gastos|costo|costos|coste|costes|custo|custos|despesa|despesas|cargo|cargos|comision|"
    "comisiones|comissao|comissoes|tarifa|tarifas|taxa|taxas|arancel|aranceles|encargo|encargos "
    "de|por|da|do|pela|pelo|das|a <2> "
    "cobranza|cobranzas|cobranca|cobrancas|cobro|cobros|mora|morosidad|atraso|atrasos|retraso|"
    "retrasos|demora|gestion|gestiones|gestao|incumplimiento|inadimplencia|notificacion|"
    "notificaciones|visita|visitas|requerimiento|requerimientos|recuperacion|recuperacao|tardio|"
    "tardia|extemporaneo|impago|negativacao|recordatorio",
    "gasto|gastos|costo|costos|custo|custos|cargo|cargos|valor|tarifa|tarifas|tasa|taxa|taxas|"
    "derecho|derechos|cuota de|por|da|do <2> "
    "reconexion|reinstalacion|reactivacion|rehabilitacion|religacao|reativacao|reconexao|"
    "penalizacion|castigo",
    "tasa|cuota|derecho|derechos de|por <1> cobranza|gestion|cobro",
    "gasto|gastos|costo|costos|coste|costes|custo|custos|despesa|despesas|cargo|cargos|comision|"
    "comisiones|comissao|tarifa|tarifas|taxa|taxas|encargo|encargos|importe|valor|monto|montos "
    "adicional|adicionales|adicionais|extra|extras|extrajudicial|extrajudiciales|extrajudiciais|"
    "prejuridico|prejuridicos|prejudicial|prejudiciales|judicial|judiciales|judiciais|"
    "administrativo|administrativos|administrativa|administrativas|moratorio|moratorios|moratoria|"
    "moratorias|punitorio|punitorios|notarial|notariales|cartorarias|legal|legales|procesal|"
    "procesales|operativo|operativos|cartorio",
    "gastos|costos|costes|despesas|custos <1> se|le|te|les|os|lhe|serao|seran|corren|correran|"
    "pasan|pasaran|quedan|quedaran|ficam|ficarao",
    "cargo|cargos por|pelo|pela <3> mora|atraso|retraso|gestion|cobranza|cobro|impago|pago|tardio",
    "late fee|fees",
    "costas",
    "custas",
    // The collector's or the lawyer's pay, put on the debt.
    "honorario|honorarios|honorarias <1> de|del|por|da|do|dos <2> "
    "cobranza|cobro|cobranca|abogado|abogados|abogada|letrado|letrados|advogado|advogados|gestion|"
    "gestor|estudio|despacho|bufete|juridico|profesionales",
    "honorario|honorarios advocaticios|advocaticio|legales|juridicos|extrajudiciales|"
    "prejuridicos|prejuridico|profesionales",
    "pagar|pagara|asumir|asumira|cubrir|cubrira|arcar|cobrar|cobrara|cobraran|cobraremos|sumar|"
    "sumara|sumaran|agregar|agregara|agregaran|agregaremos|anadir|anadira|anadiran|anadiremos|"
    "incluir|incluira|cargar|cargara|cargaran|cargaremos|mas|mais|con|com|genera|generara|"
    "generando|incluye|inclui <3> honorario|honorarios",
    // An amount for each day or letter; dearer tomorrow.
    "se|le|te|les|os|vos|lhe|sera|serao|seran <1> cobr*|carg*|sum*|agreg*|anad*|aplic*|acrescent*|"
    "inclu*|adicion* <6> por|pelo|pela|al|ao cada|dia|gestion|gestao|atraso|retraso|mora|demora|"
    "carta|cobranza|cobranca|visita|llamada",
    "cobr*|carg*|sum*|agreg*|anad*|adicion*|acrescent*|aplic* <5> por|a cada|dia dia|de|por "
    "atraso|retraso|mora|demora",
    "cobr*|carg*|sum*|agreg*|anad*|aplic*|acrescent*|factur*|pagar|pagara <3> "
    "adicional|adicionales|adicionais|extra|extras",
    "saldra|saldria|sale|salga|quedara|costara|ficara|sair|saira|vai sair|ficar|mas|mais|mucho|"
    "muito <1> caro|cara",
    "pagar|pagara|pagaras|pagando mas|mais de|do lo|que <1> debe|debes|debia|deve",
    "costo|valor|costos|pagar|cobrar|cobrara|cobraran|cobramos|cobraremos <4> "
    "reconexion|religacao|reconexao|reactivacion",
    "cada|por <5> "
    "costo|coste|custo|cuesta|custa|custara|costara|cargo|cobrara|cobraremos|cobramos|cobrado|"
    "cobrada",
    "cobr*|pag* <5> de|a mas|mais <1> por|pelo|pela|al|cada|*",
    "castigo|sancion|sanciones|sancionado|sancionada|sancionara|penitencia|sancao",
    "gasto|gastos|costo|costos|coste|costes|custo|custos|despesa|despesas|taxa|taxas|cargo|cargos|"
    "comision|tarifa "
    "de|por|da|do|del|pelo|pela|com|con|en <2> "
    "reclamacion|reclamo|devolucion|devolucao|papeleria|tramite|tramites|mensajeria|motorizado|"
    "traslado|gasolina|"
    "burofax|abogado|abogados|advogado|advogados|notaria|cobrador|cobradores|motoboy|localizacion|"
    "investigacion|"
    "llamada|llamadas|mensajes|sms|carta|cartas|seguimiento|desplazamiento|deslocamento|"
    "procesamiento|vencido|"
    "vencida|vencimiento|regularizacion|castigada",
    "carg*|sum*|agreg*|anad*|lanc*|adicion*|acrescent* <6> a|en|na|no|al|ao|em <2> "
    "proxima|proximo|siguiente|seguinte",
    "cargara|cargaran|cargaremos|sumara|sumaran|sumaremos|agregara|agregaremos|agregaran|anadira|"
    "anadiran|"
    "anadiremos|lancada|lancado|lancaremos|acrescentada|acrescentado|acrescentaremos|acrescida|"
    "acrescido|"
    "adicionada|adicionado|adicionaremos|adicionara|cargado|cargada|cargados <6> "
    "cuenta|factura|fatura|conta|deuda|boleto|saldo|cuota|parcela|recibo|total|divida|$*|r$*",
    "se|le|te|les|os suma|suman|cobra|cobran|carga|cargan|agrega|agregan <4> "
    "$*|s|q|bs|rd$*|gs|b|l|por|mas|extra|adicional|ciento|gestion|dia|recargo",
    "por ciento|porciento|porcento|cento <3> adicional|mas|extra|mais|sobre|recargo",
    "por|pelo|pela <1> gestion|gestiones|gestao|servicio|servicos|labor|tarea|diligencia <2> "
    "cobranza|cobro|cobranca|recaudo <3> $*|r$*|s|q|bs|rd$*|gs|usd|*",
    "corre|corren|correran|correra|van|iran|quedan|quedaran|ficam|ficarao <2> por|a <1> "
    "su|tu|sua|seu|vuestro <1> "
    "cuenta|cargo|conta",
    "a|de su|tu|seu|vuestro cargo <3> gastos|costos|honorarios|abogado",
    "cobr* <3> "
    "visita|llamada|llamadas|traslado|gestion|carta|aviso|desplazamiento|motorizado|mensaje|"
    "mensajes|"
    "gasolina|viaticos|viatico|tiempo|ligacao|deslocamento|mensagem",
    "cobrad* <2> taxa|valor|tarifa|cargo|comision",
    "tendra|tendras|tera|hay|havera|habra|aplica|aplicara|aplicaran|aplicaremos|aplicamos|genera|"
    "generara|"
    "generaran|incide|incidira|incluira|sufre|sufrira|pagar|pagara|paga <3> "
    "adicional|adicionales|extra|extras|penal*|cargo|cargos|comision|tasa|taxa|tarifa|acresc*|"
    "encargo|encargos|"
    "honorario|honorarios|sobreprecio",
    "con|com|mas|mais|y|e|o <1> "
    "cargos|comisiones|honorarios|encargos|taxas|custas|costas|penalidades|gastos "
    "<1> *",
    "descuento|descontar|descontaremos|retendremos|retencion <4> deposito|garantia|fianza|caucion",
    "reconexion|religacao|reconexao|reactivacion <4> "
    "$*|r$*|s|q|bs|rd$*|gs|costo|valor|cuesta|custa",
    "taxa|tarifa|tasa|cargo|comision|cuota fija|unica|diaria|semanal|mensual|nueva|nova|nuevo <3> "
    "por|de|$*|r$*|mora|atraso",
    "mora|atraso|retraso <1> de|por $*|r$*|q|s|bs|rd$*|gs|l|usd|b <2> "
    "diarios|diario|diarias|diaria|dia|por|cada|al|ao",
    "mil|pesos|soles|quetzales|lempiras|reais|euros <1> "
    "diarios|diario|diarias|diaria|por|cada|ao|al "
    "<1> dia|dias|diarios|atraso|retraso|semana",
};

// What a charge is called, for the denials below.
constexpr std::string_view kNouns =
    "recargo|recargos|sobrecargo|sobrecargos|sobrecosto|sobrecostos|sobretaxa|multa|multas|"
    "penalidad|penalidades|penalidade|penalizacion|penalizaciones|gasto|gastos|costo|costos|coste|"
    "costes|cargo|cargos|comision|comisiones|comissao|honorario|honorarios|tarifa|tarifas|taxa|"
    "taxas|custo|custos|custas|costas|despesa|despesas|acrescimo|acrescimos|encargo|encargos|"
    "importe|monto|valor|adicional|adicionales|adicionais|extra|extras";

// Before a charge they say that there is none, or that it is waived. "No paga" is no denial: "si
// no paga, multa".
constexpr std::string_view kDenials[] = {
    "sin|sem|ni|nem|cero|zero|ningun|ninguna|nenhum|nenhuma|tampoco|tampouco <2>",
    "libre|libres|exento|exenta|exentos|exentas|isento|isenta|livre|exonerado|exonerada|exonerados "
    "de|del <2>",
    "no|nao|nunca|jamas <1> vamos|va|van|vai|voy <1> "
    "cobrar|aplicar|cargar|cobrarle|cobrarte|cobrarles|sumar|"
    "agregar|anadir|incluir|acrescentar|generar|haber <4>",
    "no|nao|nunca|jamas hay|habra|haya|ha|havera|haja|cobra*|cobre|cobren|cobrem|cobro|aplica*|"
    "apliqu*|inclu*|gener*|gera|gerar*|agreg*|suma|sumar*|sumamos|tiene|tienen|tendra|tendran|"
    "tendras|tienes|tenes|hubo|houve|tem|tera|terao|lleva|llevan|existe*|carga|cargar*|cargamos|"
    "anad*|acrescent*|implica*|"
    "causa|causara|causan|contempla*|corresponde*|debe|debes|deve|es|son|constituye|constitui|e|"
    "sao|sera|seran|incid*|adicion*|pedimos|pide|piden|trata <4>",
    "no|nao|nunca|jamas se|le|te|les|lhe|os|vos|nos|sera|seran|serao|ha|estan|esta <1> "
    "hay|habra|haya|ha|havera|haja|cobra*|cobre|cobren|cobrem|cobro|aplica*|"
    "apliqu*|inclu*|gener*|gera|gerar*|agreg*|suma|sumar*|sumamos|tiene|tienen|tendra|tendran|"
    "tendras|tienes|tenes|hubo|houve|tem|tera|terao|lleva|llevan|existe*|carga|cargar*|cargamos|"
    "anad*|acrescent*|implica*|"
    "causa|causara|causan|contempla*|corresponde*|debe|debes|deve|es|son|constituye|constitui|e|"
    "sao|sera|seran|incid*|adicion*|pedimos|pide|piden|trata <4>",
    "condon*|exoner*|perdon*|perdo*|elimin*|quitar|quitamos|quitaremos|isent*|bonific*|descont*|"
    "retirar|retiramos|dispens*|devol*|reintegr*|reembols*|anular|anulamos|anulado|revert* <4>",
};
constexpr std::string_view kDeniedAfter[] = {
    "<3> no|nao se|le|te|lhe|sera|seran|serao|aplica*|corresponde*|existe*|fue|foi|foram|fueron",
    "<1> condonad*|exonerad*|perdonad*|eliminad*|anulad*|bonificad*|isentad*|retirad*|"
    "dispensad*|revertid*",
};

std::vector<std::string> make_denials() {
  std::vector<std::string> made;
  const std::string noun(kNouns);
  for (const auto denial : kDenials) {
    // "Sin recargos, multas ni gastos de cobranza": up to three in a row.
    std::string phrase = std::string(denial) + " " + noun;
    for (int i = 0; i < 3; ++i, phrase += " <3> " + noun) made.push_back(phrase);
  }
  for (const auto denial : kDeniedAfter) made.push_back(noun + " " + std::string(denial));
  return made;
}

}  // namespace

std::span<const std::string_view> charge() { return kCharge; }

std::span<const std::string_view> charge_denied() {
  static const std::vector<std::string> kMade = make_denials();
  static const std::vector<std::string_view> kViews(kMade.begin(), kMade.end());
  return kViews;
}

}  // namespace puntual::compliance::phrases
