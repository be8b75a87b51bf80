#include "engine/answer_with_document.h"

#include "base/json.h"
#include "engine/reverse_payment.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class Documents : public testing::Test {
 protected:
  Documents() {
    house.engine.desk().print = [this](const Statement& statement) -> Result<std::string> {
      if (printer_is_broken) return fail(ErrorCode::Internal, "no paper");
      printed.push_back(statement);
      return fmt::format("%PDF of {}", totals_of(statement).front().minor);
    };
    house.engine.desk().settings.transfer = {
        .bank = "Banco", .account = "77", .holder = "Yo", .currency = Currency::of("COP")};
    house.add_people(1);
    house.tick();  // The reminder of today.
    house.channel.submitted.clear();
    house.deliver(TestHouse::said(1, "wamid.hello", "Buenos días, ¿cuánto debo?"));
    house.tick();
    house.channel.submitted.clear();
    house.now = house.now + kMinuteMs;
  }
  bool ask(DocumentOrder order = {}, std::string key = "document:1") {
    return house.write([&](Tx& tx) {
      const DebtorId debtor = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
      tx.debtors.hold(TestHouse::kCreditor, {debtor});
      return answer_with_document(tx, house.engine.desk(), TestHouse::creditor(), debtor,
                                  {.order = order,
                                   .template_name = "estado_de_cuenta_v1",
                                   .step = "statement",
                                   .dedupe_key = key},
                                  house.now);
    });
  }
  void pay(int64_t minor) {
    house.write([&](Tx& tx) {
      return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                            {.source = "api",
                             .source_id = std::to_string(minor),
                             .reference = "F-0001",
                             .debtor_id = {},
                             .amount = {minor, Currency::of("COP")},
                             .method = "PSE",
                             .paid_on = date_of(2026, 11, 24),
                             .paid_at = {}},
                            house.now);
    });
  }
  OutboxMessage message() {
    const auto messages = house.messages();
    const auto found = std::ranges::find(messages, "document", &OutboxMessage::kind);
    EXPECT_NE(found, messages.end());
    return found == messages.end() ? OutboxMessage() : *found;
  }
  const SendRequest* sent() {
    const auto found = std::ranges::find_if(
        house.channel.submitted, [](const SendRequest& one) { return one.attachment.has_value(); });
    return found == house.channel.submitted.end() ? nullptr : &*found;
  }

  TestHouse house;
  std::vector<Statement> printed;
  bool printer_is_broken = false;
};

TEST_F(Documents, LeaveWithWhatIsOwedWhenTheyLeave) {
  ASSERT_TRUE(ask());
  pay(5'000'000);  // After it was asked for, before it is printed.
  house.tick();
  const SendRequest* request = sent();
  ASSERT_NE(request, nullptr);
  EXPECT_EQ(request->attachment->bytes, "%PDF of 10000000");
  EXPECT_EQ(request->attachment->mime_type, "application/pdf");
  EXPECT_EQ(request->attachment->file_name, "estado-de-cuenta-2026-11-24.pdf");
  ASSERT_EQ(printed.size(), 1u);
  EXPECT_EQ(printed[0].payments.at(0).amount.minor, 5'000'000);
  EXPECT_EQ(printed[0].payment_link, "https://p.example.com/F-0001");
  std::string body = request->body;
  body.insert(request->attachment->name_at, "4711");
  const auto document = parse_json(body)->at("document");
  EXPECT_EQ(member_text(document, "id"), "4711");
  EXPECT_EQ(member_text(document, "filename"), "estado-de-cuenta-2026-11-24.pdf");
  EXPECT_TRUE(member_text(document, "caption")
                  ->contains("aquí tiene su estado de cuenta al 24 de noviembre de 2026"));
  EXPECT_EQ(
      house.count(
          "SELECT COUNT(*) FROM timeline WHERE kind='sending' AND facts LIKE '%document_sha256%'"),
      1);
}

