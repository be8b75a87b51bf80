#include "app/caller.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(Caller, IsWhomAKnownProxyNamesLastAndNobodyElseIsBelieved) {
  const std::vector<std::string> proxies = {"127.0.0.1"};
  http::Request request;
  request.remote = "127.0.0.1";
  EXPECT_EQ(caller_address(request, proxies), "127.0.0.1");
  request.headers.add("X-Forwarded-For", "6.6.6.6, 190.0.2.1");
  EXPECT_EQ(caller_address(request, proxies), "190.0.2.1");
  request.remote = "10.0.0.7";
  EXPECT_EQ(caller_address(request, proxies), "10.0.0.7");
  EXPECT_EQ(caller_address(request, std::vector<std::string>{"10.0.0.7"}), "190.0.2.1");
}

}  // namespace
}  // namespace puntual
