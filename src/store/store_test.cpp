// What every database must do alike: one suite, run against each by its factory.
#include "store/store.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace puntual {
namespace {

using store::OptOut;
using store::RawEvent;

struct Backend {
  const char* name;
  std::unique_ptr<Store> (*make)();
};

std::unique_ptr<Store> sqlite_in_memory() {
  auto store = Store::open("sqlite::memory:");
  EXPECT_TRUE(store.has_value());
  return store ? *std::move(store) : nullptr;
}

void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name; }

constexpr CreditorId kCreditor{1};
constexpr CreditorId kOther{2};
const Instant kNow = *parse_rfc3339("2026-11-24T14:00:00Z");
const Currency kCop = Currency::of("COP");

class StoreConformance : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    store_ = GetParam().make();
    ASSERT_NE(store_, nullptr);
  }
  // In a transaction that must succeed.
  template <class F>
  auto in(F&& f) {
    auto answer = store_->write(std::forward<F>(f));
    if (!answer) ADD_FAILURE() << answer.error().message;
    if constexpr (!std::is_void_v<typename decltype(answer)::value_type>) return *std::move(answer);
  }
  static Debtor debtor(Tx& tx, CreditorId creditor = kCreditor) {
    Debtor made{.id = tx.ids.next<DebtorId>(kNow),
                .creditor_id = creditor,
                .name = "Persona",
                .country = "CO",
                .zone = "America/Bogota",
                .phone = "+573000000001",
                .user_id = "",
                .email = ""};
    tx.debtors.insert(made, kNow);
    return made;
  }
  static Invoice invoice(Tx& tx, DebtorId debtor, std::string number, InvoiceBalance balance) {
    Invoice made{.id = tx.ids.next<InvoiceId>(kNow),
                 .debtor_id = debtor,
                 .number = std::move(number),
                 .product = "Plan",
                 .issued_on = {},
                 .due_on = date_of(2026, 11, 24),
                 .amount = {balance.amount_minor, kCop}};
    tx.invoices.insert(kCreditor, made, balance, kNow);
    return made;
  }
  static OutboxMessage message(Tx& tx, DebtorId debtor, std::string key,
                               Purpose purpose = Purpose::Overdue) {
    OutboxMessage made;
    made.id = tx.ids.next<MessageId>(kNow);
    made.creditor_id = kCreditor;
    made.debtor_id = debtor;
    made.dedupe_key = std::move(key);
    made.purpose = purpose;
    made.kind = "template";
    made.step = "due_0";
    made.covered = {InvoiceId{11}, InvoiceId{12}};
    made.lead_invoice_id = {11};
    made.balance = {500, kCop};
    made.text = "Hola ñ \"comillas\" '; DROP TABLE outbox; --";
    made.body = "{}";
    made.planned_at = made.not_before = kNow;
    made.expires_at = kNow + kDayMs;
    return made;
  }
  std::unique_ptr<Store> store_;
};

TEST_P(StoreConformance, CreditorIsSavedAgainWithoutLosingItsPause) {
  Creditor creditor{.id = kCreditor,
                    .name = "Internet Andina",
                    .country = "CO",
                    .zone = "America/Bogota",
                    .phone_number_id = "77"};
  in([&](Tx& tx) { tx.creditors.save(creditor); });
  in([&](Tx& tx) { tx.creditors.pause(kCreditor, kNow, "por prueba"); });
  creditor.name = "Otra";
  in([&](Tx& tx) {
    tx.creditors.save(creditor);
    const auto found = tx.creditors.find(kCreditor);
    EXPECT_EQ(found->name, "Otra");
    EXPECT_EQ(found->paused_at, kNow);
    EXPECT_EQ(tx.creditors.find_by_phone_number_id("77"), kCreditor);
    EXPECT_FALSE(tx.creditors.find_by_phone_number_id("78"));
    EXPECT_FALSE(tx.creditors.find(kOther));
    tx.creditors.resume(kCreditor);
    EXPECT_FALSE(tx.creditors.find(kCreditor)->paused_at);
    EXPECT_EQ(tx.creditors.fact("x"), "");
    tx.creditors.set_fact("x", "1");
    tx.creditors.set_fact("x", "2");
    EXPECT_EQ(tx.creditors.fact("x"), "2");
  });
}

