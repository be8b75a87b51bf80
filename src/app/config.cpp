#include "app/config.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "app/settings_text.h"
#include "base/address.h"
#include "base/suggest.h"
#include "base/toml.h"
#include "store/store.h"

namespace puntual {
namespace {

// Flag, then environment, then what the file or the default says.
class Layers {
 public:
  explicit Layers(const Overrides& flags) : flags_(flags) {}
  void apply(std::string& value, std::string_view name, const char* environment) const {
    if (const char* text = std::getenv(environment); text != nullptr && *text != '\0') value = text;
    if (const auto flag = flags_.find(name); flag != flags_.end() && !flag->second.empty())
      value = flag->second;
  }

 private:
  const Overrides& flags_;
};

void read_whatsapp(TomlTable table, WhatsAppConfig& config) {
  config.base_url = table.text("base_url", config.base_url);
  config.graph_version = table.text("graph_version", config.graph_version);
  config.phone_number_id = table.text("phone_number_id");
  config.waba_id = table.text("waba_id");
  config.access_token_file = table.text("access_token_file");
  config.app_secret_file = table.text("app_secret_file");
  config.verify_token = table.text("verify_token");
  config.number_owner = table.text("number_owner");
  config.messages_per_second =
      static_cast<int32_t>(table.integer("messages_per_second", 80, {1, 1000}));
}

// Either way needs our own number: it is what the link opens a chat with.
void read_on_ramp(TomlTable table, std::string_view creditor_name, OnRampConfig& config) {
  const std::string number = table.text("whatsapp_number");
  for (const char c : number) {
    if (c >= '0' && c <= '9') config.whatsapp_number += c;
  }
  TomlTable email = table.table("email");
  config.email.url = email.text("url");
  config.email.user = email.text("user");
  config.email.from = email.text("from");
  config.email.reply_to = email.text("reply_to");
  config.email.name = email.text("name", creditor_name);
  config.email.subject = email.text("subject", config.email.subject);
  config.email.ca_file = email.text("ca_file");
  config.email_password_file = email.text("password_file");
  TomlTable sms = table.table("sms");
  config.sms.url = sms.text("url");
  config.sms.body = sms.text("body");
  config.sms_header_file = sms.text("header_file");
  const bool has_way = !config.email.url.empty() || !config.sms.url.empty();
  if (has_way && (!number.starts_with('+') || config.whatsapp_number.size() < 8 ||
                  config.whatsapp_number.size() > 15)) {
    table.problem("whatsapp_number", fmt::format("whatsapp_number = \"{}\": say which number "
                                                 "people write to, with its country's code, as in "
                                                 "\"+57 601 555 0100\"",
                                                 number));
  }
}

void read_identity(TomlTable table, Config& config) {
  config.numbers_confirmed_by = table.text("confirmed_by");
  config.numbers_evidence = table.text("evidence");
  const auto& by = config.numbers_confirmed_by;
  if (!by.empty() && by != "otp" && by != "contract" && by != "conversation") {
    table.problem(
        "confirmed_by",
        fmt::format("confirmed_by = \"{}\" (expected otp, contract or conversation)", by));
  }
  if (!by.empty() && config.numbers_evidence.empty()) {
    table.problem("confirmed_by",
                  "confirmed_by without evidence: name the proof, evidence = \"Contrato de "
                  "servicio, cláusula 3\"");
  }
}

void read_assistant(TomlTable table, Config& config) {
  config.assistant.url = table.text("url");
  config.assistant.model = table.text("model");
  config.assistant_key_file = table.text("key_file");
  if (config.assistant.url.empty()) return;
  if (const auto usable = assistant::check_settings(config.assistant); !usable)
    table.problem("url", usable.error().message);
}

// "0-25": from, and up to before; "25-": to the end.
std::optional<ReferenceSlice> slice_of(TomlTable& table, std::string_view key) {
  const std::string text = table.text(key);
  if (text.empty()) return std::nullopt;
  ReferenceSlice slice;
  const auto dash = text.find('-');
  const char* const end = text.data() + text.size();
  size_t to = 0;
  const auto [after_from, bad_from] = std::from_chars(text.data(), end, slice.from);
  bool is_good = dash != std::string::npos && bad_from == std::errc{} &&
                 after_from == text.data() + dash && slice.from < 48;
  if (is_good && dash + 1 < text.size()) {
    const auto [after_to, bad_to] = std::from_chars(text.data() + dash + 1, end, to);
    is_good = bad_to == std::errc{} && after_to == end && to > slice.from && to <= 48;
    slice.length = to - slice.from;
  }
  if (!is_good)
    table.problem(key, fmt::format("{} = \"{}\" (expected two positions within the bank's field of "
                                   "48, as in \"0-25\" or \"25-\")",
                                   key, text));
  return slice;
}

void read_bank(TomlTable root, BankSettings& settings) {
  static constexpr std::string_view kApplies[] = {"references", "check_digits", "nothing"};
  const std::string applies = root.table("bank").choice("apply", kApplies);
  settings.applies = applies == kApplies[1]   ? BankApplies::CheckDigits
                     : applies == kApplies[2] ? BankApplies::Nothing
                                              : BankApplies::References;
  for (auto& table : root.tables("bank_account")) {
    static constexpr std::string_view kUses[] = {"direct", "gateway_settlement"};
    BankAccount account{.account = bank::without_zeros(table.required_text("account")),
                        .is_settlement = table.choice("use", kUses, true) == kUses[1],
                        .currency = table.text("currency"),
                        .reference = slice_of(table, "reference").value_or(ReferenceSlice{}),
                        .second_reference = slice_of(table, "second_reference")};
    if (!account.currency.empty()) {
      if (auto money = Currency::parse(account.currency); !money)
        table.problem("currency", money.error().message);
    }
    if (settings.find(account.account) != nullptr)
      table.problem("account", fmt::format("account \"{}\" stands here twice", account.account));
    settings.accounts.push_back(std::move(account));
  }
}

Result<Law> read_law(const LawConfig& config, std::vector<std::string> literal_rules) {
  Law law{.rules = nullptr, .profile = {.literal_rules = std::move(literal_rules)}};
  compliance::LawFiles files;
  if (!config.packs_dir.empty()) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(config.packs_dir, error)) {
      const auto kind = entry.path().extension();
      if (kind != ".toml" && kind != ".tsv") {
        files.others.push_back(entry.path().string());
        continue;
      }
      ASSIGN_OR_RETURN(std::string text, settings_text(entry.path().string()));
      (kind == ".toml" ? files.packs : files.calendars)
          .push_back({entry.path().string(), std::move(text)});
    }
    if (error)
      return fail(ErrorCode::NotFound, "[law] packs {}: {}", config.packs_dir, error.message());
  }
  if (!config.closed_days_file.empty()) {
    ASSIGN_OR_RETURN(std::string text, settings_text(config.closed_days_file));
    files.closed_days = {config.closed_days_file, std::move(text)};
  }
  if (!config.packs_dir.empty() || files.closed_days) {
    ASSIGN_OR_RETURN(law.rules, compliance::RuleBook::with(files));
  }
  return law;
}

