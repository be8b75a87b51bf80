#include "engine/converse.h"

#include <algorithm>

#include "core/conversation/grave_words.h"
#include "core/conversation/opt_out.h"
#include "core/conversation/questions.h"
#include "core/conversation/respond.h"
#include "core/portfolio/told_state.h"
#include "engine/agreements.h"
#include "engine/answer.h"
#include "engine/answer_with_document.h"
#include "engine/identify.h"
#include "engine/note.h"
#include "engine/people_at_hand.h"
#include "engine/second_reading.h"
#include "engine/take_effect.h"
#include "engine/take_over.h"

namespace puntual::engine {
namespace {

using store::ConversationMessage;
using store::SuspensionKind;
using store::TaskKind;

constexpr int32_t kPaidLatelyDays = 3;   // A payment of these days is what "ya pagué" is about.
constexpr int64_t kLateMs = 8 * kDayMs;  // WhatsApp delivers up to seven days late.
constexpr int64_t kTurnAgainMs = 15 * kMinuteMs;
constexpr int64_t kLookAgainMs = kSecondMs;  // Whether the second reader has answered.

// One person's turn while it is taken.
class TurnTaking {
 public:
  TurnTaking(Tx& tx, const Desk& desk, const Creditor& creditor, const PersonAtHand& person,
             Instant now)
      : tx_(tx),
        desk_(desk),
        creditor_(creditor),
        person_(person),
        id_(person.debtor.id),
        now_(now),
        zone_(home_zone(person.debtor, creditor)),
        today_(zone_.local(now).date) {}

  // False: put off for a moment, until the second reader has looked at it.
  bool take(const store::DialogueRow& row) {
    auto messages = tx_.conversation.heard_after(creditor_.id, id_, row.heard_to, now_ - kLateMs);
    store::DialogueRow next = row;
    for (const auto& message : messages) next.heard_to = std::max(next.heard_to, message.id);
    if (!is_left_alone()) {
      const auto late =
          std::ranges::stable_partition(messages, [&](const ConversationMessage& one) {
            return one.at >= now_ - compliance::kServiceWindowMs;
          });
      const std::vector<ConversationMessage> fresh(messages.begin(), late.begin());
      if (!fresh.empty()) {
        auto state = answer(fresh, row, next.heard_to);
        if (!state) {
          tx_.dialogues.set_turn_due(creditor_.id, id_, now_ + kLookAgainMs);
          return false;
        }
        next.state = *std::move(state);
      }
      for (const auto& message : late) {
        auto state = rest_unanswered({&message, 1}, next);
        if (state)
          next.state = *std::move(state);
        else
          let_read(message.text);
      }
    } else if (!messages.empty()) {
      if (auto state =
              rests(SuspensionKind::Person) ? rest_unanswered(messages, next) : std::nullopt)
        next.state = *std::move(state);
      leave_alone(messages);
    }
    tx_.dialogues.save(creditor_.id, id_, next);
    return true;
  }

