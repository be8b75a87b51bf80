// puntual migrate: brings the database to the schema of this program; a copy is kept first. The
// server does it by itself.
#include "store/migrate.h"

#include <cstdio>

#include "cli/deployment.h"
#include "store/postgres/postgres_connection.h"
#include "store/sqlite/sqlite_connection.h"

namespace puntual::cli {
namespace {

Result<int> run_migrate(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  RETURN_IF_ERROR(Store::exists(config.database_url));
  if (arguments.has("--plan")) {
    constexpr std::string_view kSqlite = "sqlite:";
    try {
      const auto db = Store::is_shared(config.database_url)
                          ? store::open_postgres(config.database_url)
                          : store::open_sqlite(config.database_url.substr(kSqlite.size()),
                                               store::SqliteMode::Reader);
      const int64_t version = store::schema_of(*db);
      std::printf("La base de datos tiene el esquema %lld; este programa, el %d.\n",
                  static_cast<long long>(version), store::schema_version());
      const auto migrations = store::built_in_migrations();
      for (size_t next = static_cast<size_t>(version); next < migrations.size(); ++next) {
        std::printf("  falta %s (sirve a programas desde el esquema %lld)\n",
                    std::string(migrations[next].name).c_str(),
                    static_cast<long long>(migrations[next].works_from()));
      }
    } catch (const store::Failure& failure) {
      return std::unexpected(failure.error);
    }
    return kOk;
  }
  ASSIGN_OR_RETURN(const auto opened,
                   Store::open(config.database_url, {.master_file = config.master_key_file}));
  std::printf("La base de datos tiene el esquema %d.\n", store::schema_version());
  return kOk;
}

}  // namespace

Command migrate_command() {
  return {
      .name = "migrate",
      .summary = "Bring the database to the schema of this program; a copy is kept beside it first",
      .options = with_deployment_options({{"--plan", "", "Only say what would be done"}}),
      .run = run_migrate};
}

}  // namespace puntual::cli