TEST_P(StoreConformance, IdentifierKeepsItsFirstOwnerAndCreditorsDoNotMix) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx), eva = debtor(tx);
    tx.debtors.add_identifier(kCreditor, ana.id, IdentifierKind::Phone, "573000000001", kNow);
    tx.debtors.add_identifier(kCreditor, eva.id, IdentifierKind::Phone, "573000000001", kNow);
    EXPECT_EQ(tx.debtors.find_by(kCreditor, IdentifierKind::Phone, "573000000001"), ana.id);
    EXPECT_FALSE(tx.debtors.find_by(kCreditor, IdentifierKind::Document, "573000000001"));
    EXPECT_FALSE(tx.debtors.find_by(kOther, IdentifierKind::Phone, "573000000001"));
    EXPECT_EQ(tx.debtors.identifiers(kCreditor, ana.id).size(), 1u);
    EXPECT_TRUE(tx.debtors.identifiers(kCreditor, eva.id).empty());
    EXPECT_FALSE(tx.debtors.find(kOther, ana.id));
  });
}

TEST_P(StoreConformance, AddressIsOfOneDebtorAndKeepsAllThatIsKnown) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx), eva = debtor(tx);
    EXPECT_FALSE(tx.addresses.find(kCreditor, ana.id, "+573000000001"));
    Address address{.state = AddressState::Asked, .evidence = {}, .times_asked = 1, .asked_at = kNow, .answered_at = {}, .changed_at = {}};
    tx.addresses.save(kCreditor, ana.id, "+573000000001", address);
    EXPECT_EQ(tx.addresses.find(kCreditor, ana.id, "+573000000001"), address);
    address = {.state = AddressState::Confirmed, .evidence = {.kind = "otp", .reference = "A-1", .verified_on = date_of(2026, 11, 2)},
               .times_asked = 2, .asked_at = kNow, .answered_at = kNow + 1, .changed_at = kNow + 2, .identity_hash = "h"};
    tx.addresses.save(kCreditor, ana.id, "+573000000001", address);
    EXPECT_EQ(tx.addresses.find(kCreditor, ana.id, "+573000000001"), address);
    EXPECT_FALSE(tx.addresses.find(kCreditor, eva.id, "+573000000001"));
    EXPECT_FALSE(tx.addresses.find(kOther, ana.id, "+573000000001"));
  });
}

TEST_P(StoreConformance, SendingNumberKeepsItsOwnerAndTheConfirmation) {
  in([&](Tx& tx) {
    EXPECT_FALSE(tx.sending_numbers.find(kCreditor, "1065"));
    tx.sending_numbers.save(kCreditor, {.phone_number_id = "1065", .owner = "Grupo Alameda", .verified_name = {}, .confirmed_at = {}, .confirmed_by = {}}, kNow);
    tx.sending_numbers.save(kCreditor, {.phone_number_id = "1065", .owner = "Grupo Alameda", .verified_name = "Alameda", .confirmed_at = kNow, .confirmed_by = "M. R."}, kNow + 1);
    const auto number = tx.sending_numbers.find(kCreditor, "1065");
    ASSERT_TRUE(number);
    EXPECT_EQ(number->verified_name, "Alameda");
    EXPECT_EQ(number->confirmed_at, kNow);
    EXPECT_EQ(number->confirmed_by, "M. R.");
  });
}

