// The payer's page over real HTTP: seen, paid at Wompi's simulator, and answered in the payer's own
// words.
#include <gtest/gtest.h>

#include <future>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

class PayPage : public testing::Test {
 protected:
  static constexpr int64_t kOwed = 15'000'000;

  void SetUp() override {
    write_file(house.folder / "wompi.toml", R"(public_key = "pub_test_Sandbox0Publica"
private_key = "prv_test_Sandbox0Privada"
events_secret = "test_events_Sandbox0Eventos"
integrity_secret = "test_integrity_Sandbox0Integridad"
)");
    house.open_pay_page();
    house.add_settings(
        fmt::format("providers = [\"wompi\"]\npartial = true\npartial_minor_min = 1000000\n"
                    "[payments.wompi]\nsecrets_file = \"{}\"\nbase_url = \"{}\"\n"
                    "[payments.transfer]\nbank = \"Banco de Prueba\"\naccount = "
                    "\"000-111\"\nholder = \"Internet Andina\"\n",
                    house.folder / "wompi.toml", house.sandbox_url("/pay/wompi/v1")));
    ASSERT_EQ(
        house
            .import(
                "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n"
                "<script>alert(1)</script> "
                "Ruiz;10.000.001;+573000000001;F-0001;24/11/2026;150000,00;150000,00;COP\n"
                "Luis Mora;10.000.002;+573000000002;F-0002;24/11/2026;150000,00;150000,00;COP\n")
            .exit_code,
        0);
    house.open_sandbox(R"({"platform":{"read_ppm":0}})",
                       {"--pay", "wompi", "--pay-notice-url", house.url("/webhooks/payments")});
    house.serve();
    page = link_of(ana);
  }
  std::string link_of(const Person& person) {
    const Ran ran = house.command({"link", person.invoice()});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out.substr(0, ran.out.find('\n'));
  }
  Answer send(std::string_view verb, std::string_view form = "") {
    return post(
        page + "/" + std::string(verb), form,
        {{"Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"}});
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
  // The value of a hidden field.
  static std::string field(const Answer& answer, std::string_view name) {
    const std::string wanted = fmt::format("name=\"{}\" value=\"", name);
    const auto at = answer.body.find(wanted);
    return at == std::string::npos
               ? std::string()
               : answer.body.substr(at + wanted.size(),
                                    answer.body.find('"', at + wanted.size()) - at - wanted.size());
  }
  int64_t count(const char* sql) { return house.count(sql); }
  House house;
  const Person ana{1}, luis{2};
  std::string page;
};

TEST_F(PayPage, IsInTheReminderAndShowsTheSumAndNothingMore) {
  ASSERT_TRUE(house.has_sent(ana, 1));
  const auto messages = house.messages_of(ana);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_NE(messages.front().body.find(page.substr(page.rfind('/') + 1)), std::string::npos)
      << "the button: " << messages.front().body;

  const Answer seen = get(page);
  ASSERT_EQ(seen.status, 200);
  EXPECT_NE(seen.body.find("150.000"), std::string::npos) << seen.body;
  EXPECT_NE(seen.body.find("Internet Andina"), std::string::npos);
  EXPECT_NE(seen.body.find("Banco de Prueba"), std::string::npos);
  for (const std::string_view secret : {"F-0001", "Ruiz", "10000001", "<script"})
    EXPECT_EQ(seen.body.find(secret), std::string::npos) << secret;
  EXPECT_EQ(seen.header("Cache-Control"), "no-store");
  EXPECT_EQ(seen.header("Referrer-Policy"), "no-referrer");
  EXPECT_NE(seen.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(seen.header("Content-Security-Policy").find("unsafe"), std::string::npos);
  EXPECT_NE(seen.header("X-Robots-Tag").find("noindex"), std::string::npos);
  const Answer style = get(house.url("/p/pay.css")), qr = get(page + "/qr.svg");
  EXPECT_EQ(qr.status, 200);
  EXPECT_LT(seen.body.size() + style.body.size() + qr.body.size(), 100'000u);
}

// Who owes dollars was shown the account in pesos.
TEST_F(PayPage, OffersNoAccountOfAnotherCurrency) {
  const Ran loaded = house.import(
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n"
      "Eva Paz;10.000.003;+573000000003;F-0003;24/11/2026;90,00;90,00;USD\n");
  ASSERT_EQ(loaded.exit_code, 0) << loaded.err;
  const Answer seen = get(link_of(Person{3}));
  ASSERT_EQ(seen.status, 200);
  EXPECT_NE(seen.body.find("US$\xC2\xA0"
                           "90"),
            std::string::npos)
      << seen.body;
  for (const std::string_view ours : {"Banco de Prueba", "000-111", "wompi:"})
    EXPECT_EQ(seen.body.find(ours), std::string::npos) << ours;
  EXPECT_NE(house.command({"doctor"}).out.find("1 factura se debe en USD"), std::string::npos);
  EXPECT_NE(get(page).body.find("000-111"), std::string::npos);
}

TEST_F(PayPage, IsPaidWithTwoTapsAndThanked) {
  ASSERT_TRUE(house.has_sent(ana, 1));
  const Answer first = send("pay", "amount=all&with=wompi:PSE"),
               second = send("pay", "amount=all&with=wompi:PSE");
  ASSERT_EQ(first.status, 303) << first.body;
  EXPECT_TRUE(first.header("Location").starts_with(house.sandbox_url("/pay/wompi")))
      << first.header("Location");
  EXPECT_EQ(first.header("Location"), second.header("Location"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM payment_request"), 1);
  const Answer paid = post(first.header("Location"), "outcome=approved&method=PSE");
  const std::string back = paid.header("Location");
  ASSERT_TRUE(back.starts_with(house.url("/r/PT-"))) << back;
  EXPECT_EQ(back.find(page.substr(page.rfind('/') + 1)), std::string::npos)
      << "the provider is not told of the page";
  EXPECT_TRUE(eventually([&] { return owed(ana) == 0; }, std::chrono::seconds(20)));
  EXPECT_TRUE(eventually([&] { return house.sent(ana).size() == 2; }, std::chrono::seconds(20)));
  const Answer result = get(back);
  EXPECT_NE(result.body.find("Recibimos su pago"), std::string::npos) << result.body;
  EXPECT_EQ(result.body.find(page.substr(page.rfind('/') + 1)), std::string::npos)
      << "nor is whoever comes back";
  EXPECT_EQ(get(house.url("/r/PT-0000000000000")).status, 404);
  const std::string reference = back.substr(0, back.find('-', back.find("/r/PT-") + 6));
  ASSERT_EQ(reference, house.url("/r/PT-") + reference.substr(reference.size() - 13));
  for (const auto& guess :
       {reference, reference + "-", reference + "-00000000000000000000000000000000"})
    EXPECT_EQ(get(guess).status, 404) << "a reference alone opens nothing";
  EXPECT_NE(get(page).body.find("Esto ya está pagado"), std::string::npos);
  EXPECT_EQ(send("pay", "amount=all&with=wompi:PSE").status, 200);  // Nothing left to pay.
  EXPECT_EQ(count("SELECT COUNT(*) FROM payment_request"), 1);
}

TEST_F(PayPage, AnotherMethodIsAnotherPlaceAndWhatIsNotOfferedIsRefused) {
  const Answer bank = send("pay", "amount=all&with=wompi:PSE"),
               card = send("pay", "amount=all&with=wompi:CARD");
  ASSERT_EQ(bank.status, 303) << bank.body;
  EXPECT_EQ(card.status, 303) << card.body;
  EXPECT_NE(bank.header("Location"), card.header("Location"));
  EXPECT_EQ(send("pay", "amount=all&with=wompi:CARD").header("Location"), card.header("Location"));
  EXPECT_EQ(send("pay", "amount=all&with=wompi:OXXO").status, 400);
  EXPECT_EQ(count("SELECT COUNT(*) FROM payment_request"), 2);
}

TEST_F(PayPage, TakesAPartWithinItsBounds) {
  EXPECT_EQ(send("pay", "amount=part&part=5.000&with=wompi:PSE").status, 400);
  EXPECT_EQ(send("pay", "amount=part&part=150.001&with=wompi:PSE").status, 400);
  EXPECT_EQ(send("pay", "amount=part&part=x&with=wompi:PSE").status, 400);
  EXPECT_EQ(send("pay", "amount=all&with=stripe:").status, 400);
  EXPECT_EQ(send("pay", "amount=part&part=50.000&with=wompi:PSE").status, 303);
  EXPECT_EQ(count("SELECT amount_minor FROM payment_request"), 5'000'000);
}

TEST_F(PayPage, ARestThatTheProviderDoesNotTakeIsSaidSo) {
  ASSERT_EQ(
      house
          .order(
              "/v1/payments",
              R"({"id":"c9","invoice":"F-0001","amount_minor":14900000,"currency":"COP","method":"caja"})")
          .status,
      200);
  ASSERT_EQ(owed(ana), 1'000'00);
  const Answer refused = send("pay", "amount=all&with=wompi:PSE");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("Wompi no recibe pagos de "), std::string::npos) << refused.body;
  EXPECT_NE(refused.body.find("Banco de Prueba"), std::string::npos) << "and the way that is left";
}

TEST_F(PayPage, NobodyPaysAtThePlaceThatIsOpenOnceItIsPaidInCash) {
  const std::string place = send("pay", "amount=all&with=wompi:PSE").header("Location");
  ASSERT_EQ(
      house
          .order(
              "/v1/payments",
              R"({"id":"c1","invoice":"F-0001","amount_minor":15000000,"currency":"COP","method":"caja"})")
          .status,
      200);
  EXPECT_TRUE(eventually(
      [&] { return count("SELECT COUNT(*) FROM payment_request WHERE place='withdrawn'") == 1; },
      std::chrono::seconds(10)));
  (void)post(place, "outcome=approved&method=PSE");
  EXPECT_EQ(get(house.sandbox_url("/_pay/wompi/list")).body.find("APPROVED"), std::string::npos);
}

TEST_F(PayPage, AsksWhoItIsBeforeItShowsTheInvoiceAndLocksAfterFiveWrongAnswers) {
  EXPECT_EQ(send("promise", "date=2026-11-27").status, 403);
  EXPECT_EQ(send("promise", "date=2026-11-27&proof=99999999999999.00").status, 403);
  const Answer known = send("identify", "document=0001");
  ASSERT_EQ(known.status, 200);
  EXPECT_NE(known.body.find("F-0001"), std::string::npos);
  const std::string proof = field(known, "proof");
  ASSERT_FALSE(proof.empty());
  const std::string ours = page;
  page = link_of(luis);
  EXPECT_EQ(send("promise", "date=2026-11-27&proof=" + proof).status, 403)
      << "a proof of another link";
  page = ours;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(send("identify", "document=1234").status, 403) << i;
  EXPECT_EQ(send("identify", "document=1234").status, 429);
  EXPECT_EQ(send("identify", "document=0001").status, 429);
  EXPECT_EQ(send("pay", "amount=all&with=wompi:PSE").status, 303) << "paying needs none of it";
}

TEST_F(PayPage, ADateOrAPlanIsAnAgreementAsInTheChat) {
  ASSERT_TRUE(house.has_sent(ana, 1));
  const Answer known = send("identify", "document=0001");
  const std::string proof = field(known, "proof"), offer = field(known, "offer");
  ASSERT_FALSE(offer.empty()) << known.body;
  EXPECT_NE(known.body.find("Puedo pagar $\u00A0150.000 el día"), std::string::npos) << known.body;
  EXPECT_EQ(send("promise", "date=2027-11-27&proof=" + proof).status, 400);
  EXPECT_EQ(send("plan", "offer=2026-12-01%3A1%3B0&proof=" + proof).status, 409);
  EXPECT_EQ(count("SELECT COUNT(*) FROM agreement"), 0);
  std::string escaped;
  for (const char c : offer) escaped += c == ':' ? "%3A" : c == ';' ? "%3B" : std::string(1, c);
  for (int i = 0; i < 2; ++i) {  // Tapped twice.
    const Answer agreed = send("plan", "offer=" + escaped + "&proof=" + proof);
    EXPECT_EQ(agreed.status, 200);
    EXPECT_NE(agreed.body.find("Quedó anotado su acuerdo: $\u00A0"), std::string::npos)
        << agreed.body;
    EXPECT_EQ(agreed.body.find("Si nada de esto"), std::string::npos) << "of what?";
    EXPECT_NE(agreed.body.find("Cuéntenos qué pasa"), std::string::npos);
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM agreement WHERE state='active' AND through='page'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM agreement"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM suspension WHERE kind='agreement' AND ended_at IS NULL"),
            1);
}

TEST_F(PayPage, WhatIsSaidThereDoesWhatItDoesInTheChat) {
  EXPECT_EQ(send("paid", "words=por+PSE+con+4111+1111+1111+1111").header("Location"),
            page.substr(page.find("/p/")) + "?done=paid");
  EXPECT_EQ(send("paid").status, 303);
  EXPECT_EQ(count("SELECT COUNT(*) FROM task WHERE kind='payment_claim'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM suspension WHERE kind='claim' AND ended_at IS NULL"), 1);
  EXPECT_EQ(send("dispute", "words=no+es+el+monto").status, 303);
  EXPECT_EQ(count("SELECT COUNT(*) FROM suspension WHERE kind='dispute' AND ended_at IS NULL"), 1);
  EXPECT_EQ(send("help").status, 303);
  EXPECT_EQ(count("SELECT COUNT(*) FROM task WHERE kind='wants_person'"), 1);
  const auto talk = house.command({"inbox", "show", ana.invoice(), "--json"});
  EXPECT_NE(talk.out.find("por PSE con"), std::string::npos) << talk.out << talk.err;
  EXPECT_EQ(talk.out.find("4111"), std::string::npos) << "the number of a card is never kept";
}

// Whatever the button above the box: what is graver than it counts, and the law stops the page as
// well.
TEST_F(PayPage, HearsWhatIsWrittenThereLikeTheChat) {
  EXPECT_NE(send("stop").body.find("no le escribimos más"), std::string::npos);
  EXPECT_EQ(count("SELECT COUNT(*) FROM opt_out WHERE through='page' AND channel='all'"), 1);
  EXPECT_NE(get(page).body.find("150.000"), std::string::npos) << "they may pay all the same";
  page = link_of(luis);
  const Answer heard = send("cannot", "words=estoy+en+insolvencia+ley+1564");
  EXPECT_EQ(heard.status, 200);
  EXPECT_NE(heard.body.find("Una persona de nuestro equipo lo revisa"), std::string::npos)
      << heard.body;
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_flag WHERE flag='insolvency' AND cleared_at IS NULL"),
            1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM suspension WHERE kind='hardship'"), 0);
  const Answer rests = get(page);
  EXPECT_EQ(rests.status, 200);
  EXPECT_EQ(rests.body.find("150.000"), std::string::npos) << "nobody is asked for money";
  EXPECT_EQ(send("pay", "amount=all&with=wompi:PSE").status, 200);
  EXPECT_EQ(count("SELECT COUNT(*) FROM payment_request"), 0);
  EXPECT_EQ(send("help", "words=soy+la+mam%C3%A1%2C+ella+no+vive+aqu%C3%AD").status, 200);
  EXPECT_EQ(get(page).status, 404) << "the link of a number in doubt";
}

TEST_F(PayPage, SeenOrFetchedChangesNothing) {
  const auto rows = [&] {
    return count(
        "SELECT (SELECT COUNT(*) FROM timeline) + (SELECT COUNT(*) FROM task) + (SELECT "
        "SUM(wrong_answers) FROM pay_link)");
  };
  for (const auto& person : {ana, luis})
    ASSERT_TRUE(eventually([&] { return house.state_of(person, "due_0") == "delivered"; }));
  const int64_t before = rows();
  for (const std::string_view path : {"", "/qr.svg", "?done=paid", "/pay", "/paid", "/not-me"})
    (void)get(page + std::string(path));
  EXPECT_EQ(rows(), before);
}

TEST_F(PayPage, ALinkThatIsNoneAndOneThatHasEndedLookTheSame) {
  const Answer unknown = get(house.url("/p/0000000000000000000000000x"));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(send("not-me").status, 200);
  const Answer ended = get(page);
  EXPECT_EQ(ended.status, 404);
  EXPECT_EQ(ended.body, unknown.body);
  EXPECT_EQ(send("pay", "amount=all&with=wompi:PSE").status, 404);
  EXPECT_EQ(count("SELECT COUNT(*) FROM address WHERE state='wrong'"), 1);
  page = link_of(luis);
  EXPECT_EQ(get(page).status, 200);
  EXPECT_EQ(house.command({"link", luis.invoice(), "--revoke"}).exit_code, 0);
  EXPECT_EQ(get(page).status, 404);
}

TEST_F(PayPage, WhatComesFromAnotherSiteOrTooOftenIsNotTaken) {
  const auto from = [&](std::vector<std::string> headers) {
    return post(page + "/paid", "", {std::move(headers)}).status;
  };
  EXPECT_EQ(from({"Sec-Fetch-Site: cross-site"}), 403);
  EXPECT_EQ(from({"Origin: https://elsewhere.example"}), 403);
  EXPECT_EQ(count("SELECT COUNT(*) FROM task"), 0);
  EXPECT_EQ(from({"Origin: null", "Sec-Fetch-Site: same-origin"}), 303);
  int refused = 0;
  for (int i = 0; i < 25; ++i) refused += from({}) == 429 ? 1 : 0;
  EXPECT_GE(refused, 3);
  EXPECT_EQ(get(page).status, 200) << "reading goes on";
}

TEST(PayPageOfSeveralProviders, OneThatHangsHoldsUpNobodyElseAndIsToldOfInTime) {
  House house;
  write_file(house.folder / "wompi.toml", R"(public_key = "pub_test_Sandbox0Publica"
private_key = "prv_test_Sandbox0Privada"
events_secret = "test_events_Sandbox0Eventos"
integrity_secret = "test_integrity_Sandbox0Integridad"
)");
  write_file(house.folder / "bold.toml",
             "identity_key = \"Sandbox0LlaveIdentidad\"\nsecret_key = \"Sandbox0LlaveSecreta\"\n");
  house.open_pay_page();
  house.add_settings(fmt::format(
      "providers = [\"wompi\", \"bold\"]\n[payments.wompi]\nsecrets_file = \"{}\"\nbase_url = "
      "\"{}\"\n"
      "[payments.bold]\nsecrets_file = \"{}\"\nbase_url = \"{}\"\nenvironment = \"test\"\n",
      house.folder / "wompi.toml", house.sandbox_url("/pay/wompi/v1"), house.folder / "bold.toml",
      house.sandbox_url("/pay/bold")));
  ASSERT_EQ(house.import(portfolio_of(1, 3)).exit_code, 0);
  house.open_sandbox(R"({"pay":[{"kind":"hang","provider":"wompi","next":9}]})",
                     {"--pay", "wompi", "--pay", "bold"});
  house.serve();
  const auto pay = [&](int person, std::string_view with) {
    const Ran ran = house.command({"link", Person{person}.invoice()});
    return post(
        ran.out.substr(0, ran.out.find('\n')) + "/pay", fmt::format("amount=all&with={}", with),
        {{"Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"}});
  };
  auto silent = std::async(std::launch::async, [&] { return pay(1, "wompi:PSE"); });
  ASSERT_TRUE(eventually([&] {
    return house.count("SELECT COUNT(*) FROM payment_request WHERE provider='wompi'") == 1;
  }));
  auto behind = std::async(std::launch::async, [&] { return pay(2, "wompi:PSE"); });
  EXPECT_EQ(pay(3, "bold:").status, 303);
  EXPECT_NE(silent.wait_for(std::chrono::seconds(0)), std::future_status::ready)
      << "the other one did not wait for it";
  for (auto* waiting : {&silent, &behind}) {
    const Answer told = waiting->get();
    EXPECT_EQ(told.status, 503);
    EXPECT_NE(told.body.find("no responde quien procesa el pago"), std::string::npos) << told.body;
  }
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment_request WHERE provider='wompi'"), 1)
      << "who waited behind it was not asked for at all";
}

}  // namespace
}  // namespace puntual::e2e
