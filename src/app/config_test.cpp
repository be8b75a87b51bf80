// What settings are refused, and why.
#include "app/config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace puntual {
namespace {

Result<Config> config_of(std::string_view text) {
  const std::string path = testing::TempDir() + "config_test.toml";
  std::ofstream(path) << text;
  auto config = load_config(path, {});
  std::filesystem::remove(path);
  return config;
}

TEST(Settings, NobodyIsSentAPageOfThisMachine) {
  constexpr std::string_view kPage = "[payments]\npublic_url = \"http://127.0.0.1:8080\"\n";
  const auto real = config_of(kPage);
  ASSERT_FALSE(real);
  EXPECT_TRUE(real.error().message.contains("payments.public_url is http://127.0.0.1:8080"))
      << real.error().message;
  EXPECT_TRUE(config_of("[whatsapp]\nbase_url = \"http://127.0.0.1:9090\"\n" + std::string(kPage)));
  EXPECT_TRUE(config_of("[payments]\npublic_url = \"https://cobros.example.com\"\n"));
}

}  // namespace
}  // namespace puntual
