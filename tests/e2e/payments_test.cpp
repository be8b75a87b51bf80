// Money from a provider, over real HTTP: Wompi's simulator tells, the running house verifies, looks
// it up, books it and thanks.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/clock.h"
#include "app/config.h"
#include "app/pay_job.h"
#include "cli/open_providers.h"
#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

class Payments : public testing::Test {
 protected:
  static constexpr int64_t kOwed = 15'000'000;

  void SetUp() override {
    write_file(folder_of("wompi.toml"), R"(public_key = "pub_test_Sandbox0Publica"
private_key = "prv_test_Sandbox0Privada"
events_secret = "test_events_Sandbox0Eventos"
integrity_secret = "test_integrity_Sandbox0Integridad"
)");
    house.add_settings(
        fmt::format("[payments]\npublic_url = \"{}\"\nproviders = "
                    "[\"wompi\"]\n[payments.wompi]\nsecrets_file = \"{}\"\nbase_url = \"{}\"\n",
                    house.url(""), folder_of("wompi.toml"), house.sandbox_url("/pay/wompi/v1")));
    ASSERT_EQ(house.import(portfolio_of(1, 2)).exit_code, 0);
    house.open_sandbox(R"({"platform":{"read_ppm":0}})",
                       {"--pay", "wompi", "--pay-notice-url", house.url("/webhooks/payments")});
  }

  // As the payer's page has it made; before the house opens, so that it can be as old as is wanted.
  PaymentRequest ask(const Person& person, int64_t age_ms = 0) {
    const auto store = *Store::open(house.database);
    const Clock clock(*parse_rfc3339(House::kMorning) - age_ms);
    const auto config = *load_config(folder_of("puntual.toml"), {});
    auto providers = *cli::open_providers(config.payments, clock);
    const auto creditor = *store->read([](Tx& tx) { return *tx.creditors.find(CreditorId{1}); });
    const auto invoice = *store->read(
        [&](Tx& tx) { return *tx.invoices.find_by_number(CreditorId{1}, person.invoice()); });
    const PayLink link{.id = {invoice.id.value},
                       .creditor_id = creditor.id,
                       .debtor_id = invoice.debtor_id,
                       .about = {PayAboutKind::Invoice, invoice.id.value},
                       .bank_reference = {},
                       .created_at = clock.now(),
                       .expires_at = clock.now() + 90 * kDayMs,
                       .revoked_at = {}};
    auto made = make_request(*store, providers, creditor,
                             {.request = {.link = link,
                                          .provider = "wompi",
                                          .amount = invoice.balance(),
                                          .expires_at = clock.now() + kDayMs},
                              .title = "Factura " + person.invoice()},
                             clock.now());
    EXPECT_TRUE(made.has_value()) << made.error().message;
    return made.value_or(PaymentRequest{});
  }
  [[nodiscard]] std::string folder_of(std::string_view name) const {
    return house.folder / std::string(name);
  }
  Answer pay(const PaymentRequest& request, std::string_view outcome = "approved") {
    return post(house.sandbox_url("/_pay/wompi/pay"),
                to_json(json::object{{"link", request.provider_link_id}, {"outcome", outcome}}));
  }
  void fault(std::string_view kind, int times = 1) {
    const auto taken = post(
        house.sandbox_url("/_pay/faults"),
        fmt::format(R"({{"pay":[{{"provider":"wompi","kind":"{}","next":{}}}]}})", kind, times));
    ASSERT_EQ(taken.status, 200) << taken.body;
  }
  int64_t owed(const Person& person) {
    const auto store = house.look();
    return store ? (*store)
                       ->read([&](Tx& tx) {
                         return tx.invoices.find_by_number(CreditorId{1}, person.invoice())
                             ->balance_minor;
                       })
                       .value_or(-1)
                 : -1;
  }
  // A thank-you has reached the platform.
  bool is_thanked(const Person& person, seconds within = seconds(5)) {
    return eventually(
        [&] {
          return house.state_of(person, "thanks") == "delivered" ||
                 house.state_of(person, "thanks") == "sent";
        },
        within);
  }
  House house;
  const Person ana{1}, luis{2};
};

