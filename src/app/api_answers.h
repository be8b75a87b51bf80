// A request told twice under one key (Idempotency-Key) is done once, and answered as the first
// time. Thread-safe.
#pragma once

#include <functional>
#include <optional>

#include "app/clock.h"
#include "http/message.h"
#include "store/store.h"

namespace puntual {

class ApiAnswers {
 public:
  ApiAnswers(Store& store, CreditorId creditor, const Clock& clock)
      : store_(store), creditor_(creditor), clock_(clock) {}

  // What is answered to this request of `caller`, who named this key: by `answer`, unless it was
  // answered before.
  [[nodiscard]] http::Response once(const http::Request& request, std::string_view caller,
                                    std::string_view key,
                                    const std::function<http::Response()>& answer);

  // Those of more than a day ago: they are purged when others come, and by this when none do.
  void purge();

 private:
  Store& store_;
  CreditorId creditor_;
  const Clock& clock_;
};

}  // namespace puntual
