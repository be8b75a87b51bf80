#include "core/conversation/identity.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "base/phrase_index.h"
#include "base/result.h"
#include "base/text.h"
#include "base/zone.h"

namespace puntual {
namespace {

constexpr std::string_view kAddressStates[] = {"unconfirmed", "asked",        "confirmed", "silent",
                                               "doubt",       "other_person", "wrong"};

enum IdentityList : PhraseLists {
  kWrongList = 1 << 0,
  kOtherList = 1 << 1,
  kMaybeWrongList = 1 << 2,
  kDebtList = 1 << 3,
  kOutsiderList = 1 << 4,
  kShortOtherList = 1 << 5
};

// The whole message, without courtesies.
constexpr std::string_view kYes[] = {"si",
                                     "sii",
                                     "siii",
                                     "sip",
                                     "yes",
                                     "sim",
                                     "soy yo",
                                     "si soy yo",
                                     "yo soy",
                                     "si yo soy",
                                     "soy yo mismo",
                                     "soy yo misma",
                                     "si soy yo misma",
                                     "si soy yo mismo",
                                     "yo mismo",
                                     "yo misma",
                                     "si yo misma",
                                     "si yo mismo",
                                     "ella misma",
                                     "el mismo",
                                     "la misma",
                                     "si la misma",
                                     "si ella misma",
                                     "si el mismo",
                                     "con ella",
                                     "con el",
                                     "si con ella",
                                     "si con el",
                                     "con ella misma",
                                     "con el mismo",
                                     "si con ella misma",
                                     "si con el mismo",
                                     "ella habla",
                                     "el habla",
                                     "habla con ella",
                                     "habla con el",
                                     "si habla con ella",
                                     "si habla con el",
                                     "hablas con ella",
                                     "hablas con el",
                                     "esta hablando con ella",
                                     "esta hablando con el",
                                     "si esta hablando con ella",
                                     "si esta hablando con el",
                                     "con ella habla",
                                     "con el habla",
                                     "si con ella habla",
                                     "si con el habla",
                                     "si ella habla",
                                     "si el habla",
                                     "si claro",
                                     "claro",
                                     "claro que si",
                                     "si claro que si",
                                     "correcto",
                                     "si correcto",
                                     "asi es",
                                     "si asi es",
                                     "exacto",
                                     "si exacto",
                                     "efectivamente",
                                     "si efectivamente",
                                     "es correcto",
                                     "si es correcto",
                                     "confirmo",
                                     "si confirmo",
                                     "lo confirmo",
                                     "afirmativo",
                                     "si senor",
                                     "si senora",
                                     "si digame",
                                     "si dime",
                                     "si a la orden",
                                     "si a sus ordenes",
                                     "si soy esa persona",
                                     "soy esa persona",
                                     "si esa persona soy yo",
                                     "esa persona soy yo",
                                     "soy el titular",
                                     "soy la titular",
                                     "si soy el titular",
                                     "si soy la titular",
                                     "si es mi numero",
                                     "es mi numero",
                                     "este es mi numero",
                                     "si este es mi numero",
                                     "si ese es mi numero",
                                     "sou eu",
                                     "sim sou eu",
                                     "sou eu mesmo",
                                     "sou eu mesma",
                                     "sim sou eu mesmo",
                                     "sim sou eu mesma",
                                     "eu mesmo",
                                     "eu mesma",
                                     "sim eu mesmo",
                                     "sim eu mesma",
                                     "isso mesmo",
                                     "sim isso mesmo",
                                     "e ele mesmo",
                                     "e ela mesma",
                                     "sim correto",
                                     "correto",
                                     "sim claro",
                                     "sim senhor",
                                     "com ela mesma",
                                     "com ele mesmo"};
// Anywhere.
constexpr std::string_view kWrong[] = {
    "numero equivocado",
    "num equivocado",
    "numero errado",
    "num errado",
    "numero incorrecto",
    "numero erroneo",
    "telefono equivocado",
    "celular equivocado",
    "whatsapp equivocado",
    "equivocado de numero",
    "equivocada de numero",
    "equivoco de numero",
    "equivocaron de numero",
    "equivocaste de numero",
    "equivoco de persona",
    "equivocaron de persona",
    "equivocado de persona",
    "persona equivocada",
    "pessoa errada",
    "foi engano",
    "por engano",
    "e engano",
    "no soy yo",
    "yo no soy",
    "no soy esa|ese|esta",
    "no soy la|el persona|titular|indicada|indicado",
    "no soy quien|quienes",
    "no soy ella|el",
    "no es mi nombre",
    "no me llamo",
    "este no es su numero|telefono|celular|whatsapp",
    "este no es el numero|telefono|celular",
    "ya no es su numero|telefono|celular",
    "no es el numero de",
    "no pertenece a",
    "ya no tiene este|ese|esa|esta numero|celular|telefono|cel|linea|whatsapp",
    "numero|celular|telefono|cel|linea|whatsapp ya no es|pertenece",
    "no es de ella|el este|ese numero|celular|telefono",
    "numero ya no es",
    "cambio de numero el|ella",
    "este numero es mio",
    "este numero es nuevo",
    "nao sou eu",
    "nao sou essa|esse|esta|este",
    "nao sou ela|ele",
    "nao sou a pessoa",
    "numero nao e mais",
    "esse numero nao e",
    "este numero nao e"};
// Of the number, unless the message is about the debt.
constexpr std::string_view kMaybeWrong[] = {"equivocad*",
                                            "se equivoc*",
                                            "te equivoc*",
                                            "esta equivocad*",
                                            "no la conozco",
                                            "no lo conozco",
                                            "no le conozco",
                                            "no se quien es",
                                            "no conozco a esa|ese|esta|nadie|ninguna|ningun",
                                            "no conozco esa|a persona",
                                            "no conozco esa persona",
                                            "aqui no vive",
                                            "aqui no es",
                                            "no es aqui",
                                            "nao conheco",
                                            "nao e aqui",
                                            "nao mora aqui",
                                            "engano"};
#define RELATIVES                                                                            \
  "mama|papa|madre|padre|espos*|hijo|hija|herman*|prim*|tio|tia|abuel*|novi*|suegr*|cunad*|" \
  "sobrin*|niet*|vecin*|companer*|"                                                          \
  "secretari*|asistente|marido|mujer|pareja|amig*|jefe|jefa|mae|pai|filho|filha|irma|irmao|" \
  "mulher|avo|namorad*|vizinh*"
constexpr std::string_view kOther[] = {
    "soy|sou|habla|fala|aqui|contesta|escribe|responde|atiende|falando "
    "su|la|el|un|una|a|o|seu|sua " RELATIVES,
    "aqui|fala|falando|habla e|es su|la|el|a|o|seu|sua " RELATIVES,
    "soy|sou " RELATIVES,
    "es|era|e mi|meu|minha " RELATIVES,
    "ella|el no esta",
    "ella|el no se encuentra",
    "no se encuentra",
    "no esta en este momento",
    "le aviso a",
    "yo le aviso",
    "ya le aviso",
    "yo le digo",
    "ya le digo",
    "yo le paso",
    "le paso|doy el|su mensaje|recado|dato|telefono|numero",
    "la|lo conozco pero",
    "si la|lo conozco",
    "pero la|lo conozco",
    "conozco a la persona",
    "eu aviso",
    "vou avisar",
    "conheco ela|ele",
    "ela|ele nao esta"};
// As good as the whole message: "é a esposa dele", "no es ella".
constexpr std::string_view kShortOther[] = {"es|e la|el|a|o " RELATIVES, "no es ella",
                                            "nao e ela|ele"};
constexpr size_t kShortWords = 6;
#undef RELATIVES
// Whoever is one of these does not owe, whatever they ask of the debt; a mother may: she owes for
// the school.
#define OUTSIDERS                                                                            \
  "vecin*|companer*|amig*|jefe|jefa|patron|patrona|supervisor*|colega|chefe|patrao|vizinh*|" \
  "porter*|vigilante"
constexpr std::string_view kOutsider[] = {
    "soy|sou|habla|fala su|la|el|un|una|a|o|seu|sua " OUTSIDERS, "soy|sou " OUTSIDERS,
    "trabajo|trabalho con|com el|ella|ele|ela"};
#undef OUTSIDERS
constexpr std::string_view kDebt[] = {"deud*",   "factura*", "cuenta*", "cobro*",      "cobrando",
                                      "pag*",    "saldo*",   "recibo*", "valor*",      "monto*",
                                      "plata",   "fecha*",   "abon*",   "cuota*",      "banco*",
                                      "divida*", "fatura*",  "boleto*", "conta|contas"};

const PhraseIndex& identity_index() {
  static const PhraseIndex made = [] {
    PhraseIndex index;
    index.add(kWrongList, kWrong);
    index.add(kMaybeWrongList, kMaybeWrong);
    index.add(kOtherList, kOther);
    index.add(kDebtList, kDebt);
    index.add(kOutsiderList, kOutsider);
    index.add(kShortOtherList, kShortOther);
    return index;
  }();
  return made;
}

// Words of letters and digits, without greetings and courtesies at the ends.
std::vector<std::string_view> plain_words(const std::string& folded) {
  static constexpr std::string_view kCourtesies[] = {
      "hola",  "buenas",   "buenos",   "buen",     "dias", "tardes", "noches", "dia",
      "tarde", "noche",    "gracias",  "muchas",   "ola",  "oi",     "bom",    "boa",
      "noite", "obrigado", "obrigada", "porfavor", "por",  "favor",  "muy"};
  auto words = split_words(folded, ' ');
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  const auto is_courtesy = [](std::string_view word) {
    return std::ranges::find(kCourtesies, word) != std::end(kCourtesies);
  };
  while (!words.empty() && is_courtesy(words.front())) words.erase(words.begin());
  while (!words.empty() && is_courtesy(words.back())) words.pop_back();
  return words;
}

std::string words_only(std::string_view text) {
  std::string out;
  for (const char c : fold_text(text)) {
    const bool keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keeps)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string joined(std::span<const std::string_view> words) {
  std::string out;
  for (const auto word : words) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

template <size_t N>
bool is_one_of(const std::string_view (&list)[N], std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

bool begins_with(std::span<const std::string_view> words, std::string_view phrase) {
  size_t at = 0;
  for (const auto word : split_words(phrase, ' ')) {
    if (at == words.size() || words[at++] != word) return false;
  }
  return true;
}

// What follows "soy": themselves in other words, the name we asked for, or something else.
enum class SelfWord : uint8_t { None, Self, Other };

SelfWord self_word(std::span<const std::string_view> after,
                   std::span<const std::string_view> name) {
  static constexpr std::string_view kGoesOn[] = {
      "yo",    "eu",     "esa",     "ese",  "essa",  "esse",   "mismo",    "misma",    "mesmo",
      "mesma", "digame", "dime",    "diga", "digan", "que",    "cual",     "en",       "con",
      "para",  "como",   "si",      "sim",  "senor", "senora", "senorita", "cuenteme", "correcto",
      "claro", "buenas", "gracias", "a",    "pode",  "muy"};
  static constexpr std::string_view kThePerson[] = {"titular", "misma",    "mismo",    "persona",
                                                    "pessoa",  "indicada", "indicado", "mesma",
                                                    "mesmo",   "duena",    "dueno"};
  static constexpr std::string_view kNoName[] = {"la", "el", "su",    "un", "una", "de",  "del",
                                                 "da", "do", "quien", "mi", "o",   "uma", "um"};
  const auto near = after.first(std::min<size_t>(after.size(), 4));
  if (near.empty()) return SelfWord::Self;
  const bool has_article = near[0] == "la" || near[0] == "el" || near[0] == "a" || near[0] == "o";
  // "Soy Pedro Pérez" is not Ana Pérez; "soy la señora Pérez" is.
  const auto is_theirs = [&](std::string_view word) {
    return std::ranges::find(name, word) != name.end();
  };
  if (is_theirs(near[0]) || (has_article && std::ranges::any_of(near, is_theirs)))
    return SelfWord::Self;
  if (has_article && near.size() > 1 && is_one_of(kThePerson, near[1])) return SelfWord::Self;
  if (is_one_of(kGoesOn, near[0])) return SelfWord::Self;
  if (near[0] == "no" || is_one_of(kNoName, near[0]) || !name.empty()) return SelfWord::Other;
  return SelfWord::Self;
}

// Everything that "soy …", "me llamo …" says about who writes.
SelfWord says_self(std::span<const std::string_view> words,
                   std::span<const std::string_view> name) {
  SelfWord said = SelfWord::None;
  for (size_t i = 0; i < words.size(); ++i) {
    const bool is_verb = words[i] == "soy" || words[i] == "sou";
    const bool is_name =
        begins_with(words.subspan(i), "me llamo") || begins_with(words.subspan(i), "me chamo");
    if (!is_verb && !is_name) continue;
    const auto after = words.subspan(i + (is_name ? 2 : 1));
    if (is_verb && after.empty() && i > 0 && words[i - 1] == "yo") return SelfWord::Self;
    said = self_word(after, name);
    // "Soy yo, Ana", and "soy yo soy Pedro": the last word counts.
    if (said == SelfWord::Other) return said;
  }
  return said;
}

// "Si quiere llame a otro": a condition, unless it is written "sí" or set off by a comma.
bool is_condition(std::string_view text, std::span<const std::string_view> words) {
  static constexpr std::string_view kConditions[] = {
      "quiere",    "quieren", "quieres", "puede",   "pueden", "puedes", "me",     "te",
      "le",        "les",     "lo",      "la",      "los",    "las",    "se",     "es",
      "fuera",     "fuese",   "era",     "tiene",   "tienen", "desea",  "desean", "necesita",
      "necesitan", "gusta",   "usted",   "ustedes", "ha",     "han",    "hay",    "esta",
      "estan",     "hubiera", "pudiera", "alguien", "ella",   "el",     "algun",  "alguna",
      "acaso",     "por",     "sabe",    "saben",   "ve",     "ven",    "llama",  "llaman",
      "viene",     "quien",   "su",      "mi",      "siguen", "sigue",  "vuelve", "vuelven"};
  if (words.size() < 2 || words[0] != "si" || !is_one_of(kConditions, words[1])) return false;
  for (const std::string_view sign :
       {"sí", "Sí", "SÍ", "sÍ", "si,", "Si,", "SI,", "si.", "Si.", "SI."}) {
    if (text.find(sign) != std::string_view::npos) return false;
  }
  return true;
}

// A yes at the beginning, with nothing after it that takes it back or speaks of somebody else.
bool begins_with_yes(std::string_view text, std::span<const std::string_view> words,
                     std::span<const std::string_view> name, bool about_debt) {
  static constexpr std::string_view kYesWords[] = {
      "si",  "sii",   "siii",     "sip",    "sipi",          "sim",
      "yes", "claro", "correcto", "exacto", "efectivamente", "afirmativo"};
  static constexpr std::string_view kSelfWords[] = {
      "soy yo",         "yo soy",       "sou eu",     "eu sou",
      "con ella habla", "con el habla", "ella habla", "el habla",
      "habla con ella", "habla con el", "ella misma", "el mismo",
      "con ella misma", "con el mismo", "ela mesma",  "ele mesmo"};
  static constexpr std::string_view kWelcomes[] = {"a sus ordenes", "a la orden", "digame",
                                                   "pode falar"};
  static constexpr std::string_view kAfterWith[] = {"digame", "diga", "dime",     "que",   "en",
                                                    "si",     "a",    "cuenteme", "claro", "para"};
  static constexpr std::string_view kTakesBack[] = {
      "no",      "nao",   "pero", "mas",     "porem",   "nunca",   "ni",    "nem",
      "tampoco", "vive",  "mora", "conmigo", "comigo",  "viene",   "llega", "trabaja",
      "salio",   "aviso", "digo", "paso",    "conozco", "conheco", "era",   "fue"};
  if (words.empty() || is_condition(text, words)) return false;
  if (std::ranges::any_of(words, [](std::string_view word) { return is_one_of(kTakesBack, word); }))
    return false;
  const auto begins = [&](std::string_view phrase) { return begins_with(words, phrase); };
  const SelfWord self = says_self(words, name);
  if (self == SelfWord::Other) return false;
  const bool names_self = self == SelfWord::Self && !name.empty() &&
                          (words[0] == "soy" || words[0] == "sou" || words[0] == "me");
  const bool is_yes_word = is_one_of(kYesWords, words[0]);
  if (std::ranges::any_of(kSelfWords, begins) || names_self ||
      (is_yes_word && self == SelfWord::Self))
    return true;
  if (about_debt) return false;
  const bool is_with = words.size() > 2 && words[0] == "con" &&
                       (words[1] == "ella" || words[1] == "el") && is_one_of(kAfterWith, words[2]);
  const bool asks_who = std::ranges::find(words, "quien") != words.end();
  return is_yes_word || is_with || (std::ranges::any_of(kWelcomes, begins) && !asks_who);
}

}  // namespace

std::string_view text_of(AddressState state) { return kAddressStates[static_cast<size_t>(state)]; }

AddressState address_state_of(std::string_view text) {
  const auto found = std::ranges::find(kAddressStates, text);
  PUNTUAL_CHECK(found != std::end(kAddressStates));
  return static_cast<AddressState>(found - std::begin(kAddressStates));
}

namespace conversation {

AddressState after(AddressState state, AddressEvent event) {
  using enum AddressState;
  if (state == Wrong) return Wrong;
  if (event == AddressEvent::SaidWrongNumber) return Wrong;
  if (state == OtherPerson) return OtherPerson;
  switch (event) {
    case AddressEvent::Asked:
      return state == Unconfirmed ? Asked : state;
    case AddressEvent::Verified:
      return Confirmed;
    case AddressEvent::SaidYes:
      return state == Asked || state == Silent || state == Doubt ? Confirmed : state;
    case AddressEvent::SaidUnclear:
      return state == Asked || state == Silent ? Doubt : state;
    case AddressEvent::SaidOtherPerson:
      return state == Confirmed ? Doubt : OtherPerson;
    case AddressEvent::StayedSilent:
      return state == Asked ? Silent : state;
    case AddressEvent::Changed:
      return Unconfirmed;
    case AddressEvent::SaidWrongNumber:
      break;
  }
  return state;
}

Address after(const Address& address, AddressEvent event, Instant at) {
  Address next = address;
  next.state = after(address.state, event);
  if (event == AddressEvent::Asked && next.state == AddressState::Asked) {
    ++next.times_asked;
    next.asked_at = at;
  }
  const bool said = event == AddressEvent::SaidYes || event == AddressEvent::SaidWrongNumber ||
                    event == AddressEvent::SaidOtherPerson || event == AddressEvent::SaidUnclear;
  const bool stays_contradicted = event == AddressEvent::SaidUnclear && address.is_contradicted();
  if (said && next.state != address.state && !stays_contradicted) next.answered_at = at;
  // Whoever has the number now has not been asked, and no proof is about them.
  const bool is_changed = event == AddressEvent::Changed && next.state == AddressState::Unconfirmed;
  if (is_changed ||
      (address.state == AddressState::Confirmed && next.state == AddressState::Doubt)) {
    next.evidence = {};
    next.times_asked = 0;
    next.asked_at.reset();
    next.changed_at = at;
  }
  return next;
}

Address verified(const Address& address, const Evidence& evidence, Instant at) {
  if (address.changed_at) {
    const CivilDate changed_on = Zone::utc().local(*address.changed_at).date;
    if (!evidence.verified_on || *evidence.verified_on <= changed_on) return address;
  }
  Address next = after(address, AddressEvent::Verified, at);
  if (next.state != address.state) next.evidence = evidence;
  return next;
}

IdentityAnswer identity_answer(std::string_view text, std::string_view payload,
                               std::string_view name) {
  static constexpr std::string_view kNo[] = {
      "no",         "nop",         "nope",   "nao",   "no senor", "no senora", "no senorita",
      "nao senhor", "nao senhora", "no soy", "no no", "nao sou",  "no no soy", "nao nao sou"};
  if (payload == "TITULAR_SI") return IdentityAnswer::Yes;
  if (payload == "TITULAR_NO") return IdentityAnswer::WrongNumber;
  if (payload == "TITULAR_CONOZCO") return IdentityAnswer::OtherPerson;
  if (!payload.empty()) return IdentityAnswer::None;
  const std::string plain = words_only(text);
  const auto words = plain_words(plain);
  if (words.empty()) return IdentityAnswer::None;
  const std::string plain_name = words_only(name);
  auto name_words = split_words(plain_name, ' ');
  std::erase_if(name_words, [](std::string_view word) {
    return word.size() < 3 || word == "del" || word == "los" || word == "las";
  });
  const PhraseLists said = identity_index().lists_in(words);
  const bool about_debt = (said & kDebtList) != 0;
  const bool names_other =
      (said & kOtherList) != 0 || ((said & kShortOtherList) != 0 && words.size() <= kShortWords);
  const bool other = (said & kOutsiderList) != 0 || (names_other && !about_debt);
  const bool wrong = (said & kWrongList) != 0 || ((said & kMaybeWrongList) != 0 && !about_debt);
  // "No soy yo, es mi papá": somebody who knows them.
  if (other) return IdentityAnswer::OtherPerson;
  if (wrong) return IdentityAnswer::WrongNumber;
  const std::string whole = joined(words);
  const bool yes = is_one_of(kYes, whole) || begins_with_yes(text, words, name_words, about_debt);
  if (yes) return IdentityAnswer::Yes;
  // "No, gracias" is no answer to the question.
  return is_one_of(kNo, whole) && plain.find("gracias") == std::string::npos ? IdentityAnswer::No
                                                                             : IdentityAnswer::None;
}

bool is_surely_of_the_number(std::string_view text) {
  const std::string plain = words_only(text);
  return (identity_index().lists_in(plain_words(plain)) & kWrongList) != 0;
}

Evidence evidence_of(std::string_view text) {
  const std::string plain = words_only(text);
  const auto has = [&](std::initializer_list<std::string_view> parts) {
    return std::ranges::any_of(
        parts, [&](std::string_view part) { return plain.find(part) != std::string::npos; });
  };
  Evidence evidence{.kind = "contract", .reference = std::string(text), .verified_on = {}};
  if (has({"otp", "codigo", "sms", "pin "}))
    evidence.kind = "otp";
  else if (has({"conversa", "llamada", "chat", "hablo", "conversation"}))
    evidence.kind = "conversation";
  return evidence;
}

bool is_yes(std::string_view cell) {
  const std::string plain = words_only(cell);
  return plain == "si" || plain == "s" || plain == "x" || plain == "1" || plain == "yes" ||
         plain == "sim" || plain == "true" || plain == "verificado";
}

bool is_no(std::string_view cell) {
  const std::string plain = words_only(cell);
  return plain == "no" || plain == "n" || plain == "0" || plain == "false" || plain == "nao" ||
         plain == "pendiente" || plain == "sin verificar";
}

}  // namespace conversation
}  // namespace puntual
