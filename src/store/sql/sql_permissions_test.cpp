// The address at which somebody says "no more" by one tap.
#include "store/test_store.h"

namespace puntual {
namespace {

TEST_F(StoreConformance, AStopTokenIsOfOnePersonAndNobodyElseMakesOne) {
  in([&](Tx& tx) {
    const DebtorId ana = debtor(tx).id, luis = debtor(tx).id;
    const std::string token = tx.permissions.stop_token(kCreditor, ana);
    EXPECT_EQ(token, tx.permissions.stop_token(kCreditor, ana));  // The same in each message.
    EXPECT_EQ(tx.permissions.of_stop_token(kCreditor, token), ana);
    std::string of_luis = token;
    of_luis.replace(0, std::to_string(ana.value).size(), std::to_string(luis.value));
    std::string longer = token + "0", other = token;
    other.back() = other.back() == '0' ? '1' : '0';
    for (const std::string& wrong : {of_luis, longer, other, std::string(), std::string("12"),
                                     token.substr(1), "+" + token, std::string(60, '9')}) {
      EXPECT_FALSE(tx.permissions.of_stop_token(kCreditor, wrong)) << wrong;
    }
    EXPECT_FALSE(tx.permissions.of_stop_token(CreditorId{kCreditor.value + 1}, token));
  });
}

}  // namespace
}  // namespace puntual
