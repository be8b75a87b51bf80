#include "core/conversation/understand.h"

#include <algorithm>
#include <iterator>

#include "base/phrase_index.h"
#include "base/text.h"
#include "core/conversation/death.h"
#include "core/conversation/identity.h"
#include "core/conversation/opt_out.h"

namespace puntual {
namespace {

constexpr std::string_view kAskedNames[] = {"", "identity", "date", "amount", "offer"};
constexpr std::string_view kReadingDecisionNames[] = {"act", "ask", "person"};

// In the order in which they win.
struct IntentPhrases {
  Intent intent;
  std::vector<std::string_view> phrases;
};
const std::vector<IntentPhrases>& intent_phrases() {
  static const std::vector<IntentPhrases> made = {
      {Intent::WantsPerson, {"hablar|comunicar|comunicarme con|com <2> persona|pessoa|alguien|alguem|asesor*|humano|atendente|agente|encargad*", "asesor*", "atendente"}},
      {Intent::Paid, {"ya|ja <2> pague|paguei|cancele|deposite|transferi|consigne|abone", "pago hecho|realizado|listo", "comprobante|comprovante|soporte|voucher"}},
      {Intent::CannotPay, {"no|nao <2> puedo|posso|alcanza|tengo|tenho|consigo <3> pagar|plata|dinero|dinheiro|nada", "sin|sem trabajo|plata|empleo|dinero|dinheiro|emprego", "me quede sin", "desemplead*|desempregad*"}},
      {Intent::WantsPlan, {"cuotas|parcelas|partes|plazo*|prazo|parcelar|parcelamento|abonos|acuerdo|acordo|convenio", "mas|mais tiempo|dias|tempo", "pagar por|em|en partes"}},
      {Intent::Dispute, {"no|nao debo|devo|reconozco|reconheco", "no es mia|mio", "mal cobrado", "cobro|cobranca indebid*", "nunca <2> compre|pedi|contrate"}},
      {Intent::Promise, {"pago|pagare|cancelo|deposito|consigno|transfiero|pagarei|abono <4> lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|quincena|amanha|sexta|segunda", "le|te pago", "voy|vou <1> pagar|cancelar|depositar"}},
      {Intent::AsksBalance, {"cuanto|quanto <2> debo|devo|es|e|seria|falta", "saldo"}},
      {Intent::AsksInvoice, {"factura|fatura|boleto|recibo|copia|detalle|segunda via|extracto"}},
      {Intent::WantsToPay, {"como|donde|onde <2> pago|pagar|puedo|deposito", "numero de cuenta", "link", "chave|pix", "quiero|quero pagar"}},
      {Intent::Thanks, {"gracias|obrigad*|agradec*"}},
      {Intent::Greeting, {"hola|oi|ola|buenas|buenos|bom|boa"}},
  };
  return made;
}

// Letters and digits, single blanks.
std::string plain_letters(std::string_view text) {
  std::string out;
  for (const char c : fold_styled_text(text)) out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ';
  return out;
}

std::vector<Intent> intents_by_rule(const Utterance& said) {
  std::vector<Intent> found;
  if (conversation::opt_out_of(said.text, {}) != OptOutVerdict::None) found.push_back(Intent::Stop);
  if (conversation::tells_of_a_death(said.text)) found.push_back(Intent::Deceased);
  switch (conversation::identity_answer(said.text, {})) {
    case IdentityAnswer::None: break;
    case IdentityAnswer::Yes: found.push_back(Intent::Yes); break;
    case IdentityAnswer::No: found.push_back(Intent::No); break;
    case IdentityAnswer::WrongNumber: found.push_back(Intent::WrongNumber); break;
    case IdentityAnswer::OtherPerson: found.push_back(Intent::ThirdParty); break;
  }
  const std::string letters = plain_letters(said.text);
  const auto words = split_words(letters, ' ');
  for (const auto& [intent, phrases] : intent_phrases()) {
    PhraseIndex index;
    index.add(1, phrases);
    if (index.lists_in(words) != 0) found.push_back(intent);
  }
  return found;
}

}  // namespace

std::string_view text_of(Asked asked) { return kAskedNames[static_cast<size_t>(asked)]; }
std::string_view text_of(ReadingDecision decision) { return kReadingDecisionNames[static_cast<size_t>(decision)]; }

std::optional<Asked> asked_of(std::string_view text) {
  const auto found = std::ranges::find(kAskedNames, text);
  return found == std::end(kAskedNames) ? std::nullopt : std::optional(static_cast<Asked>(found - std::begin(kAskedNames)));
}

namespace conversation {

Reading understand(const Utterance& utterance) {
  Reading reading;
  const auto found = intents_by_rule(utterance);
  if (found.empty()) return reading;
  reading.intent = found.front();
  reading.confidence = 0.9;
  for (const auto one : found) {
    if (one != reading.intent && reading.also.size() < 2) reading.also.push_back(one);
  }
  const bool for_person = reading.intent == Intent::WantsPerson || reading.intent == Intent::Deceased;
  reading.decision = for_person ? ReadingDecision::Person : ReadingDecision::Act;
  return reading;
}

}  // namespace conversation
}  // namespace puntual
