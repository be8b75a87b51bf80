// What somebody with the database in their hands cannot do unseen, and that a proof holds without
// it.
#include "engine/audit.h"

#include "base/json.h"
#include "core/audit/agreement_proof.h"
#include "engine/agreements.h"
#include "engine/person_commands.h"
#include "engine/proof.h"
#include "engine/rights.h"
#include "engine/suspend.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

// One message on its whole way, one payment, one stop.
class AuditTrail : public testing::Test {
 protected:
  AuditTrail() {
    house.add_people(2);
    house.tick();
    house.channel.answer(house.channel.submitted[0], SendOutcome::Accepted);
    house.channel.answer(house.channel.submitted[1], SendOutcome::Unknown);
    house.tick();
    const std::string attempt = house.channel.submitted[0].attempt_id;
    for (const char* word : {"sent", "delivered", "read"})
      house.deliver(TestHouse::status(attempt, word));
    house.deliver(TestHouse::said(2, "wamid.in", "BAJA"));
    house.tick();
  }
  AuditReport verify(std::vector<audit::Anchor> anchors = {}) {
    return house.write([&](Tx& tx) { return verify_audit(tx, anchors); });
  }
  std::vector<audit::Anchor> anchor() {
    return house.write([&](Tx& tx) {
      auto anchors = make_anchors(tx, house.now);
      EXPECT_TRUE(anchors.has_value());
      for (const auto& one : *anchors) tx.timeline.keep_anchor(one);
      return *anchors;
    });
  }
  std::vector<TimelineEvent> all() {
    std::vector<TimelineEvent> found;
    house.write(
        [&](Tx& tx) { tx.timeline.each([&](const TimelineEvent& one) { found.push_back(one); }); });
    return found;
  }
  // Behind our back, guards removed; taken back afterwards.
  AuditReport after(const std::string& sql, const std::vector<audit::Anchor>& anchors = {}) {
    AuditReport report;
    const auto undone = house.store->write([&](Tx& tx) -> Result<void> {
      tx.db.script(tests::TestDatabase::unguard("timeline") +
                   tests::TestDatabase::unguard("outbox") + sql);
      report = verify_audit(tx, anchors);
      return fail(ErrorCode::Conflict, "taken back");
    });
    EXPECT_EQ(undone.error().message, "taken back");
    return report;
  }
  TestHouse house;
};

TEST_F(AuditTrail, HoldsAndHasARecordOfEachMove) {
  EXPECT_TRUE(verify().faults.empty());
  std::vector<std::string> kinds;
  for (const auto& record : all()) {
    if (record.message_id == house.messages(1)[0].id) kinds.push_back(record.kind);
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"proposed", "sending", "accepted", "sent", "delivered",
                                             "read"}));
}

TEST_F(AuditTrail, IsGuardedByTheDatabaseItself) {
  for (const store::Sql sql : std::initializer_list<store::Sql>{
           "UPDATE timeline SET detail='x'", "DELETE FROM timeline",
           "UPDATE ledger_entry SET amount_minor=1", "DELETE FROM ledger_entry"}) {
    const auto refused = house.store->write([&](Tx& tx) { tx.db.run(sql); });
    ASSERT_FALSE(refused.has_value()) << sql.text();
    EXPECT_TRUE(refused.error().message.contains("append-only")) << refused.error().message;
  }
}

TEST_F(AuditTrail, ShowsAChangeOfAnyColumnOfAnyRecord) {
  const auto records = all();
  ASSERT_GT(records.size(), 9U);
  for (const auto& record : records) {
    for (const char* change :
         {"debtor_id=debtor_id+1", "at=at+1", "kind=kind||'x'", "message_id=message_id+1",
          "invoice_id=invoice_id+1", "payment_id=payment_id+1", "detail=detail||' '",
          "facts=facts||' '",
          "hash=CASE WHEN hash LIKE '0%' THEN '1' ELSE '0' END||substr(hash,2)"}) {
      const auto report =
          after(fmt::format("UPDATE timeline SET {} WHERE id={}", change, record.id));
      ASSERT_FALSE(report.faults.empty()) << change;
      EXPECT_EQ(report.faults[0].record_id, record.id) << record.kind << ": " << change;
    }
    // The id and the creditor say which chain and where; the fault shows there or at the next one.
    for (const char* change : {"id=-id", "creditor_id=9"}) {
      EXPECT_FALSE(after(fmt::format("UPDATE timeline SET {} WHERE id={}", change, record.id))
                       .faults.empty())
          << change;
    }
  }
}

