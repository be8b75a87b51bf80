// Where the talk with a person stands: what we asked, what is on the table, how often we did not
// understand. Kept between two turns as JSON; what an older or newer version wrote is read as far
// as it is known. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/agreements/offer.h"
#include "core/conversation/understand.h"

namespace puntual {

struct Dialogue {
  Asked asked = Asked::Nothing;
  std::vector<Offer> offers;            // On the table, numbered from 1 in this order.
  std::optional<int64_t> amount_minor;  // Of a promise whose day is not known yet.
  std::optional<CivilDate> date;        // Of a promise of a part whose sum is not known yet.
  bool is_part = false;                 // They promise a part, and have not said how much.
  std::optional<Intent>
      waits;  // What somebody wants whose number is not proven: answered after their yes.
  int32_t misunderstood = 0;  // Turns in a row.
  int64_t offered_turn = 0;   // In which these offers were first put on the table: a button of an
                              // earlier list takes none of them.
  int32_t unheard =
      0;  // Voice notes and pictures that nobody could read, since a person had the talk.
  int32_t claims = 0;  // "Ya pagué" for which reminders have rested while claimed_minor was owed.
  int64_t claimed_minor = 0;
  int64_t heard_from = 0;  // Until where all was answered before this turn,
  bool is_retaken =
      false;  // which is taken once more, as what it said was true no longer when it was to leave.
  std::string language;  // They write in, as far as it was plain: "es", "pt".
  std::string answered;  // Our last answer: "respuesta_gracias_v1".
  bool operator==(const Dialogue&) const = default;
};

namespace conversation {

[[nodiscard]] std::string dialogue_json(const Dialogue& dialogue);
// What cannot be read is as if nothing had been said.
[[nodiscard]] Dialogue dialogue_of(std::string_view json);

}  // namespace conversation
}  // namespace puntual