TEST_P(StoreConformance, ReviewsComeByTheirMomentAndOnlyEarlierOnesReplaceIt) {
  in([&](Tx& tx) {
    const Debtor first = debtor(tx), second = debtor(tx), never = debtor(tx);
    tx.debtors.set_review(kCreditor, first.id, kNow + 20, "step_pending", kNow + 20);
    tx.debtors.set_review(kCreditor, second.id, kNow + 10, "", std::nullopt);
    tx.debtors.set_review(kCreditor, never.id, std::nullopt, "nothing_owed", std::nullopt);
    EXPECT_EQ(tx.debtors.next_review(kCreditor), kNow + 10);
    EXPECT_TRUE(tx.debtors.due_for_review(kCreditor, kNow + 9, 10).empty());
    const auto due = tx.debtors.due_for_review(kCreditor, kNow + 20, 10);
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0], second.id);
    EXPECT_EQ(tx.debtors.for_review(kCreditor, due[1])->silence, "step_pending");
    EXPECT_EQ(tx.debtors.due_for_review(kCreditor, kNow + 20, 1).size(), 1u);
    tx.debtors.review_now(kCreditor, never.id, kNow + 30);
    tx.debtors.review_now(kCreditor, second.id, kNow + 30);  // Later than it stands: stays.
    EXPECT_EQ(tx.debtors.review_moments(kCreditor, never.id).second, kNow + 30);
    EXPECT_EQ(tx.debtors.review_moments(kCreditor, second.id).second, kNow + 10);
  });
}

TEST_P(StoreConformance, SettledInvoicesTeachHowAPersonPays) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Strategy strategy{.punctual_grace_days = 2, .forgetful_days_max = 7};
    for (const int32_t late : {-3, 2, 3, 7, 8, 40})
      tx.debtors.note_settled(kCreditor, ana.id, late, strategy);
    const auto behaviour = tx.debtors.for_review(kCreditor, ana.id)->behaviour;
    EXPECT_EQ(behaviour.settled_count, 6);
    EXPECT_EQ(behaviour.settled_on_time, 2);
    EXPECT_EQ(behaviour.settled_within_forgetful, 2);
    EXPECT_EQ(behaviour.settled_late, 2);
    EXPECT_EQ(behaviour.days_late_total, 3 + 7 + 8 + 40);
  });
}

TEST_P(StoreConformance, InvoiceKeepsItsMoneyItsStepAndItsState) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Invoice one = invoice(tx, ana.id, "F-1", {.amount_minor = 100});
    const Invoice paid = invoice(tx, ana.id, "F-2", {.amount_minor = 100, .reported_minor = 100});
    EXPECT_EQ(tx.invoices.open_of(kCreditor, ana.id).size(), 1u);
    EXPECT_EQ(tx.invoices.all_of(kCreditor, ana.id).size(), 2u);
    EXPECT_EQ(tx.invoices.find(kCreditor, paid.id)->state, InvoiceState::Paid);
    EXPECT_EQ(tx.invoices.find(kCreditor, paid.id)->unitemised_minor, 100);
    EXPECT_FALSE(tx.invoices.find_by_number(kOther, "F-1"));
    tx.invoices.set_step(kCreditor, one.id, -7, date_of(2026, 11, 17));
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->last_step_day, -7);
    tx.invoices.restart_steps(kCreditor, one.id);
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->last_step_day, Invoice::kNoStep);
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->last_step_on,
              date_of(2026, 11, 17));  // It was said all the same.
    tx.invoices.set_balance(kCreditor, one.id, {.amount_minor = 100, .paid_minor = 100, .ahead_minor = 100},
                            date_of(2026, 11, 20));
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->state, InvoiceState::Paid);
    tx.invoices.set_state(kCreditor, one.id, InvoiceState::Disputed);
    tx.invoices.set_balance(kCreditor, one.id, {.amount_minor = 100}, std::nullopt);
    EXPECT_EQ(tx.invoices.find(kCreditor, one.id)->state,
              InvoiceState::Disputed);  // Money does not end a dispute.
  });
  const auto again =
      store_->write([&](Tx& tx) { invoice(tx, DebtorId{9}, "F-1", {.amount_minor = 1}); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::Conflict);
}

