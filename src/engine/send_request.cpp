#include "engine/send_request.h"

#include "engine/answer_with_document.h"
#include "engine/identify.h"
#include "engine/on_ramp.h"
#include "whatsapp/payload.h"

namespace puntual::engine {

SendRequest request_of(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                       const OutboxMessage& message, std::string attempt_id,
                       std::optional<Attachment> attachment, Instant deadline) {
  SendRequest request{.creditor_id = creditor.id,
                      .message_id = message.id,
                      .debtor_id = debtor.id,
                      .attempt_id = attempt_id,
                      .phone_number_id = creditor.phone_number_id,
                      .recipient = address_on(debtor, message.channel),
                      .body = {},
                      .deadline = deadline,
                      .channel = message.channel};
  if (message.channel != Channel::WhatsApp) {
    request.body = message.text;
    request.link = message.body;
    request.stop_link = stop_link_of(tx, desk, debtor);
    return request;
  }
  const whatsapp::Envelope to{
      .phone = debtor.phone, .user_id = debtor.user_id, .attempt_id = attempt_id, .reply_to = {}};
  if (!attachment) {
    request.body = whatsapp::envelope(to, message.kind, message.body);
    return request;
  }
  auto [body, media_id_at] =
      message.kind == "template"
          ? whatsapp::document_template_body(to, message.body, attachment->file_name)
          : whatsapp::document_body(to, attachment->file_name, message.text);
  request.body = std::move(body);
  attachment->name_at = media_id_at;
  request.attachment = std::move(attachment);
  return request;
}

std::optional<Attachment> print_for(Tx& tx, const Desk& desk, const Creditor& creditor, Case& c,
                                    Claim& claim) {
  auto made = print_document(tx, desk, creditor, c.person.debtor, c.message, c.now);
  if (made) return *std::move(made);
  if (c.message.kind == "template" &&
      bring_up_to_date(tx, desk, creditor, c, still_owed(c.person, c.message), "not printed")) {
    c.request.text = c.message.text;
    if (const auto trouble = c.approvals.trouble_of(c.message))
      claim.put_off(*trouble, c.now + kTemplateRetryMs);
    return std::nullopt;
  }
  claim.answer = Claim::Answer::Cancel;
  claim.reasons = "document_failed";
  return std::nullopt;
}

}  // namespace puntual::engine