TEST_F(Payments, AreThankedForWithinFiveSecondsOfTheNotice) {
  const PaymentRequest request = ask(ana);
  ASSERT_FALSE(request.url.empty());
  house.serve();
  ASSERT_TRUE(house.has_sent(ana, 1)) << "the reminder of the day";
  fault("parallel");
  const auto begun = steady_clock::now();
  ASSERT_EQ(pay(request).status, 200);
  ASSERT_TRUE(is_thanked(ana)) << house.state_of(ana, "thanks");
  const auto taken =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begun);
  RecordProperty("thanked_after_ms", static_cast<int>(taken.count()));
  EXPECT_EQ(owed(ana), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment WHERE source='wompi'"), 1);
  EXPECT_EQ(house.sent(ana).size(), 2u);
  EXPECT_EQ(house.metric("payment_checks_waiting"), 0);
  const Ran shown = house.command({"payments", "show", request.reference});
  EXPECT_NE(shown.out.find("PAID"), std::string::npos) << shown.out << shown.err;
  EXPECT_NE(house.command({"payments", "unmatched"}).out.find("Nada espera"), std::string::npos);
}

TEST_F(Payments, AreNotBelievedWhenForgedAndStandWhenReplayed) {
  const PaymentRequest request = ask(ana);
  house.serve();
  EXPECT_EQ(
      post(house.url("/webhooks/payments/wompi"), R"({"event":"transaction.updated"})").status,
      401);
  EXPECT_EQ(post(house.url("/webhooks/payments/nobody"), "{}").status, 404);
  fault("wrong_signature");
  ASSERT_EQ(pay(request, "declined").status, 200);
  ASSERT_TRUE(eventually([&] {
    return get(house.url("/metrics"))
        .body.contains(R"(puntual_payment_notices{provider="wompi",verdict="invalid"} 2)");
  }));
  EXPECT_EQ(owed(ana), kOwed);
  fault("duplicate");
  ASSERT_EQ(pay(request).status, 200);
  ASSERT_TRUE(is_thanked(ana));
  house.advance_platform(5);  // The duplicate comes as well.
  ASSERT_TRUE(eventually([&] {
    return get(house.url("/metrics"))
        .body.contains(R"(puntual_payment_notices{provider="wompi",verdict="valid"} 2)");
  }));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='thanks'"), 1);
}

TEST_F(Payments, AreBookedOnceTheProviderAnswersAgain) {
  const PaymentRequest request = ask(ana);
  house.serve();
  fault("server_error");
  ASSERT_EQ(pay(request).status, 200);
  ASSERT_TRUE(is_thanked(ana, seconds(15)));
  EXPECT_EQ(owed(ana), 0);
}

TEST_F(Payments, AreFoundWhenNoNoticeComes) {
  const PaymentRequest request =
      ask(ana, kMinuteMs - 3 * kSecondMs);  // Read again a minute after it was made.
  fault("drop");
  ASSERT_EQ(pay(request).status, 200);
  house.serve();
  ASSERT_TRUE(is_thanked(ana, seconds(15)));
  EXPECT_EQ(owed(ana), 0);
  EXPECT_EQ(owed(luis), kOwed);
}

