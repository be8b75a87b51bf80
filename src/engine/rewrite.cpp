#include "engine/rewrite.h"

#include "base/crypto.h"

namespace puntual::engine {

bool rewrite(Tx& tx, OutboxMessage& message, OutboxMessage now_true, Instant now) {
  if (now_true.text == message.text && now_true.body == message.body &&
      now_true.attach == message.attach)
    return false;
  message.template_name = now_true.template_name;
  message.language = now_true.language;
  message.template_version = now_true.template_version;
  message.covered = now_true.covered;
  message.balance = now_true.balance;
  message.text = std::move(now_true.text);
  message.body = std::move(now_true.body);
  message.made_of = std::move(now_true.made_of);
  message.attach = std::move(now_true.attach);
  message.ttl_seconds = now_true.ttl_seconds;
  tx.outbox.rewrite(message);
  tx.timeline.append({.creditor_id = message.creditor_id,
                      .debtor_id = message.debtor_id,
                      .at = now,
                      .kind = "rewritten",
                      .message_id = message.id,
                      .invoice_id = message.lead_invoice_id,
                      .payment_id = message.payment_id,
                      .detail = {},
                      .facts = fmt::format(R"({{"text_sha256":"{}"}})", hex(sha256(message.text)))},
                     tx.ids);
  return true;
}

}  // namespace puntual::engine
