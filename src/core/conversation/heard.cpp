#include "core/conversation/heard.h"

#include <algorithm>
#include <iterator>

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

}  // namespace

void add_message(Heard& heard, std::string_view type, std::string_view text, std::string_view payload) {
  heard.has_picture |= type == "image" || type == "document";
  heard.has_voice |= type == "audio";
  if (type == "reaction" || type == "contacts" || type == "location") return;  // Words of others, or none.
  if (!text.empty()) heard.choice.reset();  // "No, espere": what is said later counts.
  if (!payload.empty()) {
    const auto button = std::ranges::find(kButtonIntents, payload, &ButtonIntent::payload);
    if (button != std::end(kButtonIntents)) heard.pressed = button->intent;
    if (payload.starts_with(kChoicePayload) && payload.size() == kChoicePayload.size() + 1) {
      heard.choice = static_cast<size_t>(payload.back() - '0');
    }
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
