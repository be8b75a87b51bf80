#include "app/config.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "base/toml.h"

namespace puntual {
namespace {

Result<std::string> file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::NotFound, "{}: cannot be read", path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Flag, then environment, then what the file or the default says.
class Layers {
 public:
  explicit Layers(const Overrides& flags) : flags_(flags) {}
  void apply(std::string& value, std::string_view name, const char* environment) const {
    if (const char* text = std::getenv(environment); text != nullptr && *text != '\0') value = text;
    if (const auto flag = flags_.find(name); flag != flags_.end() && !flag->second.empty()) value = flag->second;
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
  config.messages_per_second = static_cast<int32_t>(table.integer("messages_per_second", 80, {1, 1000}));
}

struct CountryDefaults {
  std::string_view country, zone, currency;  // zone empty: the country has several, it must be told.
};
constexpr CountryDefaults kCountryDefaults[] = {{"CO", "America/Bogota", "COP"}, {"PE", "America/Lima", "PEN"}, {"MX", "", "MXN"}, {"CL", "", "CLP"},
                                                {"AR", "America/Argentina/Buenos_Aires", "ARS"}, {"BR", "", "BRL"}, {"EC", "", "USD"},
                                                {"DO", "America/Santo_Domingo", "DOP"}, {"PY", "America/Asuncion", "PYG"},
                                                {"SV", "America/El_Salvador", "USD"}, {"GT", "America/Guatemala", "GTQ"},
                                                {"CR", "America/Costa_Rica", "CRC"}, {"PA", "America/Panama", "PAB"},
                                                {"BO", "America/La_Paz", "BOB"}, {"UY", "America/Montevideo", "UYU"}, {"ES", "", "EUR"}};

void read_creditor(TomlTable table, Creditor& creditor) {
  creditor.name = table.text("name", std::string(kUnnamed));
  creditor.agent_name = table.text("agent_name", "Laura");
  creditor.country = table.text("country", "CO");
  std::string_view zone, currency;
  for (const auto& one : kCountryDefaults) {
    if (one.country == creditor.country) zone = one.zone, currency = one.currency;
  }
  if (currency.empty()) table.problem("country", fmt::format("country '{}' has no rule pack, so nobody could be written to", creditor.country));
  creditor.zone = table.text("zone", zone);
  if (creditor.zone.empty()) table.problem("country", fmt::format("{} has several time zones: say which is yours, zone = \"…\"", creditor.country));
  creditor.locale = table.text("locale", "es_" + creditor.country);
  creditor.currency = table.text("currency", currency);
  creditor.help = table.text("help");
  creditor.payment_link_base = table.text("payment_link_base");
  creditor.strategy = table.text("strategy", "estandar");
}

// The statute of Chile asks for two years of the contact log (art. 37, checked 2026-11-21): nobody keeps it shorter.
void read_retention(TomlTable table, RetentionSettings& settings) {
  const auto days = [&](std::string_view key, int32_t fallback, int32_t least) {
    return static_cast<int32_t>(table.integer(key, fallback, {least, 36500}));
  };
  settings.conversation_days = days("conversation_days", settings.conversation_days, 30);
  settings.unknown_days = days("unknown_days", settings.unknown_days, 1);
  settings.contact_log_days = days("contact_log_days", settings.contact_log_days, 731);
}

// Paths in the file are relative to the file, wherever the command is given.
void anchor(std::string& path, const std::string& file) {
  if (path.empty() || path.front() == '/') return;
  path = (std::filesystem::absolute(file).parent_path() / path).lexically_normal().string();
}

Result<void> read_file(const std::string& file_path, Config& config) {
  ASSIGN_OR_RETURN(const std::string text, file_text(file_path));
  ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(text, file_path));
  TomlTable root = file.root();
  config.database_url = root.text("database");
  config.listen = root.text("listen", config.listen);
  config.api_token_file = root.text("api_token_file");
  config.strategies_dir = root.text("strategies_dir");
  config.templates_dir = root.text("templates_dir");
  config.test_clock = root.text("test_clock");
  read_whatsapp(root.table("whatsapp"), config.whatsapp);
  read_creditor(root.table("creditor"), config.creditor);
  read_retention(root.table("retention"), config.retention);
  for (std::string* path : {&config.api_token_file, &config.strategies_dir, &config.templates_dir, &config.whatsapp.access_token_file, &config.whatsapp.app_secret_file}) {
    anchor(*path, file_path);
  }
  if (auto zone = Zone::find(config.creditor.zone); !zone && !config.creditor.zone.empty()) root.table("creditor").problem("zone", zone.error().message);
  if (auto money = Currency::parse(config.creditor.currency); !money) root.table("creditor").problem("currency", money.error().message);
  return file.finish();
}

Result<void> add_strategies(const std::string& dir, Desk& desk) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
    if (entry.path().extension() != ".toml") continue;
    ASSIGN_OR_RETURN(const std::string text, file_text(entry.path().string()));
    ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(text, entry.path().filename().string()));
    desk.strategies.insert_or_assign(strategy.name, std::move(strategy));
  }
  if (error) return fail(ErrorCode::NotFound, "strategies_dir {}: {}", dir, error.message());
  return {};
}

