#include "tests/support/house.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>

#include "base/crypto.h"
#include "base/random.h"

namespace puntual::e2e {
namespace {

constexpr std::string_view kApiToken = "token-of-the-tests";

size_t keep_answer(char* data, size_t, size_t size, void* into) {
  static_cast<std::string*>(into)->append(data, size);
  return size;
}

Answer perform(const std::string& url, const std::string_view* body,
               const RequestHeaders& headers) {
  CURL* easy = curl_easy_init();
  curl_slist* lines = curl_slist_append(nullptr, "Expect:");
  for (const auto& line : headers.lines) lines = curl_slist_append(lines, line.c_str());
  Answer answer;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_answer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, keep_answer);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &answer.head);
  if (body != nullptr) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
  }
  if (curl_easy_perform(easy) == CURLE_OK)
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_slist_free_all(lines);
  curl_easy_cleanup(easy);
  return answer;
}

// A name that one process of this machine has at a time, until it ends: two tests that look for a
// port at the same moment find the same one free, and the later could not listen on it.
bool take(int port) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  const std::string text = fmt::format("puntual-test-port-{}", port);
  text.copy(name.sun_path + 1, text.size());  // After a zero: a name of no file.
  const int held = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
  if (::bind(held, reinterpret_cast<sockaddr*>(&name), size) == 0) return true;
  ::close(held);
  return false;
}

bool can_be_bound(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool bound = ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(descriptor);
  return bound;
}

// Below the ports that the kernel gives to those who connect: while the house is down, whoever
// knocks again and again would else be given its very port one day.
int free_port() {
  SystemRandom random;
  for (int tries = 0; tries < 100; ++tries) {
    const int port = 10'240 + static_cast<int>(random.below(32'768 - 10'240));
    if (take(port) && can_be_bound(port)) return port;
  }
  ADD_FAILURE() << "no free port";
  return 0;
}

}  // namespace

json::value Answer::document() const { return parse_json(body).value_or(json::value()); }
std::string Answer::header(std::string_view name) const {
  const std::string wanted = fmt::format("\r\n{}: ", name);
  const auto at = head.find(wanted);
  return at == std::string::npos
             ? std::string()
             : head.substr(at + wanted.size(),
                           head.find("\r\n", at + wanted.size()) - at - wanted.size());
}

Answer get(const std::string& url, const RequestHeaders& headers) {
  return perform(url, nullptr, headers);
}
Answer post(const std::string& url, std::string_view body, const RequestHeaders& headers) {
  return perform(url, &body, headers);
}
std::string sign(std::string_view body) { return "sha256=" + hex(hmac_sha256(kAppSecret, body)); }

std::string Person::phone() const { return "+" + wa_id(); }
std::string Person::wa_id() const { return fmt::format("57300000{:04}", number); }
std::string Person::invoice() const { return fmt::format("F-{:04}", number); }

std::string portfolio_of(int first, int count) {
  std::string csv = "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";
  for (int i = first; i < first + count; ++i) {
    const Person person{i};
    csv +=
        fmt::format("Persona Número {};10.{:03}.{:03};{};{};24/11/2026;150.000,00;150.000,00;COP\n",
                    i, i / 1000, i % 1000, person.phone(), person.invoice());
  }
  return csv;
}

std::string inbound(const Person& person, const std::string& id, const std::string& text) {
  const json::object message{{"from", person.wa_id()},
                             {"id", id},
                             {"timestamp", "1795528800"},
                             {"type", "text"},
                             {"text", {{"body", text}}}};
  const json::object value{
      {"messaging_product", "whatsapp"},
      {"metadata", {{"display_phone_number", "576015550100"}, {"phone_number_id", kPhoneNumberId}}},
      {"contacts",
       json::array{json::object{{"profile", {{"name", "Persona"}}}, {"wa_id", person.wa_id()}}}},
      {"messages", json::array{message}}};
  const json::object change{{"value", value}, {"field", "messages"}};
  const json::object entry{{"id", "102290129340398"}, {"changes", json::array{change}}};
  return to_json(
      json::object{{"object", "whatsapp_business_account"}, {"entry", json::array{entry}}});
}

House::House(std::string shared, int messages_per_second)
    : database(shared.empty() ? "sqlite:" + (folder / "puntual.db") : std::move(shared)),
      messages_per_second_(messages_per_second) {
  door_port_ = free_port();
  platform_port_ = free_port();
  door_ = fmt::format("http://127.0.0.1:{}", door_port_);
  platform_ = fmt::format("http://127.0.0.1:{}", platform_port_);
  write_file(folder / "app_secret.txt", kAppSecret);
  write_file(folder / "token.txt", "EAAtests");
  write_file(folder / "api_token.txt", kApiToken);
  write_settings();
}

