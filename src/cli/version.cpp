// puntual version: what this binary is and what it stands on.
#include <curl/curl.h>
#include <sqlite3.h>

#include <cstdio>

#include "base/json.h"
#include "cli/command.h"

namespace puntual::cli {

Command version_command() {
  return {.name = "version",
          .summary = "Version of the program and of the libraries it stands on",
          .options = {{"--json", "", "As one JSON object"}},
          .run = [](const Arguments& arguments) -> Result<int> {
            if (arguments.has("--json")) {
              const json::object object{{"version", PUNTUAL_VERSION},
                                        {"sqlite", sqlite3_libversion()},
                                        {"curl", curl_version_info(CURLVERSION_NOW)->version}};
              std::printf("%s\n", to_json(object).c_str());
            } else {
              std::printf("puntual %s\n", PUNTUAL_VERSION);
            }
            return kOk;
          }};
}

}  // namespace puntual::cli
