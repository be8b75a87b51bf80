#include "store/migrate.h"

#include <vector>

#include "base/embedded.h"

namespace puntual::store {
namespace {

struct Token {
  std::string_view name;
  std::string_view sqlite;
  std::string_view postgres;
};
constexpr Token kTokens[] = {
    {"{{id}}", "INTEGER PRIMARY KEY", "BIGINT NOT NULL"},
    {"{{key}}", "CHECK (creditor_id IS NOT NULL)", "PRIMARY KEY (creditor_id, id)"},
    {"{{clustered}}", " WITHOUT ROWID", ""},
};

std::string in_dialect(std::string sql, Dialect dialect) {
  for (const auto& token : kTokens) {
    const auto text = dialect == Dialect::Sqlite ? token.sqlite : token.postgres;
    for (size_t at = 0; (at = sql.find(token.name, at)) != std::string::npos; at += text.size()) {
      sql.replace(at, token.name.size(), text);
    }
  }
  return sql;
}

}  // namespace

int schema_version() { return static_cast<int>(embedded_files("src/store/migrations/").size()); }

void migrate(Connection& db, Dialect dialect) {
  db.script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
  int64_t version = 0;
  if (auto rows = db.query("SELECT COALESCE(MAX(version), 0) FROM schema_version"); rows.next()) version = rows.integer(0);
  if (version > schema_version()) {
    throw Failure{Error{ErrorCode::Unsafe,
                        fmt::format("the database has schema {} and this program knows up to {}: use the newer program",
                                    version, schema_version())}};
  }
  // Embedded files come sorted by name: 0001_…, 0002_….
  const auto files = embedded_files("src/store/migrations/");
  for (auto next = version + 1; next <= schema_version(); ++next) {
    db.begin();
    db.script(in_dialect(std::string(files[static_cast<size_t>(next - 1)].bytes), dialect));
    db.run("INSERT INTO schema_version (version) VALUES ($1)", {next});
    db.commit();
  }
}

}  // namespace puntual::store