TEST_P(StoreConformance, PaymentIsKnownBySourceAndIdAndWaitsByReference) {
  in([&](Tx& tx) {
    Payment payment{.id = tx.ids.next<PaymentId>(kNow),
                    .creditor_id = kCreditor,
                    .debtor_id = {},
                    .source = "api",
                    .source_id = "P-1",
                    .reference = "F-9",
                    .amount = {700, kCop},
                    .unapplied_minor = 700,
                    .method = "PSE",
                    .paid_on = date_of(2026, 11, 20),
                    .paid_at = kNow,
                    .recorded_at = kNow};
    EXPECT_TRUE(tx.payments.insert(payment));
    const PaymentId first = payment.id;
    payment.id = tx.ids.next<PaymentId>(kNow);
    payment.amount.minor = 900;
    EXPECT_FALSE(tx.payments.insert(payment));
    EXPECT_EQ(tx.payments.find(kCreditor, first)->amount.minor, 700);
    EXPECT_EQ(tx.payments.find_by_source(kCreditor, "api", "P-1")->id, first);
    payment.source = "file";
    EXPECT_TRUE(tx.payments.insert(payment));
    EXPECT_EQ(tx.payments.unapplied_for(kCreditor, "F-9", DebtorId{5}).size(), 2u);
    tx.payments.set_unapplied(kCreditor, first, DebtorId{5}, 200);
    EXPECT_EQ(tx.payments.unapplied_for(kCreditor, "F-8", DebtorId{5}).size(), 1u);
    tx.payments.set_unapplied(kCreditor, first, DebtorId{5}, 0);
    EXPECT_EQ(tx.payments.unapplied_for(kCreditor, "F-9", DebtorId{5}).size(), 1u);
    EXPECT_TRUE(tx.payments.unapplied_for(kCreditor, "F-8", DebtorId{6}).empty());
    EXPECT_EQ(tx.payments.of_debtor(kCreditor, DebtorId{5}).size(), 1u);
    tx.payments.add_allocation(kCreditor, 1, first, InvoiceId{3}, 700);
    EXPECT_EQ(tx.payments.last_paid_on(kCreditor, InvoiceId{3}), date_of(2026, 11, 20));
    EXPECT_FALSE(tx.payments.last_paid_on(kCreditor, InvoiceId{4}));
  });
}

TEST_P(StoreConformance, LedgerFindsRowsThatWereDamaged) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    for (const char* number : {"F-1", "F-2"}) {
      const Invoice one = invoice(tx, ana.id, number, {.amount_minor = 100, .reported_minor = 30});
      const LedgerEntry like{
          .amount = {0, kCop}, .debtor_id = ana.id, .invoice_id = one.id, .payment_id = {}};
      tx.ledger.append(
          kCreditor,
          ledger::entries_of_file_change({}, {.amount_minor = 100, .reported_minor = 30}, like),
          kNow, tx.ids);
    }
    EXPECT_TRUE(tx.ledger.mismatches(kCreditor, 10).empty());
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Receivable, "COP"), 140);
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Invoiced, "COP"), -200);
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Reported, "COP"), 60);
    EXPECT_EQ(tx.ledger.balance(kCreditor, Account::Receivable, "PEN"), 0);
    EXPECT_EQ(tx.ledger.balance(kOther, Account::Receivable, "COP"), 0);
    tx.db.run("UPDATE invoice SET balance_minor=71 WHERE number='F-1'");
  });
  in([&](Tx& tx) {
    const auto found = tx.ledger.mismatches(kCreditor, 10);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found[0].contains("F-1") && found[0].contains("71") && found[0].contains("70"))
        << found[0];
    tx.db.run("DROP TRIGGER ledger_entry_is_never_removed");  // Somebody who means it.
    tx.db.run("DELETE FROM ledger_entry WHERE debit='reported'");
    EXPECT_EQ(tx.ledger.mismatches(kCreditor, 10).size(), 2u);
    EXPECT_EQ(tx.ledger.mismatches(kCreditor, 1).size(), 1u);
  });
}

store::ConsentEntry consent_by(std::string instrument, Instant at, bool is_dated = true) {
  return {.at = at,
          .is_dated = is_dated,
          .kind = "file",
          .instrument = std::move(instrument),
          .text_version = {},
          .by = "file"};
}

