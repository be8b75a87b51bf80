// What is told to other systems: events, each a record of the timeline seen from outside.
//
// There is no second list of them: a record is written with the change it is about, so no event is
// lost and none is told of what did not happen; its id is the record's, the same on every attempt
// and replay. Pure; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/audit/record.h"

namespace puntual::events {

// What `puntual webhook trigger` sends; it is told to nobody else.
inline constexpr std::string_view kTestType = "webhook.test";
inline constexpr std::string_view kTestKind = "webhook_tested";

// "payment.received"; empty: the record is our own affair.
[[nodiscard]] std::string_view type_of(const TimelineEvent& record);
// All there are, each once.
[[nodiscard]] std::span<const std::string_view> all_types();
// The kinds of records that may be events.
[[nodiscard]] std::span<const std::string_view> all_kinds();

// "evt_123": the record's id, and back; none when it is no such id.
[[nodiscard]] std::string id_of(int64_t record);
[[nodiscard]] std::optional<int64_t> record_of(std::string_view id);

// Does a list of types ("payment.received agreement.*", blanks between; empty: all) name this one?
[[nodiscard]] bool is_wanted(std::string_view types, std::string_view type);
// The list in its canonical form. Invalid, with what there is, when it names what does not exist.
[[nodiscard]] Result<std::string> read_types(std::string_view list);

}  // namespace puntual::events