TEST_F(AuditTrail, ShowsWhatIsMissingAddedOrMoved) {
  const auto anchors = anchor();
  const auto records = all();
  for (size_t i = 0; i < records.size(); ++i) {
    const auto report =
        after(fmt::format("DELETE FROM timeline WHERE id={}", records[i].id), anchors);
    ASSERT_FALSE(report.faults.empty());
    EXPECT_EQ(report.faults[0].kind,
              i + 1 < records.size() ? audit::FaultKind::Removed : audit::FaultKind::Truncated);
  }
  const int64_t third = records[3].id, fifth = records[5].id;
  EXPECT_FALSE(
      after(fmt::format(
                "UPDATE timeline SET id=-1 WHERE id={0}; UPDATE timeline SET id={0} WHERE id={1};"
                "UPDATE timeline SET id={1} WHERE id=-1",
                third, fifth))
          .faults.empty());
  // A free id in the middle.
  size_t gap = 1;
  while (records[gap + 1].id == records[gap].id + 1) ++gap;
  const auto inserted =
      after(fmt::format("INSERT INTO timeline SELECT id+1, creditor_id, debtor_id, at, kind, "
                        "message_id, invoice_id, "
                        "payment_id, detail, facts, hash FROM timeline WHERE id={}",
                        records[gap].id),
            anchors);
  ASSERT_FALSE(inserted.faults.empty());
  EXPECT_EQ(inserted.faults[0].kind, audit::FaultKind::Inserted);
}

// No anchor at all, and the end is cut off: the messages tell.
TEST_F(AuditTrail, MissesTheRecordsOfMessagesThatLeft) {
  const auto report = after(
      "DELETE FROM timeline WHERE kind IN "
      "('sending','accepted','sent','delivered','read','uncertain')");
  ASSERT_FALSE(report.faults.empty());
  EXPECT_EQ(report.faults.back().kind, audit::FaultKind::Unrecorded);
}

// Who may write the database could take a message away, or call it refused, and one more would
// leave that day.
TEST_F(AuditTrail, ShowsMessagesThatAreGoneOrCalledOtherwise) {
  for (const char* deed :
       {"DELETE FROM outbox WHERE state='read'", "UPDATE outbox SET attempts=0 WHERE state='read'",
        "UPDATE outbox SET in_flight_at=in_flight_at-864000000 WHERE state='read'",
        "UPDATE outbox SET state='rejected' WHERE state='read'",
        "UPDATE outbox SET state='failed' WHERE state='read'"}) {
    const auto report = after(deed);
    ASSERT_FALSE(report.faults.empty()) << deed;
    EXPECT_EQ(report.faults.back().kind, audit::FaultKind::Unrecorded);
    EXPECT_TRUE(report.faults.back().what_es.contains("mensaje")) << report.faults.back().what_es;
  }
}

// The database itself keeps what was handed over; what never left may go.
TEST_F(AuditTrail, WhatWasSentIsNotRemovedUnseen) {
  const auto removed = [&](std::string_view which) {
    return house.store->write([&](Tx& tx) -> Result<int64_t> {
      return tx.db.run(store::Sql::kept(fmt::format("DELETE FROM outbox WHERE {}", which)));
    });
  };
  const auto refused = removed("state='read'");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().message.contains("what was sent is kept")) << refused.error().message;
  EXPECT_TRUE(removed("attempts=0 AND in_flight_at IS NULL"));
}

