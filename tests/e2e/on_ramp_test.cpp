// From a number that is not on WhatsApp to a mail in somebody's box, with the program, the platform
// and a mail server.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/support/house.h"
#include "tests/support/smtp_server.h"

namespace puntual::e2e {
namespace {

class OnRamp : public testing::Test {
 protected:
  // Somebody without WhatsApp, who has authorised e-mail.
  void open(const tests::SmtpServer& mail) {
    std::ofstream(house.folder / "mail_password.txt") << "clave\n";
    ASSERT_EQ(::chmod((house.folder / "mail_password.txt").c_str(), 0600), 0);
    std::ofstream(house.folder / "puntual.toml", std::ios::app) << fmt::format(
        "[on_ramp]\nwhatsapp_number = \"+57 601 555 0100\"\n[on_ramp.email]\nurl = \"{}\"\nca_file "
        "= \"{}\"\nuser = \"avisos\"\n"
        "password_file = \"mail_password.txt\"\nfrom = \"avisos@example.com\"\n",
        mail.url(), mail.ca_file());
    const auto ran = house.import(fmt::format(
        "Cliente;Documento;Celular;Correo;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n"
        "Ana Ruiz;10.000.001;{};ana@example.com;F-0001;24/11/2026;150.000,00;150.000,00;COP\n",
        ana.phone()));
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    const auto told =
        house.command({"person", "consent", ana.phone(), "--channel", "email", "--kind", "form",
                       "--instrument", "formulario 5", "--at", "2026-11-20"});
    ASSERT_EQ(told.exit_code, 0) << told.err;
    house.open_sandbox(R"({"send":[{"code":131026,"next":1}]})");
    house.serve();
  }
  House house;
  const Person ana{1};
};

TEST_F(OnRamp, WhomWhatsAppDoesNotReachIsInvitedByMailOnce) {
  tests::SmtpServer mail;
  open(mail);
  ASSERT_TRUE(eventually([&] { return house.state_of(ana, "on_ramp") == "accepted"; }))
      << house.command({"explain", ana.phone()}).out;
  const auto mails = mail.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_TRUE(mails[0].is_encrypted);
  EXPECT_EQ(mails[0].login, "avisos:clave");
  EXPECT_EQ(mails[0].to, "<ana@example.com>");
  EXPECT_FALSE(mails[0].data.contains("Ana"));
  house.person_says(ana, "Hola");
  ASSERT_TRUE(eventually([&] {
    return house.count(
               "SELECT COUNT(*) FROM outbox WHERE step = 'reply' AND state IN ('accepted', 'sent', "
               "'delivered', 'read')") == 1;
  }));
  EXPECT_EQ(mail.mails().size(), 1U);
}

// A program that fetches links stops nobody; a mail program's own button does, and the page says
// nothing of a debt.
TEST_F(OnRamp, OneTapInTheMailEndsAllMessages) {
  tests::SmtpServer mail;
  house.open_pay_page();
  open(mail);
  ASSERT_TRUE(eventually([&] { return house.state_of(ana, "on_ramp") == "accepted"; }))
      << house.command({"explain", ana.phone()}).out;
  const std::string data = mail.mails().at(0).data;
  const auto at = data.find("List-Unsubscribe: <") + std::string_view("List-Unsubscribe: <").size();
  const std::string page = data.substr(at, data.find('>', at) - at);
  ASSERT_TRUE(page.starts_with(house.url("/baja/"))) << data;
  EXPECT_TRUE(house.messages_of(ana).back().text.contains(page));
  const Answer asked = get(page);
  EXPECT_EQ(asked.status, 200);
  EXPECT_TRUE(asked.body.contains("No quiero más mensajes"));
  for (const char* word : {"Pago", "pago", "debe", "deuda", "Ana", "150"})
    EXPECT_FALSE(asked.body.contains(word)) << word;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 0);
  EXPECT_EQ(post(page + "0", "List-Unsubscribe=One-Click").status, 404);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 0);
  EXPECT_EQ(post(page, "List-Unsubscribe=One-Click").status, 200);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out WHERE channel='all' AND through='page'"), 1);
}

// Whether it arrived nobody knows: it is never sent again.
TEST_F(OnRamp, ALineThatBreaksAfterTheBodyLeavesItUncertain) {
  tests::SmtpServer mail({.to_end = ""});
  open(mail);
  ASSERT_TRUE(eventually([&] { return house.state_of(ana, "on_ramp") == "uncertain"; }))
      << house.state_of(ana, "on_ramp");
  house.kill_serve();
  house.start();
  ASSERT_TRUE(house.is_up());
  const int64_t turns = house.metric("ticks");
  ASSERT_TRUE(eventually([&] { return house.metric("ticks") >= turns + 3; }));
  EXPECT_EQ(house.state_of(ana, "on_ramp"), "uncertain");
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind = 'sending'"),
            2);  // The reminder's, and this one.
}

}  // namespace
}  // namespace puntual::e2e
