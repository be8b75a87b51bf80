#include "core/conversation/opt_out.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace puntual::conversation {
namespace {

// The whole message, after folding and without punctuation and courtesies.
constexpr std::array<std::string_view, 34> kStopMessages = {
    "baja", "dar de baja", "dame de baja", "deme de baja", "darme de baja", "quiero darme de baja", "denme de baja",
    "parar", "pare", "paren", "para ya", "stop", "alto", "basta", "cancelar", "cancelar mensajes", "cancelar suscripcion",
    "no mas", "no mas mensajes", "ya no mas", "no mas whatsapp", "salir", "remover", "eliminar", "unsubscribe",
    "sair", "cancelar mensagens", "descadastrar", "parar mensagens", "nao quero mais", "chega", "remova me",
    "detener", "no quiero mas mensajes"};

// Anywhere in the message: these say it whatever stands around them.
constexpr std::array<std::string_view, 33> kStopPhrases = {
    "no me escriban", "no me escriba", "no me escribas", "no me vuelvan a escribir", "no me vuelva a escribir",
    "no vuelvan a escribirme", "dejen de escribir", "deje de escribir", "dejen de escribirme", "deje de escribirme", "dejenme en paz", "dejeme en paz",
    "no me manden mas", "no me mande mas", "no me envien mas", "no me envie mas", "no enviar mas mensajes",
    "no quiero recibir mas", "no quiero recibir mensajes", "no deseo recibir", "no quiero mas mensajes",
    "borren mi numero", "borre mi numero", "eliminen mi numero", "elimine mi numero", "quitenme de la lista",
    "no me contacten", "no me contacte", "no autorizo mas", "nao me mande mais", "nao me mandem mais",
    "pare de me mandar", "parem de me mandar"};

// Words of stopping that may mean something else: a person must look.
constexpr std::array<std::string_view, 9> kDoubtWords = {"stop", "baja", "cancelar", "parar", "dejen de", "no mas",
                                                         "sair", "cancelen", "no molesten"};

// Letters and single blanks only, without greetings and courtesies at the ends.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : fold_text(text)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  for (const std::string_view courtesy : {"por favor", "porfavor", "porfa", "gracias", "hola", "ya", "senores", "obrigado"}) {
    if (out.starts_with(std::string(courtesy) + " ")) out.erase(0, courtesy.size() + 1);
    if (out.ends_with(" " + std::string(courtesy))) out.erase(out.size() - courtesy.size() - 1);
  }
  return out;
}

bool has_words(std::string_view text, std::string_view words) {
  for (size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const bool ends = at + words.size() == text.size() || text[at + words.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

OptOutVerdict opt_out_of(std::string_view text, std::string_view payload) {
  if (payload == "BAJA") return OptOutVerdict::Stop;
  const std::string message = bare(text);
  if (message.empty()) return OptOutVerdict::None;
  if (std::ranges::find(kStopMessages, message) != kStopMessages.end()) return OptOutVerdict::Stop;
  const auto in_message = [&](std::string_view words) { return has_words(message, words); };
  if (std::ranges::any_of(kStopPhrases, in_message)) return OptOutVerdict::Stop;
  return std::ranges::any_of(kDoubtWords, in_message) ? OptOutVerdict::Doubt : OptOutVerdict::None;
}

}  // namespace puntual::conversation
