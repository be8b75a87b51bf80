// The ERP hears of a payment: the running house, its command line, and a receiver that checks with
// OpenSSL alone.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <signal.h>
#include <sys/socket.h>

#include <atomic>

#include "tests/support/house.h"
#include "tests/support/listener.h"

namespace puntual::e2e {
namespace {

class Receiver {
 public:
  Receiver() : listener_([this](int fd) { serve(fd); }) {}
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}/puntual", listener_.port());
  }
  [[nodiscard]] std::vector<tests::HeardRequest> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  std::atomic<bool> answers = true;  // Else it takes the event and falls silent.

 private:
  void serve(int fd) {
    auto request = tests::read_request(fd);
    if (!request) return;
    {
      const std::lock_guard lock(mutex_);
      heard_.push_back(*std::move(request));
    }
    char part[1];
    if (answers)
      tests::send_status(fd, "200 OK");
    else
      ::recv(fd, part, sizeof part, 0);
  }
  mutable std::mutex mutex_;
  std::vector<tests::HeardRequest> heard_;
  tests::Listener listener_;
};

// As docs/webhooks-out.md tells an ERP to: nothing of this program's own.
bool is_signed(const tests::HeardRequest& event, const std::string& secret) {
  unsigned char key[96], digest[EVP_MAX_MD_SIZE], text[96];
  const std::string encoded = secret.substr(6);
  int key_size = ::EVP_DecodeBlock(key, reinterpret_cast<const unsigned char*>(encoded.data()),
                                   static_cast<int>(encoded.size()));
  key_size -= static_cast<int>(std::ranges::count(encoded, '='));
  const std::string content =
      event.header("webhook-id") + "." + event.header("webhook-timestamp") + "." + event.body;
  unsigned int size = 0;
  ::HMAC(::EVP_sha256(), key, key_size, reinterpret_cast<const unsigned char*>(content.data()),
         content.size(), digest, &size);
  ::EVP_EncodeBlock(text, digest, static_cast<int>(size));
  return event.header("webhook-signature") ==
         "v1," + std::string(reinterpret_cast<const char*>(text));
}

class Webhooks : public testing::Test {
 protected:
  void open() {
    ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
    write_file(house.folder / "puntual.toml", file_text(house.folder / "puntual.toml") +
                                                  "[webhooks]\nprivate_hosts = [\"127.0.0.1\"]\n");
    const auto added =
        house.command({"webhook", "add", erp.url(), "--types", "payment.*", "--json"});
    ASSERT_EQ(added.exit_code, 0) << added.err;
    const auto answer = parse_json(added.out);
    ASSERT_TRUE(answer);
    secret = text_in(*answer, "secret");
    id = text_in(*answer, "id");
    house.open_sandbox();
    house.serve();
  }
  House house;
  Receiver erp;
  std::string secret, id;
};

TEST_F(Webhooks, APaymentIsToldSignedAndTheLogShowsIt) {
  open();
  ASSERT_EQ(house.pay({1}, 15'000'000, "pse-1").status, 200);
  ASSERT_TRUE(eventually([&] { return erp.heard().size() == 1; }));
  const tests::HeardRequest event = erp.heard()[0];
  EXPECT_TRUE(is_signed(event, secret)) << event.header("webhook-signature");
  tests::HeardRequest forged = event;
  forged.body.back() = ' ';
  EXPECT_FALSE(is_signed(forged, secret));
  const auto body = parse_json(event.body);
  ASSERT_TRUE(body);
  EXPECT_EQ(text_in(*body, "type"), "payment.received");
  EXPECT_EQ(text_in(body->at("data").at("payment"), "source_id"), "pse-1");
  EXPECT_EQ(text_in(body->at("data").at("invoice"), "number"), "F-0001");
  EXPECT_EQ(member_int(body->at("data").at("invoice"), "balance_minor"), 0);
  EXPECT_FALSE(event.body.contains("Persona"));
  ASSERT_TRUE(eventually([&] {
    return house.command({"webhook", "list"}).out.contains("recibido");
  }));
  const auto shown = house.command({"webhook", "list", "--json"});
  EXPECT_FALSE(shown.out.contains("whsec_"));
  const auto events =
      get(house.url("/v1/events?types=payment.*"), {{"Authorization: Bearer token-of-the-tests"}});
  EXPECT_EQ(events.status, 200) << events.body;
  EXPECT_TRUE(events.body.contains(event.header("webhook-id")));
  EXPECT_EQ(get(house.url("/v1/events")).status, 401);
  EXPECT_EQ(
      house.command({"webhook", "replay", id, "--event", event.header("webhook-id")}).exit_code, 0);
  ASSERT_TRUE(eventually([&] { return erp.heard().size() == 2; }));
  EXPECT_EQ(erp.heard()[1].header("webhook-id"), event.header("webhook-id"));
  EXPECT_EQ(house.command({"webhook", "remove", id}).exit_code, 0);
  EXPECT_EQ(house.command({"webhook", "remove", id}).exit_code, 3);
}

