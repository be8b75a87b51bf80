#include "engine/hear_message.h"

#include <algorithm>

#include "base/card_numbers.h"
#include "base/crypto.h"
#include "base/failpoint.h"
#include "base/phone.h"
#include "core/conversation/opt_out.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/person_commands.h"
#include "engine/stranger.h"
#include "engine/take_over.h"
#include "engine/task_commands.h"

namespace puntual::engine {
namespace {

using store::ConversationMessage;
using whatsapp::Update;

// One message while it is heard.
class Hearing {
 public:
  Hearing(Tx& tx, const Desk& desk, const Creditor& creditor, const Update& update, Instant now)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        update_(update),
        now_(now),
        canonical_(update.wa_id.empty() ? std::string() : canonical_of_wa_id(update.wa_id)) {}

  Obeyed hear() {
    DebtorId debtor = person_of();
    if (!debtor && !update_.is_from_business) debtor = meet_stranger(tx_, creditor_, update_, now_);
    tx_.debtors.hold_with_kin(creditor_.id, debtor);
    if (debtor) tx_.ids.continue_after(tx_.dialogues.heard_by_any_node(creditor_.id, debtor));
    ConversationMessage message = message_of(debtor);
    const auto person = debtor ? tx_.debtors.find(creditor_.id, debtor) : std::nullopt;
    if (person && person->erased_at) forget_names(message);
    if (!tx_.conversation.insert(message)) return {};
    failpoint("inbox.message_heard");
    const bool is_known = person && !person->is_stranger;
    note(tx_, creditor_.id, debtor, now_,
         update_.is_from_business && debtor ? "by_hand"
         : is_known                         ? "inbound"
                                            : "inbound_unknown",
         update_.type);
    if (debtor && update_.is_from_business)
      person_spoke(tx_, desk_.settings, creditor_.id, debtor, "phone_app", now_);
    if (!debtor || update_.is_from_business) return {};
    keep_file(*person, message);
    tx_.debtors.note_inbound(creditor_.id, debtor, message.at);
    note_identity_hash(tx_, creditor_.id, debtor, update_.identity_hash, now_);
    const bool is_believed = is_theirs(*person);
    if (is_believed && is_known)
      tx_.dialogues.set_turn_due(creditor_.id, debtor, now_ + desk_.settings.settle_ms);
    Obeyed obeyed;
    if (is_spoken(message)) {
      if (conversation::opts_back_in(message.text, message.payload))
        hear_opt_in(*person, message, is_believed);
      else if (message.payload == "PAGAR")
        hear_wish_to_pay(*person, message, is_believed);
      else
        obeyed = obey_words(tx_, desk_, creditor_, *person,
                            {.text = message.text,
                             .payload = message.payload,
                             .at = message.at,
                             .through = "chat",
                             .where = fmt::format("message {}", message.id),
                             .is_believed = is_believed},
                            now_);
    }
    leave_to_person(tx_, creditor_.id, debtor, now_);
    if (!is_known) {
      leave_stranger_to_person(tx_, *person, message, now_);
    } else if (!obeyed.death && is_spoken(message) && is_believed) {
      hear_identity(tx_, desk_, creditor_, debtor, message, person_answered() == debtor, now_);
    }
    return obeyed;
  }

 private:
  [[nodiscard]] ConversationMessage message_of(DebtorId debtor) {
    return {.id = tx_.ids.next<MessageId>(now_).value,
            .creditor_id = creditor_.id,
            .debtor_id = debtor,
            .platform_id = update_.platform_id.empty() ? update_.dedupe_key : update_.platform_id,
            .direction = update_.is_from_business ? Direction::Out : Direction::In,
            .at = std::min(update_.at.value_or(now_),
                           now_),  // A moment that is yet to come opens no window.
            .received_at = now_,
            .type = update_.type,
            .text = mask_card_numbers(update_.text),
            .payload = update_.payload,
            .context_id = update_.context_id,
            .media_id = update_.media_id,
            .sender = canonical_.empty() ? update_.user_id : canonical_};
  }

  // By the message of ours it answers, then user id, then that of an enrolled portfolio, then
  // WhatsApp's number. The quote comes first: people who share a phone share the user id as well.
  // Somebody known comes before a stranger.
  [[nodiscard]] DebtorId person_of() {
    if (const DebtorId answering = person_answered()) return answering;
    const DebtorId by_account = known_by(IdentifierKind::Bsuid, update_.user_id),
                   by_parent = known_by(IdentifierKind::ParentBsuid, update_.parent_user_id);
    const DebtorId by_phone = known_by(IdentifierKind::Phone, canonical_);
    const DebtorId by_id = by_account ? by_account : by_parent;
    if (by_id && (!is_stranger(by_id) || !by_phone || by_phone == by_id)) return by_id;
    if (by_phone && !update_.user_id.empty()) learn_account(by_phone, by_id);
    return by_phone;
  }
  [[nodiscard]] DebtorId known_by(IdentifierKind kind, const std::string& value) const {
    return value.empty() ? DebtorId{}
                         : tx_.debtors.find_by(creditor_.id, kind, value).value_or(DebtorId{});
  }
  [[nodiscard]] bool is_stranger(DebtorId id) const {
    const auto person = tx_.debtors.find(creditor_.id, id);
    return person && person->is_stranger;
  }

