#include "core/conversation/questions.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/phrase_index.h"
#include "base/text.h"

namespace puntual::conversation {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// "F-1042/A": "f", "1042", "a".
std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces(1);
  for (const char c : fold_text(text)) {
    if (is_digit(c) || is_letter(c))
      pieces.back() += c;
    else if (!pieces.back().empty())
      pieces.emplace_back();
  }
  if (pieces.back().empty()) pieces.pop_back();
  return pieces;
}

}  // namespace

bool asks_what_arrears_are(std::string_view words) {
  static constexpr std::string_view kArrears[] = {
      "que|q|k|oque <2> significa|quiere|quer|es|e <3> "
      "mora|moroso|morosa|morosidad|vencido|vencida",
      "expliq*|explic*|entiendo|entendo|comprendo <4> mora|morosidad"};
  static constexpr std::string_view kOfTheirs[] = {
      "cobr*|mi|esa|este|ese|essa|esse|meu|minha|cuanto|cuanta|quanto|quanta|factura*|fatura*|"
      "intereses|juros|pag*|debo|devo|puedo|posso|quit*|aqui|aca|persona|pero|mas|porque|subio"};
  constexpr PhraseLists kAsks = 1, kTheirs = 2;
  constexpr size_t kWordsMax = 12;
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(kAsks, kArrears);
    index.add(kTheirs, kOfTheirs);
    return index;
  }();
  return pieces_of(words).size() <= kWordsMax && kIndex.lists_in_text(words) == kAsks;
}

bool asks_for_closed_days(std::string_view words) {
  static constexpr std::string_view kSundays[] = {
      "solo|solamente|unicamente|so|somente|apenas|preferiblemente|prefiero|prefiro|mejor|melhor "
      "<4> domingo|domingos|festivos|feriados"};
  // When they pay or work, and a day that is refused.
  static constexpr std::string_view kOther[] = {
      "pag*|abon*|cobro|cobran|trabaj*|trabalh*|labor*|descans*|recib*|receb*|no|nao|nunca|menos|"
      "lunes|martes|miercoles|jueves|viernes|sabado|sabados|segunda|terca|quarta|quinta|sexta|"
      "manana|amanha|proximo|deposit*|transf*|plata|dinero|dinheiro"};
  constexpr PhraseLists kAsks = 1, kElse = 2;
  static const PhraseIndex kIndex = [] {
    PhraseIndex index;
    index.add(kAsks, kSundays);
    index.add(kElse, kOther);
    return index;
  }();
  return kIndex.lists_in_text(words) == kAsks;
}

bool names_invoice(std::string_view words, std::string_view number) {
  std::string sought;
  for (const auto& piece : pieces_of(number)) sought += piece;
  const auto digits = std::ranges::count_if(sought, is_digit);
  if (digits == 0 || (digits < 4 && std::ranges::none_of(sought, is_letter))) return false;
  const auto said = pieces_of(words);
  for (size_t from = 0; from < said.size(); ++from) {
    std::string joined;
    for (size_t at = from; at < said.size() && joined.size() < sought.size(); ++at)
      joined += said[at];
    if (joined == sought) return true;
  }
  return false;
}

}  // namespace puntual::conversation