// Of several requests each is there.
TEST_F(AuditTrail, MissesOneOfSeveralRequests) {
  house.write([&](Tx& tx) {
    const auto invoice = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001");
    tx.debtors.hold(TestHouse::kCreditor, {invoice->debtor_id});
    const Debtor debtor = *tx.debtors.find(TestHouse::kCreditor, invoice->debtor_id);
    for (const auto kind : {RightKind::Access, RightKind::Erasure})
      (void)take_request(tx, Law{}, TestHouse::creditor(), debtor, kind, "chat", house.now);
  });
  ASSERT_TRUE(verify().faults.empty()) << verify().faults[0].what_es;
  const auto report = after("DELETE FROM rights_request WHERE kind='erasure'");
  ASSERT_FALSE(report.faults.empty());
  EXPECT_TRUE(report.faults.back().what_es.contains("pedido sobre sus datos"));
}

// The record of a block of a file speaks for those who came with it, not for somebody who was known
// before.
TEST_F(AuditTrail, MissesTheRecordsOfConsents) {
  for (const char* deed :
       {"DELETE FROM timeline WHERE kind='import'", "UPDATE debtor SET created_at=created_at-1"}) {
    const auto report = after(deed);
    ASSERT_FALSE(report.faults.empty()) << deed;
    EXPECT_EQ(report.faults.back().kind, audit::FaultKind::Unrecorded);
    EXPECT_TRUE(report.faults.back().what_es.contains("autorización"))
        << report.faults.back().what_es;
  }
}

// Of who was asked later than their file, the paper itself: called otherwise afterwards, it is
// another one.
TEST_F(AuditTrail, ShowsAConsentWhosePaperIsCalledOtherwise) {
  house.write([&](Tx& tx) {
    const auto invoice = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001");
    tx.debtors.hold(TestHouse::kCreditor, {invoice->debtor_id});
    for (const char* paper : {"Contrato 17", "Contrato 18"}) {  // Both in one moment.
      const auto granted = grant_consent(tx, TestHouse::creditor(), invoice->debtor_id,
                                         {.channel = Channel::Email,
                                          .at = house.now,
                                          .kind = "contract",
                                          .instrument = paper,
                                          .text_version = {},
                                          .by = "operator"},
                                         house.now);
      EXPECT_TRUE(granted.has_value()) << granted.error().message;
    }
  });
  ASSERT_TRUE(verify().faults.empty()) << verify().faults[0].what_es;
  const auto report =
      after(tests::TestDatabase::unguard("consent") +
            "UPDATE consent SET instrument='Contrato 71' WHERE instrument='Contrato 17'");
  ASSERT_FALSE(report.faults.empty());
  EXPECT_TRUE(report.faults.back().what_es.contains("otro documento"))
      << report.faults.back().what_es;
}

// The file's own paper is on its block's record; an agent may have noted another one in that very
// moment.
TEST_F(AuditTrail, TakesTwoPapersOfOneMomentForWhatTheyAre) {
  house.import(
      "Documento cliente;Nombre del cliente;Celular;Consentimiento fecha;Consentimiento prueba;"
      "Factura;Fecha factura;Fecha de vencimiento;Valor total;Saldo\n"
      "9001;Nora Paz;3001239001;01/11/2026;Contrato 5;F-9001;01/11/2026;25/11/2026;1000,00;1000,00"
      "\n");
  house.write([&](Tx& tx) {
    const auto invoice = tx.invoices.find_by_number(TestHouse::kCreditor, "F-9001");
    ASSERT_TRUE(invoice);
    ASSERT_EQ(tx.permissions.ledger(TestHouse::kCreditor, invoice->debtor_id).size(), 1u);
    tx.debtors.hold(TestHouse::kCreditor, {invoice->debtor_id});
    const auto granted = grant_consent(tx, TestHouse::creditor(), invoice->debtor_id,
                                       {.channel = Channel::WhatsApp,
                                        .at = house.now,
                                        .kind = "contract",
                                        .instrument = "Otrosí 5",
                                        .text_version = {},
                                        .by = "operator"},
                                       house.now);
    EXPECT_TRUE(granted.has_value()) << granted.error().message;
  });
  EXPECT_TRUE(verify().faults.empty()) << verify().faults[0].what_es;
  // That of the file is covered by its block alone; what the agent noted is still held to its
  // record.
  const auto report = after(tests::TestDatabase::unguard("consent") +
                            "UPDATE consent SET instrument='Otro' WHERE instrument='Otrosí 5'");
  ASSERT_FALSE(report.faults.empty());
  EXPECT_TRUE(report.faults.back().what_es.contains("otro documento"))
      << report.faults.back().what_es;
}

