// Text in any encoding: what is read is valid UTF-8, and folding what is folded changes nothing.
#include "base/text.h"

#include "base/json.h"
#include "core/compliance/content.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(text, "tests/fixtures/import") {
  const auto read = to_utf8(bytes);
  if (!read) return;
  const std::string folded = fold_text(read->text);
  HOLDS(fold_text(folded) == folded);
  const std::string styled = fold_styled_text(read->text);
  HOLDS(fold_styled_text(styled) == styled);
  HOLDS(compliance::fold_text(compliance::fold_text(read->text)) ==
        compliance::fold_text(read->text));
  for (const auto& text : {read->text, folded, styled, title_case_name(read->text),
                           first_name(read->text), compliance::fold_text(read->text)})
    HOLDS(parse_json(to_json(json::value(text))));
}

}  // namespace puntual
