// A country's pack: what is accepted names its country, its rules and windows that close after they
// open.
#include "core/compliance/country_rules.h"
#include "core/compliance/pack_reader.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::compliance {

FUZZ(pack, "packs") {
  const auto house = read_house_rules(bytes, "house.toml");
  const auto pack = read_pack(bytes, "xx.toml", house ? *house : std::vector<Rule>());
  if (!pack) return;
  HOLDS(pack->country.size() == 2 && !pack->version.empty());
}

}  // namespace puntual::compliance