 private:
  // By their own wish, because it is not them, or because somebody else speaks.
  [[nodiscard]] bool is_left_alone() const {
    const auto& permission = person_.facts.permission;
    const bool has_stopped =
        permission.optout_all ||
        (permission.optout_channels >> static_cast<int>(Channel::WhatsApp) & 1) != 0;
    const bool is_dead =
        (person_.facts.case_flags >> static_cast<int>(CaseFlag::Deceased) & 1) != 0;
    return person_.debtor.erased_at || has_stopped || is_dead || person_.address.is_retired() ||
           rests(SuspensionKind::Person);
  }
  [[nodiscard]] bool rests(SuspensionKind kind) const {
    return std::ranges::any_of(person_.facts.suspensions,
                               [&](const store::Suspension& one) { return one.kind == kind; });
  }
  // What they tell a person of ours, or what came too late to be answered: that they have paid,
  // cannot, or do not owe it holds the reminders back all the same, with its task, and nothing is
  // answered to it. None: it says nothing of the kind, or somebody else may be speaking.
  std::optional<std::string> rest_unanswered(std::span<const ConversationMessage> messages,
                                             const store::DialogueRow& row) {
    static constexpr Move kRests[] = {Move::Claim,   Move::Receipt,  Move::ClaimAgain,
                                      Move::Dispute, Move::Hardship, Move::Illness};
    if (person_.debtor.erased_at || is_barred(messages)) return std::nullopt;
    const Negotiation negotiation = negotiation_with(tx_, desk_, creditor_, person_.debtor, now_);
    const Heard heard = heard_in(messages);
    Dialogue before = conversation::dialogue_of(row.state);
    locale_ = spoken_in(messages, before.language, person_.debtor, creditor_).locale;
    const Situation situation = situation_of(negotiation, heard.words);
    const Turn turn = conversation::respond(
        heard, conversation::understand(utterance(heard, before, situation)), before, situation);
    if (!turn.move || std::ranges::find(kRests, *turn.move) == std::end(kRests))
      return std::nullopt;
    take_effect(tx_, desk_, creditor_, person_.debtor, *turn.move, words_of(heard), "chat", now_);
    before.claims = turn.next.claims;
    before.claimed_minor = turn.next.claimed_minor;
    return conversation::dialogue_json(before);
  }

  // Nothing is answered. Who has stopped, or whose death was told, is read by a person all the
  // same; the words that did so were obeyed when they came (process_inbox.cpp).
  void leave_alone(std::span<const ConversationMessage> messages) {
    if (rests(SuspensionKind::Person)) {
      // Somebody may speak with them under another of their records.
      if (!tx_.tasks.wake(creditor_.id, id_))
        open_task(TaskKind::WantsPerson, messages.back().text);
      return;
    }
    if (person_.debtor.erased_at) return;
    for (const auto& one : messages) {
      const bool is_obeyed =
          says_who(one) ||
          conversation::wish_for_silence(one.text, one.payload) != OptOutVerdict::None ||
          conversation::tells_of_a_death(one.text) || conversation::wants_other_channel(one.text) ||
          conversation::right_asked_for(one.text);
      if (!is_obeyed && !one.text.empty()) let_read(one.text, true);
    }
  }

  // What made the number another's, said once more or not: heard (engine/identify). Their "sí, soy
  // yo" is not: a person reads that.
  [[nodiscard]] bool says_who(const ConversationMessage& message) const {
    const IdentityAnswer said =
        conversation::identity_answer(message.text, message.payload, person_.debtor.name);
    return person_.address.is_retired() && said != IdentityAnswer::None &&
           said != IdentityAnswer::Yes;
  }

  // By a person, who is not called for a courtesy.
  void let_read(std::string_view words, bool is_unanswered = false) {
    const Reading reading =
        conversation::understand({.text = words,
                                  .today = today_,
                                  .locale = spoken_locale(tx_, person_.debtor, creditor_),
                                  .currency = creditor_.currency});
    const bool is_courtesy = reading.intent == Intent::Thanks ||
                             reading.intent == Intent::Greeting ||
                             (reading.intent == Intent::Yes && !person_.address.is_retired());
    if (is_courtesy && reading.also.empty() && reading.decision == ReadingDecision::Act) {
      note(tx_, creditor_.id, id_, now_, "understood",
           fmt::format("{} act silence", text_of(reading.intent)));
      return;
    }
    const std::string_view wish = is_unanswered && reading.decision == ReadingDecision::Act
                                      ? wish_es(reading.intent)
                                      : std::string_view();
    if (wish.empty()) return open_task(TaskKind::Unclear, words);
    raise_task(tx_, creditor_.id, id_,
               reading.intent == Intent::Paid ? TaskKind::PaymentClaim : TaskKind::NeedsAnswer,
               fmt::format("No se le contesta por aquí, y {}: «{}»", wish, words), now_);
  }