House::~House() {
  if (::testing::Test::HasFailure() && serve_) {
    std::fprintf(stderr, "--- the last words of the last serve ---\n%s",
                 serve_->last_words().c_str());
  }
}

void House::set_clock(std::string_view start) {
  clock_ = start;
  write_settings();
}

void House::add_settings(std::string_view toml) {
  more_settings_ += toml;
  write_settings();
}

void House::use_strategy(std::string_view toml) {
  strategies_dir_ = folder / "strategies";
  std::filesystem::create_directories(strategies_dir_);
  write_file(strategies_dir_ + "/own.toml", toml);
  write_settings();
}

void House::write_settings() {
  write_file(
      folder / "puntual.toml",
      fmt::format(
          R"(
listen = "127.0.0.1:{}"
api_token_file = "{}"
test_clock = "{}"
database = "{}"
{}
{}
[creditor]
name = "Internet Andina"
agent_name = "Laura"
country = "CO"
zone = "America/Bogota"
currency = "COP"
help = "llame al 601 555 0100"
payment_link_base = "{}"
[conversation]
settle_seconds = 1
[imports]
grace_seconds = 0
[whatsapp]
base_url = "{}"
phone_number_id = "{}"
waba_id = "102290129340398"
access_token_file = "{}"
app_secret_file = "{}"
verify_token = "verify-me"
messages_per_second = {}
{})",
          door_port_, folder / "api_token.txt", clock_, database,
          strategies_dir_.empty() ? "" : fmt::format("strategies_dir = \"{}\"", strategies_dir_),
          Store::is_shared(database)
              ? fmt::format("[keys]\nmaster_file = \"{}\"\n[node]\nlease_seconds = 3",
                            folder / "master.key")
              : "",
          link_base_, platform_, kPhoneNumberId, folder / "token.txt", folder / "app_secret.txt",
          messages_per_second_, more_settings_));
}

void House::open_pay_page() {
  link_base_.clear();
  add_settings(fmt::format("[payments]\npublic_url = \"{}\"\n", url("")));
}

Ran House::command(std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"--data-dir", folder.path(), "--database", database});
  return run(arguments);
}

Ran House::import(std::string_view csv, std::vector<std::string> more) {
  write_file(folder / "file.csv", csv);
  std::vector<std::string> arguments{"import",    folder / "file.csv",  "--json",
                                     "--consent", "Contrato de prueba", "--confirmed-by",
                                     "contract",  "--evidence",         "Contrato de prueba"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return command(std::move(arguments));
}

void House::open_sandbox(std::string_view faults, std::vector<std::string> more) {
  write_file(folder / "faults.json", faults);
  std::vector<std::string> arguments{"sandbox",
                                     "--port",
                                     std::to_string(platform_port_),
                                     "--webhook-url",
                                     url("/webhooks/whatsapp"),
                                     "--app-secret-file",
                                     folder / "app_secret.txt",
                                     "--verify-token",
                                     "verify-me",
                                     "--token-file",
                                     folder / "token.txt",
                                     "--now",
                                     clock_,
                                     "--faults",
                                     folder / "faults.json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  sandbox_ = std::make_unique<Child>(ChildOptions{.arguments = std::move(arguments),
                                                  .stdout_path = folder / "sandbox.out",
                                                  .stderr_path = folder / "sandbox.err",
                                                  .environment = {}});
  ASSERT_TRUE(eventually([&] { return get(sandbox_url("/_sandbox/state")).status == 200; }))
      << sandbox_->last_words();
  this->faults(R"({"platform":{"messages_per_second":1000}})");
}

void House::start(std::vector<std::string> environment) {
  const std::string number = std::to_string(++starts_);
  environment.push_back("PUNTUAL_DATABASE_URL=" + database);
  serve_ = std::make_unique<Child>(ChildOptions{.arguments = {"serve", "--data-dir", folder.path()},
                                                .stdout_path = folder / ("serve" + number + ".out"),
                                                .stderr_path = folder / ("serve" + number + ".err"),
                                                .environment = std::move(environment)});
}

bool House::is_up() const {
  return eventually([&] { return serve_->out().contains("\"url\"") || !serve_->is_running(); }) &&
         serve_->is_running();
}

void House::serve(std::vector<std::string> environment) {
  start(std::move(environment));
  ASSERT_TRUE(is_up()) << serve_->last_words();
}