// The row of an agreement says what was agreed, and what a person has asked for is there.
TEST_F(AuditTrail, ShowsRowsThatAreNotWhatWasRecorded) {
  house.write([&](Tx& tx) {
    const auto invoice = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001");
    const auto made =
        make_agreement(tx, house.engine.desk(), house.creditor(),
                       {.debtor_id = invoice->debtor_id,
                        .offer = {.instalments = {{date_of(2026, 11, 27), invoice->balance_minor}}},
                        .through = "chat",
                        .words = "Sí"},
                       house.now);
    ASSERT_TRUE(made) << made.error().message;
  });
  ASSERT_TRUE(verify().faults.empty());
  for (const char* deed :
       {"UPDATE instalment SET amount_minor=amount_minor*2",
        "UPDATE instalment SET due_on=due_on+1", "UPDATE agreement SET discount_minor=1",
        "UPDATE agreement SET made_at=made_at+1", "DELETE FROM instalment",
        "DELETE FROM opt_out"}) {
    const auto report = after(deed);
    ASSERT_FALSE(report.faults.empty()) << deed;
    EXPECT_EQ(report.faults.back().kind, audit::FaultKind::Unrecorded);
  }
}

// Who rests, since when and until whom, and what money was applied, is on the timeline as well.
TEST_F(AuditTrail, ShowsSuspensionsAndPaymentsThatAreNotAsRecorded) {
  house.write([&](Tx& tx) {
    const auto invoice = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001");
    tx.debtors.hold(TestHouse::kCreditor, {invoice->debtor_id});
    const store::Suspension claim{
        .kind = store::SuspensionKind::Claim, .since = house.now, .until = {}, .through = "chat"};
    suspend(tx, TestHouse::kCreditor, invoice->debtor_id, claim, house.now);
    suspend(tx, TestHouse::kCreditor, invoice->debtor_id, claim,
            house.now + 1);  // Once more: one row, two records.
    EXPECT_TRUE(end_suspension(tx, TestHouse::kCreditor, invoice->debtor_id,
                               store::SuspensionKind::Claim, "operator", house.now + 2));
    suspend(tx, TestHouse::kCreditor, invoice->debtor_id,
            {.kind = store::SuspensionKind::Dispute,
             .since = house.now,
             .until = {},
             .through = "chat"},
            house.now);
    const auto later = [&](int days) {
      return store::Suspension{.kind = store::SuspensionKind::Reversal,
                               .since = house.now,
                               .until = house.now + kDayMs * days,
                               .through = "chat"};
    };
    suspend(tx, TestHouse::kCreditor, invoice->debtor_id, later(3), house.now);
    suspend(tx, TestHouse::kCreditor, invoice->debtor_id, later(5),
            house.now + 3);  // Until the later of both.
  });
  ASSERT_TRUE(verify().faults.empty()) << verify().faults[0].what_es;
  for (const char* deed :
       {"DELETE FROM suspension WHERE kind='dispute'",
        "UPDATE suspension SET kind='hardship' WHERE kind='dispute'",
        "UPDATE suspension SET since=since-1",
        "UPDATE suspension SET ended_at=since, ended_through='operator' WHERE kind='dispute'",
        "UPDATE suspension SET ended_at=NULL WHERE kind='claim'",
        "UPDATE suspension SET debtor_id=debtor_id+1",
        "UPDATE suspension SET until=until+1 WHERE kind='reversal'",
        "UPDATE suspension SET until=until-172800000 WHERE kind='reversal'",
        "UPDATE suspension SET until=NULL WHERE kind='reversal'",
        "UPDATE suspension SET until=since+1 WHERE kind='dispute'"}) {
    const auto report = after(deed);
    ASSERT_FALSE(report.faults.empty()) << deed;
    EXPECT_EQ(report.faults.back().kind, audit::FaultKind::Unrecorded);
  }
}

