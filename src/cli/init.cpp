// puntual init: a data directory with settings to fill in and an empty database, which may be on a
// server.
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/config.h"
#include "base/json.h"
#include "cli/command.h"
#include "store/master_key.h"
#include "store/postgres/postgres_connection.h"
#include "store/store.h"

namespace puntual::cli {
namespace {

// The line that names a database other than the usual file. A password is for the environment, not
// for this file.
std::string database_setting(const std::string& url) {
  const std::string shown = store::without_password(url);
  if (shown == url) return fmt::format("database = {}\n", to_json(json::value(url)));
  return fmt::format("# database = {}   # Con su contraseña, en PUNTUAL_DATABASE_URL\n",
                     to_json(json::value(shown)));
}

}  // namespace

Command init_command() {
  return {
      .name = "init",
      .summary = "Make a data directory: settings to fill in and an empty database",
      .positionals = {"[DIR]"},
      .options =
          {{"--database", "URL",
            "sqlite:PATH or postgresql://… (PUNTUAL_DATABASE_URL); DIR/puntual.db when left out"}},
      .examples =
          "  puntual init /var/lib/puntual\n  puntual init /var/lib/puntual --database "
          "postgresql://puntual@db/puntual\n",
      .run = [](const Arguments& arguments) -> Result<int> {
        const std::string dir = arguments.has("DIR") ? arguments.text("DIR") : ".";
        std::error_code error;
        std::filesystem::create_directories(dir, error);
        if (error)
          return fail(ErrorCode::Forbidden, "{}: cannot be created: {}", dir, error.message());
        const std::string path = dir + "/puntual.toml";
        if (std::filesystem::exists(path))
          return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is", path);
        ASSIGN_OR_RETURN(
            const Config config,
            load_config({}, {{"data_dir", dir}, {"database", arguments.text("--database")}}));
        constexpr std::string_view kSqlite = "sqlite:";
        const bool is_file = config.database_url.starts_with(kSqlite),
                   is_usual = config.database_url == fmt::format("{}{}/puntual.db", kSqlite, dir);
        const std::string database = is_file ? config.database_url.substr(kSqlite.size())
                                             : store::without_password(config.database_url);
        const std::string key = is_file && config.master_key_file.empty()
                                    ? store::usual_master_file(database)
                                    : config.master_key_file;
        // The settings last: where the database cannot be made, the next try finds nothing half
        // done.
        ASSIGN_OR_RETURN(const auto store,
                         Store::open(config.database_url, {.master_file = config.master_key_file}));
        std::ofstream(path) << (is_usual ? std::string() : database_setting(config.database_url))
                            << sample_config();
        std::printf("%s\n%s\n%s\n", path.c_str(), database.c_str(), key.c_str());
        std::fprintf(stderr,
                     "Guarde una copia de %s en otro lugar: sin esa llave no se pueden leer los "
                     "datos de las personas.\n",
                     key.c_str());
        std::fprintf(stderr, "Complete %s y siga con: puntual import ARCHIVO --data-dir %s\n",
                     path.c_str(), dir.c_str());
        std::fprintf(stderr,
                     "Al iniciar, puntual serve muestra el enlace con que la primera persona crea "
                     "su cuenta.\n");
        return kOk;
      }};
}

}  // namespace puntual::cli
