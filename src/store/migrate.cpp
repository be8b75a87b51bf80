#include "store/migrate.h"

#include <charconv>
#include <filesystem>
#include <vector>

#include "base/crypto.h"
#include "base/durable_file.h"
#include "base/embedded.h"

namespace puntual::store {
namespace {

// Append-only by the database itself, whoever holds the connection; a consent may lose its
// instrument, and go, with the person who was erased; so goes what was sent to them, which
// otherwise changes its state and is never removed.
constexpr char kSqliteGuards[] = R"(
CREATE TRIGGER timeline_is_never_changed BEFORE UPDATE ON timeline
BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER timeline_is_never_removed BEFORE DELETE ON timeline
BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER ledger_entry_is_never_changed BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_entry_is_never_removed BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER allocation_is_never_changed BEFORE UPDATE ON allocation
BEGIN SELECT RAISE(ABORT, 'the list of allocations is append-only'); END;
CREATE TRIGGER allocation_is_never_removed BEFORE DELETE ON allocation
BEGIN SELECT RAISE(ABORT, 'the list of allocations is append-only'); END;
CREATE TRIGGER reversal_is_never_changed BEFORE UPDATE ON reversal
BEGIN SELECT RAISE(ABORT, 'the list of reversals is append-only'); END;
CREATE TRIGGER reversal_is_never_removed BEFORE DELETE ON reversal
BEGIN SELECT RAISE(ABORT, 'the list of reversals is append-only'); END;
CREATE TRIGGER charge_is_never_changed BEFORE UPDATE ON charge
BEGIN SELECT RAISE(ABORT, 'the list of charges is append-only'); END;
CREATE TRIGGER charge_is_never_removed BEFORE DELETE ON charge
BEGIN SELECT RAISE(ABORT, 'the list of charges is append-only'); END;
CREATE TRIGGER correction_is_never_changed BEFORE UPDATE ON correction
BEGIN SELECT RAISE(ABORT, 'the list of corrections is append-only'); END;
CREATE TRIGGER correction_is_never_removed BEFORE DELETE ON correction
BEGIN SELECT RAISE(ABORT, 'the list of corrections is append-only'); END;
CREATE TRIGGER edition_is_never_changed BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, 'the list of editions is append-only'); END;
CREATE TRIGGER edition_is_never_removed BEFORE DELETE ON edition
BEGIN SELECT RAISE(ABORT, 'the list of editions is append-only'); END;
CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent
WHEN NEW.instrument <> '' OR NEW.act <> OLD.act OR NEW.channel <> OLD.channel OR NEW.at <> OLD.at OR NEW.debtor_id <> OLD.debtor_id
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
CREATE TRIGGER consent_is_never_removed BEFORE DELETE ON consent
WHEN NOT EXISTS (SELECT 1 FROM debtor d WHERE d.creditor_id = OLD.creditor_id AND d.id = OLD.debtor_id AND d.erased_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
CREATE TRIGGER outbox_is_never_removed BEFORE DELETE ON outbox
WHEN (OLD.attempts > 0 OR OLD.in_flight_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM debtor d WHERE d.creditor_id = OLD.creditor_id AND d.id = OLD.debtor_id AND d.erased_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what was sent is kept'); END;
)";
constexpr std::string_view kGuarded = "0001_first.sql";  // Whose tables these are.
constexpr char kPostgresGuards[] = R"(
CREATE FUNCTION puntual_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the % is append-only', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER timeline_is_never_changed BEFORE UPDATE OR DELETE ON timeline
FOR EACH ROW EXECUTE FUNCTION puntual_append_only('timeline');
CREATE TRIGGER timeline_is_never_emptied BEFORE TRUNCATE ON timeline
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('timeline');
CREATE TRIGGER ledger_entry_is_never_changed BEFORE UPDATE OR DELETE ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION puntual_append_only('ledger');
CREATE TRIGGER ledger_entry_is_never_emptied BEFORE TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('ledger');
CREATE TRIGGER allocation_is_never_changed BEFORE UPDATE OR DELETE ON allocation
FOR EACH ROW EXECUTE FUNCTION puntual_append_only('list of allocations');
CREATE TRIGGER allocation_is_never_emptied BEFORE TRUNCATE ON allocation
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('list of allocations');
CREATE TRIGGER reversal_is_never_changed BEFORE UPDATE OR DELETE ON reversal
FOR EACH ROW EXECUTE FUNCTION puntual_append_only('list of reversals');
CREATE TRIGGER reversal_is_never_emptied BEFORE TRUNCATE ON reversal
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('list of reversals');
CREATE TRIGGER charge_is_never_changed BEFORE UPDATE OR DELETE ON charge
FOR EACH ROW EXECUTE FUNCTION puntual_append_only('list of charges');
CREATE TRIGGER charge_is_never_emptied BEFORE TRUNCATE ON charge
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('list of charges');
CREATE TRIGGER correction_is_never_changed BEFORE UPDATE OR DELETE ON correction
FOR EACH ROW EXECUTE FUNCTION puntual_append_only('list of corrections');
CREATE TRIGGER correction_is_never_emptied BEFORE TRUNCATE ON correction
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('list of corrections');
CREATE TRIGGER edition_is_never_changed BEFORE UPDATE OR DELETE ON edition
FOR EACH ROW EXECUTE FUNCTION puntual_append_only('list of editions');
CREATE TRIGGER edition_is_never_emptied BEFORE TRUNCATE ON edition
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('list of editions');
CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent FOR EACH ROW
WHEN (NEW.instrument <> '' OR NEW.act <> OLD.act OR NEW.channel <> OLD.channel OR NEW.at <> OLD.at OR NEW.debtor_id <> OLD.debtor_id)
EXECUTE FUNCTION puntual_append_only('consent ledger');
CREATE FUNCTION puntual_consent_goes_with_its_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF EXISTS (SELECT 1 FROM debtor d WHERE d.creditor_id = OLD.creditor_id AND d.id = OLD.debtor_id AND d.erased_at IS NOT NULL)
THEN RETURN OLD; END IF;
RAISE EXCEPTION 'the consent ledger is append-only' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER consent_is_never_removed BEFORE DELETE ON consent
FOR EACH ROW EXECUTE FUNCTION puntual_consent_goes_with_its_person();
CREATE TRIGGER consent_is_never_emptied BEFORE TRUNCATE ON consent
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('consent ledger');
CREATE FUNCTION puntual_sent_goes_with_its_person() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF (OLD.attempts = 0 AND OLD.in_flight_at IS NULL) OR EXISTS (SELECT 1 FROM debtor d WHERE d.creditor_id = OLD.creditor_id AND d.id = OLD.debtor_id AND d.erased_at IS NOT NULL)
THEN RETURN OLD; END IF;
RAISE EXCEPTION 'what was sent is kept' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER outbox_is_never_removed BEFORE DELETE ON outbox
FOR EACH ROW EXECUTE FUNCTION puntual_sent_goes_with_its_person();
CREATE TRIGGER outbox_is_never_emptied BEFORE TRUNCATE ON outbox
FOR EACH STATEMENT EXECUTE FUNCTION puntual_append_only('list of what was sent');
)";

// What is written of a migration when it has run.
struct Applied {
  int64_t version = 0;
  std::string sha256;
  int64_t works_from = 0;
};

std::vector<Applied> applied_to(Connection& db) {
  std::vector<Applied> applied;
  try {
    auto rows = db.query("SELECT version, sha256, works_from FROM schema_version ORDER BY version");
    while (rows.next())
      applied.push_back(
          {.version = rows.integer(0), .sha256 = rows.text(1), .works_from = rows.integer(2)});
  } catch (const Failure& failure) {
    if (failure.error.code != ErrorCode::Internal) throw;
    throw Failure{Error{ErrorCode::NotFound,
                        "it is no database of puntual yet (create it with: puntual init)"}};
  }
  return applied;
}

std::string digest_of(const Migration& migration) { return hex(sha256(migration.sql)); }

// Refuses what this program must not write to, or read: naming both versions.
void require_fitting(const std::vector<Applied>& applied, std::span<const Migration> known) {
  const auto ours = static_cast<int64_t>(known.size());
  for (const auto& one : applied) {
    if (one.version <= ours &&
        one.sha256 != digest_of(known[static_cast<size_t>(one.version - 1)])) {
      throw Failure{
          Error{ErrorCode::Unsafe,
                fmt::format("the database's schema {} was made by another text of that migration, "
                            "one that was never "
                            "released: make a new database (puntual init) and import the portfolio",
                            one.version)}};
    }
  }
  if (applied.empty() || applied.back().version <= ours || applied.back().works_from <= ours)
    return;
  throw Failure{Error{ErrorCode::Unsafe,
                      fmt::format("the database has schema {}, which needs a program of schema {} "
                                  "or newer; this program knows up "
                                  "to {}: use the newer program",
                                  applied.back().version, applied.back().works_from, ours)}};
}

}  // namespace

