#include "sim/talk_figures.h"

namespace puntual::sim {
namespace {

struct Figure {
  int64_t TalkFigures::*to;
  store::Sql sql;  // Person and number.
};
constexpr Figure kFigures[] = {
    {&TalkFigures::said,
     "SELECT debtor_id, COUNT(*) FROM conversation_message WHERE creditor_id = $1 AND direction = "
     "'in' GROUP BY debtor_id"},
    {&TalkFigures::turns,
     "SELECT debtor_id, COUNT(*) FROM outbox WHERE creditor_id = $1 AND dedupe_key LIKE 'turn:%' "
     "AND state IN ('accepted', 'sent', "
     "'delivered', 'read') GROUP BY debtor_id"},
    {&TalkFigures::promises,
     "SELECT debtor_id, COUNT(*) FROM agreement WHERE creditor_id = $1 AND kind = 'promise' AND "
     "through = 'chat' GROUP BY debtor_id"},
    {&TalkFigures::plans,
     "SELECT debtor_id, COUNT(*) FROM agreement WHERE creditor_id = $1 AND kind = 'plan' AND "
     "through = 'chat' GROUP BY debtor_id"},
    {&TalkFigures::kept,
     "SELECT debtor_id, COUNT(*) FROM agreement WHERE creditor_id = $1 AND state = 'kept' AND "
     "through = 'chat' GROUP BY debtor_id"},
    {&TalkFigures::broken,
     "SELECT debtor_id, COUNT(*) FROM agreement WHERE creditor_id = $1 AND state IN ('broken', "
     "'partly_kept') AND through = 'chat' GROUP BY debtor_id"},
    {&TalkFigures::tasks,
     "SELECT debtor_id, COUNT(*) FROM task WHERE creditor_id = $1 GROUP BY debtor_id"},
    {&TalkFigures::stopped,
     "SELECT debtor_id, 1 FROM opt_out WHERE creditor_id = $1 AND lifted_at = 0 GROUP BY "
     "debtor_id"},
    {&TalkFigures::owed_minor,
     "SELECT debtor_id, SUM(amount_minor) FROM invoice WHERE creditor_id = $1 GROUP BY debtor_id"},
    {&TalkFigures::collected_minor,
     "SELECT i.debtor_id, SUM(a.amount_minor) FROM allocation a JOIN invoice i ON i.creditor_id = "
     "a.creditor_id AND "
     "i.id = a.invoice_id WHERE a.creditor_id = $1 GROUP BY i.debtor_id"},
};

}  // namespace

void TalkFigures::add(const TalkFigures& other) {
  people += other.people;
  for (const auto& figure : kFigures) this->*figure.to += other.*figure.to;
}

TalkByCharacter talk_figures(Tx& tx, CreditorId creditor,
                             const std::map<DebtorId, Talker>& talkers) {
  TalkByCharacter figures;
  for (const auto& [id, talker] : talkers) ++figures[talker.character()].people;
  for (const auto& figure : kFigures) {
    auto rows = tx.db.query(figure.sql, {creditor});
    while (rows.next()) {
      const auto talker = talkers.find(rows.id<DebtorId>(0));
      if (talker != talkers.end())
        figures[talker->second.character()].*figure.to += rows.integer(1);
    }
  }
  return figures;
}

}  // namespace puntual::sim
