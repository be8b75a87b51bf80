#include "engine/process_inbox.h"

#include <algorithm>
#include <span>

#include "base/card_numbers.h"
#include "base/crypto.h"
#include "base/failpoint.h"
#include "base/json.h"
#include "base/phone.h"
#include "core/conversation/death.h"
#include "core/conversation/opt_out.h"
#include "engine/answer.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/pause.h"
#include "engine/people_at_hand.h"
#include "engine/person_commands.h"
#include "engine/provider_news.h"
#include "engine/take_over.h"
#include "engine/template_status.h"
#include "whatsapp/errors.h"
#include "whatsapp/webhook.h"

namespace puntual::engine {
namespace {

constexpr int64_t kLateNewsMs = 5 * kMinuteMs;
constexpr int64_t kBehindMs = 2 * kSecondMs;  // What is heard later than this after it came keeps all nodes from speaking.

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
      case UpdateKind::Status: hear_status(update); break;
      case UpdateKind::Message: hear_message(update); break;
      case UpdateKind::Template: hear_template(update); break;
      case UpdateKind::Account: hear_account(update); break;
      case UpdateKind::System: hear_system(update); break;
      case UpdateKind::Unknown:
        // A message of a kind we do not know is still a message of a person: it is kept and opens the window.
        update.platform_id.empty() ? note_unknown(update.type) : hear_message(update);
        break;
    }
  }

  // Whom it may be about: asked where others write as well, so that all are held before anything is done. More than it
  // turns out to be are no harm.
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
    const auto quoted = update.context_id.empty() ? std::nullopt : tx_.outbox.find_by_platform_id(creditor->id, update.context_id);
    if (quoted) add(quoted->debtor_id);
    add(known_by(IdentifierKind::Bsuid, update.user_id));
    add(known_by(IdentifierKind::ParentBsuid, update.parent_user_id));
    add(known_by(IdentifierKind::Bsuid, update.previous_user_id));
    add(known_by(IdentifierKind::Phone, update.wa_id.empty() ? std::string() : canonical_of_wa_id(update.wa_id)));
  }

 private:
  // Whose number the news is about; none: nobody's we know.
  [[nodiscard]] std::optional<CreditorId> owner_of(const Update& update) const {
    return update.phone_number_id.empty() ? door_ : tx_.creditors.find_by_phone_number_id(update.phone_number_id);
  }
  [[nodiscard]] std::optional<OutboxMessage> message_of(const Update& update, CreditorId owner) const {
    auto message = update.attempt_id.empty() ? std::nullopt : tx_.outbox.find_by_attempt(owner, update.attempt_id);
    return message ? message : tx_.outbox.find_by_platform_id(owner, update.platform_id);
  }
  [[nodiscard]] std::optional<Creditor> creditor_of(const Update& update) const {
    auto id = tx_.creditors.find_by_phone_number_id(update.phone_number_id);
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
    tx_.timeline.append({.creditor_id = {}, .debtor_id = {}, .at = now_, .kind = "unknown_update", .detail = std::string(what)}, tx_.ids);
  }

  void hear_status(const Update& update) {
    ++report_.statuses;
    const auto named = owner_of(update);
    const CreditorId owner = named.value_or(door_);
    auto message = message_of(update, owner);
    if (!message) return note_unknown("status of a message that is not ours");
    tx_.debtors.hold(message->creditor_id, {message->debtor_id});
    // Another number's or another message's news is not ours, whatever it carries.
    const bool other_message = !message->platform_id.empty() && !update.platform_id.empty() && message->platform_id != update.platform_id;
    if (!named || other_message) return note_unknown("status that contradicts our message");
    const int code = update.error_codes.empty() ? 0 : update.error_codes.front();
    MessageState state = after_status(message->state, update.type);
    if (state == message->state) return;
    while (!tx_.outbox.set_status(owner, message->id, message->state, state, update.platform_id, update.at.value_or(now_), code)) {
      message = tx_.outbox.find(owner, message->id);  // The answer to its sending was recorded at this moment.
      if (!message) return;
      state = after_status(message->state, update.type);
      if (state == message->state) return;
    }
    failpoint("inbox.status_heard");
    note_identity_hash(tx_, message->creditor_id, message->debtor_id, update.identity_hash, now_);
    event(*message, text_of(state), code == 0 ? std::string() : std::to_string(code), facts_of_status(update));
    if (state == MessageState::Failed) react_to_failure(*message, code);
    if (state == MessageState::Delivered) tx_.debtors.note_unreachable(message->creditor_id, message->debtor_id, std::nullopt);
  }

  // When it happened by the platform's clock; `at` is when we heard of it. The platform's ids contain the number.
  static std::string facts_of_status(const Update& update) {
    json::object facts{{"platform_id_sha256", hex(sha256(update.platform_id))}};
    if (update.at) facts["platform_at"] = format_utc(*update.at);
    return to_json(facts);
  }

  void react_to_failure(const OutboxMessage& message, int code) {
    answer_lost(tx_, message, now_);
    const auto reaction = whatsapp::reaction_to(code, false);
    if (reaction.reaction == whatsapp::Reaction::StopNumber) {
      pause_sending(tx_, message.creditor_id, now_, fmt::format("{}: {}", code, reaction.meaning_es), std::to_string(code));
    }
    if (reaction.reaction == whatsapp::Reaction::Undeliverable) {
      tx_.debtors.note_unreachable(message.creditor_id, message.debtor_id, now_);
      tx_.debtors.review_now(message.creditor_id, message.debtor_id, now_);
    }
    if (reaction.reaction == whatsapp::Reaction::TemplateGone) {
      tx_.templates.save(message.creditor_id, {message.template_name, message.language, "PAUSED", "", "", now_});
    }
  }

  // The person of a message: by the message of ours it answers, then user id, then that of an enrolled portfolio, then
  // WhatsApp's number. The quote comes first: people who share a phone share the user id as well.
  DebtorId person_of(CreditorId creditor, const Update& update) {
    const std::string canonical = update.wa_id.empty() ? std::string() : canonical_of_wa_id(update.wa_id);
    if (const DebtorId answering = person_answered(creditor, update, canonical)) return answering;
    if (!update.user_id.empty()) {
      if (const auto id = tx_.debtors.find_by(creditor, IdentifierKind::Bsuid, update.user_id)) return *id;
    }
    if (!update.parent_user_id.empty()) {
      if (const auto id = tx_.debtors.find_by(creditor, IdentifierKind::ParentBsuid, update.parent_user_id)) return *id;
    }
    DebtorId id;
    if (!canonical.empty()) {
      id = tx_.debtors.find_by(creditor, IdentifierKind::Phone, canonical).value_or(DebtorId{});
    }
    if (id && !update.user_id.empty()) {
      // A known phone with another account behind it: a recycled number, or a new one of the same person.
      tx_.debtors.hold(creditor, {id});
      const auto known = tx_.debtors.find(creditor, id);
      if (known && !known->user_id.empty() && known->user_id != update.user_id) account_changed(tx_, creditor, id, "new user id", now_);
      tx_.debtors.add_identifier(creditor, id, IdentifierKind::Bsuid, update.user_id);
      tx_.debtors.set_user_id(creditor, id, update.user_id);
      if (!update.parent_user_id.empty()) tx_.debtors.add_identifier(creditor, id, IdentifierKind::ParentBsuid, update.parent_user_id);
    }
    return id;
  }

  // Whose message it quotes: tells who is speaking where a family shares a phone, or where the phone is hidden. A
  // quote proves nothing else: one from another number is not believed, and no identity is learnt from it.
  DebtorId person_answered(CreditorId creditor, const Update& update, const std::string& canonical) {
    if (update.context_id.empty()) return {};
    const auto ours = tx_.outbox.find_by_platform_id(creditor, update.context_id);
    if (!ours) return {};
    if (canonical.empty()) return ours->debtor_id;
    const auto debtor = tx_.debtors.find(creditor, ours->debtor_id);
    return debtor && canonical_of_wa_id(debtor->phone) == canonical ? ours->debtor_id : DebtorId{};
  }

  void hear_message(const Update& update) {
    ++report_.messages;
    const auto creditor = creditor_of(update);
    if (!creditor) return note_unknown("message to a number that is not ours");
    const DebtorId debtor = person_of(creditor->id, update);
    tx_.debtors.hold_with_kin(creditor->id, debtor);
    if (debtor) tx_.ids.continue_after(tx_.dialogues.heard_by_any_node(creditor->id, debtor));
    const Instant at = std::min(update.at.value_or(now_), now_);  // A moment that is yet to come opens no window.
    store::ConversationMessage message{
        .id = tx_.ids.next<MessageId>(now_).value, .creditor_id = creditor->id, .debtor_id = debtor,
        .platform_id = update.platform_id.empty() ? update.dedupe_key : update.platform_id,
        .direction = update.is_from_business ? Direction::Out : Direction::In, .at = at, .received_at = now_,
        .type = update.type, .text = mask_card_numbers(update.text), .payload = update.payload, .context_id = update.context_id,
        .media_id = update.media_id, .sender = update.wa_id.empty() ? update.user_id : canonical_of_wa_id(update.wa_id)};
    const auto person = debtor ? tx_.debtors.find(creditor->id, debtor) : std::nullopt;
    if (person && person->erased_at) forget_names(message);
    if (!tx_.conversation.insert(message)) return;
    failpoint("inbox.message_heard");
    tx_.timeline.append({.creditor_id = creditor->id, .debtor_id = debtor, .at = now_,
                         .kind = !debtor ? "inbound_unknown" : update.is_from_business ? "by_hand" : "inbound",
                         .detail = update.type},
                        tx_.ids);
    if (debtor && update.is_from_business) person_spoke(tx_, desk_.settings, creditor->id, debtor, "phone_app", now_);
    if (!debtor || update.is_from_business) return;
    if (!update.media_id.empty() && !person->erased_at) {
      tx_.attachments.want({.id = tx_.ids.next<MessageId>(now_).value, .creditor_id = creditor->id, .debtor_id = debtor, .message_id = message.id,
                            .received_at = now_, .media_id = update.media_id, .file_name = mask_card_numbers(update.file_name)});
    }
    tx_.debtors.note_inbound(creditor->id, debtor, at);
    note_identity_hash(tx_, creditor->id, debtor, update.identity_hash, now_);
    const bool is_believed = is_theirs(*person, update);
    if (is_believed) tx_.dialogues.set_turn_due(creditor->id, debtor, now_ + desk_.settings.settle_ms);
    obey(*creditor, debtor, message, is_believed);
    leave_to_person(tx_, creditor->id, debtor, now_);
    if (is_spoken(message) && message.payload.empty() && conversation::tells_of_a_death(message.text)) {
      hear_death(*creditor, debtor, message);
    } else if (is_spoken(message) && is_believed) {
      const bool is_quote = person_answered(creditor->id, update, update.wa_id.empty() ? std::string() : canonical_of_wa_id(update.wa_id)) == debtor;
      hear_identity(tx_, desk_, *creditor, debtor, message, is_quote, now_);
    }
  }

  // The platform's ids contain the number, and what is quoted leads to it.
  static void forget_names(store::ConversationMessage& message) {
    message.platform_id = "erased:" + hex(sha256(message.platform_id)).substr(0, 32);
    message.context_id.clear();
  }

  // A hidden number with another account than the person's is heard when it says stop; it confirms and opens nothing.
  static bool is_theirs(const Debtor& person, const Update& update) {
    if (person.erased_at) return false;
    return !update.wa_id.empty() || person.user_id.empty() || person.user_id == update.user_id;
  }

  // Words of theirs only: a shared contact called "Pare" is no stop.
  static bool is_spoken(const store::ConversationMessage& message) {
    static constexpr std::string_view kSpoken[] = {"text", "button", "interactive", "image", "video", "document"};
    return std::ranges::find(kSpoken, message.type) != std::end(kSpoken);
  }

  // Somebody else may have the account since the stop was said: their wish lifts nothing.
  bool has_changed_since_stop(CreditorId creditor, DebtorId id) {
    const auto debtor = tx_.debtors.find(creditor, id);
    const auto changed_at = debtor ? address_in_use(tx_, *debtor).changed_at : std::nullopt;
    return changed_at && std::ranges::any_of(tx_.permissions.opt_outs(creditor, id), [&](const store::OptOut& one) { return one.at <= *changed_at; });
  }

  // Of whom they speak only a person can tell: all that are reached on this number wait until one has looked
  // (puntual person unflag … deceased), whether the number is proven or not. Nothing is answered.
  void hear_death(const Creditor& creditor, DebtorId id, const store::ConversationMessage& message) {
    std::vector<DebtorId> all = {id};
    for (const auto& other : tx_.debtors.kin(*tx_.debtors.find(creditor.id, id))) all.push_back(other.id);
    for (const auto one : all) {
      const auto done = set_flag(tx_, creditor, one, {.flag = CaseFlag::Deceased, .since = message.at, .through = "chat", .note = fmt::format("message {}", message.id)}, now_);
      if (done) tx_.timeline.append({.creditor_id = creditor.id, .debtor_id = one, .at = now_, .kind = "deceased_doubt", .detail = "a person must look"}, tx_.ids);
    }
    raise_task(tx_, creditor.id, id, store::TaskKind::WantsPerson,
               fmt::format("Puede que haya fallecido, y hasta que alguien lo mire no se escribe a este número: «{}»", message.text), now_);
  }

  // A stop acts at once; a doubt holds everything back until a person has looked.
  void obey(const Creditor& creditor, DebtorId debtor, const store::ConversationMessage& message, bool is_believed) {
    if (!is_spoken(message)) return;
    if (conversation::opts_back_in(message.text, message.payload)) {
      if (!is_believed || has_changed_since_stop(creditor.id, debtor)) return;
      // A wish that cannot be granted (nothing to lift, a stop that is newer) changes nothing.
      (void)allow_by_words(tx_, creditor, debtor, message.at, fmt::format("chat {}", message.id), now_);
      return;
    }
    const OptOutVerdict verdict = conversation::opt_out_of(message.text, message.payload);
    if (verdict == OptOutVerdict::None) return;
    const bool sure = verdict == OptOutVerdict::Stop;
    const auto before = tx_.permissions.opt_outs(creditor.id, debtor);
    const bool is_first = std::ranges::all_of(before, [](const store::OptOut& one) { return one.through == "doubt"; });
    tx_.permissions.opt_out(creditor.id, debtor, {.channel = "all", .at = message.at,
                                                  .through = !sure ? "doubt" : message.payload.empty() ? "word" : "button",
                                                  .words = message.text});
    ++report_.stops;
    failpoint("inbox.stop_heard");
    for (const auto id : tx_.outbox.cancel_planned(creditor.id, debtor, false, now_, "OPTOUT_ALL")) {
      note_cancelled(tx_, creditor.id, debtor, id, now_, "OPTOUT_ALL");
    }
    tx_.timeline.append({.creditor_id = creditor.id, .debtor_id = debtor, .at = now_,
                         .kind = sure ? "opted_out" : "opt_out_doubt", .detail = sure ? "" : "a person must look"},
                        tx_.ids);
    if (!sure) {
      raise_task(tx_, creditor.id, debtor, store::TaskKind::Unclear,
                 fmt::format("Puede ser una baja, y hasta que alguien lo mire no se le escribe: «{}»", message.text), now_);
    }
    tx_.debtors.review_now(creditor.id, debtor, now_);
    // Who says stop says it for the phone in their hand: it holds for all that are reached on it, whatever becomes of it.
    for (const auto& other : tx_.debtors.kin(*tx_.debtors.find(creditor.id, debtor))) {
      tx_.permissions.opt_out(creditor.id, other.id, {.channel = "all", .at = message.at, .through = sure ? "shared_phone" : "doubt", .words = message.text});
      tx_.timeline.append({.creditor_id = creditor.id, .debtor_id = other.id, .at = now_,
                           .kind = sure ? "opted_out" : "opt_out_doubt", .detail = "shared_phone"},
                          tx_.ids);
      tx_.debtors.review_now(creditor.id, other.id, now_);
    }
    // One confirmation, as free text: the person has just written, so the service window is open. Who has said stop, been
    // allowed again and says stop once more hears it once more.
    if (sure && is_first) {
      const auto times = tx_.permissions.all_opt_outs(creditor.id, debtor).size();
      answer_now(tx_, desk_, creditor, debtor, {.template_name = "baja_confirmada_v1", .purpose = Purpose::OptOutAck, .step = "optout_ack",
                                                .dedupe_key = fmt::format("optout_ack:{}:{}", debtor.value, times)}, now_);
    }
  }

  void hear_template(const Update& update) {
    const auto creditor = creditor_of(update);
    if (!creditor || update.template_name.empty()) return note_unknown("template update " + update.type);
    const auto before = tx_.templates.status(creditor->id, update.template_name, update.template_language);
    const bool tells_status = update.field == "message_template_status_update";
    // News can come late: what is clearly older than what we know changes nothing. Two clocks are compared here, and
    // the platform's has whole seconds.
    const Instant known = tx_.templates.updated_at(creditor->id, update.template_name, update.template_language);
    if (update.at && known - *update.at > kLateNewsMs && known.ms > 0) return;
    learn_template_state(tx_, creditor->id, {.name = update.template_name, .language = update.template_language,
                                      .status = tells_status ? update.type : before,
                                      .category = update.template_category, .platform_id = update.template_id,
                                      .updated_at = update.at.value_or(now_)});
    tx_.timeline.append({.creditor_id = creditor->id, .debtor_id = {}, .at = now_, .kind = "template",
                         .detail = fmt::format("{} {} {}", update.template_name, update.template_language, update.type)},
                        tx_.ids);
  }

  void hear_account(const Update& update) {
    const auto creditor = creditor_of(update);
    tx_.timeline.append({.creditor_id = creditor ? creditor->id : CreditorId{}, .debtor_id = {}, .at = now_, .kind = "account",
                         .detail = fmt::format("{} {}", update.field, update.type)},
                        tx_.ids);
    // What forbids us to send stops us at once; a person looks and resumes.
    static constexpr std::string_view kGrave[] = {"ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "DISABLED_UPDATE", "ACCOUNT_DELETED"};
    for (const auto grave : kGrave) {
      if (creditor && update.type == grave && !creditor->paused_at) pause_sending(tx_, creditor->id, now_, update.type, update.type);
    }
  }

  // A changed number or user id links the new user id; the new number is not a proven one.
  void hear_system(const Update& update) {
    const auto creditor = creditor_of(update);
    if (!creditor) return note_unknown("system " + update.type);
    std::optional<DebtorId> debtor;
    if (!update.previous_user_id.empty()) debtor = tx_.debtors.find_by(creditor->id, IdentifierKind::Bsuid, update.previous_user_id);
    if (!debtor && !update.wa_id.empty()) {
      debtor = tx_.debtors.find_by(creditor->id, IdentifierKind::Phone, canonical_of_wa_id(update.wa_id));
    }
    if (debtor) {
      tx_.debtors.hold(creditor->id, {*debtor});
      // Preferences say nothing about who it is.
      if (update.type != "user_preferences") account_changed(tx_, creditor->id, *debtor, update.type, now_);
      if (!update.user_id.empty()) learn_user_id(creditor->id, *debtor, update.user_id);
    }
    tx_.timeline.append({.creditor_id = creditor->id, .debtor_id = debtor.value_or(DebtorId{}), .at = now_, .kind = "identity",
                         .detail = update.type},
                        tx_.ids);
  }

  // Only who has no number of theirs is written to by the new id, and is asked first.
  void learn_user_id(CreditorId creditor, DebtorId id, const std::string& user_id) {
    tx_.debtors.add_identifier(creditor, id, IdentifierKind::Bsuid, user_id);
    const auto debtor = tx_.debtors.find(creditor, id);
    if (debtor && debtor->phone.empty()) tx_.debtors.set_user_id(creditor, id, user_id);
  }

  void event(const OutboxMessage& message, std::string_view kind, std::string detail, std::string facts) {
    tx_.timeline.append({.creditor_id = message.creditor_id, .debtor_id = message.debtor_id, .at = now_,
                         .kind = std::string(kind), .message_id = message.id, .detail = std::move(detail), .facts = std::move(facts)},
                        tx_.ids);
  }

  Tx& tx_;
  const Desk& desk_;
  CreditorId door_;  // Whose events these are, where they do not say it themselves.
  Instant now_;
  InboxReport& report_;
};