TEST_F(AuditTrail, ShowsAPaymentThatIsNotAsRecorded) {
  house.write([&](Tx& tx) {
    return record_payment(tx, house.engine.desk(), house.creditor(),
                          {.source = "api",
                           .source_id = "P-1",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {1'000'00, Currency::of("COP")},
                           .method = "PSE",
                           .paid_on = date_of(2026, 11, 24),
                           .paid_at = {}},
                          house.now);
  });
  ASSERT_TRUE(verify().faults.empty()) << verify().faults[0].what_es;
  for (const auto& deed :
       {tests::TestDatabase::unguard("ledger_entry") +
            "DELETE FROM ledger_entry WHERE payment_id<>0",
        tests::TestDatabase::unguard("ledger_entry") +
            "UPDATE ledger_entry SET amount_minor=amount_minor-1 WHERE payment_id<>0",
        std::string("DELETE FROM payment"),
        std::string("UPDATE payment SET amount_minor=amount_minor-1"),
        std::string("UPDATE payment SET currency='USD'")}) {
    const auto report = after(deed);
    ASSERT_FALSE(report.faults.empty()) << deed;
    EXPECT_TRUE(report.faults.back().what_es.contains("pago")) << report.faults.back().what_es;
  }
}

TEST_F(AuditTrail, TheDatabaseRefusesToForgetOrReplaceARecord) {
  for (const char* deed :
       {"DELETE FROM timeline", "UPDATE timeline SET detail='x'",
        "INSERT OR REPLACE INTO timeline SELECT * FROM timeline LIMIT 1", "DELETE FROM consent",
        "UPDATE consent SET channel='sms'", "DELETE FROM ledger_entry"}) {
    EXPECT_FALSE(house.store->write([&](Tx& tx) { tx.db.script(deed); }).has_value()) << deed;
  }
  EXPECT_TRUE(verify().faults.empty());
}

TEST_F(AuditTrail, IsNotAnchoredWhenItDoesNotHold) {
  (void)house.store->write([&](Tx& tx) -> Result<void> {
    tx.db.script(tests::TestDatabase::unguard("timeline") +
                 "UPDATE timeline SET detail='x' WHERE kind='sending'");
    const auto anchors = make_anchors(tx, house.now);
    EXPECT_FALSE(anchors.has_value());
    return fail(ErrorCode::Conflict, "taken back");
  });
}

// A clock that was set back: what it names stands later than it shows.
TEST_F(AuditTrail, AClockSetBackAnchorsAndProvesWhatIsThere) {
  const OutboxMessage message = house.messages(1)[0];
  house.now = house.now - 30 * kDayMs;
  const auto anchors = anchor();
  for (const auto& one : anchors) EXPECT_GE(one.at, house.now) << one.chain.creditor.value;
  const auto made = house.write(
      [&](Tx& tx) { return *make_proof(tx, TestHouse::creditor(), message, house.now, {}); });
  auto read = audit::read_proof(audit::write_proof(made));
  ASSERT_TRUE(read);
  EXPECT_EQ(audit::faults_of_proof(*read, anchors), std::vector<std::string>{});
  EXPECT_TRUE(verify(anchors).faults.empty());
  // An anchor from before what it names is none: in whole seconds, as a proof writes it.
  for (auto& one : read->anchors) one.at = read->records.back().record.at - kMinuteMs;
  EXPECT_FALSE(audit::faults_of_proof(*read, {}).empty());
}

