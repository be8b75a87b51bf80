// Who has seen data of people in clear, for the record that nobody changes. Reading costs nobody
// anything: what was seen is noted in memory as it is answered, and written down once a minute, in
// one record for each reader; the same again within an hour is not said again. An orderly stop
// writes what is left; what the last minute saw is lost with a process that dies.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "app/api.h"
#include "app/list_page.h"
#include "store/store.h"

namespace puntual {

class ReadLog {
 public:
  // That somebody was answered. Any thread.
  void note(const access::Principal& by, const Api::Route& route, const http::Request& request,
            Instant now);
  // What was noted since, into the timeline: "data_read", with the numbers of whom and nothing else
  // of them.
  [[nodiscard]] Result<void> write(Store& store, const Creditor& creditor, Instant now);

 private:
  using Seen = std::tuple<std::string, std::string,
                          std::string>;  // Who, what of the API, whom: empty of a list.
  std::mutex mutex_;
  std::map<Seen, Instant> told_;  // Within the hour.
  std::set<Seen> fresh_;
};

// Reading of people's data and taking it out, newest first: {"reads":[…],"next":…}.
[[nodiscard]] Result<std::string> reads_view(Store& store, const Creditor& creditor,
                                             const ListPage& page);

}  // namespace puntual
