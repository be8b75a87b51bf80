#include "core/conversation/heard.h"

#include <algorithm>
#include <iterator>

#include "base/phrase_index.h"
#include "base/text.h"

namespace puntual::conversation {
namespace {

struct ButtonIntent {
  std::string_view payload;
  Intent intent;
};
// Those of the shipped templates; BAJA, ALTA and TITULAR_… act as soon as they arrive.
constexpr ButtonIntent kButtonIntents[] = {{"YA_PAGUE", Intent::Paid},     {"PLAN", Intent::WantsPlan},      {"AYUDA", Intent::WantsPerson},
                                           {"BAJA", Intent::Stop},         {"TITULAR_SI", Intent::Yes},      {"TITULAR_NO", Intent::WrongNumber},
                                           {"TITULAR_CONOZCO", Intent::ThirdParty}};
constexpr std::string_view kChoicePayload = "OPCION_";

struct ChoiceWords {
  size_t choice;
  std::string_view words;
};
constexpr ChoiceWords kChoices[] = {{1, "1"}, {1, "uno"}, {1, "una"}, {1, "primera"}, {1, "primero"}, {1, "primeira"}, {2, "2"}, {2, "dos"}, {2, "segunda"},
                                    {2, "segundo"}, {2, "duas"}, {3, "3"}, {3, "tres"}, {3, "tercera"}, {3, "tercero"}, {3, "terceira"}};
constexpr std::string_view kAroundChoice[] = {"la", "el", "a", "o", "opcion", "opcao", "numero", "quiero", "quero", "prefiero", "prefiro", "me", "sirve",
                                              "con", "por", "favor", "porfa", "mejor", "tomo", "acepto", "escojo", "elijo", "de", "acuerdo", "si", "ok"};

// "la 2", "quiero la segunda porfa": a number and nothing that means anything else.
std::optional<size_t> choice_in(std::string_view text) {
  std::string letters;
  for (const char c : fold_styled_text(text)) letters += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ';
  std::optional<size_t> choice;
  for (const auto& word : split_words(letters, ' ')) {
    const auto known = std::ranges::find(kChoices, std::string_view(word), &ChoiceWords::words);
    if (known != std::end(kChoices)) {
      if (choice && *choice != known->choice) return std::nullopt;
      choice = known->choice;
    } else if (std::ranges::find(kAroundChoice, std::string_view(word)) == std::end(kAroundChoice)) {
      return std::nullopt;
    }
  }
  return choice;
}

}  // namespace

void add_message(Heard& heard, std::string_view type, std::string_view text, std::string_view payload) {
  heard.has_picture |= type == "image" || type == "document";
  heard.has_voice |= type == "audio";
  if (type == "reaction" || type == "contacts" || type == "location") return;  // Words of others, or none.
  if (!payload.empty()) {
    const auto button = std::ranges::find(kButtonIntents, payload, &ButtonIntent::payload);
    if (button != std::end(kButtonIntents)) heard.pressed = button->intent;
    if (payload.starts_with(kChoicePayload) && payload.size() == kChoicePayload.size() + 1) {
      heard.choice = static_cast<size_t>(payload.back() - '0');
    }
  } else if (const auto choice = choice_in(text)) {
    heard.choice = choice;
  }
  if (text.empty()) return;
  if (!heard.words.empty()) heard.words += '\n';
  heard.words += text;
}

bool mentions_payment(std::string_view words) {
  static constexpr std::string_view kPaymentWords[] = {"pag", "comprobante", "consign", "transfer", "abon", "deposit", "soporte", "recibo"};
  const std::string folded = fold_styled_text(words);
  return std::ranges::any_of(kPaymentWords, [&](std::string_view one) { return folded.find(one) != std::string::npos; });
}

}  // namespace puntual::conversation