TEST_P(StoreConformance, ConsentIsGrantedOnceAndAStopOutlivesIt) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    EXPECT_FALSE(tx.permissions.of(kCreditor, ana.id)
                     .consent[static_cast<size_t>(Channel::WhatsApp)]
                     .granted);
    tx.permissions.grant(kCreditor, ana.id, consent_by("Contrato", kNow), kNow, tx.ids);
    tx.permissions.grant(kCreditor, ana.id, consent_by("Contrato", kNow + kDayMs), kNow, tx.ids);
    const auto consent =
        tx.permissions.of(kCreditor, ana.id).consent[static_cast<size_t>(Channel::WhatsApp)];
    EXPECT_TRUE(consent.granted);
    EXPECT_EQ(consent.granted_at, kNow);
    tx.permissions.opt_out(
        kCreditor, ana.id,
        {.channel = "all", .at = kNow, .through = "doubt", .words = "¿y si no?"});
    tx.permissions.opt_out(kCreditor, ana.id,
                           {.channel = "all", .at = kNow + 1, .through = "word", .words = "BAJA"});
    tx.permissions.opt_out(kCreditor, ana.id,
                           {.channel = "all", .at = kNow + 2, .through = "doubt", .words = "mmm"});
    const auto outs = tx.permissions.opt_outs(kCreditor, ana.id);
    ASSERT_EQ(outs.size(), 1u);
    EXPECT_EQ(outs[0].through, "word");
    EXPECT_EQ(outs[0].at, kNow + 1);
    tx.permissions.grant(kCreditor, ana.id, consent_by("Contrato nuevo", kNow + kDayMs), kNow, tx.ids);
    EXPECT_TRUE(tx.permissions.of(kCreditor, ana.id).optout_all);
    EXPECT_FALSE(tx.permissions.of(kOther, ana.id).optout_all);
  });
}

TEST_P(StoreConformance, TemplateKeepsWhatAnUpdateLeavesOut) {
  in([&](Tx& tx) {
    EXPECT_EQ(tx.templates.status(kCreditor, "t", "es"), "");
    tx.templates.save(kCreditor, {"t", "es", "APPROVED", "UTILITY", "123", kNow});
    tx.templates.save(kCreditor, {"t", "es", "PAUSED", "", "", kNow + 1});
    const auto all = tx.templates.all(kCreditor);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].status, "PAUSED");
    EXPECT_EQ(all[0].category, "UTILITY");
    EXPECT_EQ(all[0].platform_id, "123");
  });
}

TEST_P(StoreConformance, InboxKeepsTheExactBytesOfEachEventOnce) {
  const std::string bytes("{\"a\":\"\0ñ\"}", 11);
  in([&](Tx& tx) {
    const auto event = [&](std::string key, std::string body) {
      return RawEvent{.id = tx.ids.next<InboxId>(kNow),
                      .source = "whatsapp",
                      .event_key = std::move(key),
                      .received_at = kNow,
                      .body = std::move(body)};
    };
    tx.inbox.append(event("k1", bytes));
    tx.inbox.append(event("k2", ""));
    tx.inbox.append(event("k1", bytes));
    tx.inbox.append(event("k3", "x"));
    EXPECT_EQ(tx.inbox.backlog(), 4);
    auto events = tx.inbox.unprocessed(10);
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events[0].body, bytes);
    EXPECT_EQ(tx.inbox.unprocessed(2).size(), 2u);
    EXPECT_FALSE(tx.inbox.drop_repeated(events[0]));
    tx.inbox.mark_done(events[0].id);
    tx.inbox.mark_poison(events[1].id, "empty");
    EXPECT_TRUE(tx.inbox.drop_repeated(events[2]));
    EXPECT_FALSE(tx.inbox.drop_repeated(events[3]));
    EXPECT_EQ(tx.inbox.backlog(), 1);
    EXPECT_EQ(tx.inbox.poison_count(), 1);
    tx.inbox.forget_done(kNow + 1, 10);
    EXPECT_EQ(tx.inbox.poison_count(), 1);  // What was not understood is kept,
    EXPECT_EQ(tx.inbox.backlog(), 1);       // and so is what nobody has read.
    tx.inbox.append(event("k1", bytes));  // Long after: nothing is left to know it by.
    EXPECT_FALSE(tx.inbox.drop_repeated(tx.inbox.unprocessed(10).back()));
  });
}

