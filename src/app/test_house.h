// What tests of jobs stand on: a store in memory, the desk of empty settings, a folder that is gone
// afterwards.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/config.h"
#include "app/import_job.h"
#include "base/json.h"

namespace puntual {

class JobHouse : public testing::Test {
 protected:
  JobHouse() {
    std::string made = "/tmp/puntual-jobs-XXXXXX";
    EXPECT_NE(::mkdtemp(made.data()), nullptr);
    folder_ = made;
    auto opened = Store::open("sqlite::memory:");
    EXPECT_TRUE(opened) << opened.error().message;
    store = *std::move(opened);
    const auto config = load_config("", {});
    EXPECT_TRUE(config);
    creditor = config->creditor;
    auto desk_made = make_desk(*config, random);
    EXPECT_TRUE(desk_made);
    desk = std::make_unique<Desk>(*std::move(desk_made));
    EXPECT_TRUE(store->write([&](Tx& tx) { tx.creditors.save(creditor); }));
  }
  ~JobHouse() override { std::filesystem::remove_all(folder_); }

  // A portfolio of people who have agreed, with numbers that are proven.
  json::value import(std::string_view bytes, bool dry_run = false) {
    const auto report = run_import_job(*store, *desk, creditor, bytes,
                                       {.consent_instrument = "Contrato",
                                        .consent_on = "",
                                        .confirmed_by = "contract",
                                        .evidence = "Contrato",
                                        .confirmed_on = "",
                                        .country = "",
                                        .currency = "",
                                        .kind = "",
                                        .mapping = "",
                                        .dry_run = dry_run},
                                       now);
    if (!report) ADD_FAILURE() << report.error().message;
    return parse_json(report.value_or("{}")).value_or(json::value());
  }

  [[nodiscard]] Config config() const {
    Config settings;
    settings.creditor = creditor;
    return settings;
  }

  std::string folder_;
  Instant now = *parse_rfc3339("2026-11-24T14:00:00Z");
  SystemRandom random;
  std::unique_ptr<Store> store;
  std::unique_ptr<Desk> desk;
  Creditor creditor;
};

}  // namespace puntual
