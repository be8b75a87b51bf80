// The creditor's systems that are told of events: for the API and the command line alike. Orders
// and answers are JSON.
#pragma once

#include <string>
#include <string_view>

#include "hooks/post.h"
#include "store/store.h"

namespace puntual {

// A new one: {"url","types","full","by"} → with its "secret", which is never shown again.
// Forbidden: `full` tells names and phones, and `who` orders it may not see people.
[[nodiscard]] Result<std::string> add_endpoint_job(Store& store, const Creditor& creditor,
                                                   const hooks::PostOptions& options,
                                                   std::string_view body,
                                                   const access::Principal& who, Instant now);
// remove; enable, after it was disabled; rotate: another secret, the old one signs for one more
// day; trigger: a test event; replay {"event"} or {"from","to"}: told again, under the same ids.
// NotFound: there is no such endpoint. Forbidden: it is a full one, and only who may see people
// does anything with it, but remove it.
inline constexpr std::string_view kEndpointVerbs[] = {"remove", "enable", "rotate", "trigger",
                                                      "replay"};
[[nodiscard]] Result<std::string> run_endpoint_job(Store& store, const Creditor& creditor,
                                                   std::string_view id, std::string_view verb,
                                                   std::string_view body,
                                                   const access::Principal& who, Instant now);
// All of them, with what became of the latest events at each.
[[nodiscard]] Result<std::string> list_endpoints_job(Store& store, const Creditor& creditor);

// Times as RFC 3339 or dates; empty: from the first, until now.
struct EventsQuery {
  std::string types, from, to;
  std::string after;  // An event's id: only those beyond it.
  std::string limit;  // 1 to 200; empty: 100.
};
// What happened, as it is told (thin), the oldest first: {"events":[…],"next":…}.
[[nodiscard]] Result<std::string> list_events_job(Store& store, const Creditor& creditor,
                                                  const EventsQuery& query, Instant now);

}  // namespace puntual