TEST_P(StoreConformance, ConversationKnowsAMessageByThePlatformsId) {
  in([&](Tx& tx) {
    store::ConversationMessage said{.id = 1,
                                    .creditor_id = kCreditor,
                                    .debtor_id = {7},
                                    .platform_id = "wamid.1",
                                    .direction = Direction::In,
                                    .at = kNow,
                                    .received_at = kNow,
                                    .type = "text",
                                    .text = "hola"};
    EXPECT_TRUE(tx.conversation.insert(said));
    said.id = 2;
    EXPECT_FALSE(tx.conversation.insert(said));
    said.platform_id = "wamid.2";
    said.direction = Direction::Out;
    EXPECT_TRUE(tx.conversation.insert(said));
    const store::People people({DebtorId{7}});
    EXPECT_EQ(tx.conversation.history(kCreditor, people, kNow).front().size(), 2u);
    EXPECT_EQ(tx.conversation.history(kCreditor, people, kNow + 1).front().size(), 0u);
    EXPECT_EQ(tx.conversation.of_debtor(kCreditor, DebtorId{7}).size(), 2u);
    EXPECT_TRUE(tx.conversation.of_debtor(kOther, DebtorId{7}).empty());
  });
}

TEST_P(StoreConformance, OutboxSaysEachThingOnceAndReturnsItUnchanged) {
  in([&](Tx& tx) {
    const OutboxMessage first = message(tx, DebtorId{7}, "step:1");
    EXPECT_TRUE(tx.outbox.insert(first));
    EXPECT_FALSE(tx.outbox.insert(message(tx, DebtorId{8}, "step:1")));
    const auto found = tx.outbox.find(kCreditor, first.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, first.text);
    EXPECT_EQ(found->covered, first.covered);
    EXPECT_EQ(found->balance, first.balance);
    EXPECT_EQ(found->state, MessageState::Planned);
    EXPECT_FALSE(tx.outbox.find(kOther, first.id));
    EXPECT_FALSE(tx.outbox.find_by_attempt(""));  // Never the first of all that have none.
    EXPECT_FALSE(tx.outbox.find_by_platform_id(""));
  });
}

TEST_P(StoreConformance, ThanksGoBeforeRemindersAndNobodyGoesBeforeTheirTime) {
  in([&](Tx& tx) {
    OutboxMessage early = message(tx, DebtorId{1}, "early");
    early.not_before = kNow - 10;
    OutboxMessage thanks = message(tx, DebtorId{2}, "thanks", Purpose::PaymentConfirmation);
    OutboxMessage later = message(tx, DebtorId{3}, "later");
    later.not_before = kNow + 10;
    for (const auto& one : {early, thanks, later}) EXPECT_TRUE(tx.outbox.insert(one));
    const auto due = tx.outbox.due(kCreditor, kNow, 10);
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0].id, thanks.id);
    EXPECT_EQ(due[1].id, early.id);
    EXPECT_EQ(tx.outbox.due(kCreditor, kNow, 1).size(), 1u);
    EXPECT_TRUE(tx.outbox.due(kCreditor, kNow, 0).empty());
    EXPECT_EQ(tx.outbox.next_due(kCreditor), kNow - 10);
    EXPECT_FALSE(tx.outbox.next_due(kOther));
  });
}