TEST_F(AuditTrail, ProofHoldsAndAnyChangedByteOfWhatItProvesFails) {
  const OutboxMessage message = house.messages(1)[0];
  house.write([&](Tx& tx) { EXPECT_TRUE(needs_anchor(tx, message)); });
  const auto anchors = anchor();
  const auto made = house.write(
      [&](Tx& tx) { return *make_proof(tx, TestHouse::creditor(), message, house.now, {}); });
  const std::string file = audit::write_proof(made);
  const auto read = audit::read_proof(file);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(audit::faults_of_proof(*read, anchors), std::vector<std::string>{});
  EXPECT_EQ(read->address, "+573000000001");
  EXPECT_FALSE(read->rules.empty());
  for (const auto& rule : read->rules) EXPECT_FALSE(rule.law.empty()) << rule.id;

  const size_t explained = file.find("\"explained\"");
  ASSERT_NE(explained, std::string::npos);
  const size_t proven_from = file.find("\"message\"");
  int believed = 0;
  for (size_t i = proven_from; i < explained; i += 11) {
    std::string changed = file;
    changed[i] = changed[i] == '7' ? '8' : '7';
    const auto other = audit::read_proof(changed);
    if (other && audit::faults_of_proof(*other, anchors).empty()) {
      // Only the moment that an anchor bears for people is not compared.
      if (file.rfind("\"at\":\"", i) == std::string::npos || i - file.rfind("\"at\":\"", i) > 26)
        ++believed;
    }
  }
  EXPECT_EQ(believed, 0);
}

// A clock set back a month: an anchor is never older than what it names, and what is made of it
// holds.
TEST_F(AuditTrail, ProofOfAClockSetBackHolds) {
  house.now = house.now + 400;  // Within a second.
  house.deliver(TestHouse::status(house.channel.submitted[1].attempt_id, "delivered"));
  house.tick();
  const OutboxMessage message = house.messages(2)[0];
  const Instant latest = std::ranges::max(all(), {}, &TimelineEvent::at).at;
  house.now = house.now - kDayMs * 30;
  const auto anchors = anchor();
  for (const auto& one : anchors) EXPECT_EQ(one.at, latest);
  const auto made = house.write(
      [&](Tx& tx) { return *make_proof(tx, TestHouse::creditor(), message, house.now, {}); });
  const auto read = audit::read_proof(audit::write_proof(made));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(audit::faults_of_proof(*read, anchors), std::vector<std::string>{});

  // The file tells an anchor's moment in whole seconds: within its second a record may be later,
  // beyond it may not.
  auto early = made;
  const Instant last = std::ranges::max(made.records, {}, [](const audit::ProofRecord& one) {
                         return one.record.at;
                       }).record.at;
  ASSERT_NE(last.ms % 1000, 0);
  early.anchors[0].at = Instant{last.ms / 1000 * 1000};
  EXPECT_TRUE(audit::faults_of_proof(early, early.anchors).empty());
  early.anchors[0].at = Instant{last.ms / 1000 * 1000 - 1};
  const auto faults = audit::faults_of_proof(early, early.anchors);
  ASSERT_FALSE(faults.empty());
  EXPECT_TRUE(faults[0].contains("posterior a la de su ancla")) << faults[0];
}

