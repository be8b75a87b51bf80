#include "app/record_views.h"

#include <algorithm>

#include "base/json.h"
#include "store/sql/sql_record_pages.h"
#include "store/sql/sql_refunds.h"

namespace puntual {
namespace {

constexpr int kWaitingShown = 200;

json::object whose(Tx& tx, CreditorId creditor, DebtorId id) {
  const auto debtor = id ? tx.debtors.find(creditor, id) : std::nullopt;
  return {{"debtor", id ? json::value(std::to_string(id.value)) : json::value(nullptr)},
          {"name", debtor ? debtor->name : ""}};
}

json::object payment_row(Tx& tx, const Payment& one) {
  json::array invoices;
  for (const auto& part : tx.payments.applied_of(one.creditor_id, one.id)) {
    if (const auto invoice = tx.invoices.find(one.creditor_id, part.invoice_id))
      invoices.emplace_back(invoice->number);
  }
  json::object row = whose(tx, one.creditor_id, one.debtor_id);
  row["id"] = std::to_string(one.id.value);
  row["paid_on"] = format_date(one.paid_on);
  row["amount_minor"] = one.amount.minor;
  row["currency"] = one.amount.currency.code();
  row["unapplied_minor"] = one.unapplied_minor;
  row["returned_minor"] = one.returned_minor;
  row["source"] = one.source;
  row["method"] = one.method;
  row["reference"] = one.reference;
  row["invoices"] = std::move(invoices);
  return row;
}

json::object held_row(Tx& tx, const store::KnownPayment& one, Zone zone) {
  json::object row = whose(tx, one.creditor_id, one.debtor_id);
  row["subject"] = fmt::format("{}/{}", one.provider, one.provider_payment_id);
  row["provider"] = one.provider;
  row["amount_minor"] = one.amount.minor;
  row["currency"] = one.amount.currency.code();
  row["trouble"] = one.trouble;
  row["payment"] =
      one.payment_id ? json::value(std::to_string(one.payment_id.value)) : json::value(nullptr);
  row["changed_at"] = format_rfc3339(one.changed_at, zone.offset_at(one.changed_at));
  return row;
}

// Asked for by one person; another approves it.
json::object refund_row(Tx& tx, const Refund& one, Zone zone) {
  json::object row = whose(tx, one.creditor_id, one.debtor_id);
  row["payment"] = std::to_string(one.payment_id.value);
  row["provider"] = one.provider;
  row["amount_minor"] = one.amount.minor;
  row["currency"] = one.amount.currency.code();
  row["by"] = one.by;
  row["why"] = one.why;
  row["at"] = format_rfc3339(one.at, zone.offset_at(one.at));
  return row;
}

// As it stands by the books of this moment: what is met, and what is missing of the next
// instalment.
json::object agreement_progress(Tx& tx, const Agreement& one, Zone zone, CivilDate today) {
  const auto books = tx.agreements.books_of(one);
  const auto progress = agreements::progress_of(one, books, today);
  json::object row = whose(tx, one.creditor_id, one.debtor_id);
  row["id"] = std::to_string(one.id.value);
  row["kind"] = text_of(one.kind);
  row["state"] = text_of(one.state);
  row["made_at"] = format_rfc3339(one.made_at, zone.offset_at(one.made_at));
  row["currency"] = one.total.currency.code();
  row["total_minor"] = one.total.minor;
  row["paid_minor"] = std::clamp<int64_t>(books.paid_minor, 0, one.total.minor);
  row["instalments"] = one.instalments.size();
  row["met"] = progress.met;
  row["next"] = nullptr;
  if (one.state == AgreementState::Active && progress.met < one.instalments.size()) {
    const auto& next = one.instalments[progress.met];
    row["next"] = json::object{{"due_on", format_date(next.due_on)},
                               {"missing_minor", progress.missing_minor},
                               {"is_late", next.due_on < today}};
  }
  return row;
}

Result<AgreementState> asked_state(std::string_view text) {
  if (text.empty()) return AgreementState::Active;
  for (const auto one : {AgreementState::Active, AgreementState::Kept, AgreementState::PartlyKept,
                         AgreementState::Broken, AgreementState::Cancelled}) {
    if (text_of(one) == text) return one;
  }
  return fail(ErrorCode::Invalid,
              "state '{}' (expected active, kept, partly_kept, broken or cancelled)", text);
}

}  // namespace

Result<std::string> payments_view(Store& store, const Creditor& creditor, std::string_view state,
                                  const ListPage& page) {
  if (!state.empty() && state != "unapplied")
    return fail(ErrorCode::Invalid, "state '{}' (expected unapplied, or nothing)", state);
  ASSIGN_OR_RETURN(const json::object shown, store.read([&](Tx& tx) {
    auto ids = store::RecordPages(tx.db).payments(
        creditor.id, !state.empty(), {.before = page.before(), .limit = page.to_read()});
    json::value next = page.keep(ids);
    json::array rows;
    for (const auto id : ids) rows.push_back(payment_row(tx, *tx.payments.find(creditor.id, id)));
    return json::object{{"payments", std::move(rows)}, {"next", std::move(next)}};
  }));
  return to_json(shown);
}

Result<std::string> waiting_money_view(Store& store, const Creditor& creditor) {
  const Zone zone = Zone::of(creditor.zone);
  ASSIGN_OR_RETURN(const json::object shown, store.read([&](Tx& tx) {
    json::array nobodys, held, refunds;
    for (const auto& one : tx.payments.of_nobody(creditor.id, kWaitingShown))
      nobodys.push_back(payment_row(tx, one));
    for (const auto& one : tx.provider_payments.in_trouble(creditor.id, kWaitingShown))
      held.push_back(held_row(tx, one, zone));
    for (const auto& one : store::Refunds(tx.db, tx.held).requested(creditor.id, kWaitingShown))
      refunds.push_back(refund_row(tx, one, zone));
    return json::object{{"nobodys", std::move(nobodys)},
                        {"held", std::move(held)},
                        {"refunds", std::move(refunds)}};
  }));
  return to_json(shown);
}

Result<std::string> agreements_view(Store& store, const Creditor& creditor,
                                    std::string_view state_text, const ListPage& page,
                                    Instant now) {
  ASSIGN_OR_RETURN(const AgreementState state, asked_state(state_text));
  const Zone zone = Zone::of(creditor.zone);
  const CivilDate today = zone.local(now).date;
  ASSIGN_OR_RETURN(const json::object shown, store.read([&](Tx& tx) {
    store::RecordPages pages(tx.db);
    json::object counts;
    for (const auto& one : pages.agreement_states(creditor.id)) counts[one.name] = one.count;
    auto ids =
        pages.agreements(creditor.id, state, {.before = page.before(), .limit = page.to_read()});
    json::value next = page.keep(ids);
    json::array rows;
    for (const auto id : ids)
      rows.push_back(agreement_progress(tx, *tx.agreements.find(creditor.id, id), zone, today));
    return json::object{
        {"counts", std::move(counts)}, {"agreements", std::move(rows)}, {"next", std::move(next)}};
  }));
  return to_json(shown);
}

}  // namespace puntual
