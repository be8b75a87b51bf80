#include "engine/process_inbox.h"

#include <algorithm>
#include <span>

#include "base/crypto.h"
#include "base/failpoint.h"
#include "base/json_writer.h"
#include "base/phone.h"
#include "engine/answer.h"
#include "engine/hear_message.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/pause.h"
#include "engine/people_at_hand.h"
#include "engine/provider_news.h"
#include "engine/template_status.h"
#include "whatsapp/errors.h"
#include "whatsapp/webhook.h"

namespace puntual::engine {
namespace {

constexpr int64_t kLateNewsMs = 5 * kMinuteMs;
constexpr int64_t kBehindMs =
    2 * kSecondMs;  // What is heard later than this after it came keeps all nodes from speaking.

using whatsapp::Update;
using whatsapp::UpdateKind;
using Person = std::pair<CreditorId, DebtorId>;

// The updates of one raw event, applied in one transaction.
class Listener {
 public:
  Listener(Tx& tx, const Desk& desk, CreditorId door, Instant now, InboxReport& report)
      : tx_(tx), desk_(desk), door_(door), now_(now), report_(report) {}

  void hear(const Update& update) {
    switch (update.kind) {
      case UpdateKind::Status:
        hear_status(update);
        break;
      case UpdateKind::Message:
        hear_written(update);
        break;
      case UpdateKind::Template:
        hear_template(update);
        break;
      case UpdateKind::Account:
        hear_account(update);
        break;
      case UpdateKind::System:
        hear_system(update);
        break;
      case UpdateKind::Unknown:
        // A message of a kind we do not know is still a message of a person: it is kept and opens
        // the window.
        update.platform_id.empty() ? note_unknown(update.type) : hear_written(update);
        break;
    }
  }

  // Whom it may be about: asked where others write as well, so that all are held before anything is
  // done. More than it turns out to be are no harm.
  void add_people(const Update& update, std::vector<Person>& people) const {
    if (!tx_.db.is_shared()) return;
    if (update.kind == UpdateKind::Status) {
      const auto message = message_of(update, owner_of(update).value_or(door_));
      if (message) people.emplace_back(message->creditor_id, message->debtor_id);
      return;
    }
    const auto creditor = creditor_of(update);
    if (!creditor) return;
    const auto add = [&](std::optional<DebtorId> id) {
      if (id && *id) people.emplace_back(creditor->id, *id);
    };
    const auto known_by = [&](IdentifierKind kind, const std::string& value) {
      return value.empty() ? std::nullopt : tx_.debtors.find_by(creditor->id, kind, value);
    };
    const auto quoted = update.context_id.empty()
                            ? std::nullopt
                            : tx_.outbox.find_by_platform_id(creditor->id, update.context_id);
    if (quoted) add(quoted->debtor_id);
    add(known_by(IdentifierKind::Bsuid, update.user_id));
    add(known_by(IdentifierKind::ParentBsuid, update.parent_user_id));
    add(known_by(IdentifierKind::Bsuid, update.previous_user_id));
    add(known_by(IdentifierKind::Phone,
                 update.wa_id.empty() ? std::string() : canonical_of_wa_id(update.wa_id)));
  }

 private:
  // Whose number the news is about; none: nobody's we know.
  [[nodiscard]] std::optional<CreditorId> owner_of(const Update& update) const {
    return update.phone_number_id.empty() ? door_ : owner_of_number(update.phone_number_id);
  }
  // Asked once for all news of a number that come one after the other: nearly all do.
  [[nodiscard]] std::optional<CreditorId> owner_of_number(const std::string& number) const {
    if (number_ != number) {
      number_owner_ = tx_.creditors.find_by_phone_number_id(number);
      number_ = number;
    }
    return number_owner_;
  }
  [[nodiscard]] std::optional<OutboxMessage> message_of(const Update& update,
                                                        CreditorId owner) const {
    auto message = update.attempt_id.empty() ? std::nullopt
                                             : tx_.outbox.find_by_attempt(owner, update.attempt_id);
    return message ? message : tx_.outbox.find_by_platform_id(owner, update.platform_id);
  }
  [[nodiscard]] std::optional<Creditor> creditor_of(const Update& update) const {
    const auto id = owner_of_number(update.phone_number_id);
    if (!id) {
      // A deployment with one creditor takes account-level events that name no number.
      const auto all = tx_.creditors.all();
      if (all.size() != 1 || !update.phone_number_id.empty()) return std::nullopt;
      return all.front();
    }
    return tx_.creditors.find(*id);
  }

  void note_unknown(std::string_view what) {
    ++report_.unknown;
    tx_.timeline.append({.creditor_id = {},
                         .debtor_id = {},
                         .at = now_,
                         .kind = "unknown_update",
                         .detail = std::string(what)},
                        tx_.ids);
  }