  // A known phone with another account behind it: a recycled number, or a new one of the same
  // person. The account may be that of somebody who wrote before without a number: what they said
  // holds here.
  void learn_account(DebtorId id, DebtorId stranger) {
    tx_.debtors.hold(creditor_.id, {id});
    const auto known = tx_.debtors.find(creditor_.id, id);
    if (known && !known->user_id.empty() && known->user_id != update_.user_id)
      account_changed(tx_, creditor_.id, id, "new user id", now_);
    tx_.debtors.add_identifier(creditor_.id, id, IdentifierKind::Bsuid, update_.user_id);
    tx_.debtors.set_user_id(creditor_.id, id, update_.user_id);
    if (!update_.parent_user_id.empty())
      tx_.debtors.add_identifier(creditor_.id, id, IdentifierKind::ParentBsuid,
                                 update_.parent_user_id);
    if (stranger && known && known->person_id != stranger)
      join_stranger(tx_, creditor_.id, stranger, id, now_);
  }

  // Whose message it quotes: tells who is speaking where a family shares a phone, or where the
  // phone is hidden. A quote proves nothing else: one from another number is not believed, and no
  // identity is learnt from it.
  [[nodiscard]] DebtorId person_answered() const {
    if (update_.context_id.empty()) return {};
    const auto ours = tx_.outbox.find_by_platform_id(creditor_.id, update_.context_id);
    if (!ours) return {};
    if (canonical_.empty()) return ours->debtor_id;
    const auto debtor = tx_.debtors.find(creditor_.id, ours->debtor_id);
    return debtor && canonical_of_wa_id(debtor->phone) == canonical_ ? ours->debtor_id : DebtorId{};
  }

  void keep_file(const Debtor& person, const ConversationMessage& message) {
    if (update_.media_id.empty() || person.erased_at) return;
    tx_.attachments.want({.id = tx_.ids.next<MessageId>(now_).value,
                          .creditor_id = creditor_.id,
                          .debtor_id = person.id,
                          .message_id = message.id,
                          .received_at = now_,
                          .media_id = update_.media_id,
                          .file_name = mask_card_numbers(update_.file_name)});
  }

  // The platform's ids contain the number, and what is quoted leads to it.
  static void forget_names(ConversationMessage& message) {
    message.platform_id = "erased:" + hex(sha256(message.platform_id)).substr(0, 32);
    message.context_id.clear();
  }

  // A hidden number with another account than the person's is heard when it says stop; it confirms
  // and opens nothing.
  [[nodiscard]] bool is_theirs(const Debtor& person) const {
    if (person.erased_at) return false;
    return !update_.wa_id.empty() || person.user_id.empty() || person.user_id == update_.user_id;
  }

  // Words of theirs only: a shared contact called "Pare" is no stop.
  static bool is_spoken(const ConversationMessage& message) {
    static constexpr std::string_view kSpoken[] = {"text",  "button", "interactive",
                                                   "image", "video",  "document"};
    return std::ranges::find(kSpoken, message.type) != std::end(kSpoken);
  }

  // Somebody else may have the account since the stop was said: their wish lifts nothing.
  [[nodiscard]] bool has_changed_since_stop(const Debtor& person) {
    const auto changed_at = address_in_use(tx_, person).changed_at;
    return changed_at &&
           std::ranges::any_of(tx_.permissions.opt_outs(creditor_.id, person.id),
                               [&](const store::OptOut& one) { return one.at <= *changed_at; });
  }

  // A wish that cannot be granted (nothing to lift, a stop that is newer) changes nothing.
  void hear_opt_in(const Debtor& person, const ConversationMessage& message, bool is_believed) {
    if (!is_believed || has_changed_since_stop(person)) return;
    (void)allow_by_words(tx_, creditor_, person.id, message.at, fmt::format("chat {}", message.id),
                         now_);
  }

  // To "¿cancelar es pagar?" (obey_words.cpp): it was no stop. Who reads the task rejects it no
  // otherwise.
  void hear_wish_to_pay(const Debtor& person, const ConversationMessage& message,
                        bool is_believed) {
    if (!is_believed || has_changed_since_stop(person)) return;
    const auto stops = tx_.permissions.opt_outs(creditor_.id, person.id);
    if (std::ranges::none_of(stops, [](const store::OptOut& one) {
          return conversation::may_mean_to_pay(one.words);
        }))
      return;
    // "Cancelar" alone holds as a stop, not as a doubt.
    if (std::ranges::any_of(stops, [](const store::OptOut& one) {
          return one.through == "word" && conversation::may_mean_to_pay(one.words);
        })) {
      return hear_opt_in(person, message, is_believed);
    }
    for (const auto& task : tx_.tasks.of_debtor(creditor_.id, person.id)) {
      if (!task.closed_at && task.kind == store::TaskKind::StopDoubt)
        (void)close_task(tx_, creditor_, task.id, TaskOutcome::Rejected, "chat", now_, "chat");
    }
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const Update& update_;
  Instant now_;
  std::string canonical_;  // WhatsApp's number in the form it is looked up by; empty: hidden.
};

}  // namespace

Obeyed hear_message(Tx& tx, const Desk& desk, const Creditor& creditor, const Update& update,
                    Instant now) {
  return Hearing(tx, desk, creditor, update, now).hear();
}

}  // namespace puntual::engine
