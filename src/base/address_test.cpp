#include "base/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <cstring>

namespace puntual {
namespace {

bool is_public_text(const char* text) {
  sockaddr_storage storage{};
  if (std::strchr(text, ':') == nullptr) {
    auto& four = reinterpret_cast<sockaddr_in&>(storage);
    four.sin_family = AF_INET;
    EXPECT_EQ(::inet_pton(AF_INET, text, &four.sin_addr), 1) << text;
  } else {
    auto& six = reinterpret_cast<sockaddr_in6&>(storage);
    six.sin6_family = AF_INET6;
    EXPECT_EQ(::inet_pton(AF_INET6, text, &six.sin6_addr), 1) << text;
  }
  return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(PublicAddress, OfTheInternet) {
  for (const auto* text : {"1.1.1.1", "8.8.8.8", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                           "126.255.255.255", "128.0.0.1", "172.15.255.255", "172.32.0.0",
                           "192.167.255.255", "192.169.0.0", "223.255.255.255", "2606:4700::1111",
                           "2001:4860:4860::8888", "2a00:1450::1", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
}

TEST(PublicAddress, NotOfThisMachineItsNetworkOrTheCloudsOwn) {
  for (const auto* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.9.9.9",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.2.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "203.0.113.9",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "ff02::1",
                           "2001:db8::1",
                           "2001::1",
                           "2002:7f00:1::",
                           "64:ff9b::7f00:1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::127.0.0.1",
                           "3fff::1"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(Address, AHostThatIsNoPublicAddress) {
  for (const auto* host : {"10.0.0.1", "127.0.0.1", "169.254.169.254", "[::1]", "[fe80::1%25eth0]",
                           "[::ffff:10.0.0.1]"})
    EXPECT_TRUE(is_private_host(host)) << host;
  for (const auto* host :
       {"8.8.8.8", "[2606:4700::1111]", "erp.example.com", "10.example.com", "localhost", "", "["})
    EXPECT_FALSE(is_private_host(host)) << host;
}

TEST(Address, OfThisMachine) {
  for (const auto* url :
       {"http://127.0.0.1:8080/x", "https://localhost", "http://[::1]:1/", "smtp://127.9.9.9:25"})
    EXPECT_TRUE(is_this_machine(url)) << url;
  for (const auto* url :
       {"http://127.0.0.1@example.com/", "http://127.0.0.1:80@example.com",
        "http://127.0.0.1.example.com", "http://localhost.example.com", "localhost", "",
        "http://example.com/?http://localhost", "http://example.com#//localhost/"}) {
    EXPECT_FALSE(is_this_machine(url)) << url;
  }
}

}  // namespace
}  // namespace puntual
