// What a payer sends from their page, done in one transaction: the same effects as the same words
// in the chat (engine/obey_words.h, engine/agreements.h, engine/identify.h). Sent twice it is done
// once.
#pragma once

#include "app/pay_view.h"
#include "http/message.h"

namespace puntual {

// What they see then.
struct PayAnswer {
  int status = 303;
  std::string see;  // 303: "?done=paid", behind the page's address. Else the page itself:
  std::optional<PayFacts> facts;  // none: there is no such page.
  std::optional<PayNotice> notice;
  std::optional<PlainPage> plain;  // Instead: a page that says one thing.
};

// The form's fields are those of web/pay/page.html: document, proof, date, offer, words.
[[nodiscard]] PayAnswer take_verb(Tx& tx, const Desk& desk, const Config& config,
                                  const http::Request& request, Instant now);

}  // namespace puntual