TEST_F(Documents, AStatementSaysWhatWasTakenBackAndShowsNoAccountOfAnotherCurrency) {
  house.engine.desk().settings.transfer.currency = Currency::of("USD");
  pay(5'000'000);
  house.write([&](Tx& tx) {
    const auto paid = tx.payments.find_by_source(TestHouse::kCreditor, "api", "5000000");
    return reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                           {.payment_id = paid->id,
                            .kind = ReversalKind::Returned,
                            .amount_minor = 5'000'000,
                            .source_id = "r",
                            .by = "ana",
                            .why = "cheque"},
                           house.now);
  });
  ASSERT_TRUE(ask());
  house.tick();
  ASSERT_EQ(printed.size(), 1u);
  EXPECT_EQ(printed[0].payments.at(0).returned.minor, 5'000'000);
  EXPECT_EQ(printed[0].payments.at(0).returned_on, date_of(2026, 11, 24));
  EXPECT_EQ(printed[0].transfer.bank, "") << "a debt in pesos";
  house.engine.desk().settings.transfer.currency = Currency::of("COP");
  ASSERT_TRUE(ask({}, "document:2"));
  house.tick();
  EXPECT_EQ(printed.at(1).transfer.bank, "Banco");
}

// Of a payment of theirs; also to who owes nothing any more.
TEST_F(Documents, TheReceiptOfAPaymentIsSentInTheChat) {
  std::vector<Receipt> receipts;
  house.engine.desk().print_receipt = [&](const Receipt& receipt) -> Result<std::string> {
    receipts.push_back(receipt);
    return std::string("%PDF");
  };
  pay(15'000'000);
  house.tick();
  house.deliver(TestHouse::said(1, "wamid.receipt", "Me manda el recibo de mi pago por favor"));
  house.tick();
  house.now = house.now + house.engine.desk().settings.settle_ms;
  house.tick();
  const SendRequest* request = sent();
  ASSERT_NE(request, nullptr);
  EXPECT_TRUE(request->attachment->file_name.starts_with("recibo-2026-11-24-"))
      << request->attachment->file_name;
  ASSERT_EQ(receipts.size(), 1U);
  EXPECT_EQ(receipts[0].payment.amount.minor, 15'000'000);
  EXPECT_EQ(receipts[0].parts.at(0).invoice, "F-0001");
}

TEST_F(Documents, AreAnsweredOnceByTheirKey) {
  ASSERT_TRUE(ask());
  ASSERT_TRUE(ask());
  house.tick();
  house.tick();
  EXPECT_EQ(printed.size(), 1u);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE kind='document'"), 1);
}

TEST_F(Documents, ThatWereNotUploadedAreTriedLater) {
  ASSERT_TRUE(ask());
  house.tick();
  ASSERT_NE(sent(), nullptr);
  house.channel.answer(*sent(), SendOutcome::NotSent);
  house.tick();
  EXPECT_EQ(message().state, MessageState::Planned);
  house.channel.submitted.clear();
  house.now = message().not_before;
  house.tick();
  EXPECT_NE(sent(), nullptr);
}

TEST_F(Documents, OfOneInvoiceNameIt) {
  ASSERT_TRUE(ask({.kind = DocumentKind::Invoice, .about = 0}));
  house.tick();
  ASSERT_NE(sent(), nullptr);
  EXPECT_EQ(sent()->attachment->file_name, "factura-f-0001.pdf");
  EXPECT_FALSE(ask({.kind = DocumentKind::Invoice, .about = 12345}, "document:2"));
}

TEST_F(Documents, GoToAConfirmedNumberOnly) {
  const auto doubt = [this] {
    house.write([&](Tx& tx) { tx.db.run("UPDATE address SET state='unconfirmed'"); });
  };
  ASSERT_TRUE(ask());
  doubt();
  house.tick();
  EXPECT_EQ(sent(), nullptr);
  EXPECT_EQ(message().state, MessageState::Cancelled);
  EXPECT_FALSE(ask({}, "document:2"));
  EXPECT_TRUE(printed.empty());
}

