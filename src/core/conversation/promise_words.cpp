#include "core/conversation/promise_words.h"

#include <algorithm>

namespace puntual::conversation {
namespace {

constexpr std::string_view kMoney =
    "sueldo|sueldito|salario|quincena|quinzena|nomina|aguinaldo|prima|cesantias|pension|plata|"
    "platica|dinero|dinheiro|lana|feria|guita|grana|pago|pagamento|mesada|comision|liquidacion|"
    "subsidio|jornal|plata|giro|remesa|decimo|utilidades|reparto|adiantamento";
constexpr std::string_view kComes =
    "cae|caen|cai|caem|llega|llegan|entra|entran|sale|sai|baja|bajan|cayo|depositan|consignan|"
    "giran|caera|llegara|entrara";
// Of others, to them.
constexpr std::string_view kTheyPay =
    "pagan|pagaran|pagarian|paguen|pagam|vao|depositan|depositaran|consignan|consignaran|giran|"
    "transfieren|desembolsan|liquidan|dan|daran|cancelan|entregan|abonan|cae|caen|cai|llega|llegan|"
    "entra|entran|sale";

bool is_income_at(const Phrase& phrase, size_t at) {
  if (phrase.is_run(at, {"me", kTheyPay}) ||
      phrase.is_run(at, {"me|nos", "van|vienen|iban", "a",
                         "pagar|depositar|consignar|girar|dar|caer|llegar|entrar"}))
    return true;
  if (phrase.is(at, "cobro|cobrare|cobramos|receberei|recebo")) return true;
  if (phrase.is(at, "recibo|recibire") && phrase.has(at + 1, at + 4, kMoney) &&
      !phrase.is_run_before(at, {"el|un|mi|del|de"}))
    return true;
  const bool is_theirs =
      phrase.is(at, kMoney) && phrase.is_run_before(at, {"mi|el|la|meu|minha|o|a|su|mis|los"});
  return is_theirs && phrase.has(at + 1, std::min(at + 4, phrase.clause_end(at)), kComes);
}

// "Miro si alcanza", "a ver si", "tal vez".
bool is_open_at(const Phrase& phrase, size_t at) {
  return phrase.is_run(at, {"miro|veo|vemos|miramos|ver|haber|reviso|vejo|vou", "si|se|ver"}) ||
         phrase.is_run(at, {"a", "ver|haber", "si"}) ||
         phrase.is(at, "quizas|quiza|talvez|ojala|tomara") ||
         phrase.is_run(at, {"tal", "vez|ves"}) || phrase.is_run(at, {"a", "lo", "mejor"}) ||
         phrase.is_run(at, {"de", "pronto"}) ||
         phrase.is_run(at, {"si|se", "me|nos", "alcanza|queda|sobra|sale"}) ||
         phrase.is_run(at, {"si|se", "alcanza|alcanzo|da|queda|sobra"}) ||
         phrase.is_run(at,
                       {"trato|intento|tento|intentare|tratare|procuro", "de|ver|pagar|abonar"});
}

}  // namespace

bool promises_in(const Phrase& phrase, size_t begin, size_t end) {
  constexpr std::string_view kNouns = "transferencia|consignacion|pix|pagado|pagada|pague|paguei";
  for (size_t at = begin; at < end; ++at) {
    if (!phrase.is(at, kPaysWords) || phrase.is(at, kNouns)) continue;
    const bool is_noun = phrase.is(at, "pago|pagos|deposito|abono|giro") &&
                         phrase.is_run_before(at, {"mi|el|su|del|de|mis|meu|o|los"});
    const bool is_of_others = phrase.is_run_before(at, {"me|nos"}) ||
                              phrase.is_run_before(at, {"me|nos", "van|vienen|iban|vao", "a"}) ||
                              phrase.is_run_before(at, {"vao", "me"});
    if (!is_noun && !is_of_others) return true;
  }
  return false;
}

bool tells_only_of_income(const Phrase& phrase) {
  bool is_income = false, is_open = false;
  for (size_t at = 0; at < phrase.size(); ++at) {
    is_income = is_income || is_income_at(phrase, at);
    is_open = is_open || is_open_at(phrase, at);
  }
  return is_open || (is_income && !promises_in(phrase, 0, phrase.size()));
}

bool pays_at_once(const Phrase& phrase) {
  if (phrase.has(0, phrase.size(), "no|nao|sin|sem|apenas|cuando|quando")) return false;
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.is(at, "ahorita|orita|ahoritica|horita|agora|agorinha") &&
        !phrase.is(at + 1, "que|q"))
      return true;
    if (phrase.is_run(at, {"ya|ahora", "mismo|mesmo|mismito"}) ||
        phrase.is_run(at, {"al", "rato|ratico|ratito"}) ||
        phrase.is_run(at, {"mas|mais", "tarde|tardecito|tardecita"}) ||
        phrase.is_run(at, {"logo", "mais"}))
      return true;
    if (phrase.is_run(at,
                      {"en|em", "un|unos|uns|um",
                       "rato|ratico|ratito|momento|momentico|momentito|minuto|minutos|instante"}) ||
        phrase.is_run(at, {"daqui", "a", "pouco"}))
      return true;
    if (phrase.is_run(at, {"en|por|a|de", "la", "tarde|tardecita|noche"}) ||
        phrase.is_run(at, {"a|de", "tarde|noite|tardinha"}))
      return true;
  }
  return false;
}

