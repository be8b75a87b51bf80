#include "app/checkup.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/address.h"
#include "base/embedded.h"
#include "base/locale.h"
#include "core/compliance/loosened.h"
#include "core/messaging/product_words.h"
#include "engine/audit.h"
#include "engine/contact_facts.h"
#include "engine/engine.h"
#include "engine/number_owner.h"
#include "engine/quarantine.h"
#include "engine/waiting_money.h"
#include "store/master_key.h"

namespace puntual {
namespace {

constexpr int64_t kInFlightOldMs =
    8 * kDayMs;  // The platform tells of a message for seven days at most (contract 5.3).
constexpr int64_t kAliveOldMs = 5 * kMinuteMs;
constexpr int64_t kBacklogMax = 1000;
constexpr int kReviewAheadDays = 60;  // To have rules reviewed takes a lawyer some weeks.
constexpr uint64_t kRoomLow = uint64_t{2} << 30, kRoomOut = uint64_t{200} << 20;
constexpr int64_t kOldCopyMs = 30 * kDayMs;

std::string_view sqlite_path(const Config& config) {
  constexpr std::string_view kSqlite = "sqlite:";
  return std::string_view(config.database_url).starts_with(kSqlite)
             ? std::string_view(config.database_url).substr(kSqlite.size())
             : std::string_view();
}

int64_t number_of(Tx& tx, store::Sql sql, std::initializer_list<store::Param> params = {}) {
  auto rows = tx.db.query(sql, params);
  return rows.next() && !rows.is_null(0) ? rows.integer(0) : 0;
}

// File systems whose locks do not hold between machines: a second server would not be noticed
// (OPS-11).
bool is_network_type(int64_t type) {
  constexpr int64_t kTypes[] = {
      0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
      0x65735546, 0x01021997, 0x5346414F, 0x00C36400};  // nfs smb cifs smb2 fuse 9p afs ceph
  return std::ranges::find(kTypes, type) != std::end(kTypes);
}

// "martes 24 de noviembre, 9:45", by the creditor's clock.
std::string moment_es(Instant at, Zone zone) {
  const auto local = zone.local(at);
  return fmt::format("{}, {}:{:02}", format_weekday_date(local.date, "es"),
                     local.ms_of_day / kHourMs, local.ms_of_day % kHourMs / kMinuteMs);
}

// A template waits when none of its languages may be used: people of this creditor are written to
// in one or two of them. One of tú or vos does not wait, but leaves with usted.
void check_templates(Tx& tx, const Creditor& creditor, const Desk& desk,
                     std::vector<Finding>& findings) {
  const Treatment own = messaging::treatment_in(creditor.locale, desk.settings.is_familiar);
  struct Missing {
    std::string names;
    int count = 0;
  } waiting, formal;
  std::map<std::string, std::pair<Treatment, bool>> is_approved;
  for (const auto& one : desk.templates.all()) {
    if (one.is_answer || (one.treatment != Treatment::Usted && one.treatment != own)) continue;
    auto& [treatment, approved] = is_approved[one.name];
    treatment = one.treatment;
    approved |= tx.templates.status(creditor.id, one.name, one.language) == "APPROVED";
  }
  for (const auto& [name, state] : is_approved) {
    if (state.second) continue;
    Missing& missing = state.first == Treatment::Usted ? waiting : formal;
    if (++missing.count <= 3) missing.names += (missing.names.empty() ? "" : ", ") + name;
    if (missing.count == 4) missing.names += ", …";
  }
  if (waiting.count > 0)
    findings.push_back({Grade::Finding, "templates",
                        fmt::format("{} plantillas sin aprobar por WhatsApp ({}): sus mensajes "
                                    "esperan. Mire: puntual template list",
                                    waiting.count, waiting.names)});
  if (formal.count > 0)
    findings.push_back(
        {Grade::Finding, "templates_treatment",
         fmt::format("{} plantillas de {} sin aprobar por WhatsApp ({}): mientras tanto esos "
                     "mensajes tratan de usted",
                     formal.count, own == Treatment::Vos ? "vos" : "tú", formal.names)});
}

// What was launched goes before the files: whoever edits one of those is told that it changes
// nothing.
void check_editions(Tx& tx, CreditorId creditor, const Desk& desk, std::vector<Finding>& findings) {
  std::vector<std::string> launched;
  const auto is_read = [&](const store::Edition& edition) {
    return std::ranges::find(desk.unread_editions, edition.number, &UnreadEdition::number) ==
           desk.unread_editions.end();
  };
  if (const auto strategy = tx.editions.last_strategy(creditor); strategy && is_read(*strategy))
    launched.push_back(fmt::format("estrategia {} (edición {})", strategy->name, strategy->number));
  for (const auto& one : tx.editions.last_templates(creditor)) {
    if (is_read(one))
      launched.push_back(fmt::format("plantilla {} (edición {})", one.name, one.number));
  }
  if (!launched.empty())
    findings.push_back(
        {Grade::Good, "editions",
         fmt::format("Vale lo que se lanzó en la aplicación y no los archivos de esos nombres: {}.",
                     fmt::join(launched, ", "))});
  for (const auto& one : desk.unread_editions) {
    findings.push_back({Grade::Finding, "edition_unread",
                        fmt::format("La edición {} ({}) no se puede leer con este programa; en su "
                                    "lugar vale {}. Corrija el texto en la aplicación y láncelo de "
                                    "nuevo, o vuelva a la versión de Puntual con que se lanzó. {}",
                                    one.number, one.name,
                                    one.instead == 0 ? std::string("el archivo")
                                                     : fmt::format("la edición {}", one.instead),
                                    one.why)});
  }
}

void check_endpoints(Tx& tx, CreditorId creditor, Zone zone, std::vector<Finding>& findings) {
  for (const auto& one : tx.webhooks.all(creditor)) {
    if (one.disabled_at) {
      findings.push_back(
          {Grade::Finding, "webhook_disabled",
           fmt::format("Ya no se avisa a {} ({}), desde el {}. Arréglelo allá y siga con: puntual "
                       "webhook enable {}",
                       one.url, one.disabled_why, moment_es(*one.disabled_at, zone), one.id)});
    } else if (one.failing_since) {
      findings.push_back(
          {Grade::Finding, "webhook_failing",
           fmt::format("{} no recibe los avisos desde el {}. Mire por qué: puntual webhook list",
                       one.url, moment_es(*one.failing_since, zone))});
    }
  }
}

// Interest that is agreed and not computed surprises both sides later.
void check_charges(const Config& config, Instant now, std::vector<Finding>& findings) {
  if (!config.charges.rules) return;
  const ChargeRules& rules = *config.charges.rules;
  if (config.tolerance_minor == 0) {
    findings.push_back(
        {Grade::Finding, "charges_tolerance",
         "Se cobran intereses de mora y la tolerancia es cero: un centavo que sobre deja la deuda "
         "abierta. Escriba [payments] tolerance_minor (docs/books.md)."});
  }
  const CivilDate yesterday = Zone::of(config.creditor.zone).local(now).date - 1;
  if (yesterday < rules.terms.since || rules.terms.agreed.micro_percent == 0) return;
  const auto until = rules.table.known_until(rules.terms.credit, rules.terms.since);
  if (until && *until >= yesterday) {
    findings.push_back(
        {Grade::Good, "charges",
         fmt::format("Intereses de mora: tasas confirmadas hasta el {}.", format_date(*until))});
  } else {
    findings.push_back({Grade::Finding, "charges",
                        fmt::format("No se calculan intereses de mora {}: falta que alguien "
                                    "confirme la tasa. Mire: puntual charges show",
                                    until ? fmt::format("después del {}", format_date(*until))
                                          : "desde ningún día")});
  }
}

// What a debt is called in the file and may not be said: its messages say "su cuenta".
void check_products(Tx& tx, const Creditor& creditor, std::vector<Finding>& findings) {
  auto rows = tx.db.query(
      "SELECT product, COUNT(*) FROM invoice WHERE creditor_id=$1 AND balance_minor > 0 AND "
      "product <> '' GROUP BY product",
      {creditor.id});
  int64_t count = 0;
  std::string example;
  while (rows.next()) {
    if (messaging::is_sayable(rows.text(0), creditor)) continue;
    if (example.empty()) example = rows.text(0);
    count += rows.integer(1);
  }
  if (count == 0) return;
  findings.push_back(
      {Grade::Finding, "product_words",
       fmt::format(
           "{} facturas tienen en la columna del producto palabras que un mensaje de cobro "
           "no puede decir («{}»): sus mensajes dicen «su cuenta». Si quiere que se nombre, "
           "escríbalo de otro modo en su archivo.",
           count, example)});
}

// What must stand on the creditor's papers there, and the settings do not say.
void check_papers(const Creditor& creditor, const compliance::RuleBook& book,
                  std::vector<Finding>& findings) {
  const auto* land = book.find(creditor.country);
  if (land == nullptr || land->pack.tax_id_rule.empty()) return;
  std::vector<std::string_view> missing;
  if (creditor.address.empty()) missing.push_back("address");
  if (creditor.tax_id.empty()) missing.push_back("tax_id");
  if (missing.empty()) return;
  findings.push_back({Grade::Finding, "papers",
                      fmt::format("La ley pide en los documentos de cobro el domicilio y el número "
                                  "de contribuyente del acreedor ({}). Llene en [creditor]: {}",
                                  land->pack.tax_id_rule, fmt::join(missing, ", "))});
}

}  // namespace

void check_pack(const compliance::RuleBook& book, std::string_view country, CivilDate today,
                std::vector<Finding>& findings) {
  const auto* land = book.find(country);
  if (land == nullptr)
    return findings.push_back(
        {Grade::Finding, "pack",
         fmt::format("No hay reglas para {}: a esas personas no se les escribe.", country)});
  const CivilDate review = land->pack.review_by;
  if (review < today + kReviewAheadDays) {
    const bool is_past = review < today;
    findings.push_back(
        {is_past ? Grade::Danger : Grade::Finding, "pack_stale",
         fmt::format(
             "Las reglas de {} ({}) {} el {}: {} a nadie allí. Instale una versión más nueva de "
             "Puntual, o haga revisar las reglas y ponga en la carpeta de [law] packs un {}.toml "
             "con otra fecha en review_by y una versión mayor.",
             country, land->pack.version, is_past ? "vencieron" : "vencen", format_date(review),
             is_past ? "no se le escribe" : "después no se le escribirá", country)});
  }
  const int year = ymd_of(today).year;
  std::vector<int> missing;
  for (const int one : {year, year + 1}) {
    if (!land->calendar.covers(date_of(one, 1, 1)) || !land->calendar.covers(date_of(one, 12, 31)))
      missing.push_back(one);
  }
  if (!missing.empty())
    findings.push_back(
        {missing.front() == year ? Grade::Danger : Grade::Finding, "calendar",
         fmt::format("Faltan los festivos de {} de {}: en los días que el calendario no cubre no "
                     "se le escribe a nadie allí. Instale una versión más nueva de Puntual, o "
                     "ponga en la carpeta de [law] packs un {}.tsv que llegue hasta {}.",
                     country, fmt::join(missing, " y "), country, year + 1)});
}

void check_own_packs(const compliance::RuleBook& book, std::span<const std::string> lands,
                     std::vector<Finding>& findings) {
  for (const auto& pack : compliance::loosened_packs(book)) {
    std::vector<std::string_view> told;
    for (const auto& one : pack.loosenings) told.push_back(one.es);
    findings.push_back(
        {Grade::Finding, "pack_loosened",
         fmt::format(
             "Sus propias reglas de {} ({}) permiten más que las del programa ({}): {}. "
             "Que un abogado lo confirme, o quite ese archivo de la carpeta de [law] packs.",
             pack.country, pack.version, pack.built_in_version, fmt::join(told, "; "))});
  }
  for (const auto& land : book.all()) {
    if (land.is_own && std::ranges::find(lands, land.pack.country) == lands.end())
      findings.push_back({Grade::Good, "pack_unused",
                          fmt::format("Hay reglas propias de {} ({}), y en la cartera no hay nadie "
                                      "de allí.",
                                      land.pack.country, land.pack.version)});
  }
  for (const auto& file : book.ignored())
    findings.push_back({Grade::Finding, "pack_ignored",
                        fmt::format("El archivo {} de la carpeta de [law] packs no se usa: {}.",
                                    file.name, file.why)});
}

void check_first_contact(const Creditor& creditor, const compliance::RuleBook& book,
                         std::span<const std::string> lands, std::vector<Finding>& findings) {
  const std::set<std::string> each(lands.begin(), lands.end());
  for (const auto& country : each) {
    const auto* land = book.find(country);
    if (land == nullptr) continue;
    const auto missing = land->pack.missing_at_first(words_of(creditor));
    if (missing.empty()) continue;
    const auto rule = std::ranges::find(land->pack.content, Reason::ContentMissingIdentity,
                                        &compliance::ContentRule::reason);
    findings.push_back(
        {Grade::Finding, "first_contact",
         fmt::format("A nadie de {} le sale el primer mensaje de cobro: la ley pide decir en él lo "
                     "que falta en [creditor] ({}). Llene: {}{}",
                     country, rule->rule, fmt::join(missing, ", "),
                     std::ranges::find(missing, "charges") == missing.end()
                         ? "."
                         : ". Si no cobra intereses ni gastos, dígalo allí.")});
  }
}

void check_bridge_days(const compliance::RuleBook& book, std::string_view country, CivilDate today,
                       std::vector<Finding>& findings) {
  constexpr std::string_view kKnown = "# bridge days are decreed each year; these are in:";
  const auto* land = book.find(country);
  std::string file = fmt::format("data/holidays/{}.tsv", country);
  for (char& c : file) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto ours = embedded_file(file);
  if (land == nullptr || !ours) return;
  const size_t at = ours->find(kKnown);
  const auto* const built_in = compliance::RuleBook::built_in().find(country);
  if (at == std::string_view::npos || built_in == nullptr ||
      land->calendar.version != built_in->calendar.version)
    return;
  const std::string_view known = ours->substr(at, ours->find('\n', at) - at);
  const auto [year, month, day] = ymd_of(today);
  for (int one = year; one <= (month == 12 ? year + 1 : year); ++one) {
    bool is_known = known.contains(fmt::format(" {}", one));
    for (CivilDate date = date_of(one, 1, 1); !is_known && ymd_of(date).year == one;
         date = date + 1)
      is_known = land->closed.everywhere.is_holiday(date);
    if (!is_known)
      findings.push_back(
          {Grade::Finding, "bridge_days",
           fmt::format(
               "{}: los días puente de {} se fijan por decreto y no están en el calendario; ese "
               "día se escribiría como en uno hábil. Anótelos en el archivo de [law] closed_days "
               "(FECHA, tabulador, {}) o instale un calendario más nuevo.",
               country, one, country)});
  }
}

namespace {

void check_secret(const std::string& path, std::string_view what, std::vector<Finding>& findings) {
  if (path.empty()) return;
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    findings.push_back(
        {Grade::Danger, "secret",
         fmt::format("Falta {} ({}): sin ese archivo el servidor no arranca. Vuelva a ponerlo.",
                     what, path)});
  } else if ((info.st_mode & S_IRWXO) != 0) {
    findings.push_back(
        {Grade::Danger, "secret",
         fmt::format("Cualquiera en esta máquina puede leer {} ({}). Corríjalo con: chmod 600 {}",
                     what, path, path)});
  }
}

void check_room(const std::string& folder, std::vector<Finding>& findings) {
  struct statvfs room {};
  if (::statvfs(folder.c_str(), &room) != 0) return;
  const uint64_t bytes = uint64_t{room.f_bavail} * room.f_frsize;
  const auto megabytes = bytes >> 20;
  if (bytes < kRoomLow) {
    findings.push_back({bytes < kRoomOut ? Grade::Danger : Grade::Finding, "disk",
                        fmt::format("Quedan {} MB en el disco de {}: sin espacio no se guarda lo "
                                    "que llega. Libere espacio o amplíe el disco.",
                                    megabytes, folder)});
  } else {
    findings.push_back(
        {Grade::Good, "disk", fmt::format("Espacio en disco: {} MB libres.", megabytes)});
  }
}

// Who can come in, and by how little.
void check_access(Tx& tx, const Config& config, std::vector<Finding>& findings) {
  const auto users = tx.users.all(config.creditor.id);
  const auto can_enter = [](const store::User& user) {
    return !user.disabled_at && !user.password.empty();
  };
  if (std::ranges::none_of(users, [&](const auto& user) {
        return can_enter(user) && user.role == access::Role::Owner;
      })) {
    findings.push_back(
        {Grade::Good, "no_owner",
         "Nadie puede entrar a la aplicación todavía. El enlace para empezar: puntual user setup"});
    return;
  }
  const auto bare = std::ranges::count_if(users, [&](const auto& user) {
    return can_enter(user) && access::needs_second_factor(user.role) && !user.has_second_factor();
  });
  if (bare > 0)
    findings.push_back({Grade::Finding, "second_factor",
                        fmt::format("{} personas que pueden mucho entran sin segundo factor: "
                                    "puntual user list dice quiénes.",
                                    bare)});
  if (!config.requires_second_factor && !is_this_machine(config.whatsapp.base_url)) {
    findings.push_back({Grade::Finding, "second_factor_optional",
                        "El segundo factor no es obligatorio: quien robe una contraseña puede "
                        "todo. Quite second_factor = \"optional\" de [access]."});
  }
}

// Whoever has it may everything: it must not be guessed.
void check_api_token(const std::string& path, std::vector<Finding>& findings) {
  constexpr size_t kTokenMin = 16;
  std::string token;
  std::ifstream file(path);
  if (path.empty() || !std::getline(file, token)) return;
  if (token.size() < kTokenMin)
    findings.push_back({Grade::Danger, "api_token",
                        fmt::format("La llave de la API ({}) es corta y se adivina: ponga una de "
                                    "32 letras al azar, como openssl rand -hex 16, y reinicie.",
                                    path)});
}

}  // namespace

