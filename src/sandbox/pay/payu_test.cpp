// What the simulated PayU refuses, as PayU does. What our client sees of it is in
// tests/conformance.
#include <gtest/gtest.h>

#include "base/foreign_crypto.h"
#include "sandbox/pay/pay_sandbox.h"

namespace puntual::sandbox {
namespace {

class PayuSandbox : public testing::Test {
 protected:
  std::string form(std::string_view reference, std::string_view amount,
                   std::string_view more = "&tax=0&taxReturnBase=0") {
    return fmt::format(
        "merchantId=508029&accountId=512321&referenceCode={0}&description=Factura&amount={1}&"
        "currency=COP"
        "&algorithmSignature=MD5&expirationDate=2026-12-01+00%3A00%3A00&signature={2}{3}",
        reference, amount,
        md5_hex(fmt::format("Sandbox0ApiKeyPayU~508029~{}~{}~COP", reference, amount)), more);
  }
  int status_of(std::string body) {
    return sandbox
        .handle({.method = http::Method::Post,
                 .target = "/pay/payu/ppp-web-gateway-payu/",
                 .body = std::move(body)},
                Instant{1'795'273'400'000})
        ->status;
  }

  PaySandbox sandbox = *PaySandbox::make({.providers = {"payu"}});
};

TEST_F(PayuSandbox, TakesASealedFormAndLeadsToItsPage) {
  EXPECT_EQ(status_of(form("R-1", "125000")), 303);
  EXPECT_EQ(status_of(form("R-1", "125000")), 303) << "the payer opens it again";
  EXPECT_EQ(status_of(form("R-1", "5000")), 400) << "a reference is used once";
}

TEST_F(PayuSandbox, RefusesWhatWasChangedOrIsIncomplete) {
  std::string cheaper = form("R-1", "125000");
  cheaper.replace(cheaper.find("125000"), 6, "005000");
  EXPECT_EQ(status_of(cheaper), 400);
  EXPECT_EQ(status_of(form("R-1", "125000", "")), 400) << "without a tax it would presume one";
  EXPECT_EQ(status_of(form("R-1", "-1")), 400);
  EXPECT_EQ(status_of(form("", "125000")), 400);
  EXPECT_EQ(status_of(""), 400);
}

}  // namespace
}  // namespace puntual::sandbox