// Each move from each state: only the legal ones change anything, and an attempt that is not the
// present one changes nothing at all.
TEST_P(StoreConformance, OnlyLegalMovesOfAMessageHappen) {
  using S = MessageState;
  struct Move {
    const char* name;
    std::vector<S> from;
    std::function<bool(Tx&, const OutboxMessage&, std::string_view attempt)> make;
    S to;
    bool names_attempt = true;
  };
  const std::vector<Move> moves = {{"in_flight",
                                    {S::Planned},
                                    [](Tx& tx, const OutboxMessage& m, std::string_view) {
                                      return tx.outbox.to_in_flight(m, {"new", "salt"}, kNow, kNow + 10, "p");
                                    },
                                    S::InFlight,
                                    false},
                                   {"accepted",
                                    {S::InFlight, S::Uncertain},
                                    [](Tx& tx, const OutboxMessage& m, std::string_view a) {
                                      return tx.outbox.to_accepted(m.id, a, "wamid").has_value();
                                    },
                                    S::Accepted},
                                   {"planned",
                                    {S::InFlight},
                                    [](Tx& tx, const OutboxMessage& m, std::string_view a) {
                                      return tx.outbox.to_planned_again(m.id, a, kNow, 1);
                                    },
                                    S::Planned},
                                   {"rejected",
                                    {S::InFlight},
                                    [](Tx& tx, const OutboxMessage& m, std::string_view a) {
                                      return tx.outbox.to_rejected(m.id, a, kNow, 1);
                                    },
                                    S::Rejected},
                                   {"uncertain",
                                    {S::InFlight},
                                    [](Tx& tx, const OutboxMessage& m, std::string_view a) {
                                      return tx.outbox.to_uncertain(m.id, a, 1);
                                    },
                                    S::Uncertain},
                                   {"cancelled",
                                    {S::Planned},
                                    [](Tx& tx, const OutboxMessage& m, std::string_view) {
                                      return tx.outbox.to_cancelled(kCreditor, m.id, kNow, "x");
                                    },
                                    S::Cancelled,
                                    false},
                                   {"expired",
                                    {S::Planned},
                                    [](Tx& tx, const OutboxMessage& m, std::string_view) {
                                      return tx.outbox.to_expired(kCreditor, m.id, kNow, "x");
                                    },
                                    S::Expired,
                                    false}};
  int number = 0;
  for (const auto& move : moves) {
    for (int state = 0; state <= static_cast<int>(S::Expired); ++state) {
      const S from = static_cast<S>(state);
      for (const bool right_attempt : {true, false}) {
        if (!right_attempt && !move.names_attempt) continue;
        in([&](Tx& tx) {
          const OutboxMessage made = message(tx, DebtorId{1}, fmt::format("m{}", ++number));
          EXPECT_TRUE(tx.outbox.insert(made));
          const std::string attempt = fmt::format("attempt{}", number);
          tx.db.run("UPDATE outbox SET state=$2, attempt_id=$3 WHERE id=$1",
                    {made.id, text_of(from), attempt});
          const bool legal = right_attempt && std::ranges::find(move.from, from) != move.from.end();
          EXPECT_EQ(move.make(tx, made, right_attempt ? attempt : "stale"), legal)
              << text_of(from) << " to " << move.name;
          EXPECT_EQ(tx.outbox.find(kCreditor, made.id)->state, legal ? move.to : from)
              << text_of(from) << " to " << move.name;
        });
      }
    }
  }
}

TEST_P(StoreConformance, WhatMayHaveLeftCountsInTheHistoryAndWhatHasNotDoesNot) {
  in([&](Tx& tx) {
    const auto sent = [&](const char* key, auto&& then) {
      const OutboxMessage one = message(tx, DebtorId{1}, key);
      EXPECT_TRUE(tx.outbox.insert(one));
      EXPECT_TRUE(tx.outbox.to_in_flight(one, {key, "salt"}, kNow, kNow + 10, "p"));
      then(one);
    };
    const auto contacts = [&] {
      const auto history = tx.outbox.history(kCreditor, store::People({DebtorId{1}}), kNow - kDayMs).front().contacts;
      return std::ranges::count_if(
          history, [](const Contact& one) { return one.status != ContactStatus::Refused; });
    };
    sent("a",
         [&](const OutboxMessage& one) { EXPECT_TRUE(tx.outbox.to_uncertain(one.id, "a", 0)); });
    EXPECT_EQ(contacts(), 1);
    sent("b", [&](const OutboxMessage& one) {
      EXPECT_TRUE(tx.outbox.to_rejected(one.id, "b", kNow, 1));
    });
    EXPECT_EQ(contacts(), 1);
    sent("c", [&](const OutboxMessage& one) {
      EXPECT_TRUE(tx.outbox.to_planned_again(one.id, "c", kNow, 1));
      EXPECT_EQ(contacts(), 1);
      // The platform delivered what it had refused: that was a contact.
      tx.outbox.set_status(one.id, MessageState::Delivered, "wamid.c", kNow, 0);
    });
    EXPECT_EQ(contacts(), 2);
  });
}