void check_keys(Tx& tx, std::vector<Finding>& findings) {
  int64_t unreadable = 0;
  for (const auto& creditor : tx.creditors.all())
    unreadable += tx.keys.count_unreadable(creditor.id);
  if (unreadable == 0)
    findings.push_back(
        {Grade::Good, "keys", "La llave maestra abre las llaves de todas las personas."});
  else
    findings.push_back(
        {Grade::Danger, "keys",
         fmt::format("La llave maestra no abre las llaves de {} personas: sus datos no se pueden "
                     "leer. Vuelva a poner la llave con que se guardaron, o restaure una copia.",
                     unreadable)});
}

void check_database(Tx& tx, bool is_sqlite, engine::PeoplesWords words,
                    std::vector<Finding>& findings) {
  if (is_sqlite) {
    auto rows = tx.db.query("SELECT integrity_check FROM pragma_integrity_check LIMIT 1");
    const std::string answer = rows.next() ? rows.text(0) : "";
    if (answer == "ok")
      findings.push_back({Grade::Good, "integrity", "El archivo de la base de datos está sano."});
    else
      findings.push_back({Grade::Danger, "integrity",
                          fmt::format("El archivo de la base de datos está dañado ({}). Detenga el "
                                      "servidor y restaure una copia.",
                                      answer)});
  }
  std::vector<std::string> mismatches;
  for (const auto& creditor : tx.creditors.all())
    std::ranges::move(tx.ledger.mismatches(creditor.id, 1000), std::back_inserter(mismatches));
  if (mismatches.empty())
    findings.push_back({Grade::Good, "ledger", "Los saldos son la suma de sus asientos."});
  else
    findings.push_back(
        {Grade::Danger, "ledger",
         fmt::format("{} facturas o pagos no son lo que dicen sus asientos (por ejemplo: {}): se "
                     "podría cobrar de más. Pause los envíos y avise.",
                     mismatches.size(), mismatches.front())});
  const AuditReport audit = engine::verify_audit(tx, {}, words);
  if (audit.faults.empty())
    findings.push_back({Grade::Good, "audit",
                        fmt::format("La historia está íntegra: {} {}.", audit.records,
                                    audit.records == 1 ? "registro" : "registros")});
  else
    findings.push_back({Grade::Danger, "audit",
                        fmt::format("La historia no está íntegra: {}. Guarde una copia tal como "
                                    "está y mire: puntual audit verify",
                                    audit.faults.front().what_es)});
  const int64_t strays =
      number_of(tx,
                "SELECT COUNT(*) FROM invoice i WHERE NOT EXISTS (SELECT 1 FROM debtor d WHERE "
                "d.creditor_id=i.creditor_id AND d.id=i.debtor_id)") +
      number_of(tx,
                "SELECT COUNT(*) FROM outbox o WHERE NOT EXISTS (SELECT 1 FROM debtor d WHERE "
                "d.creditor_id=o.creditor_id AND d.id=o.debtor_id)") +
      number_of(tx,
                "SELECT COUNT(*) FROM allocation a WHERE NOT EXISTS (SELECT 1 FROM payment p WHERE "
                "p.creditor_id=a.creditor_id AND p.id=a.payment_id)");
  if (strays > 0)
    findings.push_back({Grade::Danger, "references",
                        fmt::format("{} filas hablan de personas o pagos que no existen: alguien "
                                    "cambió la base de datos por fuera. Restaure una copia.",
                                    strays)});
}

