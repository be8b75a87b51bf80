// puntual.toml: read or refused with its mistakes, from an empty folder of its own. Replayed only:
// it writes a file each time, and would have libFuzzer's program link every layer.
#include "app/config.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/fuzz/fuzz.h"

namespace puntual {
namespace {

struct Folder {
  std::string path =
      (std::filesystem::temp_directory_path() / fmt::format("puntual-fuzz-{}", getpid())).string();
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

FUZZ(config, "") {
  if (bytes.contains("/")) return;  // No other folder than ours is read.
  static const Folder folder;
  const std::string file = folder.path + "/puntual.toml";
  std::ofstream(file, std::ios::binary) << bytes;
  const auto config = load_config(file, {});
  if (!config) {
    HOLDS(!config.error().message.empty());
    return;
  }
  HOLDS(!config->creditor.zone.empty() && !config->database_url.empty());
  HOLDS(config->retention.contact_log_days >= 731);
}

}  // namespace puntual
