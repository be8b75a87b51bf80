#include "core/compliance/word_classes.h"

#include <array>

#include "base/result.h"

namespace puntual::compliance::phrases {
namespace {

struct WordClass {
  std::string_view name;
  std::string_view words;
};

// Folded, Spanish and Portuguese together: what belongs to one language only does no harm in the
// other.
constexpr WordClass kClasses[] = {
    {"@kin",
     "mama|madre|mami|papa|padre|papi|padres|papas|esposo|esposa|conyuge|pareja|marido|mujer|"
     "novio|novia|hermano|hermana|hermanos|hermanas|hijo|hija|hijos|hijas|cunado|cunada|"
     "suegro|suegra|abuelo|abuela|tio|tia|primo|prima|sobrino|sobrina|yerno|nuera|familia|"
     "familiar|familiares|pariente|parientes|mae|pai|pais|mulher|namorado|namorada|irmao|irma|"
     "irmaos|filho|filha|filhos|cunhado|cunhada|sogro|sogra|avo|parente|parentes|genro|nora|ex"},
    {"@boss",
     "jefe|jefa|jefes|patron|patrona|empleador|empleadora|gerente|supervisor|supervisora|rrhh|"
     "rh|chefe|patrao|patroa|empregador|empresa|trabajo|trabalho|oficina"},
    {"@other",
     "vecino|vecinos|vecina|vecinas|vecindario|companero|companeros|companera|companeras|"
     "colega|colegas|amigo|amigos|amiga|amigas|conocido|conocidos|contactos|contatos|"
     "referencia|referencias|vizinho|vizinhos|vizinha|vizinhas|conhecidos|roommate|porteiro|"
     "portero"},
    {"@tell",
     "avise|avisen|avisar|avisare|avisaremos|avisamos|avisarle|avisei|informe|informar|"
     "informare|informaremos|informamos|informarle|llamar|llamare|llamaremos|llamamos|llame|"
     "llamarle|contactar|contactare|contactaremos|contactamos|contacte|comunicar|"
     "comunicaremos|comunicamos|comunique|comunicarle|contar|contare|contaremos|contamos|"
     "contarle|conte|decir|decirle|dire|diremos|dijimos|digo|diga|hablar|hablare|hablaremos|"
     "hablamos|hable|hablando|escribir|escribiremos|escribimos|notificar|notificaremos|"
     "notificamos|visitar|visitaremos|molestar|molestaremos|buscar|buscaremos|ligar|ligarei|"
     "ligaremos|ligamos|liguei|ligue|falar|falarei|falaremos|falamos|falei|fale|avisando|"
     "cobrar|cobraremos|cobramos|pedir|pediremos|platicar|platicamos|platicaremos|preguntar|"
     "preguntaremos|contei|contatar|contataremos|procurar|procuraremos|mostrar|mostraremos|"
     "enterar|insistir|insistiremos|dizer|diremos|marcar|marcaremos"},
    {"@relay",
     "digale|digales|dile|diles|decile|deciles|decidle|decidles|diselo|digaselo|deciselo|"
     "decidselo|avisele|aviseles|avisale|avisales|avisadle|comuniquele|comunicale|"
     "comuniqueles|informele|informale|informeles|recuerdele|recuerdale|recordale|pidale|"
     "pidele|pedile|pedidle|transmitale|hagale|hagaselo|haceselo|comenteselo|comentele|"
     "comentale|preguntele|preguntale|convenza|convenzalo|convenzala|digalhe|avisa|lhe"},
    {"@owe",
     "debe|deben|debo|adeuda|adeudan|deuda|deudas|mora|moroso|morosa|vencido|vencida|vencidos|"
     "vencidas|atrasado|atrasada|atrasados|atrasadas|atraso|adeudo|saldo|cuota|cuotas|"
     "prestamo|pague|pagar|pago|impago|deve|devendo|divida|dividas|debito|boleto|parcela|"
     "parcelas|aberto|regularice|regularizar|pendiente|pendientes|cubrir|cumpla"},
    {"@product",
     "seguro|seguros|tarjeta|tarjetas|cartao|cartoes|emprestimo|poliza|televisor|televisores|"
     "electrodomestico|electrodomesticos|eletrodomesticos|motos|celular|celulares|smartphone|"
     "iphone|fibra|gigas|megas|telefonia|futbol|futebol|streaming|netflix|canales|canais|"
     "alarma|alarme|cdt|curso|cursos|diplomado|diplomados|taller|talleres|viaje|viajes|viagem|"
     "viagens|pacote|pacotes|paquete|paquetes|muebles|moveis|colchon|colchones|combo|combos|"
     "consorcio|consorcios|equipos|laptop|computador|computadores|tenis|zapatos|ropa|roupas|"
     "coleccion|uniformes|catalogo|membresia|plan|planes|plano|planos|producto|productos|"
     "produtos|inversion|inversiones|refrigerador|nevera|lavadora"},
};

}  // namespace

ExpandedPhrases::ExpandedPhrases(std::span<const std::string_view> phrases) {
  texts_.reserve(phrases.size());
  for (const auto phrase : phrases) {
    std::string& text = texts_.emplace_back(phrase);
    for (const auto& [name, words] : kClasses) {
      for (size_t at; (at = text.find(name)) != std::string::npos;)
        text.replace(at, name.size(), words);
    }
    PUNTUAL_CHECK(text.find('@') == std::string::npos);
  }
  views_.assign(texts_.begin(), texts_.end());
}

}  // namespace puntual::compliance::phrases
