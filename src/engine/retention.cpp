#include "engine/retention.h"

namespace puntual::engine {
namespace {

constexpr int kPurgeBatch = 2000;
constexpr int32_t kDeliveryDays =
    90;  // What became of telling the ERP; the events themselves stay on the timeline.

// Deletes batch after batch; each is a transaction of its own, so that messages go on in between.
Result<int64_t> purge(Store& store, const std::function<int64_t(Tx&)>& batch) {
  for (int64_t total = 0;;) {
    ASSIGN_OR_RETURN(const int64_t done, store.write([&](Tx& tx) { return batch(tx); }));
    total += done;
    if (done < kPurgeBatch) return total;
  }
}

Result<int64_t> purge_contact_logs(Store& store, CreditorId creditor, CivilDate closed_before,
                                   Instant before, bool apply, Instant now) {
  int64_t total = 0;
  for (DebtorId after;;) {
    const auto batch = [&](Tx& tx) {
      auto people = tx.retention.closed_people(creditor, closed_before, before, after, kPurgeBatch);
      if (apply) tx.debtors.hold(creditor, people);
      for (const auto id : people) {
        if (!apply) break;
        (void)tx.erasure.erase(creditor, id, now);  // False: they were erased at their wish before.
        tx.retention.forget_contact_log(creditor, id);
        tx.timeline.append({.creditor_id = creditor,
                            .debtor_id = id,
                            .at = now,
                            .kind = "retention",
                            .detail = "contact_log"},
                           tx.ids);
      }
      return people;
    };
    ASSIGN_OR_RETURN(const auto people, apply ? store.write(batch) : store.read(batch));
    total += static_cast<int64_t>(people.size());
    if (people.size() < static_cast<size_t>(kPurgeBatch)) return total;
    after = people.back();
  }
}

}  // namespace

Result<RetentionReport> run_retention(Store& store, const RetentionSettings& settings,
                                      const Creditor& creditor, bool apply, Instant now) {
  const auto before = [&](int32_t days) { return now - days * kDayMs; };
  const Instant conversation = before(settings.conversation_days),
                unknown = before(settings.unknown_days), bank = before(settings.bank_days),
                log = before(settings.contact_log_days);
  RetentionReport report{
      {{"conversation", "Lo que escribieron las personas", 0, settings.conversation_days},
       {"unknown", "Lo que escribieron desconocidos", 0, settings.unknown_days},
       {"contact_log", "Personas sin deudas: mensajes, autorizaciones y nombre", 0,
        settings.contact_log_days},
       {"bank", "Lo que dicen líneas del banco que no son de nadie", 0, settings.bank_days}}};
  if (apply) {
    ASSIGN_OR_RETURN(report.classes[0].rows, purge(store, [&](Tx& tx) {
                       return tx.retention.forget_conversation(creditor.id, conversation,
                                                               kPurgeBatch);
                     }));
    ASSIGN_OR_RETURN(report.classes[1].rows, purge(store, [&](Tx& tx) {
                       return tx.retention.forget_unknown(creditor.id, unknown, kPurgeBatch);
                     }));
    ASSIGN_OR_RETURN(report.classes[3].rows, purge(store, [&](Tx& tx) {
                       return tx.retention.forget_bank_words(creditor.id, bank, kPurgeBatch);
                     }));
    RETURN_IF_ERROR(purge(store, [&](Tx& tx) {
      return tx.webhooks.forget(creditor.id, before(kDeliveryDays), kPurgeBatch);
    }));
  } else {
    RETURN_IF_ERROR(store.read([&](Tx& tx) {
      report.classes[0].rows = tx.retention.count_conversation(creditor.id, conversation);
      report.classes[1].rows = tx.retention.count_unknown(creditor.id, unknown);
      report.classes[3].rows = tx.retention.count_bank_words(creditor.id, bank);
    }));
  }
  const CivilDate closed_before = Zone::of(creditor.zone).local(log).date;
  ASSIGN_OR_RETURN(report.classes[2].rows,
                   purge_contact_logs(store, creditor.id, closed_before, log, apply, now));
  if (apply && report.total() > 0) {
    RETURN_IF_ERROR(store.write([&](Tx& tx) {
      std::string counts;
      for (const auto& one : report.classes)
        counts += fmt::format("{}{} {}", counts.empty() ? "" : " ", one.name, one.rows);
      tx.timeline.append({.creditor_id = creditor.id,
                          .debtor_id = {},
                          .at = now,
                          .kind = "retention",
                          .detail = counts},
                         tx.ids);
    }));
  }
  // Whoever is reading now keeps what was before; it goes with the next purge.
  if (apply) (void)store.forget_log();
  return report;
}

}  // namespace puntual::engine