TEST_F(Documents, ThatCannotBePrintedAreCancelled) {
  printer_is_broken = true;
  ASSERT_TRUE(ask());
  house.tick();
  EXPECT_EQ(message().state, MessageState::Cancelled);
  EXPECT_EQ(message().reasons, "document_failed");
  EXPECT_EQ(sent(), nullptr);
}

TEST_F(Documents, WaitForNoClosedServiceWindow) {
  ASSERT_TRUE(ask());
  house.write([&](Tx& tx) {
    tx.db.run(
        "UPDATE outbox SET not_before=not_before+86400000, expires_at=expires_at+86400000 WHERE "
        "kind='document'");
  });
  house.now = house.now + kDayMs;
  house.tick();
  EXPECT_EQ(message().state, MessageState::Cancelled);
  EXPECT_EQ(message().reasons, "SERVICE_WINDOW_CLOSED");
}

TEST_F(Documents, AreMadeFewInATransaction) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(ask({}, fmt::format("document:{}", i)));
  house.engine.desk().pair_pace = std::make_shared<whatsapp::PairPace>();
  house.tick();
  EXPECT_EQ(printed.size(), 16u);
}

TEST_F(Documents, HoldUpNoWordsHoweverManyWait) {
  house.import(std::string(TestHouse::kTitles) + TestHouse::row(2, 2, 150'000, 150'000));
  house.channel.room = 8;
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(ask({}, fmt::format("document:{}", i)));
  house.engine.desk().pair_pace = std::make_shared<whatsapp::PairPace>();
  house.tick();
  EXPECT_EQ(printed.size(), 6u);  // Beside the answer and the reminder.
  EXPECT_EQ(house.state(2), MessageState::InFlight);
}

TEST_F(Documents, HoldUpNoInvitationAndAreHeldUpByNone) {
  // Fifty invitations wait, and WhatsApp takes nothing now.
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(ask({}, fmt::format("document:{}", i)));
  house.write([&](Tx& tx) {
    tx.db.run("UPDATE outbox SET channel='email', queue=2, kind='on_ramp' WHERE state='planned'");
  });
  ASSERT_TRUE(ask({}, "document:words"));
  house.channel.room = 0;
  EXPECT_EQ(house.tick().dispatch.cancelled, WhatsAppChannel::kElsewhereMax);  // She has no e-mail.
  EXPECT_TRUE(printed.empty());
  house.channel.room = 100;
  house.tick();
  EXPECT_EQ(printed.size(), 1u);
}

TEST(DocumentOrder, IsReadAsWritten) {
  for (const DocumentOrder order :
       {DocumentOrder{}, DocumentOrder{.kind = DocumentKind::Invoice, .about = 77},
        DocumentOrder{.kind = DocumentKind::Agreement, .about = 78}}) {
    EXPECT_EQ(document_order_of(text_of(order)), order);
  }
  for (const std::string_view bad : {"", "invoice", "invoice ", "invoice x", "invoice 0",
                                     "invoice 7 ", "statement 1", "agreement", "agreement x"}) {
    EXPECT_FALSE(document_order_of(bad)) << bad;
  }
}

// The reminder of the day of each brings its invoice.
class AttachedReminders : public testing::Test {
 protected:
  AttachedReminders() {
    auto& desk = house.engine.desk();
    desk.print = [this](const Statement& statement) -> Result<std::string> {
      if (printer_is_broken) return fail(ErrorCode::Internal, "no paper");
      return fmt::format("%PDF of {}", totals_of(statement).front().minor);
    };
    Strategy& strategy = desk.strategies.at("estandar");
    for (auto& cadence : strategy.cadences) {
      for (auto& step : cadence.steps) step.attach = DocumentKind::Invoice;
    }
    desk.templates.add_documents_of(strategy);
    house.write([&](Tx& tx) {
      for (const auto& one : desk.templates.all())
        tx.templates.save(TestHouse::kCreditor,
                          {one.name, one.language, "APPROVED", "UTILITY", "", house.now});
    });
    house.add_people(1);
  }
  const SendRequest& sent() { return house.channel.submitted.at(0); }
  void tick_until_sent() {
    for (int i = 0; i < 20 && house.channel.submitted.empty(); ++i) {
      house.now = house.now + 2 * kSecondMs;
      house.tick();
    }
    ASSERT_EQ(house.channel.submitted.size(), 1u);
  }
  json::value template_sent() {
    std::string body = sent().body;
    if (sent().attachment) body.insert(sent().attachment->name_at, "4711");
    return parse_json(body)->at("template");
  }