TEST_F(AuditTrail, ProofOfAnAgreementHoldsItsWordsItsIdentityAndItsMessages) {
  const auto say = [&](std::string_view id, std::string_view words) {
    house.deliver(TestHouse::said(1, id, words));
    house.tick();
    house.now = house.now + house.engine.desk().settings.settle_ms;
    house.channel.submitted.clear();
    house.tick();
    for (const auto& one : house.channel.submitted)
      house.channel.answer(one, SendOutcome::Accepted);
    house.now = house.now + kMinuteMs;
    house.tick();
  };
  say("wamid.a", "no puedo pagar todo, ¿puedo en cuotas?");
  say("wamid.b", "la segunda por favor");
  const auto anchors = anchor();
  const auto made = house.write([&](Tx& tx) {
    const Agreement agreement =
        *tx.agreements.active_of(TestHouse::kCreditor, tx.debtors.all(TestHouse::kCreditor).at(0));
    EXPECT_FALSE(needs_anchor(tx, agreement));
    return *make_agreement_proof(tx, TestHouse::creditor(), agreement, house.now, {});
  });
  ASSERT_EQ(made.messages.size(), 2U);
  EXPECT_TRUE(made.messages[0].text.contains("1)")) << made.messages[0].text;  // What was offered,
  EXPECT_TRUE(made.words.contains("Respuesta: la segunda por favor")) << made.words;  // taken,
  const json::object facts = audit::facts_of_making(made);                            // by whom.
  EXPECT_EQ(member_text(*member_object(facts, "identity"), "state"), "confirmed");

  const std::string file = audit::write_agreement_proof(made);
  const auto judge = [&](const std::string& bytes) -> std::optional<std::vector<std::string>> {
    const auto document = parse_json(bytes);
    const auto read =
        document ? audit::agreement_proof_of(*document) : std::unexpected(document.error());
    return read ? std::optional(audit::faults_of_agreement_proof(*read, anchors)) : std::nullopt;
  };
  EXPECT_EQ(judge(file), std::vector<std::string>{});
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = file;
    const size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return changed.replace(at, from.size(), to);
  };
  for (const auto& [from, to] :
       {std::pair("la segunda por favor", "la primera por favor"),
        std::pair("\\\"state\\\":\\\"confirmed\\\"", "\\\"state\\\":\\\"asked\\\""),
        std::pair("agreement_made", "agreement_kept")}) {
    EXPECT_FALSE(judge(with(from, to)).value_or(std::vector<std::string>{}).empty()) << from;
  }
  auto others = made;
  others.agreement.value += 1;
  EXPECT_FALSE(audit::faults_of_agreement_proof(others, anchors).empty());
}

TEST_F(AuditTrail, ProofOutlivesTheTextOfAnErasedPerson) {
  const OutboxMessage before = house.messages(1)[0];
  ASSERT_TRUE(*house.store->erase(TestHouse::kCreditor, before.debtor_id, house.now));
  const auto anchors = anchor();
  const auto made = house.write([&](Tx& tx) {
    return *make_proof(tx, TestHouse::creditor(),
                       *find_message(tx, TestHouse::creditor(), std::to_string(before.id.value)),
                       house.now, {});
  });
  EXPECT_EQ(made.text, "");
  auto read = *audit::read_proof(audit::write_proof(made));
  EXPECT_TRUE(read.is_forgotten);
  EXPECT_EQ(audit::faults_of_proof(read, anchors), std::vector<std::string>{});
  read.text = "otro texto";  // One that is there must be the one.
  EXPECT_FALSE(audit::faults_of_proof(read, anchors).empty());
  read.text.clear();
  read.records[0].record.facts += " ";
  EXPECT_FALSE(audit::faults_of_proof(read, anchors).empty());
}

// An anchor from before the message says neither yes nor no; one that reaches it and differs says
// no.
TEST_F(AuditTrail, ProofBeyondAnAnchorIsNotYetCovered) {
  const auto old = anchor();
  house.now = house.now + kDayMs * 8;
  house.tick();
  ASSERT_GE(house.messages(1).size(), 2U);
  const auto newer = anchor();
  const OutboxMessage last = house.messages(1).back();
  const auto made = house.write(
      [&](Tx& tx) { return *make_proof(tx, TestHouse::creditor(), last, house.now, {}); });
  EXPECT_TRUE(audit::is_beyond(made, old));
  EXPECT_FALSE(audit::faults_of_proof(made, old).empty());
  EXPECT_FALSE(audit::is_beyond(made, newer));
  EXPECT_TRUE(audit::faults_of_proof(made, newer).empty());
  auto forged = newer;
  forged.back().merkle_root[0] ^= 1;
  EXPECT_FALSE(audit::is_beyond(made, forged));
}

TEST_F(AuditTrail, HoldsNoPersonalData) {
  for (const auto& record : all()) {
    for (const char* word : {"Persona", "57300000", "10.000", "F-00"}) {
      EXPECT_FALSE(record.detail.contains(word) || record.facts.contains(word))
          << record.kind << " " << record.detail << record.facts;
    }
  }
}

}  // namespace
}  // namespace puntual::engine
