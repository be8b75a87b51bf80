#include "core/conversation/death.h"

#include "base/phrase_index.h"
#include "base/text.h"

namespace puntual::conversation {
namespace {

constexpr std::string_view kDeath[] = {
    "fallec*", "falec*", "murio", "murieron", "morreu", "morreram", "difunt*", "finado", "finada", "finadito", "finadita", "defunt*", "q e p d", "qepd", "q d e p", "qdep",
    "descanse|descansa|descansando en paz", "descanse|descansa em paz", "esta|estan muerto|muerta|muertos|morto|morta", "ya no esta|estan con|entre nosotros",
    "ya no esta en este mundo", "perdio la vida", "partio de este mundo", "acta|certificado|registro de defuncion", "ya|ha muerto"};
#define THINGS                                                                                                           \
  "computador*|compu|celular*|telefono*|cel|pc|carro*|auto|moto*|negocio*|empresa|tienda|internet|senal|router|modem|equipo*|" \
  "bateria*|linea|televisor*|tv|tele|perro*|perra|perrito|perrita|gato*|gata|gatito|mascota*|portatil|laptop|tablet|nevera|wifi|cable|pantalla|aparato|decodificador|motor|app"
constexpr std::string_view kOfThings[] = {"murio|murieron|morreu <2> " THINGS, THINGS " <2> murio|murieron|morreu", THINGS " <2> muerto|muerta|morto|morta",
                                          "murio|morreu de risa|hambre|frio|verguenza", "murio el|la tema|asunto|conversacion", THINGS " difunto|difunta|fallecio"};
#undef THINGS

struct Indexes {
  PhraseIndex of_things, death;
};

const Indexes& indexes() {
  static const Indexes made = [] {
    Indexes all;
    all.of_things.add(1, kOfThings);
    all.death.add(1, kDeath);
    return all;
  }();
  return made;
}

}  // namespace

bool tells_of_a_death(std::string_view text) {
  std::string plain;
  for (const char c : fold_text(text)) plain += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ';
  auto words = split_words(plain, ' ');
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  return indexes().death.lists_in(indexes().of_things.without(words)) != 0;
}

}  // namespace puntual::conversation