  void hear_status(const Update& update) {
    ++report_.statuses;
    const auto named = owner_of(update);
    const CreditorId owner = named.value_or(door_);
    auto message = message_of(update, owner);
    if (!message) return note_unknown("status of a message that is not ours");
    tx_.debtors.hold(message->creditor_id, {message->debtor_id});
    // Another number's or another message's news is not ours, whatever it carries.
    const bool other_message = !message->platform_id.empty() && !update.platform_id.empty() &&
                               message->platform_id != update.platform_id;
    if (!named || other_message) return note_unknown("status that contradicts our message");
    const int code = update.error_codes.empty() ? 0 : update.error_codes.front();
    MessageState state = after_status(message->state, update.type);
    if (state == message->state) return;
    while (!tx_.outbox.set_status(owner, message->id, message->state, state, update.platform_id,
                                  update.at.value_or(now_), code)) {
      message = tx_.outbox.find(
          owner, message->id);  // The answer to its sending was recorded at this moment.
      if (!message) return;
      state = after_status(message->state, update.type);
      if (state == message->state) return;
    }
    failpoint("inbox.status_heard");
    note_identity_hash(tx_, message->creditor_id, message->debtor_id, update.identity_hash, now_);
    event(*message, text_of(state), code == 0 ? std::string() : std::to_string(code),
          facts_of_status(update));
    if (state == MessageState::Failed) react_to_failure(*message, code);
    if (state == MessageState::Delivered)
      tx_.debtors.note_unreachable(message->creditor_id, message->debtor_id, std::nullopt);
  }

  // When it happened by the platform's clock; `at` is when we heard of it. The platform's ids
  // contain the number.
  static std::string facts_of_status(const Update& update) {
    JsonWriter facts(128);
    facts.open('{').member("platform_id_sha256", hex(sha256(update.platform_id)));
    if (update.at) facts.member("platform_at", format_utc(*update.at));
    return facts.close('}').take();
  }

  void react_to_failure(const OutboxMessage& message, int code) {
    answer_lost(tx_, message, now_);
    const auto reaction = whatsapp::reaction_to(code, false);
    if (reaction.reaction == whatsapp::Reaction::StopNumber) {
      pause_sending(tx_, message.creditor_id, now_,
                    fmt::format("{}: {}", code, reaction.meaning_es), std::to_string(code));
    }
    if (reaction.reaction == whatsapp::Reaction::Undeliverable) {
      tx_.debtors.note_unreachable(message.creditor_id, message.debtor_id, now_);
      tx_.debtors.review_now(message.creditor_id, message.debtor_id, now_);
    }
    if (reaction.reaction == whatsapp::Reaction::TemplateGone) {
      tx_.templates.save(message.creditor_id,
                         {message.template_name, message.language, "PAUSED", "", "", now_});
    }
  }

  void hear_written(const Update& update) {
    ++report_.messages;
    const auto creditor = creditor_of(update);
    if (!creditor) return note_unknown("message to a number that is not ours");
    if (hear_message(tx_, desk_, *creditor, update, now_).stop) ++report_.stops;
  }

  void hear_template(const Update& update) {
    const auto creditor = creditor_of(update);
    if (!creditor || update.template_name.empty())
      return note_unknown("template update " + update.type);
    const auto before =
        tx_.templates.status(creditor->id, update.template_name, update.template_language);
    const bool tells_status = update.field == "message_template_status_update";
    // News can come late: what is clearly older than what we know changes nothing. Two clocks are
    // compared here, and the platform's has whole seconds.
    const Instant known =
        tx_.templates.updated_at(creditor->id, update.template_name, update.template_language);
    if (update.at && known - *update.at > kLateNewsMs && known.ms > 0) return;
    learn_template_state(
        tx_, creditor->id,
        {.name = update.template_name,
         .language = update.template_language,
         .status = tells_status ? update.type : before,
         .category = update.template_category,
         .platform_id = update.template_id,
         .updated_at = update.at.value_or(now_),
         .quality = update.type == "message_template_quality_update" ? update.text : ""});
    tx_.timeline.append({.creditor_id = creditor->id,
                         .debtor_id = {},
                         .at = now_,
                         .kind = "template",
                         .detail = fmt::format("{} {} {}", update.template_name,
                                               update.template_language, update.type)},
                        tx_.ids);
  }