  // The law or the number lets nobody answer but a person.
  [[nodiscard]] bool is_barred(std::span<const ConversationMessage> messages) const {
    const std::string in_use = address_value(person_.debtor);
    const auto is_from_there = [&](const ConversationMessage& one) {
      return one.sender == in_use || one.sender == person_.debtor.user_id;
    };
    return person_.facts.case_flags != 0 || person_.debtor.role > Role::Guarantor ||
           !std::ranges::any_of(messages, is_from_there) ||
           (!quotes_us(messages) && somebody_else_there_owes());
  }
  // What they answer to tells who of those on one phone is speaking.
  [[nodiscard]] bool quotes_us(std::span<const ConversationMessage> messages) const {
    return std::ranges::any_of(messages, [&](const ConversationMessage& one) {
      const auto quoted = one.context_id.empty()
                              ? std::nullopt
                              : tx_.outbox.find_by_platform_id(creditor_.id, one.context_id);
      return quoted && quoted->debtor_id == id_;
    });
  }
  // Nobody is told another's debt, nor binds them, because both are reached on one phone.
  [[nodiscard]] bool somebody_else_there_owes() const {
    return std::ranges::any_of(tx_.debtors.kin(person_.debtor), [&](const store::Kin& kin) {
      const auto other = kin.is_same_person ? std::nullopt : tx_.debtors.find(creditor_.id, kin.id);
      return other && address_value(*other) == address_value(person_.debtor) &&
             !tx_.invoices.open_of(creditor_.id, kin.id).empty();
    });
  }

  [[nodiscard]] bool may_ask_reader() {
    return desk_.second_reader != nullptr && tx_.creditors.fact(kReaderOffFact).empty();
  }

  [[nodiscard]] Heard heard_in(std::span<const ConversationMessage> messages) {
    Heard heard;
    heard.quotes = turn_quoted(messages.back());
    for (const auto& message : messages)
      conversation::add_message(heard, message.type, message.text, message.payload);
    for (const auto& message : messages)
      heard.says_who |= person_.address.evidence.kind == "answer" &&
                        person_.address.evidence.reference == message.platform_id;
    return heard;
  }
  [[nodiscard]] Utterance utterance(const Heard& heard, const Dialogue& before,
                                    const Situation& situation) const {
    return {.text = heard.words,
            .today = today_,
            .locale = locale_,
            .currency = situation.owed.currency.code(),
            .asked = before.asked,
            .balance_minor = situation.owed.minor};
  }
  static std::string words_of(const Heard& heard) {
    if (heard.has_voice && heard.words.empty()) return "(nota de voz)";
    if (!heard.has_picture) return heard.words;
    return heard.words.empty() ? "(foto o archivo)" : "(con foto o archivo) " + heard.words;
  }

  // What the dialogue is afterwards; none: wait a moment.
  std::optional<std::string> answer(std::span<const ConversationMessage> messages,
                                    const store::DialogueRow& row, int64_t last) {
    Heard heard = heard_in(messages);
    heard.turn = last;
    if (is_barred(messages)) {
      if (!conversation::tells_of_insolvency(heard.words))
        let_read(heard.words);  // That is a task already.
      return row.state;
    }
    const Negotiation negotiation = negotiation_with(tx_, desk_, creditor_, person_.debtor, now_);
    const Dialogue before = conversation::dialogue_of(row.state);
    const Spoken spoken = spoken_in(messages, before.language, person_.debtor, creditor_);
    locale_ = spoken.locale;
    const Situation situation = situation_of(negotiation, heard.words);
    Reading reading = conversation::understand(utterance(heard, before, situation));
    if (may_ask_reader() && conversation::needs_second_reader(heard, reading, before, situation)) {
      const SecondOpinion opinion = desk_.second_reader->opinion_on(
          {.key = {creditor_.id.value, last}, .words = heard.words}, now_);
      if (opinion.is_pending) return std::nullopt;
      if (opinion.intent)
        reading = conversation::taken_for(*opinion.intent, utterance(heard, before, situation),
                                          std::move(reading));
      note(tx_, creditor_.id, id_, now_, "assistant",
           opinion.intent ? text_of(*opinion.intent) : "silent");
    }
    Turn turn = conversation::respond(heard, reading, before, situation);
    note(tx_, creditor_.id, id_, now_, "understood",
         fmt::format("{} {} {}", text_of(turn.intent), text_of(reading.decision),
                     turn.move ? text_of(*turn.move) : "answer"));
    if (turn.ends_agreed) end_agreed();
    if (!turn.agreed.instalments.empty() && !agree(turn, before, heard.words))
      turn = conversation::call_for_plan();
    paid_ = situation.paid_lately;
    act(turn, heard.says_who && before.waits
                  ? words_of(heard_in(tx_.conversation.heard_after(
                        creditor_.id, id_, before.heard_from, now_ - kLateMs)))
                  : words_of(heard));
    say(turn, fmt::format("turn:{}{}", last, before.is_retaken ? kAgain : std::string_view()));
    turn.next.heard_from = row.heard_to;
    turn.next.is_retaken = false;
    turn.next.language = spoken.language;
    return conversation::dialogue_json(turn.next);
  }

