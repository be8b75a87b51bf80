#include "core/conversation/sound.h"

namespace puntual::conversation {

std::string sound_of(std::string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const char next = i + 1 < word.size() ? word[i + 1] : ' ';
    char sound = c;
    if (c == 'h' && (i == 0 || word[i - 1] != 'c')) continue;
    if (c == 'v')
      sound = 'b';
    else if (c == 'z' || c == 'x')
      sound = 's';
    else if (c == 'c')
      sound = next == 'e' || next == 'i' ? 's' : next == 'h' ? 'C' : 'k';
    else if (c == 'q')
      sound = 'k';
    else if (c == 'u' && i > 0 && word[i - 1] == 'q')
      continue;
    else if (c == 'l' && next == 'l') {
      sound = 'y';
      ++i;
    } else if (c == 'g' && (next == 'e' || next == 'i'))
      sound = 'j';
    else if (c == 'h')
      continue;
    if (out.empty() || out.back() != sound) out += sound;
  }
  return out;
}

}  // namespace puntual::conversation