bool says_cannot(const Phrase& phrase, size_t at) {
  constexpr std::string_view kCan =
      "puedo|podre|podria|pude|podido|poder|puede|podemos|alcanzo|alcanza|alcance|alcanzar|"
      "alcanzare|llego|cumplo|cumplir|posso|consigo|conseguir|conseguirei|poderei|posible|possivel|"
      "dara";
  constexpr std::string_view kBetween =
      "le|les|te|lo|la|me|se|nos|voy|va|vou|vai|vamos|a|ya|creo|que|q|he|sera|es|lhe|eu";
  constexpr std::string_view kLess =
      "ahora|ahorita|orita|agora|antes|hoy|hoje|todavia|aun|todo|todito|toda|completo|completa|mas|"
      "mais|total|tudo|inteiro|hablar|atender|contestar|responder|ir|salir|abrir|entrar|creer|"
      "llamar|escribir|ver";
  if (!phrase.is_refusal(at)) return false;
  for (size_t word = at + 1; word <= at + 4; ++word) {
    if (phrase.is(word, kCan))
      return !phrase.has(word + 1, std::min(word + 4, phrase.clause_end(word) + 1), kLess) &&
             !phrase.has(at > 2 ? at - 2 : 0, at, "ahora|ahorita|orita|agora|hoy|hoje|si|se|antes");
    if (!phrase.is(word, kBetween)) return false;
  }
  return false;
}

bool takes_back(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (says_cannot(phrase, at)) return true;
    const bool is_alone =
        !phrase.is_word(at + 2) || phrase.is(at + 2, "me|puedo|pude|voy|se|podre|alcanzo");
    if (phrase.is_run(at, {"siempre|final", "no|nao"}) && is_alone &&
        !phrase.is_run_before(at, {"casi"}))
      return true;
    if (phrase.is_run(
            at, {"no|nao", "me",
                 "pagaron|pagan|depositaron|consignaron|cayo|llego|pagaram|giraron|dieron"}) ||
        phrase.is_run(at, {"no", "me", "han|ha", "pagado|depositado|llegado|caido|consignado"}))
      return true;
  }
  return false;
}

bool pays_a_bare_number(const Phrase& phrase) {
  for (size_t at = 1; at < phrase.size(); ++at) {
    if (phrase.is_number(at) &&
        (phrase.is(at - 1, kPaysWords) ||
         (at > 1 && phrase.is(at - 1, "unos|como|con|solo|los") && phrase.is(at - 2, kPaysWords))))
      return true;
  }
  return false;
}

bool promises_formally(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.is_run(at, {"estare|estaremos|estaria|estarei",
                           "cancelando|pagando|consignando|abonando|depositando|transfiriendo|"
                           "realizando|efectuando|liquidando|quitando"}))
      return true;
  }
  return false;
}

bool looks_ahead(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (says_cannot(phrase, at))
      return phrase.has(
          at + 1, phrase.size(),
          "pero|sino|hasta|mejor|cuando|apenas|despues|depois|luego|quando|mas|ate|so");
  }
  return false;
}

}  // namespace puntual::conversation