void House::kill_serve() {
  serve_->signal(SIGKILL);
  ASSERT_EQ(serve_->wait(), 128 + SIGKILL);
}

Child House::start_serve_again() const {
  return Child({.arguments = {"serve", "--data-dir", folder.path()},
                .stdout_path = folder / "second.out",
                .stderr_path = folder / "second.err",
                .environment = {}});
}

std::unique_ptr<Child> House::another_node(std::vector<std::string> environment) {
  set_clock(platform_time());  // As good as one clock for all.
  const std::string name = fmt::format("node{}", ++starts_);
  auto node = std::make_unique<Child>(
      ChildOptions{.arguments = {"serve", "--data-dir", folder.path(), "--listen", "127.0.0.1:0"},
                   .stdout_path = folder / (name + ".out"),
                   .stderr_path = folder / (name + ".err"),
                   .environment = std::move(environment)});
  EXPECT_TRUE(eventually([&] { return node->out().contains("\"url\"") || !node->is_running(); }))
      << node->last_words();
  return node;
}

std::string House::platform_time() const {
  return member_text(get(sandbox_url("/_sandbox/state")).document(), "now").value_or("");
}

json::array House::sent(const std::optional<Person>& to) const {
  const std::string who = to ? "?to=" + to->wa_id() : "?limit=100000";
  const auto document = get(sandbox_url("/_sandbox/messages" + who)).document();
  json::array ours;
  if (const auto* list = member_array(document, "messages")) {
    for (const auto& one : *list) {
      if (member_text(one, "direction") == "out") ours.push_back(one);
    }
  }
  return ours;
}

bool House::has_sent(const Person& to, size_t count) const {
  return eventually([&] { return sent(to).size() == count; });
}

void House::person_says(const Person& person, const std::string& text) const {
  const auto said = post(sandbox_url("/_sandbox/say"),
                         to_json(json::object{{"from", person.phone()}, {"text", text}}));
  ASSERT_EQ(said.status, 200) << said.body;
}

void House::faults(std::string_view text) const {
  const auto taken = post(sandbox_url("/_sandbox/faults"), text);
  ASSERT_EQ(taken.status, 200) << taken.body;
}

void House::advance_platform(int seconds) const {
  const auto moved =
      post(sandbox_url("/_sandbox/clock"), fmt::format(R"({{"advance_seconds":{}}})", seconds));
  ASSERT_EQ(moved.status, 200) << moved.body;
}

Answer House::deliver(std::string_view body) const {
  return post(url("/webhooks/whatsapp"), body, {{"X-Hub-Signature-256: " + sign(body)}});
}

Answer House::pay(const Person& person, int64_t minor, const std::string& id) const {
  const json::object payment{{"id", id},
                             {"invoice", person.invoice()},
                             {"amount_minor", minor},
                             {"currency", "COP"},
                             {"method", "PSE"}};
  return order("/v1/payments", to_json(payment));
}

Answer House::order(std::string_view path, std::string_view body) const {
  return post(url(path), body, {{"Authorization: Bearer " + std::string(kApiToken)}});
}

int64_t House::metric(std::string_view name) const {
  const std::string text = "\n" + get(url("/metrics")).body;
  const auto at = text.find(fmt::format("\npuntual_{} ", name));
  return at == std::string::npos ? -1 : std::atoll(text.c_str() + at + name.size() + 10);
}

Result<std::unique_ptr<Store>> House::look() const {
  return Store::open_read_only(
      database,
      {.master_file = Store::is_shared(database) ? folder / "master.key" : std::string()});
}

std::vector<OutboxMessage> House::messages_of(const Person& person) const {
  const auto store = look();
  if (!store) return {};
  const auto found = (*store)->read([&](Tx& tx) {
    const auto invoice = tx.invoices.find_by_number(CreditorId{1}, person.invoice());
    return invoice ? tx.outbox.of_debtor(CreditorId{1}, invoice->debtor_id)
                   : std::vector<OutboxMessage>{};
  });
  return found.value_or(std::vector<OutboxMessage>{});
}

std::string House::state_of(const Person& person, std::string_view step) const {
  for (const auto& message : messages_of(person)) {
    if (message.step == step) return std::string(text_of(message.state));
  }
  return "none";
}

int64_t House::count(std::string sql) const {
  const auto store = look();
  if (!store) return -1;
  return (*store)
      ->read([&](Tx& tx) {
        auto rows = tx.db.query(store::Sql::kept(std::move(sql)));
        return rows.next() ? rows.integer(0) : -1;
      })
      .value_or(-1);
}

}  // namespace puntual::e2e
