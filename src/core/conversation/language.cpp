#include "core/conversation/language.h"

#include <algorithm>
#include <iterator>

#include "base/phrase_index.h"
#include "base/text.h"

namespace puntual::conversation {
namespace {

// What the one language writes and the other hardly. Folded: "não" is "nao".
constexpr std::string_view kPortugueseWords[] = {
    "nao",       "voce",         "voces",        "vcs",    "obrigado",    "obrigada",
    "obg",       "brigado",      "brigada",      "paguei", "hoje",        "amanha",
    "pagamento", "comprovante",  "bom",          "boa",    "oi",          "tenho",
    "estou",     "minha",        "tambem",       "muito",  "depois",      "ainda",
    "dinheiro",  "agora",        "isso",         "fazer",  "recebi",      "quanto",
    "devo",      "sou",          "pra",          "essa",   "parcelar",    "parcelas",
    "mensagem",  "mensagens",    "conversar",    "falar",  "alguem",      "divida",
    "semana",    "consigo",      "posso",        "ontem",  "quero",       "meu",
    "uma",       "fiz",          "vou",          "ate",    "blz",         "eu",
    "vc",        "foi",          "tudo",         "esse",   "ele",         "ela",
    "quem",      "mais",         "pessoa",       "gente",  "valeu",       "hj",
    "daqui",     "em",           "dele",         "dela",   "atendimento", "ninguem",
    "procurar",  "desempregado", "desempregada", "fatura", "faleceu",     "sexta",
    "errado",    "errada"};
constexpr std::string_view kSpanishWords[] = {"el",        "los",     "las",
                                              "y",         "una",     "pero",
                                              "hoy",       "manana",  "quiero",
                                              "puedo",     "tengo",   "gracias",
                                              "usted",     "ustedes", "muy",
                                              "mi",        "ya",      "cuanto",
                                              "debo",      "pague",   "yo",
                                              "lo",        "le",      "estoy",
                                              "buenas",    "buenos",  "buen",
                                              "dias",      "tardes",  "con",
                                              "porfa",     "favor",   "ahora",
                                              "tambien",   "dinero",  "pago",
                                              "en",        "hacer",   "soy",
                                              "alguien",   "hablar",  "quincena",
                                              "semana",    "plata",   "saldo",
                                              "factura",   "cuota",   "cuotas",
                                              "deuda",     "hola",    "viernes",
                                              "lunes",     "martes",  "jueves",
                                              "miercoles", "sabado",  "transferencia",
                                              "ayer"};
// Also written in the other one, or close to a slip in it.
constexpr std::string_view kDoubtful[] = {"pague", "dias",   "em",     "semana", "saldo", "pago",
                                          "favor", "tardes", "quanto", "devo",   "sou",   "quero",
                                          "uma",   "ate",    "vou",    "fiz",    "meu",   "boa",
                                          "essa",  "isso",   "sexta",  "errado", "errada"};

bool holds(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::string_view language_of(std::string_view words) {
  int portuguese = 0, spanish = 0;
  if (words.find("ã") != std::string_view::npos || words.find("õ") != std::string_view::npos ||
      words.find("ç") != std::string_view::npos)
    portuguese += 2;
  if (words.find("ñ") != std::string_view::npos || words.find("¿") != std::string_view::npos ||
      words.find("¡") != std::string_view::npos)
    spanish += 2;
  for (const std::string_view hat : {"â", "ê", "ô"})
    portuguese += words.find(hat) != std::string_view::npos ? 2 : 0;
  std::string letters;
  for (const char c : fold_styled_text(words)) letters += c >= 'a' && c <= 'z' ? c : ' ';
  for (const auto word : split_words(letters, ' ')) {
    const int weight = holds(kDoubtful, word) ? 1 : 2;
    portuguese += holds(kPortugueseWords, word) ? weight : 0;
    spanish += holds(kSpanishWords, word) ? weight : 0;
  }
  if (portuguese >= 2 && portuguese > 2 * spanish) return "pt";
  return spanish >= 2 && spanish > 2 * portuguese ? "es" : std::string_view();
}

std::string locale_in(std::string_view language, std::string_view locale) {
  if (language.empty() || locale.starts_with(language)) return std::string(locale);
  return language == "pt" ? "pt_BR" : "es";
}

}  // namespace puntual::conversation