TEST_P(StoreConformance, DeadAttemptsBecomeUncertainAndOldOnesUnconfirmed) {
  in([&](Tx& tx) {
    const OutboxMessage one = message(tx, DebtorId{1}, "a"), two = message(tx, DebtorId{2}, "b");
    EXPECT_TRUE(tx.outbox.insert(one) && tx.outbox.insert(two));
    EXPECT_TRUE(tx.outbox.to_in_flight(one, {"a1", "salt"}, kNow, kNow + 10, "p"));
    EXPECT_EQ(tx.outbox.rescue_in_flight(kCreditor, kNow + 10).size(), 0u);
    EXPECT_EQ(tx.outbox.rescue_in_flight(kOther, kNow + 11).size(), 0u);
    EXPECT_EQ(tx.outbox.rescue_in_flight(kCreditor, kNow + 11).size(), 1u);
    EXPECT_EQ(tx.outbox.give_up_uncertain(kCreditor, kNow).size(), 0u);
    EXPECT_EQ(tx.outbox.give_up_uncertain(kCreditor, kNow + 1).size(), 1u);
    EXPECT_EQ(tx.outbox.count(kCreditor, MessageState::Unconfirmed), 1);
    EXPECT_EQ(tx.outbox.find(kCreditor, two.id)->state, MessageState::Planned);
  });
}

TEST_P(StoreConformance, CancellingSparesOthersAndTheConfirmationOfAStop) {
  in([&](Tx& tx) {
    const OutboxMessage reminder = message(tx, DebtorId{1}, "r"),
                        thanks = message(tx, DebtorId{1}, "t", Purpose::PaymentConfirmation),
                        stop = message(tx, DebtorId{1}, "s", Purpose::OptOutAck),
                        other = message(tx, DebtorId{2}, "o");
    for (const auto& one : {reminder, thanks, stop, other}) EXPECT_TRUE(tx.outbox.insert(one));
    EXPECT_EQ(tx.outbox.cancel_planned(kCreditor, DebtorId{1}, true, kNow, "PAID"),
              std::vector{reminder.id});
    EXPECT_EQ(tx.outbox.cancel_planned(kCreditor, DebtorId{1}, false, kNow, "OPTOUT_ALL"),
              std::vector{thanks.id});
    EXPECT_EQ(tx.outbox.count(kCreditor, MessageState::Planned), 2);
  });
}

TEST_P(StoreConformance, TimelineKeepsTheOrderOfEvents) {
  in([&](Tx& tx) {
    for (const char* kind : {"a", "b", "c"}) {
      tx.timeline.append(
          {.creditor_id = kCreditor, .debtor_id = {7}, .at = kNow, .kind = kind, .detail = ""},
          tx.ids);
    }
    const auto events = tx.timeline.of_debtor(kCreditor, DebtorId{7});
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[0].kind + events[1].kind + events[2].kind, "abc");
    EXPECT_EQ(tx.timeline.latest(kCreditor, events[0].id, 10).size(), 2u);
  });
}

TEST_P(StoreConformance, ErrorAndFailureTakeBackEverything) {
  const auto refused = store_->write([&](Tx& tx) -> Result<int> {
    tx.creditors.set_fact("x", "1");
    return fail(ErrorCode::Invalid, "no");
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "no");
  const auto broken = store_->write([&](Tx& tx) {
    tx.creditors.set_fact("x", "2");
    tx.db.run("INSERT INTO creditor (id) VALUES (1)");  // Names are required.
    ADD_FAILURE() << "a failing statement must not go on";
  });
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::Conflict);
  EXPECT_EQ(in([](Tx& tx) { return tx.creditors.fact("x"); }), "");
}

TEST_P(StoreConformance, QueryMayRunInsideItsOwnLoopAndBeLeftHalfRead) {
  in([&](Tx& tx) {
    for (int i = 0; i < 5; ++i) debtor(tx);
    const char* sql = "SELECT id FROM debtor ORDER BY id";
    int pairs = 0;
    for (auto outer = tx.db.query(sql); outer.next();) {
      for (auto inner = tx.db.query(sql); inner.next();) {
        if (++pairs % 3 == 0) break;
      }
    }
    EXPECT_GT(pairs, 5);
    EXPECT_EQ(tx.debtors.all(kCreditor).size(), 5u);
  });
}

INSTANTIATE_TEST_SUITE_P(Databases, StoreConformance,
                         testing::Values(Backend{"Sqlite", sqlite_in_memory}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace puntual