// One raw event, what it says, and whom it may be about.
struct Heard {
  store::RawEvent raw;
  Result<std::vector<Update>> updates;
  std::optional<HeardNotice> notice = {};  // Of a payment provider, which says what to look up, and names nobody.
  std::vector<Person> people = {};
};

Heard heard_of(const Desk& desk, const Listener& listener, store::RawEvent raw) {
  Heard heard{.raw = std::move(raw), .updates = {}};
  if (heard.raw.source.starts_with(kProviderSource)) {
    if (auto notice = notice_of(desk, heard.raw)) heard.notice = *std::move(notice);
    else heard.updates = std::unexpected(std::move(notice).error());
    return heard;
  }
  heard.updates = whatsapp::parse_webhook(heard.raw.body);
  if (heard.updates) {
    for (const auto& update : *heard.updates) listener.add_people(update, heard.people);
  }
  return heard;
}

// Understood, or set aside; left as it is when another node is busy with whom it is about.
void process_event(Tx& tx, Listener& listener, const Heard& heard, store::Hold how, InboxReport& report) {
  const auto is_ours = [&](const Person& one) { return tx.debtors.holds(one.second) && tx.debtors.hold_with_kin(one.first, one.second, how); };
  if (!std::ranges::all_of(heard.people, is_ours)) return;
  failpoint("inbox.event_begun");
  ++report.events;
  if (tx.inbox.drop_repeated(heard.raw)) return;
  if (!heard.updates) {
    ++report.poison;
    tx.inbox.mark_poison(heard.raw, heard.updates.error().message);
    return;
  }
  for (const auto& update : *heard.updates) listener.hear(update);
  if (heard.notice) ++(hear_notice(tx, heard.raw.creditor_id, provider_of(heard.raw), *heard.notice, heard.raw.received_at) ? report.notices : report.unknown);
  tx.inbox.mark_done(heard.raw);
  failpoint("inbox.event_done");
}

