// One line of `puntual understand`: an error that names the field, or a reading whose intents, date
// and sums are ones.
#include "base/json.h"
#include "base/time.h"
#include "cli/understand_json.h"
#include "core/conversation/intent.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::cli {
namespace {

void holds_of_reading(const std::string& line) {
  HOLDS(!line.contains('\n'));
  const auto reading = parse_json(line);
  HOLDS(reading.has_value());
  HOLDS(intent_of(member_text(*reading, "intent").value_or("")).has_value());
  const auto* also = member_array(*reading, "also");
  HOLDS(also != nullptr && also->size() <= 2);
  for (const auto& one : *also)
    HOLDS(one != *member(*reading, "intent") && intent_of(one.as_string()).has_value());
  const auto* date = member(*reading, "date");
  HOLDS(date->is_null() || parse_date(date->as_string()).has_value());
  const auto* amount = member(*reading, "amount_minor");
  HOLDS(amount->is_null() || amount->as_int64() >= 0);
}

}  // namespace

// The first line is a whole input; the rest is the text of another.
FUZZ(understand, "") {
  const auto [line, text] = fuzz::first_line(bytes);
  if (const auto answer = answer_understand_line(line))
    holds_of_reading(*answer);
  else
    HOLDS(!answer.error().message.empty());
  const json::object plain{{"text", text},
                           {"now", "2026-11-30T10:00:00-05:00"},
                           {"zone", "America/Bogota"},
                           {"locale", "es-CO"},
                           {"currency", "COP"},
                           {"balance_minor", 24000000}};
  const auto answer = answer_understand_line(to_json(plain));
  // What is no UTF-8 is no JSON.
  if (answer) holds_of_reading(*answer);
}

}  // namespace puntual::cli