  [[nodiscard]] std::optional<int64_t> turn_quoted(const ConversationMessage& message) {
    const auto quoted = message.context_id.empty()
                            ? std::nullopt
                            : tx_.outbox.find_by_platform_id(creditor_.id, message.context_id);
    return quoted ? turn_of(*quoted) : std::nullopt;
  }

  [[nodiscard]] Situation situation_of(const Negotiation& negotiation, std::string_view words) {
    Situation now;
    now.locale = locale_;
    now.debt = negotiation.debt;
    now.mandate = negotiation.mandate;
    now.owed.currency = Currency::of(creditor_.currency);
    for (const auto& invoice : person_.owed) {
      if (invoice.state != InvoiceState::Open) continue;
      if (open_.empty()) now.owed.currency = invoice.amount.currency;
      now.is_one_sum = now.is_one_sum && invoice.amount.currency == now.owed.currency;
      now.owed.minor += invoice.balance_minor;
      open_.push_back(invoice);
    }
    now.names_withdrawn = names_withdrawn(words);
    now.is_proven = person_.address.state == AddressState::Confirmed;
    // Who was asked and answers something else has not been taken for in doubt yet
    // (engine/identify): once more.
    now.may_ask_who =
        person_.address.state == AddressState::Unconfirmed ||
        (person_.address.state == AddressState::Asked && person_.address.times_asked == 1);
    now.remind_from = first_reminder_day(tx_, desk_, creditor_, person_, now_);
    now.may_offer = is_contact_hour(person_.facts, person_.debtor, creditor_, desk_.law, now_);
    now.claims = rests(SuspensionKind::Claim);
    now.claim_until = claim_until(desk_, person_.debtor, creditor_, now_);
    for (const auto& payment : tx_.payments.of_debtor(creditor_.id, id_)) {
      if (today_ - payment.paid_on <= kPaidLatelyDays) now.paid_lately = payment.amount;
      last_paid_ = payment.id;
      now.has_paid = true;
    }
    if (const auto agreement = tx_.agreements.active_of(creditor_.id, id_)) {
      now.may_move_agreed = agreement->kind == AgreementKind::Promise &&
                            agreement->through == "chat" &&
                            now_ - agreement->made_at <= compliance::kServiceWindowMs &&
                            tx_.agreements.books_of(*agreement).paid_minor == 0;
      now.may_end_agreed = agreement->kind == AgreementKind::Promise &&
                           tx_.agreements.books_of(*agreement).paid_minor == 0;
      now.agreed =
          Offer{.instalments = agreement->instalments, .discount_minor = agreement->discount_minor};
      std::erase_if(now.agreed->instalments,
                    [&](const Instalment& one) { return one.due_on < today_; });
      if (now.agreed->instalments.empty()) now.agreed->instalments = agreement->instalments;
    }
    return now;
  }

