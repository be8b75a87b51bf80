// A change of what is known about a person, as the command line and the API tell it: one verb, one
// JSON object in, the person's facts out. One code path for both, whether the server runs or not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "core/access/right.h"
#include "engine/person_commands.h"

namespace puntual {

// Verbs and their fields; moments are RFC 3339 or YYYY-MM-DD. "by" may stand with each: of who has
// signed in and of keys as the house writes it (actor_of), of the house's token and the command
// line `operator` or `api`:
//   stop     channel?, why?                          allow   channel?, instrument, at?
//   consent  channel?, instrument, kind?, at?, text_version?
//   revoke   channel?, instrument?, kind?, at?       flag    flag, note?, at?           unflag flag
//   hours    intervals, instrument, at?, separate_instrument?, after_contract?,
//   names_sundays_holidays?; or withdraw number   state (confirm or wrong), evidence role     role
//   same    with                       unlink contact  channel, at?, direction?, purpose?
// `subject` is what explain accepts. NotFound for an unknown verb or person, Invalid for a field
// that is none. Forbidden: a key opens again what a person has closed, a stop or a consent that was
// taken back.
[[nodiscard]] Result<std::string> run_person_job(Store& store, const Law& law,
                                                 const Creditor& creditor, std::string_view subject,
                                                 std::string_view verb, std::string_view body,
                                                 Instant now, const access::Principal& by = {});
// The verbs above.
[[nodiscard]] std::vector<std::string_view> person_verbs();
// What is recorded, as JSON.
[[nodiscard]] Result<std::string> show_person_job(Store& store, const Law& law,
                                                  const Creditor& creditor,
                                                  std::string_view subject, Instant now);

}  // namespace puntual