void check_ways_to_pay(Tx& tx, CreditorId creditor, const PaymentsConfig& config,
                       const Providers& providers, std::vector<Finding>& findings) {
  if (config.transfer.bank.empty() && providers.empty()) return;
  for (auto rows = tx.db.query("SELECT currency, COUNT(*) FROM invoice WHERE creditor_id=$1 AND "
                               "balance_minor > 0 GROUP BY currency ORDER BY currency",
                               {creditor});
       rows.next();) {
    const Currency currency = Currency::of(rows.view(0));
    const bool is_taken =
        config.transfer.takes(currency) || std::ranges::any_of(providers, [&](const auto& one) {
          return one.second->traits().bounds(currency) != nullptr;
        });
    if (!is_taken)
      findings.push_back(
          {Grade::Finding, "no_way_to_pay",
           fmt::format("{} en {}, y ni la cuenta para transferir ni un proveedor reciben esa "
                       "moneda: a esas personas no se les ofrece cómo pagar. Si una cuenta es de "
                       "esa moneda, dígalo con currency = \"{}\" en su sección de [payments].",
                       rows.integer(1) == 1 ? "1 factura se debe"
                                            : fmt::format("{} facturas se deben", rows.integer(1)),
                       currency.code(), currency.code())});
  }
}

void check_work(Tx& tx, const Config& config, const Desk& desk, Instant now,
                std::vector<Finding>& findings) {
  const auto creditor = tx.creditors.find(config.creditor.id);
  if (!creditor) {
    findings.push_back({Grade::Finding, "creditor",
                        "La base de datos está vacía. Empiece con: puntual import ARCHIVO"});
    return;
  }
  const CreditorId id = creditor->id;
  if (engine::quarantine_of(tx))
    findings.push_back({Grade::Danger, "quarantine",
                        "Envíos en cuarentena: no sale nada hasta que una persona diga hasta "
                        "cuándo se envió. Mire: puntual quarantine show"});
  if (creditor->paused_at)
    findings.push_back({Grade::Finding, "paused",
                        fmt::format("En pausa ({}): no sale nada. Para seguir: puntual resume",
                                    tx.creditors.paused_why(id))});
  if (const auto agreed = engine::owner_agrees(tx, *creditor); !agreed)
    findings.push_back(
        {Grade::Finding, "number_owner",
         "Falta que el dueño del número que envía lo permita: puntual number confirm"});
  const int64_t newest = number_of(tx, "SELECT MAX(at) FROM timeline WHERE creditor_id=$1", {id});
  if (newest > now.ms + kMinuteMs && config.test_clock.empty())
    findings.push_back({Grade::Danger, "clock",
                        "El reloj de esta máquina va atrás de lo ya registrado: se contaría mal a "
                        "qué hora se puede escribir. Corríjalo (timedatectl)."});
  const int64_t backlog = tx.inbox.backlog(id), poison = tx.inbox.poison_count(id);
  if (backlog > kBacklogMax)
    findings.push_back({Grade::Finding, "inbox",
                        fmt::format("{} avisos de WhatsApp sin atender: hasta atenderlos no se "
                                    "envía nada. Si no baja, mire el registro del servidor.",
                                    backlog)});
  if (poison > 0)
    findings.push_back(
        {Grade::Finding, "inbox_poison",
         fmt::format("{} avisos no se pudieron entender; quedan guardados. Repórtelos.", poison)});
  if (const size_t waiting = engine::waiting_money(tx, id, 1000).size(); waiting > 0)
    findings.push_back(
        {Grade::Finding, "payments_held",
         fmt::format("{} a una persona: puntual payments unmatched",
                     waiting == 1 ? "1 pago espera" : fmt::format("{} pagos esperan", waiting))});
  const int64_t stuck = number_of(tx,
                                  "SELECT COUNT(*) FROM outbox WHERE creditor_id=$1 AND "
                                  "state='in_flight' AND in_flight_at < $2",
                                  {id, now - kInFlightOldMs});
  if (stuck > 0)
    findings.push_back({Grade::Danger, "in_flight",
                        fmt::format("{} mensajes llevan más de 8 días saliendo: el servidor no los "
                                    "ha resuelto. Reinícielo.",
                                    stuck)});
  const int64_t uncertain = tx.outbox.count(id, MessageState::Uncertain);
  if (uncertain > 0) {
    const int64_t oldest = number_of(
        tx, "SELECT MIN(in_flight_at) FROM outbox WHERE creditor_id=$1 AND state='uncertain'",
        {id});
    findings.push_back({Grade::Finding, "uncertain",
                        fmt::format("{} mensajes no se sabe si salieron, el más viejo hace {} h: "
                                    "no se repiten; los avisos de WhatsApp lo dirán.",
                                    uncertain, (now.ms - oldest) / kHourMs)});
  }
  check_templates(tx, *creditor, desk, findings);
  check_editions(tx, id, desk, findings);
  check_charges(config, now, findings);
  check_products(tx, config.creditor, findings);
  check_papers(config.creditor, desk.law.book(), findings);
  const Zone zone = Zone::of(creditor->zone);
  check_endpoints(tx, id, zone, findings);
  check_access(tx, config, findings);
  const auto& book = desk.law.book();
  auto lands = tx.debtors.countries(id);
  lands.push_back(creditor->country);  // Whose rules are asked as well.
  check_own_packs(book, lands, findings);
  check_first_contact(config.creditor, book, lands, findings);
  for (const auto& country : tx.debtors.countries(id)) {
    check_pack(book, country, zone.local(now).date, findings);
    check_bridge_days(book, country, zone.local(now).date, findings);
  }
  const auto listening = engine::listening_until(tx, now);
  if (listening)
    findings.push_back({Grade::Good, "listening",
                        fmt::format("Puntual estuvo apagado: escuchando hasta el {} lo que llegó "
                                    "mientras tanto, antes de escribir.",
                                    moment_es(*listening, zone))});
  if (const auto due = tx.outbox.next_due(id)) {
    const Instant next = std::max(*due, listening.value_or(*due));
    findings.push_back({Grade::Good, "next_send",
                        next <= now
                            ? std::string("Hay envíos que pueden salir ya.")
                            : fmt::format("Próximo envío previsto: {}.", moment_es(next, zone))});
  }
  const std::string alive = tx.creditors.fact("alive_at");
  const int64_t alive_ms = alive.empty() ? 0 : std::strtoll(alive.c_str(), nullptr, 10);
  if (now.ms - alive_ms > kAliveOldMs && config.test_clock.empty())
    findings.push_back({Grade::Finding, "alive",
                        "El servidor no está trabajando desde hace más de cinco minutos. "
                        "Arránquelo: puntual serve"});
}