TEST_F(Webhooks, AnEventOutlivesADeathBeforeItIsKnownToHaveArrived) {
  open();
  erp.answers = false;
  ASSERT_EQ(house.pay({1}, 15'000'000, "pse-1").status, 200);
  ASSERT_TRUE(eventually([&] { return erp.heard().size() == 1; }));
  house.kill_serve();
  erp.answers = true;
  house.set_clock(house.platform_time());
  write_file(house.folder / "puntual.toml", file_text(house.folder / "puntual.toml") +
                                                "[webhooks]\nprivate_hosts = [\"127.0.0.1\"]\n");
  house.serve();
  ASSERT_TRUE(eventually([&] { return erp.heard().size() == 2; }));
  EXPECT_EQ(erp.heard()[0].header("webhook-id"), erp.heard()[1].header("webhook-id"));
  EXPECT_EQ(erp.heard()[0].body, erp.heard()[1].body);
  EXPECT_TRUE(is_signed(erp.heard()[1], secret));
  ASSERT_TRUE(eventually([&] {
    return house.count("SELECT COUNT(*) FROM webhook_delivery WHERE taken_at IS NOT NULL") == 1;
  }));
}

TEST_F(Webhooks, TablesComeOutBesideTheServerAndByTheApi) {
  open();
  ASSERT_EQ(house.pay({1}, 5'000'000, "pse-1").status, 200);
  const auto printed = house.command({"export", "balances"});
  EXPECT_EQ(printed.exit_code, 0) << printed.err;
  EXPECT_TRUE(printed.out.contains("F-0001;;;;2026-11-24;150000,00;100000,00;0,00;COP;CO"))
      << printed.out;
  const auto answered =
      get(house.url("/v1/exports/balances"), {{"Authorization: Bearer token-of-the-tests"}});
  EXPECT_EQ(answered.status, 200);
  EXPECT_EQ(answered.body, printed.out);
  EXPECT_EQ(
      get(house.url("/v1/exports/people"), {{"Authorization: Bearer token-of-the-tests"}}).status,
      404);
  EXPECT_EQ(
      house
          .command({"export", "payments", "--format", "xlsx", "--out", house.folder / "pagos.xlsx"})
          .exit_code,
      0);
  EXPECT_TRUE(file_text(house.folder / "pagos.xlsx").starts_with("PK"));
  // As with "| head": the pipe has no reader from the first byte.
  const std::string pipe = house.folder / "pipe", err = house.folder / "pipe.err";
  EXPECT_EQ(std::system(fmt::format("mkfifo {0} && exec 3<>{0} 4>{0} 3<&- && '{1}' export balances "
                                    "--data-dir {2} >&4 2>{3}",
                                    pipe, PUNTUAL_BINARY, house.folder.path(), err)
                            .c_str()) >>
                8,
            1);
  EXPECT_EQ(file_text(err), "");
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='table_exported'"), 4);
}

}  // namespace
}  // namespace puntual::e2e
