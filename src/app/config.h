// The settings of a deployment: flags first, then the environment (PUNTUAL_*), then puntual.toml,
// then defaults. An unknown key is an error with a suggestion; secrets come from files only.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "app/charges_config.h"
#include "app/payments_config.h"
#include "assistant/assistant.h"
#include "core/portfolio/portfolio.h"
#include "engine/bank_import.h"
#include "engine/desk.h"
#include "on_ramp/email.h"
#include "on_ramp/sms.h"

namespace puntual {

// The name of a creditor that nobody has named yet: real people are not written to in it.
inline constexpr std::string_view kUnnamed = "Mi empresa";

struct WhatsAppConfig {
  std::string base_url = "https://graph.facebook.com";
  std::string graph_version = "v26.0";
  std::string phone_number_id;
  std::string waba_id;
  std::string access_token_file;
  std::string app_secret_file;
  std::string verify_token;
  std::string number_owner;  // Whose the sending number is; the creditor's when left out.
  int32_t messages_per_second = 80;
};

// Whose packs and calendars are asked, and which rules are read literally.
struct LawConfig {
  std::string packs_dir;  // Own packs (xx.toml) and calendars (xx.tsv); empty: the ones built in.
  std::string closed_days_file;  // Days on which this deployment writes to nobody.
  Law law;                       // As read from them.
};

// Ways to people whom WhatsApp does not reach; an empty url: there is none. The secrets are read by
// who sends.
struct OnRampConfig {
  std::string whatsapp_number;
  on_ramp::EmailOptions email;
  std::string email_password_file;
  on_ramp::SmsOptions sms;
  std::string sms_header_file;
};

struct Config {
  std::string data_dir = ".";
  std::string file;          // The settings that were read; empty: there are none.
  std::string database_url;  // Default sqlite:<data_dir>/puntual.db
  std::string listen = "127.0.0.1:8080";
  std::string api_token_file;  // Who holds it may use /v1; empty: /v1 is closed.
  std::string strategies_dir;  // Own strategies; empty: the ones built in.
  std::string templates_dir;   // Own templates, added to the ones built in.
  std::string
      master_key_file;  // [keys] master_file; empty: keys/master.key beside the SQLite file.
                        // With PostgreSQL: <data_dir>/keys/master.key, the same on every node.
  // Where several nodes share a database: how long one that is not heard of keeps its place ([node]
  // lease_seconds).
  int64_t node_ttl_ms = 15 * kSecondMs;
  bool has_synchronous_standbys =
      false;               // A fail-over of PostgreSQL loses nothing: no quarantine after it.
  std::string test_clock;  // Start of a clock for tests; only with a channel on loopback.
  LawConfig law;
  WhatsAppConfig whatsapp;
  OnRampConfig on_ramp;
  PaymentsConfig payments;
  std::string numbers_confirmed_by,
      numbers_evidence;  // [identity]: how the creditor verified all its numbers.
  AllocationPolicy allocation = AllocationPolicy::OldestFirst;
  int64_t tolerance_minor = 0;
  ChargesConfig charges;
  RetentionSettings retention;
  int64_t person_ms = EngineSettings{}.person_ms;  // [conversation] person_hours
  int64_t settle_ms = EngineSettings{}.settle_ms;  // and settle_seconds
  int64_t import_grace_ms = 30 * kSecondMs;        // [imports] grace_seconds
  bool is_familiar = false;                        // [creditor] treatment = "tu"
  assistant::AssistantSettings assistant;          // [assistant]; its key is read by who runs it.
  std::string assistant_key_file;
  std::vector<std::string>
      private_hosts;  // [webhooks]: of the local network, and may be told of events all the same.
  std::vector<std::string> proxies = {
      "127.0.0.1", "::1"};       // [access]: whose word on whom they pass on is taken.
  bool needs_four_eyes = false;  // [access] four_eyes: strategies and templates are launched once
                                 // somebody else has approved them.
  bool requires_second_factor =
      true;           // [access] second_factor: of roles that can loosen rules or see everybody.
  BankSettings bank;  // [bank] and [[bank_account]]
  Creditor creditor;
  std::string logo_file;  // [creditor] logo: a PNG above what is printed; may be empty.
  bool has_own_pay_page =
      false;  // [creditor] payment_link_base: a page of the creditor's, that knows its invoices.

  // Is ours the page at which people pay?
  [[nodiscard]] bool has_pay_page() const {
    return !payments.public_url.empty() && !has_own_pay_page;
  }
};

// Overrides by name ("database", "listen", "data_dir", "test_clock"); empty ones do not count.
using Overrides = std::map<std::string, std::string, std::less<>>;

// path: of puntual.toml; empty: the one in the data directory if there is one.
[[nodiscard]] Result<Config> load_config(const std::string& path, const Overrides& flags);

// The rules and texts in force: built-in ones and those of the deployment's folders.
[[nodiscard]] Result<Desk> make_desk(const Config& config, Random& random);

// A commented puntual.toml to begin with.
[[nodiscard]] std::string sample_config();

}  // namespace puntual