void check_machine(const Config& config, std::vector<Finding>& findings) {
  check_secret(config.api_token_file, "la llave de la API", findings);
  check_api_token(config.api_token_file, findings);
  check_secret(config.whatsapp.access_token_file, "la llave de WhatsApp", findings);
  check_secret(config.whatsapp.app_secret_file, "el secreto de los avisos", findings);
  const std::string path(sqlite_path(config));
  check_secret(config.master_key_file.empty() && !path.empty() ? store::usual_master_file(path)
                                                               : config.master_key_file,
               "la llave maestra", findings);
  check_room(config.data_dir, findings);
  struct statfs system {};
  if (!path.empty() && ::statfs(path.c_str(), &system) == 0 && is_network_type(system.f_type)) {
    findings.push_back({Grade::Danger, "file_system",
                        "La base de datos está en un disco de red: SQLite puede dañarse ahí. "
                        "Póngala en un disco de esta máquina, o use PostgreSQL."});
  }
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(config.data_dir, error)) {
    if (entry.path().string().find(".before-schema-") == std::string::npos) continue;
    struct stat info {};
    if (::stat(entry.path().c_str(), &info) == 0 &&
        (::time(nullptr) - info.st_mtime) * kSecondMs > kOldCopyMs) {
      findings.push_back(
          {Grade::Finding, "old_copy",
           fmt::format("{} guarda llaves de personas desde hace más de 30 días: bórrelo.",
                       entry.path().string())});
    }
  }
}

Grade worst_of(const std::vector<Finding>& findings) {
  Grade worst = Grade::Good;
  for (const auto& finding : findings) worst = std::max(worst, finding.grade);
  return worst;
}

}  // namespace puntual