  [[nodiscard]] bool names_withdrawn(std::string_view words) {
    const auto is_named = [&](const Invoice& one) {
      return conversation::names_invoice(words, one.number);
    };
    if (std::ranges::any_of(open_, is_named)) return false;
    const auto all = tx_.invoices.all_of(creditor_.id, id_);
    return std::ranges::any_of(all, [&](const Invoice& one) {
      return told_state(one.amount.minor, one.state) == "withdrawn" && is_named(one);
    });
  }

  // With what was offered, and the words that took it.
  bool agree(const Turn& turn, const Dialogue& before, const std::string& words) {
    std::string told;
    for (const auto& offer : before.offers)
      told += fmt::format("Ofrecido: {}.\n", conversation::offer_text(offer, currency(), locale_));
    const auto made = make_agreement(tx_, desk_, creditor_,
                                     {.debtor_id = id_,
                                      .offer = turn.agreed,
                                      .through = "chat",
                                      .words = told + "Respuesta: " + words},
                                     now_);
    return made.has_value();
  }

  void end_agreed() {
    if (const auto agreement = tx_.agreements.active_of(creditor_.id, id_))
      (void)cancel_agreement(tx_, creditor_, agreement->id, "chat", now_);
  }

  // `words`: that said so; those of before the "sí, soy yo" that let us hear them.
  void act(const Turn& turn, const std::string& words) {
    if (!turn.move) return;
    const std::string_view wish = wish_es(turn.intent);
    if (turn.move == Move::CallForUnclear && person_.address.state != AddressState::Confirmed &&
        !wish.empty()) {
      hand_off(tx_, desk_.settings, creditor_.id, id_, TaskKind::Unclear,
               fmt::format("No está comprobado que sea esa persona quien escribe, y {}: «{}»", wish,
                           words),
               "chat", now_);
      return;
    }
    for (const auto move : {turn.move, turn.also}) {
      if (!move) continue;
      const bool has_offers = move == Move::Hardship && turn.next.asked == Asked::Offer;
      take_effect(
          tx_, desk_, creditor_, person_.debtor, *move, words, "chat", now_,
          has_offers ? "Se le ofrecieron opciones: si toma una, esta tarea se cierra sola." : "");
    }
  }

  void open_task(TaskKind kind, std::string_view words) {
    raise_task(tx_, creditor_.id, id_, kind, task_summary(kind, words), now_);
  }

  // One message, or none.
  void say(const Turn& turn, const std::string& key) {
    if (turn.move == Move::AskWho) {
      (void)answer_now(tx_, desk_, creditor_, id_,
                       {.template_name = kOpenerTemplate,
                        .step = kOpenerStep,
                        .dedupe_key = key,
                        .locale = locale_},
                       now_);
    }
    if (turn.move == Move::Statement && desk_.print) {
      const DocumentAnswer document{.order = {},
                                    .template_name = "estado_de_cuenta_v1",
                                    .step = "reply",
                                    .dedupe_key = key,
                                    .locale = locale_};
      if (answer_with_document(tx_, desk_, creditor_, id_, document, now_)) return;
    }
    if (turn.move == Move::SendReceipt && desk_.print_receipt) {
      const DocumentAnswer document{
          .order = {.kind = DocumentKind::Receipt, .about = last_paid_.value},
          .template_name = "recibo_pago_v1",
          .step = "reply",
          .dedupe_key = key,
          .locale = locale_};
      if (answer_with_document(tx_, desk_, creditor_, id_, document, now_)) return;
    }
    if (turn.move == Move::SendAgreement && desk_.print_agreement) {
      const auto agreement = tx_.agreements.active_of(creditor_.id, id_);
      const DocumentAnswer document{
          .order = {.kind = DocumentKind::Agreement, .about = agreement->id.value},
          .template_name = "hoja_acuerdo_v1",
          .step = "reply",
          .dedupe_key = key,
          .locale = locale_};
      if (answer_with_document(tx_, desk_, creditor_, id_, document, now_)) return;
    }
    if (!turn.reply) return;
    const Answer answer{.template_name = turn.reply->template_name,
                        .step = "reply",
                        .dedupe_key = key,
                        .invoices = open_,
                        .paid = paid_,
                        .talk = {.agreed_on = turn.reply->agreed_on,
                                 .agreement = turn.reply->agreement,
                                 .options = turn.reply->options},
                        .buttons_max = turn.reply->buttons_max,
                        .locale = locale_};
    if (!answer_now(tx_, desk_, creditor_, id_, answer, now_))
      open_task(TaskKind::Unclear, turn.reply->template_name);
  }

