// What came back over a connection: the same whatever the pieces in which it came, and no more than
// its bounds.
#include "whatsapp/http_answer.h"

#include "tests/fuzz/fuzz.h"

namespace puntual::whatsapp {

FUZZ(http_answer, "") {
  HttpAnswer whole, pieces;
  whole.take(bytes);
  for (const char& byte : bytes) pieces.take({&byte, 1});
  HOLDS(pieces.state() == whole.state() && pieces.status() == whole.status() &&
        pieces.body() == whole.body());
  HOLDS(pieces.date() == whole.date() && pieces.retry_after() == whole.retry_after());
  HOLDS(whole.body().size() <= HttpAnswer::kBodyMax);
  HOLDS(whole.end() != HttpAnswer::State::Coming && !whole.keeps_open());
}

}  // namespace puntual::whatsapp