  void hear_account(const Update& update) {
    const auto creditor = creditor_of(update);
    tx_.timeline.append({.creditor_id = creditor ? creditor->id : CreditorId{},
                         .debtor_id = {},
                         .at = now_,
                         .kind = "account",
                         .detail = fmt::format("{} {}", update.field, update.type)},
                        tx_.ids);
    // What forbids us to send stops us at once; a person looks and resumes.
    static constexpr std::string_view kGrave[] = {"ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION",
                                                  "DISABLED_UPDATE", "ACCOUNT_DELETED"};
    for (const auto grave : kGrave) {
      if (creditor && update.type == grave && !creditor->paused_at)
        pause_sending(tx_, creditor->id, now_, update.type, update.type);
    }
  }

  // A changed number or user id links the new user id; the new number is not a proven one.
  void hear_system(const Update& update) {
    const auto creditor = creditor_of(update);
    if (!creditor) return note_unknown("system " + update.type);
    std::optional<DebtorId> debtor;
    if (!update.previous_user_id.empty())
      debtor = tx_.debtors.find_by(creditor->id, IdentifierKind::Bsuid, update.previous_user_id);
    if (!debtor && !update.wa_id.empty()) {
      debtor = tx_.debtors.find_by(creditor->id, IdentifierKind::Phone,
                                   canonical_of_wa_id(update.wa_id));
    }
    if (debtor) {
      tx_.debtors.hold(creditor->id, {*debtor});
      // Preferences say nothing about who it is.
      if (update.type != "user_preferences")
        account_changed(tx_, creditor->id, *debtor, update.type, now_);
      if (!update.user_id.empty()) learn_user_id(creditor->id, *debtor, update.user_id);
    }
    tx_.timeline.append({.creditor_id = creditor->id,
                         .debtor_id = debtor.value_or(DebtorId{}),
                         .at = now_,
                         .kind = "identity",
                         .detail = update.type},
                        tx_.ids);
  }

  // Only who has no number of theirs is written to by the new id, and is asked first.
  void learn_user_id(CreditorId creditor, DebtorId id, const std::string& user_id) {
    tx_.debtors.add_identifier(creditor, id, IdentifierKind::Bsuid, user_id);
    const auto debtor = tx_.debtors.find(creditor, id);
    if (debtor && debtor->phone.empty()) tx_.debtors.set_user_id(creditor, id, user_id);
  }

  void event(const OutboxMessage& message, std::string_view kind, std::string detail,
             std::string facts) {
    tx_.timeline.append({.creditor_id = message.creditor_id,
                         .debtor_id = message.debtor_id,
                         .at = now_,
                         .kind = std::string(kind),
                         .message_id = message.id,
                         .detail = std::move(detail),
                         .facts = std::move(facts)},
                        tx_.ids);
  }

