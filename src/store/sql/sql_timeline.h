// What happened with a person, and why: the audit trail. Append-only; the database refuses the
// rest.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/verify.h"
#include "store/db.h"

namespace puntual::store {

using puntual::TimelineEvent;

class Timeline {
 public:
  explicit Timeline(Connection& db) : db_(db) {}
  // Gives it its id and its hash, as the next one of its creditor's chain; who wants to hear of it
  // will (sql_webhooks.h).
  int64_t append(TimelineEvent event, IdSource& ids);  // That id.
  [[nodiscard]] std::vector<TimelineEvent> of_debtor(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::vector<TimelineEvent> of_message(CreditorId creditor, DebtorId debtor,
                                                      MessageId message);
  // The newest ones of everybody, newest first.
  [[nodiscard]] std::vector<TimelineEvent> latest(CreditorId creditor, int64_t after_id, int limit);
  [[nodiscard]] bool has(CreditorId creditor, int64_t id);
  // The one before it in its chain; empty when it is the first of all.
  [[nodiscard]] std::string hash_before(const TimelineEvent& event);

  [[nodiscard]] std::vector<audit::ChainId> chains();
  // Every record of every creditor, in the order of ids.
  void each(const std::function<void(const TimelineEvent&)>& see);
  // Those of one chain from beyond `after_id` up to `last_id`.
  void each_between(const audit::ChainId& chain, int64_t after_id, int64_t last_id,
                    const std::function<void(const TimelineEvent&)>& see);

  void keep_anchor(const audit::Anchor& anchor);
  [[nodiscard]] std::vector<audit::Anchor> anchors();
  // A message that was handed over, or a consent that was written down, without a record that says
  // so: a part of the chain is missing, whatever the chain itself says. The first of each.
  [[nodiscard]] std::vector<audit::Fault> unrecorded();

 private:
  // An endpoint that is told of events of these types.
  struct Hearer {
    int64_t endpoint = 0;
    std::string types;
  };
  struct Head {
    audit::ChainId chain;
    int64_t id = 0;
    std::string hash;
    std::vector<Hearer> hearers;  // Of the chain's creditor.
  };
  Head& head_of(const audit::ChainId& chain);
  void tell(const Head& head, const TimelineEvent& event);

  Connection& db_;
  std::vector<Head> heads_;  // Of this transaction, read once.
};

}  // namespace puntual::store
