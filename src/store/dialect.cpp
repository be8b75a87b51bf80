#include "store/dialect.h"

#include <string_view>

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
    {"{{bytes}}", "BLOB", "BYTEA"},
    {"{{clustered}}", " WITHOUT ROWID", ""},
    {"{{skip_locked}}", "", " FOR UPDATE SKIP LOCKED"},
    {"{{for_update}}", "", " FOR UPDATE"},
    {"{{for_share}}", "", " FOR SHARE"},
    {"{{for_key_share}}", "", " FOR KEY SHARE"},
    // These people (store/people.h): a list of ids as JSON.
    // SQLite goes from one to the next; asked with IN it would first put them all into a tree of
    // its own, for every statement.
    {"{{people_2}}", "(SELECT value AS one_of_them FROM json_each($2)) CROSS JOIN", ""},
    {"{{among_2}}", "= one_of_them",
     "= ANY (ARRAY(SELECT CAST(json_array_elements_text(CAST($2 AS JSON)) AS BIGINT)))"},
    {"{{now_ms}}", "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
     "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"},
};

}  // namespace

std::string in_dialect(std::string sql, Dialect dialect) {
  if (!sql.contains("{{")) return sql;
  for (const auto& token : kTokens) {
    const auto text = dialect == Dialect::Sqlite ? token.sqlite : token.postgres;
    for (size_t at = 0; (at = sql.find(token.name, at)) != std::string::npos; at += text.size()) {
      sql.replace(at, token.name.size(), text);
    }
  }
  return sql;
}

}  // namespace puntual::store
