#include "app/link_job.h"

#include "base/json.h"
#include "engine/explain.h"
#include "engine/pay_links.h"

namespace puntual {

Result<std::string> run_link_job(Store& store, const Desk& desk, const Creditor& creditor,
                                 std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  if (desk.settings.pay_link_days == 0) {
    return fail(ErrorCode::Conflict,
                "no hay página para quien paga: ponga public_url en [payments] y quite "
                "payment_link_base de [creditor]");
  }
  ASSIGN_OR_RETURN(const json::object answer, store.write([&](Tx& tx) -> Result<json::object> {
    ASSIGN_OR_RETURN(const Topic topic,
                     engine::find_topic(tx, creditor, text_in(asked, "subject")));
    tx.debtors.hold(creditor.id, {topic.debtor});
    if (member_bool(asked, "revoke").value_or(false)) {
      return json::object{
          {"revoked", engine::revoke_links(tx, creditor.id, topic.debtor, "operator", now)}};
    }
    const auto debtor = tx.debtors.find(creditor.id, topic.debtor);
    if (!debtor || debtor->erased_at)
      return fail(ErrorCode::NotFound, "debtor {} does not exist, or was erased",
                  topic.debtor.value);
    PayAbout about;
    if (topic.invoice) about = {.kind = PayAboutKind::Invoice, .id = topic.invoice.value};
    const PayLink link = engine::link_for(tx, desk, creditor.id, topic.debtor, about, {}, now);
    return json::object{
        {"url", creditor.payment_link_base + link.token},
        {"reference", link.bank_reference},
        {"expires_at",
         format_rfc3339(link.expires_at, Zone::of(creditor.zone).offset_at(link.expires_at))}};
  }));
  return to_json(answer);
}

}  // namespace puntual