std::span<const Migration> built_in_migrations() {
  // Embedded files come sorted by name: 0001_…, 0002_….
  static const std::vector<Migration> kMigrations = [] {
    std::vector<Migration> migrations;
    for (const auto& file : embedded_files("src/store/migrations/"))
      migrations.push_back({.name = file.name.substr(file.name.rfind('/') + 1), .sql = file.bytes});
    return migrations;
  }();
  return kMigrations;
}

int64_t Migration::works_from() const {
  constexpr std::string_view kWords = "-- Works with programs from schema ";
  const auto at = sql.find(kWords);
  int64_t version = 0;
  PUNTUAL_CHECK(at != std::string_view::npos);
  const char* const first = sql.data() + at + kWords.size();
  PUNTUAL_CHECK(std::from_chars(first, sql.data() + sql.size(), version).ec == std::errc{});
  return version;
}

int schema_version() { return static_cast<int>(built_in_migrations().size()); }

int64_t schema_of(Connection& db) {
  const auto applied = applied_to(db);
  return applied.empty() ? 0 : applied.back().version;
}

void migrate(Connection& db, Dialect dialect, std::span<const Migration> migrations) {
  db.script(
      "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, sha256 TEXT "
      "NOT NULL, works_from BIGINT NOT NULL)");
  const auto applied = applied_to(db);
  require_fitting(applied, migrations);
  for (size_t next = applied.size(); next < migrations.size(); ++next) {
    const Migration& migration = migrations[next];
    db.begin();
    db.script(in_dialect(std::string(migration.sql), dialect));
    if (migration.name == kGuarded)
      db.script(dialect == Dialect::Sqlite ? kSqliteGuards : kPostgresGuards);
    db.run("INSERT INTO schema_version (version, sha256, works_from) VALUES ($1,$2,$3)",
           {static_cast<int64_t>(next) + 1, digest_of(migration), migration.works_from()});
    db.commit();
  }
}

