// Writes the offsets of every IANA zone from 2000 to 2045 as a C++ table, at build time, so that
// the program carries its own time-zone data. Reads the build machine's tzdata through date.h.
#include <date/tz.h>

#include <cstdio>
#include <fstream>
#include <string>

// The library knows the version of a database it has fetched itself; of the system's the text of
// the rules begins with it: "# version 2025b".
static std::string table_version() {
  const std::string known = date::get_tzdb().version;
  std::ifstream rules("/usr/share/zoneinfo/tzdata.zi");
  std::string first;
  constexpr std::string_view kMark = "# version ";
  if (std::getline(rules, first) && first.starts_with(kMark)) return first.substr(kMark.size());
  return known;
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::FILE* out = std::fopen(argv[1], "w");
  if (out == nullptr) return 1;
  using namespace std::chrono;
  const date::sys_seconds begin = date::sys_days{date::year{2000} / 1 / 1};
  const date::sys_seconds end = date::sys_days{date::year{2045} / 1 / 1};
  std::fprintf(out, "static constexpr ZoneChange kChanges[] = {\n");
  std::string zones;
  int count = 0;
  const auto write_zone = [&](const std::string& name, const date::time_zone& zone) {
    const int first = count;
    for (date::sys_seconds at = begin; at < end;) {
      const auto info = zone.get_info(at);
      const auto from = at == begin ? -62135596800LL : at.time_since_epoch().count();
      std::fprintf(out, "{%lldLL,%d},\n", static_cast<long long>(from),
                   static_cast<int>(info.offset.count()));
      ++count;
      at = info.end;
    }
    zones +=
        "{\"" + name + "\"," + std::to_string(first) + "," + std::to_string(count - first) + "},\n";
  };
  // The database's own list is sorted by name; links (old names) are looked up through the same
  // call.
  for (const auto& zone : date::get_tzdb().zones) write_zone(zone.name(), zone);
  std::fprintf(out, "};\nstatic constexpr std::string_view kZoneTableVersion = \"%s\";\n",
               table_version().c_str());
  std::fprintf(out, "static constexpr ZoneEntry kZones[] = {\n%s};\n", zones.c_str());
  return std::fclose(out) == 0 ? 0 : 1;
}
