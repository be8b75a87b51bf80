#include "store/sql/sql_creditors.h"

namespace puntual::store {
namespace {

constexpr char kSaveCreditor[] =
    "INSERT INTO creditor (id, name, agent_name, country, zone, locale, currency, help, "
    "payment_link_base, "
    "phone_number_id, strategy, person_in_charge, address, phone, complaints_unit, charges, "
    "tax_id) "
    "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17) "
    "ON CONFLICT (id) DO UPDATE SET name=excluded.name, agent_name=excluded.agent_name, "
    "country=excluded.country, "
    "zone=excluded.zone, locale=excluded.locale, currency=excluded.currency, help=excluded.help, "
    "payment_link_base=excluded.payment_link_base, phone_number_id=excluded.phone_number_id, "
    "strategy=excluded.strategy, person_in_charge=excluded.person_in_charge, "
    "address=excluded.address, "
    "phone=excluded.phone, complaints_unit=excluded.complaints_unit, charges=excluded.charges, "
    "tax_id=excluded.tax_id";
constexpr char kFindCreditor[] =
    "SELECT id, name, agent_name, country, zone, locale, currency, help, payment_link_base, "
    "phone_number_id, "
    "strategy, person_in_charge, address, phone, complaints_unit, charges, paused_at, tax_id FROM "
    "creditor WHERE id = $1";
constexpr char kAllCreditors[] =
    "SELECT id, name, agent_name, country, zone, locale, currency, help, payment_link_base, "
    "phone_number_id, "
    "strategy, person_in_charge, address, phone, complaints_unit, charges, paused_at, tax_id FROM "
    "creditor ORDER BY id";

Creditor creditor_of(const Rows& row) {
  return {.id = row.id<CreditorId>(0),
          .name = row.text(1),
          .agent_name = row.text(2),
          .country = row.text(3),
          .zone = row.text(4),
          .locale = row.text(5),
          .currency = row.text(6),
          .help = row.text(7),
          .payment_link_base = row.text(8),
          .phone_number_id = row.text(9),
          .strategy = row.text(10),
          .person_in_charge = row.text(11),
          .address = row.text(12),
          .tax_id = row.text(17),
          .phone = row.text(13),
          .complaints_unit = row.text(14),
          .charges = row.text(15),
          .paused_at = row.maybe_instant(16)};
}

}  // namespace

void Creditors::save(const Creditor& c) {
  db_.run(kSaveCreditor,
          {c.id, c.name, c.agent_name, c.country, c.zone, c.locale, c.currency, c.help,
           c.payment_link_base, c.phone_number_id, c.strategy, c.person_in_charge, c.address,
           c.phone, c.complaints_unit, c.charges, c.tax_id});
}

std::optional<Creditor> Creditors::find(CreditorId id) {
  auto rows = db_.query(kFindCreditor, {id});
  return rows.next() ? std::optional(creditor_of(rows)) : std::nullopt;
}

std::vector<Creditor> Creditors::all() {
  std::vector<Creditor> found;
  for (auto rows = db_.query(kAllCreditors); rows.next();) found.push_back(creditor_of(rows));
  return found;
}

std::optional<CreditorId> Creditors::find_by_phone_number_id(std::string_view phone_number_id) {
  auto rows = db_.query("SELECT id FROM creditor WHERE phone_number_id = $1 ORDER BY id",
                        {phone_number_id});
  return rows.next() ? std::optional(rows.id<CreditorId>(0)) : std::nullopt;
}

void Creditors::pause(CreditorId id, Instant at, std::string_view why) {
  db_.run("UPDATE creditor SET paused_at = $2, paused_why = $3 WHERE id = $1", {id, at, why});
}

bool Creditors::hold_unpaused(CreditorId id) {
  auto rows = db_.query("SELECT paused_at FROM creditor WHERE id = $1{{for_share}}", {id});
  return rows.next() && rows.is_null(0);
}

void Creditors::resume(CreditorId id) {
  db_.run("UPDATE creditor SET paused_at = NULL, paused_why = '' WHERE id = $1", {id});
}

std::string Creditors::paused_why(CreditorId id) {
  auto rows = db_.query("SELECT paused_why FROM creditor WHERE id = $1", {id});
  return rows.next() ? rows.text(0) : std::string();
}

std::string Creditors::fact(std::string_view name) {
  auto rows = db_.query("SELECT value FROM deployment WHERE name = $1", {name});
  return rows.next() ? rows.text(0) : std::string();
}

void Creditors::set_fact(std::string_view name, std::string_view value) {
  db_.run(
      "INSERT INTO deployment (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value "
      "= excluded.value",
      {name, value});
}

}  // namespace puntual::store
