// Against a mail server on this machine, over TLS.
#include "on_ramp/email.h"

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "document/qr_png.h"
#include "tests/support/smtp_server.h"

namespace puntual::on_ramp {
namespace {

using tests::SmtpServer;
using tests::SmtpTemper;

SendRequest email_to(std::string address) {
  SendRequest request{.creditor_id = {1},
                      .message_id = {7},
                      .debtor_id = {3},
                      .attempt_id = "00000000000000000000000000000007",
                      .phone_number_id = {},
                      .recipient = std::move(address),
                      .body = "Hola. Escríbanos: https://wa.me/576015550100?text=Hola",
                      .deadline = {}};
  request.channel = Channel::Email;
  request.link = "https://wa.me/576015550100?text=Hola";
  return request;
}

SendResult send_by(const SmtpServer& server, const SendRequest& request, int64_t within_ms = 5000) {
  auto email = Email::open({.url = server.url(),
                            .user = "avisos",
                            .password = "clave",
                            .from = "avisos@example.com",
                            .name = "Colegio Ñandú",
                            .ca_file = server.ca_file()});
  EXPECT_TRUE(email) << email.error().message;
  return (*email)->send(request, within_ms);
}

TEST(Email, ReachesAServerOverTlsWithTheTextAndTheCode) {
  SmtpServer server;
  const SendRequest request = email_to("ana@example.com");
  const SendResult result = send_by(server, request);
  EXPECT_EQ(result.outcome, SendOutcome::Accepted) << result.detail;
  EXPECT_EQ(result.message_id, request.message_id);
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_TRUE(mails[0].is_encrypted);
  EXPECT_EQ(mails[0].login, "avisos:clave");
  EXPECT_EQ(mails[0].from, "<avisos@example.com>");
  EXPECT_EQ(mails[0].to, "<ana@example.com>");
  std::string flat = mails[0].data;
  std::erase_if(flat, [](char c) { return c == '\r' || c == '\n'; });
  EXPECT_NE(flat.find(base64(request.body)), std::string::npos);
  EXPECT_NE(flat.find(base64(document::qr_png(*document::qr_code(request.link), 6))),
            std::string::npos);
  EXPECT_NE(mails[0].data.find("From: =?UTF-8?B?" + base64("Colegio Ñandú") +
                               "?= <avisos@example.com>\r\n"),
            std::string::npos);
}

// Nothing that answers is asked for where there is nobody to read it, and no page where there is
// none.
TEST(Email, SaysWhereOneClickEndsItAndWhoReadsAnswers) {
  const EmailOptions plain{.url = {},
                           .user = {},
                           .password = {},
                           .from = "avisos@example.com",
                           .name = "Colegio",
                           .ca_file = {}};
  SendRequest request = email_to("ana@example.com");
  const std::string bare = mail_of(plain, request, {});
  EXPECT_FALSE(bare.contains("Reply-To")) << bare;
  EXPECT_FALSE(bare.contains("List-Unsubscribe")) << bare;
  EmailOptions answered = plain;
  answered.reply_to = "cartera@example.com";
  request.stop_link = "https://pagos.example.com/baja/37abcdefghjkmnpqrstvwxyz0123";
  const std::string mail = mail_of(answered, request, {});
  EXPECT_TRUE(mail.contains("Reply-To: <cartera@example.com>\r\n")) << mail;
  EXPECT_TRUE(mail.contains(
      "List-Unsubscribe: <https://pagos.example.com/baja/37abcdefghjkmnpqrstvwxyz0123>\r\n"))
      << mail;
  EXPECT_TRUE(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")) << mail;
  EXPECT_FALSE(Email::open({.url = "smtps://correo.example.com",
                            .from = "avisos@example.com",
                            .reply_to = "cartera\r\nBcc: x@example.com"}));
}

TEST(Email, NeverLeavesWithoutEncryptionWhereOneIsAskedFor) {
  SmtpServer server({.has_tls = false});
  EXPECT_EQ(send_by(server, email_to("ana@example.com")).outcome, SendOutcome::NotSent);
  EXPECT_TRUE(server.mails().empty());
}

TEST(Email, SaysWhatBecameOfIt) {
  struct Case {
    const char* what;
    SmtpTemper temper;
    SendOutcome outcome;
    int code;
  };
  const Case cases[] = {
      {"nobody of this name", {.to_recipient = "550 no such user"}, SendOutcome::Rejected, 550},
      {"asked to come again", {.to_recipient = "450 greylisted"}, SendOutcome::NotSent, 450},
      {"we are refused, not the person", {.to_mail = "550 not you"}, SendOutcome::NotSent, 550},
      {"full before the body", {.to_data = "452 no room"}, SendOutcome::NotSent, 452},
      {"refused after the body", {.to_end = "554 looks like spam"}, SendOutcome::Rejected, 554},
      {"not taken after the body", {.to_end = "451 try later"}, SendOutcome::NotSent, 451},
      {"cut after the body", {.to_end = ""}, SendOutcome::Unknown, 354}};
  for (const auto& one : cases) {
    SmtpServer server(one.temper);
    const SendResult result = send_by(server, email_to("ana@example.com"));
    EXPECT_EQ(result.outcome, one.outcome) << one.what << ": " << result.detail;
    EXPECT_EQ(result.error_code, one.code) << one.what;
    EXPECT_EQ(result.retry_after_ms.has_value(), one.outcome == SendOutcome::NotSent) << one.what;
    EXPECT_TRUE(server.mails().empty()) << one.what;
  }
}

TEST(Email, NothingIsSentToWhatIsNoAddress) {
  SmtpServer server;
  for (const char* address : {"", "ana", "ana@example.com>\r\nRCPT TO:<eva@example.com",
                              "ana@example.com,eva@example.com", "ana@b@c"}) {
    EXPECT_EQ(send_by(server, email_to(address)).outcome, SendOutcome::Rejected) << address;
  }
  EXPECT_TRUE(server.mails().empty());
}

TEST(Email, ASubjectOfManyLettersIsFoldedBetweenThem) {
  const std::string mail =
      mail_of({.url = {},
               .user = {},
               .password = {},
               .from = "a@example.com",
               .name = std::string(60, 'x') + "ñññññ",
               .ca_file = {}},
              email_to("ana@example.com"), *parse_rfc3339("2026-11-24T09:00:00-05:00"));
  EXPECT_NE(mail.find("Date: Tue, 24 Nov 2026 14:00:00 +0000\r\n"), std::string::npos);
  size_t at = 0;
  while (at < mail.size()) {
    const size_t end = mail.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 998u);  // RFC 5322 section 2.1.1.
    EXPECT_EQ(mail.substr(at, end - at).find_first_of("\r\n"), std::string::npos);
    at = end + 2;
  }
}

TEST(QrPng, IsAnImageOfTheSizeItSays) {
  const auto code = *document::qr_code("https://wa.me/576015550100?text=Hola");
  const std::string png = document::qr_png(code, 6);
  EXPECT_TRUE(png.starts_with("\x89PNG\r\n\x1a\n"));
  const int side = (code.size + 8) * 6;
  EXPECT_EQ(static_cast<uint8_t>(png[18]) << 8 | static_cast<uint8_t>(png[19]), side);
  EXPECT_TRUE(png.ends_with(
      std::string("IEND\xae\x42\x60\x82", 8)));  // The checksum that every PNG ends with.
}

}  // namespace
}  // namespace puntual::on_ramp