TEST_F(Payments, AreCheckedAndTakenBackByAPerson) {
  const PaymentRequest request = ask(ana);
  fault("drop");
  ASSERT_EQ(pay(request).status, 200);
  // No server runs: the command asks the provider itself.
  EXPECT_EQ(house.command({"payments", "check", request.reference}).exit_code, 0);
  EXPECT_EQ(owed(ana), 0);
  house.serve();
  const auto listed =
      parse_json(house.command({"payments", "list", "--of", ana.invoice(), "--json"}).out);
  ASSERT_TRUE(listed.has_value());
  const std::string id = text_in(member_array(*listed, "payments")->at(0), "id");
  EXPECT_EQ(house.command({"payments", "reverse", id}).exit_code, 2) << "not without a reason";
  EXPECT_EQ(house
                .command({"payments", "reverse", id, "--kind", "refund", "--amount", "50.000",
                          "--why", "devuelto por transferencia", "--by", "ana"})
                .exit_code,
            0);
  EXPECT_EQ(owed(ana), 5'000'000);
  const std::string shown = house.command({"payments", "show", id}).out;
  EXPECT_NE(shown.find(ana.invoice() + " $ 100.000"), std::string::npos) << shown;
  EXPECT_EQ(
      house.count(
          "SELECT COUNT(*) FROM timeline WHERE kind='payment_reversed' AND detail LIKE '% ana'"),
      1);
  EXPECT_EQ(house.command({"payments", "check", request.reference}).exit_code, 0);
  EXPECT_EQ(house.command({"payments", "show", "123"}).exit_code, 3);
}

// Ordered by a person, done by Wompi, booked because Wompi says so.
TEST_F(Payments, AreGivenBackByTheirProvider) {
  const PaymentRequest requests[] = {ask(ana), ask(luis)};
  for (const auto& request : requests) {
    ASSERT_EQ(post(house.sandbox_url("/_pay/wompi/pay"),
                   to_json(json::object{{"link", request.provider_link_id}, {"method", "CARD"}}))
                  .status,
              200);
    EXPECT_EQ(house.command({"payments", "check", request.reference}).exit_code, 0);
  }
  const auto id_of = [&](const Person& person) {
    const auto listed =
        parse_json(house.command({"payments", "list", "--of", person.invoice(), "--json"}).out);
    return text_in(member_array(*listed, "payments")->at(0), "id");
  };
  const auto refund = [&](const Person& person, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"payments",       "refund", id_of(person), "--why",
                                      "pagó dos veces", "--by",   "ana"};
    words.insert(words.end(), more.begin(), more.end());
    return house.command(words);
  };
  EXPECT_NE(refund(ana, {"--amount", "50.000"}).exit_code, 0) << "Wompi knows no parts";
  EXPECT_EQ(owed(ana), 0);
  const Ran done = refund(ana);  // No server runs: the command asks the provider itself.
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_NE(done.out.find("aceptada por el proveedor"), std::string::npos) << done.out;
  EXPECT_EQ(owed(ana), kOwed);
  house.serve();
  EXPECT_EQ(refund(luis).exit_code, 0);
  ASSERT_TRUE(eventually([&] { return owed(luis) == kOwed; }));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM reversal WHERE kind='void'"), 2);
  EXPECT_NE(refund(luis).exit_code, 0) << "nothing is left";
}

// As the task's own words say it.
TEST_F(Payments, ARowOfAFileThatIsAnotherPaymentIsAssignedFromTheCommandLine) {
  EXPECT_EQ(house.command({"pay", ana.invoice(), "--amount", "50.000"}).exit_code, 0);
  const Ran imported = house.import(
      fmt::format("Factura;Fecha de pago;Valor pagado\n{};24/11/2026;50.000,00\n", ana.invoice()));
  EXPECT_NE(imported.err.find("puede ser dinero ya anotado"), std::string::npos) << imported.err;
  EXPECT_EQ(owed(ana), 10'000'000);
  const std::string waiting = house.command({"payments", "unmatched"}).out;
  const auto at = waiting.find("file/");
  ASSERT_NE(at, std::string::npos) << waiting;
  const Ran assigned =
      house.command({"payments", "assign", waiting.substr(at, waiting.find(' ', at) - at),
                     ana.invoice(), "--why", "pagó dos veces", "--by", "ana"});
  EXPECT_EQ(assigned.exit_code, 0) << assigned.err;
  EXPECT_EQ(owed(ana), 5'000'000);
}

TEST_F(Payments, SecretsThatEverybodyCanReadAreRefused) {
  std::filesystem::permissions(folder_of("wompi.toml"), std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  house.start();
  EXPECT_FALSE(house.is_up());
  EXPECT_NE(house.server().err().find("chmod 600"), std::string::npos)
      << house.server().last_words();
}

}  // namespace
}  // namespace puntual::e2e