bool is_behind(Tx& tx, CreditorId creditor, Instant now) {
  const auto oldest = tx.inbox.oldest(creditor);
  return oldest && now - *oldest > kBehindMs;
}

// The batch breaks the transaction: each alone, so that the others go on. What is itself wrong is set aside. Where the fault
// is ours (a key, a lock, a row that stands in its way) it may be a stop that waits: it is kept, behind the others, and
// the turn fails, so that nothing is said meanwhile.
Result<InboxReport> process_each(Store& store, const Desk& desk, CreditorId creditor, std::span<const InboxId> ids, Instant now) {
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
      is_its_fault ? tx.inbox.mark_poison(*raw, one.error().message) : tx.inbox.put_last(*raw, tx.ids.next<InboxId>(now), one.error().message);
    }));
  }
  if (trouble) return fail(trouble->code, "a raw event waits, and nothing is sent until it is heard: {}", trouble->message);
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
    for (auto& raw : tx.inbox.claim(creditor, desk.settings.inbox_batch)) batch.push_back(heard_of(desk, listener, std::move(raw)));
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
    if (const auto one = process_door(store, desk, creditor, now)) report.add(*one);
    else if (all_well) all_well = std::unexpected(one.error());  // The other doors go on.
  }
  RETURN_IF_ERROR(all_well);
  return report;
}

}  // namespace puntual::engine
