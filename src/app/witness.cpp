#include "app/witness.h"

#include <charconv>
#include <fstream>
#include <sstream>

#include "app/log.h"
#include "base/durable_file.h"
#include "base/json.h"

namespace puntual {
namespace {

std::string path_of(const Config& config) { return config.data_dir + "/witness"; }

bool parse_number(std::string_view text, int64_t& number) {
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{};
}

}  // namespace

DatabaseMark read_witness(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  const auto document = parse_json(text.str());
  if (!document) return {};
  DatabaseMark mark{.deployment = member_text(*document, "deployment").value_or(""),
                    .newest_record = 0,
                    .at = {},
                    .incarnation = member_text(*document, "incarnation").value_or("")};
  const bool is_whole =
      parse_number(member_text(*document, "newest_record").value_or(""), mark.newest_record) &&
      parse_number(member_text(*document, "at").value_or(""), mark.at.ms);
  return is_whole ? mark : DatabaseMark{};
}

Result<void> write_witness(const std::string& path, const DatabaseMark& mark) {
  return write_durably(path,
                       to_json(json::object{{"deployment", mark.deployment},
                                            {"newest_record", std::to_string(mark.newest_record)},
                                            {"at", std::to_string(mark.at.ms)},
                                            {"incarnation", mark.incarnation}}) +
                           "\n");
}

Result<void> note_witness(Store& store, const Config& config, Instant now) {
  ASSIGN_OR_RETURN(const DatabaseMark mark, store.read([&](Tx& tx) {
    return engine::mark_of(tx, store.incarnation(), now);
  }));
  return write_witness(path_of(config), mark);
}

Result<void> ask_witness(Store& store, const Config& config, Random& random, Instant now) {
  const DatabaseMark remembered = read_witness(path_of(config));
  ASSIGN_OR_RETURN(const bool is_strange, store.write([&](Tx& tx) {
    const auto why = engine::why_quarantine(tx, remembered, store.incarnation(),
                                            config.has_synchronous_standbys);
    engine::name_deployment(tx, random);
    if (why) quarantine_for(tx, config, *why, now);
    return why.has_value();
  }));
  // The quarantine is in the database now: that one is remembered.
  if (is_strange) return note_witness(store, config, now);
  return {};
}

void quarantine_for(Tx& tx, const Config& config, std::string_view why, Instant now) {
  const DatabaseMark remembered = read_witness(path_of(config));
  engine::raise_quarantine(
      tx, why, now, remembered.deployment.empty() ? std::nullopt : std::optional(remembered.at));
  log_event(
      "error", "quarantine",
      fmt::format("{}: nothing is sent until a person has looked (puntual quarantine show)", why));
}

}  // namespace puntual