  Tx& tx_;
  const Desk& desk_;
  CreditorId door_;  // Whose events these are, where they do not say it themselves.
  Instant now_;
  InboxReport& report_;
  mutable std::string number_;  // Whose owner is known.
  mutable std::optional<CreditorId> number_owner_;
};

// One raw event, what it says, and whom it may be about.
struct Heard {
  store::RawEvent raw;
  Result<std::vector<Update>> updates;
  std::optional<HeardNotice> notice =
      {};  // Of a payment provider, which says what to look up, and names nobody.
  std::vector<Person> people = {};
};

Heard heard_of(const Desk& desk, const Listener& listener, store::RawEvent raw) {
  Heard heard{.raw = std::move(raw), .updates = {}};
  if (heard.raw.source.starts_with(kProviderSource)) {
    if (auto notice = notice_of(desk, heard.raw))
      heard.notice = *std::move(notice);
    else
      heard.updates = std::unexpected(std::move(notice).error());
    return heard;
  }
  heard.updates = whatsapp::parse_webhook(heard.raw.body);
  if (heard.updates) {
    for (const auto& update : *heard.updates) listener.add_people(update, heard.people);
  }
  return heard;
}

// Understood, or set aside; left as it is when another node is busy with whom it is about.
void process_event(Tx& tx, Listener& listener, const Heard& heard, store::Hold how,
                   InboxReport& report) {
  const auto is_ours = [&](const Person& one) {
    return tx.debtors.holds(one.second) && tx.debtors.hold_with_kin(one.first, one.second, how);
  };
  if (!std::ranges::all_of(heard.people, is_ours)) return;
  failpoint("inbox.event_begun");
  ++report.events;
  if (tx.inbox.drop_repeated(heard.raw)) {
    // A provider that says it again may have said it before its own books did: they are read anew.
    if (heard.notice) {
      (void)hear_notice(tx, heard.raw.creditor_id, provider_of(heard.raw), *heard.notice,
                        heard.raw.received_at);
    }
    return;
  }
  if (!heard.updates) {
    ++report.poison;
    tx.inbox.mark_poison(heard.raw, heard.updates.error().message);
    return;
  }
  for (const auto& update : *heard.updates) listener.hear(update);
  if (heard.notice)
    ++(hear_notice(tx, heard.raw.creditor_id, provider_of(heard.raw), *heard.notice,
                   heard.raw.received_at)
           ? report.notices
           : report.unknown);
  tx.inbox.mark_done(heard.raw);
  failpoint("inbox.event_done");
}

bool is_behind(Tx& tx, CreditorId creditor, Instant now) {
  const auto oldest = tx.inbox.oldest(creditor);
  return oldest && now - *oldest > kBehindMs;
}

// The batch breaks the transaction: each alone, so that the others go on. What is itself wrong is
// set aside. Where the fault is ours (a key, a lock, a row that stands in its way) it may be a stop
// that waits: it is kept, behind the others, and the turn fails, so that nothing is said meanwhile.
Result<InboxReport> process_each(Store& store, const Desk& desk, CreditorId creditor,
                                 std::span<const InboxId> ids, Instant now) {
  InboxReport report;
  std::optional<Error> trouble;
  for (const auto id : ids) {
    const auto one = store.write([&](Tx& tx) {
      InboxReport done = report;
      Listener listener(tx, desk, creditor, now, done);
      if (auto raw = tx.inbox.claim(creditor, id)) {
        const Heard heard = heard_of(desk, listener, *std::move(raw));
        hold_people(tx, heard.people, store::Hold::Wait);
        process_event(tx, listener, heard, store::Hold::Wait, done);
      }
      return done;
    });
    if (one) {
      report = *one;
      continue;
    }
    // The database is in trouble, not an event.
    if (one.error().code == ErrorCode::Unavailable || store.has_lost_node()) return one;
    const bool is_its_fault = one.error().code == ErrorCode::Invalid;
    if (is_its_fault) {
      ++report.events;
      ++report.poison;
    } else {
      trouble = one.error();
    }
    RETURN_IF_ERROR(store.write([&](Tx& tx) {
      const auto raw = tx.inbox.claim(creditor, id);
      if (!raw) return;
      is_its_fault ? tx.inbox.mark_poison(*raw, one.error().message)
                   : tx.inbox.put_last(*raw, tx.ids.next<InboxId>(now), one.error().message);
    }));
  }
  if (trouble)
    return fail(trouble->code, "a raw event waits, and nothing is sent until it is heard: {}",
                trouble->message);
  return report;
}

// What has come in at one creditor's door.
Result<InboxReport> process_door(Store& store, const Desk& desk, CreditorId creditor, Instant now) {
  std::vector<InboxId> ids;
  failpoint("inbox.read");
  auto all = store.write([&](Tx& tx) {
    InboxReport done;
    Listener listener(tx, desk, creditor, now, done);
    std::vector<Heard> batch;
    for (auto& raw : tx.inbox.claim(creditor, desk.settings.inbox_batch))
      batch.push_back(heard_of(desk, listener, std::move(raw)));
    ids.clear();
    std::vector<Person> people;
    for (const auto& heard : batch) {
      ids.push_back(heard.raw.id);
      people.insert(people.end(), heard.people.begin(), heard.people.end());
    }
    hold_people(tx, people, store::Hold::Skip);
    for (const auto& heard : batch) process_event(tx, listener, heard, store::Hold::Skip, done);
    done.is_behind = is_behind(tx, creditor, now);
    return done;
  });
  if (all) failpoint("inbox.committed");
  // The database is in trouble, not an event: nothing is set aside, and the next tick tries again.
  if (all || all.error().code == ErrorCode::Unavailable || store.has_lost_node()) return all;
  return process_each(store, desk, creditor, ids, now);
}

}  // namespace

namespace {

// Of those creditors at whose doors something waits.
Result<std::vector<CreditorId>> doors_with_news(Store& store) {
  return store.read([&](Tx& tx) {
    std::vector<CreditorId> waiting;
    for (const auto& creditor : tx.creditors.all()) {
      if (tx.inbox.oldest(creditor.id)) waiting.push_back(creditor.id);
    }
    return waiting;
  });
}

}  // namespace

Result<bool> has_news(Store& store) {
  ASSIGN_OR_RETURN(const auto doors, doors_with_news(store));
  return !doors.empty();
}

Result<InboxReport> process_inbox(Store& store, const Desk& desk, Instant now) {
  ASSIGN_OR_RETURN(const auto doors, doors_with_news(store));
  InboxReport report;
  Result<void> all_well;
  for (const auto creditor : doors) {
    if (const auto one = process_door(store, desk, creditor, now))
      report.add(*one);
    else if (all_well)
      all_well = std::unexpected(one.error());  // The other doors go on.
  }
  RETURN_IF_ERROR(all_well);
  return report;
}

}  // namespace puntual::engine
