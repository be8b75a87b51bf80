// puntual init: a data directory with settings to fill in and an empty database.
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/config.h"
#include "cli/command.h"
#include "store/store.h"

namespace puntual::cli {

Command init_command() {
  return {.name = "init",
          .summary = "Make a data directory: settings to fill in and an empty database",
          .positionals = {"[DIR]"},
          .examples = "  puntual init /var/lib/puntual\n",
          .run = [](const Arguments& arguments) -> Result<int> {
            const std::string dir = arguments.has("DIR") ? arguments.text("DIR") : ".";
            std::error_code error;
            std::filesystem::create_directories(dir, error);
            if (error) return fail(ErrorCode::Forbidden, "{}: cannot be created: {}", dir, error.message());
            const std::string path = dir + "/puntual.toml";
            if (std::filesystem::exists(path)) return fail(ErrorCode::Conflict, "{}: exists already; it is left as it is", path);
            std::ofstream(path) << sample_config();
            ASSIGN_OR_RETURN(const auto store, Store::open("sqlite:" + dir + "/puntual.db"));
            std::printf("%s\n%s/puntual.db\n", path.c_str(), dir.c_str());
            std::printf("%s/keys/master.key\n", dir.c_str());
            std::fprintf(stderr, "Guarde una copia de %s/keys/master.key en otro lugar: sin esa llave no se pueden leer los datos de las personas.\n",
                         dir.c_str());
            std::fprintf(stderr, "Complete %s y siga con: puntual import ARCHIVO --data-dir %s\n", path.c_str(), dir.c_str());
            return kOk;
          }};
}

}  // namespace puntual::cli