// Unknown packs and days stop the program; a rule that has one reading only is a mistake in this
// file.
Result<void> read_law_table(TomlTable table, LawConfig& config,
                            const std::function<void(std::string&)>& anchor_path) {
  config.packs_dir = table.text("packs");
  config.closed_days_file = table.text("closed_days");
  anchor_path(config.packs_dir);
  anchor_path(config.closed_days_file);
  ASSIGN_OR_RETURN(config.law, read_law(config, table.texts("literal")));
  const auto known = config.law.book().switchable_rules();
  for (const auto& rule : config.law.profile.literal_rules) {
    if (std::ranges::find(known, rule) != known.end()) continue;
    const auto near = closest_word(rule, known);
    table.problem(
        "literal",
        fmt::format("'law.literal': '{}' is no rule with two readings{} (known: {})", rule,
                    near.empty() ? std::string() : fmt::format(": did you mean '{}'?", near),
                    fmt::join(known, ", ")));
  }
  return {};
}

void read_creditor(TomlTable table, const compliance::RuleBook& book, Creditor& creditor) {
  creditor.name = table.text("name", std::string(kUnnamed));
  creditor.agent_name = table.text("agent_name", "Laura");
  creditor.country = table.text("country", "CO");
  std::string_view zone, currency;
  if (const auto* land = book.find(creditor.country)) {
    currency = land->pack.currency;
    if (land->pack.home_zone) zone = land->pack.home_zone->name();
  }
  if (currency.empty())
    table.problem("country",
                  fmt::format("country '{}' has no rule pack, so nobody could be written to",
                              creditor.country));
  creditor.zone = table.text("zone", zone);
  if (creditor.zone.empty())
    table.problem("country",
                  fmt::format("{} has several time zones: say which is yours, zone = \"…\"",
                              creditor.country));
  creditor.locale = table.text("locale", "es_" + creditor.country);
  creditor.currency = table.text("currency", currency);
  creditor.help = table.text("help");
  creditor.payment_link_base = table.text("payment_link_base");
  creditor.strategy = table.text("strategy", "estandar");
  creditor.person_in_charge = table.text("person_in_charge");
  creditor.address = table.text("address");
  creditor.tax_id = table.text("tax_id");
  creditor.phone = table.text("phone");
  creditor.complaints_unit = table.text("complaints_unit");
  creditor.charges = table.text("charges");
}

