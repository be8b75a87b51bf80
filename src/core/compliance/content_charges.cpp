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
    "no|nao|nunca|jamas <1> hay|habra|haya|ha|havera|haja|cobra*|cobre|cobren|cobrem|cobro|aplica*|"
    "apliqu*|inclu*|gener*|gera|gerar*|agreg*|suma|sumar*|sumamos|tiene|tienen|tendra|tendran|"
    "tendras|tem|tera|terao|lleva|llevan|existe*|carga|cargar*|cargamos|anad*|acrescent*|implica*|"
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