  [[nodiscard]] Currency currency() const {
    return open_.empty() ? Currency::of(creditor_.currency) : open_.front().amount.currency;
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const PersonAtHand& person_;
  DebtorId id_;
  Instant now_;
  Zone zone_;
  CivilDate today_;
  std::string locale_;  // Of the answer: the person's, or that of the language they write in.
  std::vector<Invoice> open_;
  std::optional<Money> paid_;
  PaymentId last_paid_;
};

int take_turns(Tx& tx, const Desk& desk, const Creditor& creditor, std::vector<DebtorId> due,
               Instant now) {
  PeopleAtHand people(tx, creditor.id, due, now, desk.law);
  int taken = 0;
  for (const auto id : due) {
    if (!people.has(id)) continue;  // Another node is busy with them: in the next turn.
    const auto row = tx.dialogues.find(creditor.id, id);
    if (!row.turn_due_at || *row.turn_due_at > now) continue;  // It has taken their turn just now.
    if (TurnTaking(tx, desk, creditor, people.of(id), now).take(row)) ++taken;
    people.changed(id);
  }
  return taken;
}

// The batch broke the transaction: each alone, and who breaks it is put off, so that the others are
// answered.
Result<void> take_each(Store& store, const Desk& desk, const Creditor& creditor,
                       std::span<const DebtorId> due, Instant now, ConverseReport& report) {
  for (const auto id : due) {
    const auto taken =
        store.write([&](Tx& tx) { return take_turns(tx, desk, creditor, {id}, now); });
    if (taken) {
      report.turns += *taken;
      continue;
    }
    if (taken.error().code == ErrorCode::Unavailable || store.has_lost_node())
      return std::unexpected(taken.error());
    ++report.failed;
    RETURN_IF_ERROR(store.write([&](Tx& tx) {
      if (!tx.debtors.hold(creditor.id, {id})) return;
      tx.dialogues.set_turn_due(creditor.id, id, now + kTurnAgainMs);
      note(tx, creditor.id, id, now, "turn_failed");
    }));
  }
  return {};
}

}  // namespace

Result<ConverseReport> converse(Store& store, const Desk& desk, Instant now) {
  ConverseReport report;
  ASSIGN_OR_RETURN(const auto waiting, store.read([&](Tx& tx) {
    std::vector<Creditor> some;
    for (const auto& creditor : tx.creditors.all()) {
      const auto next = tx.dialogues.next_turn(creditor.id);
      if (next && *next <= now) some.push_back(creditor);
    }
    return some;
  }));
  for (const auto& creditor : waiting) {
    std::vector<DebtorId> due;
    const auto taken = store.write([&](Tx& tx) {
      due = tx.dialogues.due(creditor.id, now, desk.settings.turn_batch);
      return take_turns(tx, desk, creditor, due, now);
    });
    if (taken) {
      report.turns += *taken;
    } else if (taken.error().code == ErrorCode::Unavailable || store.has_lost_node()) {
      return std::unexpected(taken.error());
    } else {
      RETURN_IF_ERROR(take_each(store, desk, creditor, due, now, report));
    }
    report.more = report.more || static_cast<int>(due.size()) >= desk.settings.turn_batch;
  }
  return report;
}

}  // namespace puntual::engine