// The statute of Chile asks for two years of the contact log (art. 37, checked 2026-11-21): nobody
// keeps it shorter.
void read_retention(TomlTable table, RetentionSettings& settings) {
  const auto days = [&](std::string_view key, int32_t fallback, int32_t least) {
    return static_cast<int32_t>(table.integer(key, fallback, {least, 36500}));
  };
  settings.conversation_days = days("conversation_days", settings.conversation_days, 30);
  settings.unknown_days = days("unknown_days", settings.unknown_days, 1);
  settings.bank_days = days("bank_days", settings.bank_days, 1);
  settings.contact_log_days = days("contact_log_days", settings.contact_log_days, 731);
}

// Where money goes that names no invoice, and how small a rest nobody asks for (docs/books.md).
void read_cash_application(TomlTable table, Config& config) {
  static constexpr std::string_view kPolicies[] = {"oldest_first", "smallest_first", "pro_rata"};
  config.allocation = *allocation_policy_of(table.choice("allocation", kPolicies));
  config.tolerance_minor = table.integer("tolerance_minor", 0, {0, 100'000'000});
}

// Paths in the file are relative to the file, wherever the command is given.
void anchor(std::string& path, const std::string& file) {
  if (path.empty() || path.front() == '/') return;
  path = (std::filesystem::absolute(file).parent_path() / path).lexically_normal().string();
}

Result<void> read_file(const std::string& file_path, Config& config) {
  ASSIGN_OR_RETURN(const std::string text, settings_text(file_path));
  ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(text, file_path));
  TomlTable root = file.root();
  config.database_url = root.text("database");
  config.listen = root.text("listen", config.listen);
  config.api_token_file = root.text("api_token_file");
  config.strategies_dir = root.text("strategies_dir");
  config.templates_dir = root.text("templates_dir");
  config.test_clock = root.text("test_clock");
  config.has_synchronous_standbys = root.flag("synchronous_standbys", false);
  config.master_key_file = root.table("keys").text("master_file");
  config.node_ttl_ms = root.table("node").integer("lease_seconds", 15, {3, 300}) * kSecondMs;
  read_whatsapp(root.table("whatsapp"), config.whatsapp);
  RETURN_IF_ERROR(read_law_table(root.table("law"), config.law,
                                 [&](std::string& path) { anchor(path, file_path); }));
  read_creditor(root.table("creditor"), config.law.law.book(), config.creditor);
  config.logo_file = root.table("creditor").text("logo");
  static constexpr std::string_view kTreatments[] = {"usted", "tu"};
  config.is_familiar = root.table("creditor").choice("treatment", kTreatments) == "tu";
  read_assistant(root.table("assistant"), config);
  read_cash_application(root.table("payments"), config);
  ASSIGN_OR_RETURN(config.charges,
                   read_charges(root, config.creditor, config.data_dir,
                                [&](std::string& path) { anchor(path, file_path); }));
  read_retention(root.table("retention"), config.retention);
  config.private_hosts = root.table("webhooks").texts("private_hosts");
  if (auto proxies = root.table("access").texts("proxies"); !proxies.empty())
    config.proxies = std::move(proxies);
  static constexpr std::string_view kSecondFactor[] = {"required", "optional"};
  config.requires_second_factor =
      root.table("access").choice("second_factor", kSecondFactor) == "required";
  config.needs_four_eyes = root.table("access").flag("four_eyes");
  read_bank(root, config.bank);
  read_identity(root.table("identity"), config);
  read_on_ramp(root.table("on_ramp"), config.creditor.name, config.on_ramp);
  config.has_own_pay_page = !config.creditor.payment_link_base.empty();
  config.payments = read_payments(root.table("payments"), config.creditor.currency,
                                  [&](std::string& path) { anchor(path, file_path); });
  config.person_ms =
      root.table("conversation").integer("person_hours", config.person_ms / kHourMs, {1, 720}) *
      kHourMs;
  config.import_grace_ms =
      root.table("imports").integer("grace_seconds", config.import_grace_ms / kSecondMs, {0, 300}) *
      kSecondMs;
  config.settle_ms =
      root.table("conversation").integer("settle_seconds", config.settle_ms / kSecondMs, {0, 60}) *
      kSecondMs;
  for (std::string* path : {&config.logo_file, &config.api_token_file, &config.assistant_key_file,
                            &config.master_key_file, &config.strategies_dir, &config.templates_dir,
                            &config.whatsapp.access_token_file, &config.whatsapp.app_secret_file,
                            &config.on_ramp.email_password_file, &config.on_ramp.email.ca_file,
                            &config.on_ramp.sms_header_file}) {
    anchor(*path, file_path);
  }
  if (auto zone = Zone::find(config.creditor.zone); !zone && !config.creditor.zone.empty())
    root.table("creditor").problem("zone", zone.error().message);
  if (auto money = Currency::parse(config.creditor.currency); !money)
    root.table("creditor").problem("currency", money.error().message);
  return file.finish();
}

}  // namespace

