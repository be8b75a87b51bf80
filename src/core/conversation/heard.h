// What was written since our last answer, as one: two quick messages are one turn. Pure;
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/conversation/intent.h"

namespace puntual {

struct Heard {
  std::string words;              // Of all messages, with line feeds between.
  std::optional<Intent> pressed;  // A button of ours that says what is wanted.
  std::optional<size_t> choice;   // Of several offers, from 1: a button, and no word after it.
  bool says_who = false;          // It has just proven their number, and was answered for that.
  bool has_picture = false;       // A photo or a file.
  bool has_voice = false;
  int64_t turn = 0;               // Which turn this is: they rise.
  std::optional<int64_t> quotes;  // The turn of ours that they answer to, where they say so.
};

namespace conversation {

// One more message of the turn, as the platform names its type ("text", "image", "audio", "button"
// …).
void add_message(Heard& heard, std::string_view type, std::string_view text,
                 std::string_view payload);

// Do these words go with the picture of a payment?
[[nodiscard]] bool mentions_payment(std::string_view words);
// Is all they say "¿quién es?", "de parte de quién"? Who asks so has not said that the number is
// wrong.
[[nodiscard]] bool asks_who_writes(std::string_view words);
// Is all they say "¿eres un robot?"
[[nodiscard]] bool asks_for_machine(std::string_view words);
// Is all they say "¿esto es una estafa?", "¿este número es oficial?"
[[nodiscard]] bool asks_if_genuine(std::string_view words);
// Do they speak of the service and no money, or of what only a person mends: "necesito la
// reconexión", "quiero terminar el contrato", "no me abre el link", "¿y si no pago qué pasa?",
// "¿cuándo me responden?"? "Cancelar" alone is to pay.
[[nodiscard]] bool speaks_of_service(std::string_view words);
// "¿Cuánto es lo mínimo?": the least that can be paid or agreed on.
[[nodiscard]] bool asks_for_the_least(std::string_view words);
// "Quiero cambiar la fecha de pago", with no word of which.
[[nodiscard]] bool asks_for_another_day(std::string_view words);
// Among that: "el link no abre", "la página me da error", "me rechaza la tarjeta".
[[nodiscard]] bool finds_link_dead(std::string_view words);

// Do they want the receipt of a payment of theirs: "mándeme el recibo de mi pago"? "Le mando el
// comprobante" is none, nor is "el recibo" alone, which is a bill in many places.
[[nodiscard]] bool asks_for_receipt(std::string_view words);
// Do they want the paper of what was agreed: "mándeme el acuerdo", "no me llegó el convenio"?
// "Quiero un acuerdo" is the wish for one.
[[nodiscard]] bool asks_for_agreement(std::string_view words);

// Is all they say that they have no time now: "voy manejando, luego le escribo"? Who tells when
// they pay has said more.
[[nodiscard]] bool puts_off_the_talk(std::string_view words);
// Do they ask that interest, a fine or a part is forgiven: "¿me condonan los intereses?"
[[nodiscard]] bool asks_for_discount(std::string_view words);

// A message of signs alone. 👍 and 👌 are a yes; 🙏 is thanks, or a plea, ❤️ and 😊 a kindness:
// they bind nobody.
enum class Sign : uint8_t { None, Yes, Thanks };
[[nodiscard]] Sign sign_of(std::string_view words);

}  // namespace conversation
}  // namespace puntual
