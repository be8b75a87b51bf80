#include "store/migrate.h"

#include <vector>

#include "base/embedded.h"

namespace puntual::store {
namespace {

// Append-only by the database itself, whoever holds the connection; a consent may lose its instrument, and go, with the
// person who was erased.
constexpr char kSqliteGuards[] = R"(
CREATE TRIGGER timeline_is_never_changed BEFORE UPDATE ON timeline
BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER timeline_is_never_removed BEFORE DELETE ON timeline
BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;
CREATE TRIGGER ledger_entry_is_never_changed BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_entry_is_never_removed BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER consent_is_never_changed BEFORE UPDATE ON consent
WHEN NEW.instrument <> '' OR NEW.act <> OLD.act OR NEW.channel <> OLD.channel OR NEW.at <> OLD.at OR NEW.debtor_id <> OLD.debtor_id
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
CREATE TRIGGER consent_is_never_removed BEFORE DELETE ON consent
WHEN NOT EXISTS (SELECT 1 FROM debtor d WHERE d.creditor_id = OLD.creditor_id AND d.id = OLD.debtor_id AND d.erased_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
)";
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
)";

int64_t version_of(Connection& db) {
  auto rows = db.query("SELECT COALESCE(MAX(version), 0) FROM schema_version");
  return rows.next() ? rows.integer(0) : 0;
}

[[noreturn]] void throw_newer(int64_t version) {
  throw Failure{Error{ErrorCode::Unsafe,
                      fmt::format("the database has schema {} and this program knows up to {}: use the newer program",
                                  version, schema_version())}};
}

}  // namespace

int schema_version() { return static_cast<int>(embedded_files("src/store/migrations/").size()); }

void migrate(Connection& db, Dialect dialect) {
  db.script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
  const int64_t version = version_of(db);
  if (version > schema_version()) throw_newer(version);
  // Embedded files come sorted by name: 0001_…, 0002_….
  const auto files = embedded_files("src/store/migrations/");
  for (auto next = version + 1; next <= schema_version(); ++next) {
    db.begin();
    db.script(in_dialect(std::string(files[static_cast<size_t>(next - 1)].bytes), dialect));
    if (next == 1) db.script(dialect == Dialect::Sqlite ? kSqliteGuards : kPostgresGuards);
    db.run("INSERT INTO schema_version (version) VALUES ($1)", {next});
    db.commit();
  }
}

void require_schema(Connection& db) {
  int64_t version = 0;
  try {
    version = version_of(db);
  } catch (const Failure& failure) {
    if (failure.error.code == ErrorCode::Unavailable || failure.error.code == ErrorCode::Unsafe) throw;
    throw Failure{Error{ErrorCode::NotFound, "it is no database of puntual yet (create it with: puntual init)"}};
  }
  if (version > schema_version()) throw_newer(version);
  if (version < schema_version()) {
    throw Failure{Error{ErrorCode::Unsafe,
                        fmt::format("the database has schema {} and this program needs {}: start the server once, it brings it up to date",
                                    version, schema_version())}};
  }
}

}  // namespace puntual::store
