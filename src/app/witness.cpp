#include "app/witness.h"

#include <charconv>
#include <fstream>
#include <sstream>

#include "base/durable_file.h"
#include "base/json.h"

namespace puntual {

DatabaseMark read_witness(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  const auto document = parse_json(text.str());
  if (!document) return {};
  const std::string newest = member_text(*document, "newest_record").value_or("");
  DatabaseMark mark{.deployment = member_text(*document, "deployment").value_or(""), .newest_record = 0,
                    .incarnation = member_text(*document, "incarnation").value_or("")};
  const auto [end, error] = std::from_chars(newest.data(), newest.data() + newest.size(), mark.newest_record);
  return error == std::errc{} ? mark : DatabaseMark{};
}

Result<void> write_witness(const std::string& path, const DatabaseMark& mark) {
  return write_durably(path, to_json(json::object{{"deployment", mark.deployment}, {"newest_record", std::to_string(mark.newest_record)},
                                                  {"incarnation", mark.incarnation}}) + "\n");
}

}  // namespace puntual