Result<Config> load_config(const std::string& path, const Overrides& flags) {
  Config config;
  config.creditor.id = CreditorId{1};
  const Layers layers(flags);
  layers.apply(config.data_dir, "data_dir", "PUNTUAL_DATA_DIR");
  std::string& file = config.file = path;
  if (file.empty() && std::filesystem::exists(config.data_dir + "/puntual.toml"))
    file = config.data_dir + "/puntual.toml";
  if (!file.empty()) {
    RETURN_IF_ERROR(read_file(file, config));
  } else {
    ASSIGN_OR_RETURN(TomlFile empty, TomlFile::parse("", "puntual.toml"));
    read_creditor(empty.root(), compliance::RuleBook::built_in(), config.creditor);
    ASSIGN_OR_RETURN(config.charges, read_charges(empty.root(), config.creditor, config.data_dir,
                                                  [](std::string&) {}));
  }
  layers.apply(config.database_url, "database", "PUNTUAL_DATABASE_URL");
  layers.apply(config.listen, "listen", "PUNTUAL_LISTEN");
  layers.apply(config.test_clock, "test_clock", "PUNTUAL_TEST_CLOCK");
  layers.apply(config.api_token_file, "api_token_file", "PUNTUAL_API_TOKEN_FILE");
  layers.apply(config.master_key_file, "master_key_file", "PUNTUAL_MASTER_KEY_FILE");
  layers.apply(config.whatsapp.base_url, "whatsapp_base_url", "PUNTUAL_WHATSAPP_BASE_URL");
  layers.apply(config.whatsapp.phone_number_id, "phone_number_id",
               "PUNTUAL_WHATSAPP_PHONE_NUMBER_ID");
  layers.apply(config.whatsapp.waba_id, "waba_id", "PUNTUAL_WHATSAPP_WABA_ID");
  layers.apply(config.whatsapp.access_token_file, "access_token_file",
               "PUNTUAL_WHATSAPP_ACCESS_TOKEN_FILE");
  layers.apply(config.whatsapp.app_secret_file, "app_secret_file",
               "PUNTUAL_WHATSAPP_APP_SECRET_FILE");
  layers.apply(config.whatsapp.verify_token, "verify_token", "PUNTUAL_WHATSAPP_VERIFY_TOKEN");
  // A page of the creditor's own goes before ours.
  if (config.has_pay_page()) config.creditor.payment_link_base = config.payments.public_url + "/p/";
  if (config.database_url.empty())
    config.database_url = "sqlite:" + config.data_dir + "/puntual.db";
  // A server has no folder of its own for the key; of an SQLite file it lies beside the file.
  if (config.master_key_file.empty() && Store::is_shared(config.database_url))
    config.master_key_file = config.data_dir + "/keys/master.key";
  config.creditor.phone_number_id = config.whatsapp.phone_number_id;
  if (!config.test_clock.empty() && !is_this_machine(config.whatsapp.base_url)) {
    return fail(
        ErrorCode::Unsafe,
        "test_clock is set and whatsapp.base_url is {}: a clock for tests is allowed only with a "
        "sandbox on this machine (http://127.0.0.1:…)",
        config.whatsapp.base_url);
  }
  if (config.payments.public_url.starts_with("http://") &&
      !is_this_machine(config.whatsapp.base_url)) {
    return fail(ErrorCode::Invalid,
                "payments.public_url is {}: people would be sent a page of this machine. Give the "
                "https:// address by which they reach it",
                config.payments.public_url);
  }
  for (const auto& provider : config.payments.providers) {
    if (config.test_clock.empty() || is_this_machine(provider.base_url)) continue;
    return fail(ErrorCode::Unsafe,
                "test_clock is set and payments.{}.base_url is no simulator on this machine "
                "(http://127.0.0.1:…)",
                provider.name);
  }
  return config;
}

}  // namespace puntual