Result<void> add_templates(const std::string& dir, std::string_view link_base, Desk& desk) {
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir, error)) {
    if (entry.path().extension() != ".toml") continue;
    ASSIGN_OR_RETURN(const std::string text, file_text(entry.path().string()));
    ASSIGN_OR_RETURN(MessageTemplate one, messaging::parse_template(text, entry.path().string()));
    desk.templates.add(messaging::with_link_base(std::move(one), link_base));
  }
  if (error) return fail(ErrorCode::NotFound, "templates_dir {}: {}", dir, error.message());
  return {};
}

}  // namespace

bool is_loopback(std::string_view url) {
  return url.starts_with("http://127.0.0.1:") || url.starts_with("http://localhost:") || url.starts_with("http://[::1]:");
}

Result<Config> load_config(const std::string& path, const Overrides& flags) {
  Config config;
  config.creditor.id = CreditorId{1};
  const Layers layers(flags);
  layers.apply(config.data_dir, "data_dir", "PUNTUAL_DATA_DIR");
  std::string file = path;
  if (file.empty() && std::filesystem::exists(config.data_dir + "/puntual.toml")) file = config.data_dir + "/puntual.toml";
  if (!file.empty()) {
    RETURN_IF_ERROR(read_file(file, config));
  } else {
    ASSIGN_OR_RETURN(TomlFile empty, TomlFile::parse("", "puntual.toml"));
    read_creditor(empty.root(), config.creditor);
  }
  layers.apply(config.database_url, "database", "PUNTUAL_DATABASE_URL");
  layers.apply(config.listen, "listen", "PUNTUAL_LISTEN");
  layers.apply(config.test_clock, "test_clock", "PUNTUAL_TEST_CLOCK");
  layers.apply(config.api_token_file, "api_token_file", "PUNTUAL_API_TOKEN_FILE");
  layers.apply(config.whatsapp.base_url, "whatsapp_base_url", "PUNTUAL_WHATSAPP_BASE_URL");
  layers.apply(config.whatsapp.phone_number_id, "phone_number_id", "PUNTUAL_WHATSAPP_PHONE_NUMBER_ID");
  layers.apply(config.whatsapp.waba_id, "waba_id", "PUNTUAL_WHATSAPP_WABA_ID");
  layers.apply(config.whatsapp.access_token_file, "access_token_file", "PUNTUAL_WHATSAPP_ACCESS_TOKEN_FILE");
  layers.apply(config.whatsapp.app_secret_file, "app_secret_file", "PUNTUAL_WHATSAPP_APP_SECRET_FILE");
  layers.apply(config.whatsapp.verify_token, "verify_token", "PUNTUAL_WHATSAPP_VERIFY_TOKEN");
  if (config.database_url.empty()) config.database_url = "sqlite:" + config.data_dir + "/puntual.db";
  config.creditor.phone_number_id = config.whatsapp.phone_number_id;
  if (!config.test_clock.empty() && !is_loopback(config.whatsapp.base_url)) {
    return fail(ErrorCode::Unsafe, "test_clock is set and whatsapp.base_url is {}: a clock for tests is allowed only with a "
                "sandbox on this machine (http://127.0.0.1:…)", config.whatsapp.base_url);
  }
  return config;
}

Result<Desk> make_desk(const Config& config, Random& random) {
  ASSIGN_OR_RETURN(TemplateCatalog catalog, TemplateCatalog::built_in(config.creditor.payment_link_base));
  Desk desk{.templates = std::move(catalog), .strategies = {}, .random = random, .settings = {}};
  desk.settings.retention = config.retention;
  for (const auto& file : embedded_files("strategies/")) {
    ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(file.bytes, file.name));
    desk.strategies.insert_or_assign(strategy.name, std::move(strategy));
  }
  if (!config.strategies_dir.empty()) RETURN_IF_ERROR(add_strategies(config.strategies_dir, desk));
  if (!config.templates_dir.empty()) RETURN_IF_ERROR(add_templates(config.templates_dir, config.creditor.payment_link_base, desk));
  if (!desk.strategies.contains(config.creditor.strategy)) {
    return fail(ErrorCode::Invalid, "creditor.strategy = \"{}\": there is no such strategy (expected one of strategies/*.toml)",
                config.creditor.strategy);
  }
  return desk;
}

std::string sample_config() {
  return R"(# Ajustes de Puntual. Las claves desconocidas son un error, con sugerencia.
# Los secretos van en archivos aparte, legibles solo por usted (chmod 600).

# database = "sqlite:puntual.db"
listen = "127.0.0.1:8080"
# api_token_file = "api_token.txt"

[creditor]
name = "Mi empresa"            # Como la conocen sus deudores
agent_name = "Laura"           # Quien escribe
country = "CO"
zone = "America/Bogota"
currency = "COP"
help = "llame al 601 555 0100" # Cómo hablar con una persona
# payment_link_base = "https://pagos.example.com/"
strategy = "estandar"

# [retention]                  # Días que se guarda cada cosa; ver docs/rights.md
# conversation_days = 730
# contact_log_days = 1827

[whatsapp]
# base_url = "http://127.0.0.1:9090"   # La zona de pruebas: puntual sandbox
phone_number_id = ""
waba_id = ""
access_token_file = "whatsapp_token.txt"
app_secret_file = "app_secret.txt"
verify_token = ""
)";
}

}  // namespace puntual
