// puntual key rotate: another master key, with the server stopped.
#include <cstdio>

#include "cli/deployment.h"
#include "store/master_key.h"
#include "store/rotate.h"

namespace puntual::cli {
namespace {

Result<int> run_key_rotate(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  RETURN_IF_ERROR(Store::exists(config.database_url));
  if (Store::holder(config.database_url)) {
    return fail(ErrorCode::Unsafe,
                "a server has this database open and knows the present key: stop it first (a "
                "minute is enough for a million people)");
  }
  constexpr std::string_view kSqlite = "sqlite:";
  if (config.master_key_file.empty() && !config.database_url.starts_with(kSqlite)) {
    return fail(ErrorCode::Invalid,
                "[keys] master_file is missing: where is the master key of this database?");
  }
  const std::string file =
      config.master_key_file.empty()
          ? store::usual_master_file(config.database_url.substr(kSqlite.size()))
          : config.master_key_file;
  // Asked before there is a new key: with one, no node of this machine would start any more.
  if (Store::is_shared(config.database_url) && !store::is_rotating(file)) {
    ASSIGN_OR_RETURN(const auto reader,
                     Store::open_read_only(config.database_url, {.master_file = file}));
    ASSIGN_OR_RETURN(const auto nodes, reader->read([](Tx& tx) { return tx.nodes.all(); }));
    for (const auto& node : nodes) {
      if (node.left_ms > 0)
        return fail(ErrorCode::Unsafe,
                    "node {} ({}) writes to this database and knows the present key: stop all of "
                    "them first",
                    node.number, node.owner);
    }
  }
  try {
    store::prepare_next_master_key(file);
  } catch (const store::Failure& failure) {
    return std::unexpected(failure.error);
  }
  // Whoever opens it for writing wraps the keys anew.
  ASSIGN_OR_RETURN(const auto opened, Store::open(config.database_url, {.master_file = file}));
  RETURN_IF_ERROR(opened->forget_log());
  std::printf("%s\n", file.c_str());
  std::fprintf(
      stderr,
      "La llave maestra es otra. Guarde una copia de %s en otro lugar, haga copias nuevas\n"
      "(puntual backup --to … y --keys …) y destruya las copias de la llave anterior cuando ya no "
      "guarde copias hechas con ella.\n",
      file.c_str());
  return kOk;
}

}  // namespace

Command key_rotate_command() {
  return {.name = "key rotate",
          .summary =
              "Change the master key; the server must be stopped; may be given again when it was "
              "cut off",
          .options = deployment_options(),
          .run = run_key_rotate};
}

}  // namespace puntual::cli