std::optional<std::string> keep_copy_before_migration(Connection& db, const std::string& path,
                                                      std::span<const Migration> migrations) {
  int64_t version = 0;
  try {
    version = schema_of(db);
  } catch (const Failure& failure) {
    if (failure.error.code == ErrorCode::NotFound) return std::nullopt;  // A new database.
    throw;
  }
  if (version == 0 || version >= static_cast<int64_t>(migrations.size())) return std::nullopt;
  const std::string copy = fmt::format("{}.before-schema-{}", path, migrations.size());
  std::error_code error;
  std::filesystem::remove(copy, error);  // Of an upgrade that was interrupted.
  std::string quoted = copy;
  for (size_t at = 0; (at = quoted.find('\'', at)) != std::string::npos; at += 2)
    quoted.insert(at, 1, '\'');
  db.script(fmt::format("VACUUM INTO '{}'", quoted));
  std::filesystem::permissions(
      copy, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  if (const auto synced = sync_file(copy); !synced) throw Failure{synced.error()};
  return copy;
}

void require_schema(Connection& db) {
  const auto applied = applied_to(db);
  require_fitting(applied, built_in_migrations());
  const int64_t version = applied.empty() ? 0 : applied.back().version;
  if (version >= schema_version()) return;
  throw Failure{
      Error{ErrorCode::Unsafe, fmt::format("the database has schema {} and this program needs {}: "
                                           "start the server once, it brings it up to date",
                                           version, schema_version())}};
}

void require_same_schema(Connection& db) {
  require_schema(db);
  if (const int64_t version = schema_of(db); version > schema_version()) {
    throw Failure{Error{ErrorCode::Unsafe,
                        fmt::format("the database has schema {} and this program knows {}: use the "
                                    "newer program, or something would be left out",
                                    version, schema_version())}};
  }
}

}  // namespace puntual::store
