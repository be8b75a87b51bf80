#include "engine/stranger.h"

#include "base/phone.h"
#include "engine/note.h"
#include "store/sql/sql_identifiers.h"

namespace puntual::engine {

using store::TaskKind;

DebtorId meet_stranger(Tx& tx, const Creditor& creditor, const whatsapp::Update& update,
                       Instant now) {
  const std::string canonical =
      update.wa_id.empty() ? std::string() : canonical_of_wa_id(update.wa_id);
  if (canonical.empty() && update.user_id.empty()) return {};
  Debtor stranger{.id = tx.ids.next<DebtorId>(now),
                  .creditor_id = creditor.id,
                  .name = {},
                  .country = creditor.country,
                  .zone = {},
                  .phone = {},
                  .user_id = update.user_id,
                  .email = {},
                  .is_stranger = true};
  if (!canonical.empty()) {
    stranger.phone = (update.wa_id.starts_with('+') ? "" : "+") + update.wa_id;
    if (std::string country = country_of_e164(stranger.phone); !country.empty())
      stranger.country = std::move(country);
  }
  std::vector<store::KeyedIdentifier> own;
  store::IdentifierBlock identifiers(tx.db, creditor.id);
  const auto know_by = [&](IdentifierKind kind, std::string_view value) {
    if (value.empty()) return;
    const auto key = tx.keys.lookup_key(creditor.id, text_of(kind), value);
    if (identifiers.claim(kind, key, stranger.id)) own.push_back({kind, value, key});
  };
  know_by(IdentifierKind::Phone, canonical);
  know_by(IdentifierKind::Bsuid, update.user_id);
  know_by(IdentifierKind::ParentBsuid, update.parent_user_id);
  tx.debtors.insert(stranger, now, own);
  identifiers.keep();
  return stranger.id;
}

void leave_stranger_to_person(Tx& tx, const Debtor& stranger,
                              const store::ConversationMessage& message, Instant now) {
  const std::string said =
      message.text.empty() ? fmt::format("({})", message.type) : fmt::format("«{}»", message.text);
  raise_task(tx, stranger.creditor_id, stranger.id, TaskKind::Stranger,
             fmt::format("{} {}: {}", title_es(TaskKind::Stranger),
                         stranger.phone.empty() ? "(oculto)" : stranger.phone, said),
             now);
}

void join_stranger(Tx& tx, CreditorId creditor, DebtorId stranger, DebtorId debtor, Instant now) {
  tx.debtors.hold(creditor, {stranger, debtor});
  tx.debtors.link(creditor, debtor, stranger);
  note(tx, creditor, debtor, now, "linked", fmt::format("{} by number", stranger.value));
  tx.debtors.review_now(creditor, debtor, now);
}

void stranger_is_known(Tx& tx, CreditorId creditor, DebtorId id, Instant now) {
  tx.dialogues.set_turn_due(creditor, id, now);
  for (const auto& task : tx.tasks.of_debtor(creditor, id)) {
    if (task.kind != TaskKind::Stranger || task.closed_at) continue;
    (void)tx.tasks.close(task, "file", "settled", now);
    note(tx, creditor, id, now, "task_closed",
         fmt::format("{} settled by file", text_of(task.kind)));
  }
}

}  // namespace puntual::engine