  TestHouse house;
  bool printer_is_broken = false;
};

TEST_F(AttachedReminders, BringWhatIsOwedWhenTheyLeave) {
  house.channel.room = 0;
  house.tick();  // Planned, and no more.
  house.channel.room = 100;
  const auto planned = house.messages().at(0);
  EXPECT_EQ(planned.template_name, "vence_hoy_v1_pdf");
  EXPECT_TRUE(planned.attach.starts_with("invoice "));
  house.write([](Tx& tx) { tx.db.run("UPDATE invoice SET balance_minor=12000000"); });
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);
  ASSERT_TRUE(sent().attachment.has_value());
  EXPECT_EQ(sent().attachment->bytes, "%PDF of 12000000");
  const json::value sent_template = template_sent();
  EXPECT_EQ(member_text(sent_template, "name"), "vence_hoy_v1_pdf");
  const auto& document = sent_template.at("components").at(0).at("parameters").at(0).at("document");
  EXPECT_EQ(member_text(document, "id"), "4711");
  EXPECT_EQ(member_text(document, "filename"), "factura-f-0001.pdf");
  EXPECT_TRUE(house.messages().at(0).text.contains("$ 120.000"));
  EXPECT_EQ(
      house.count(
          "SELECT COUNT(*) FROM timeline WHERE kind='sending' AND facts LIKE '%document_sha256%'"),
      1);
}

TEST_F(AttachedReminders, GoWithoutWhatCannotBePrinted) {
  printer_is_broken = true;
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);
  EXPECT_FALSE(sent().attachment.has_value());
  EXPECT_EQ(member_text(template_sent(), "name"), "vence_hoy_v1");
  EXPECT_EQ(
      house.count(
          "SELECT COUNT(*) FROM timeline WHERE kind='document_left_out' AND detail='not printed'"),
      1);
}

TEST_F(AttachedReminders, GoWithoutWhatTheThirdUploadDidNotBring) {
  for (int i = 0; i < 3; ++i) {
    tick_until_sent();
    EXPECT_TRUE(sent().attachment.has_value());
    house.channel.answer(sent(), SendOutcome::NotSent);
    house.channel.submitted.clear();
  }
  tick_until_sent();
  ASSERT_EQ(house.channel.submitted.size(), 1u);
  EXPECT_FALSE(sent().attachment.has_value());
  EXPECT_EQ(member_text(template_sent(), "name"), "vence_hoy_v1");
  EXPECT_EQ(house.messages().size(), 1u);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='document_left_out'"), 1);
}

TEST_F(AttachedReminders, WaitForTheirWordsWhenNeitherTemplateMayBeSent) {
  house.write([&](Tx& tx) {
    for (const char* name : {"vence_hoy_v1", "vence_hoy_v1_pdf"})
      tx.templates.save(TestHouse::kCreditor, {name, "es_CO", "PAUSED", "UTILITY", "", house.now});
  });
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  EXPECT_EQ(house.messages().at(0).reasons, "TEMPLATE_PAUSED");
}

TEST_F(AttachedReminders, LoseTheirDocumentWithAStrategyThatHasNone) {
  house.channel.room = 0;
  house.tick();
  house.channel.room = 100;
  house.engine.desk().strategies.at("estandar").cadences.clear();
  house.engine.desk()
      .strategies.at("estandar")
      .cadences.push_back({.segments = {Segment::New}, .steps = {}});
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);
  EXPECT_FALSE(sent().attachment.has_value());
  EXPECT_EQ(member_text(template_sent(), "name"), "vence_hoy_v1");
}

}  // namespace
}  // namespace puntual::engine
