// Looks payments up at their providers: what notices spoke of at once, what nobody told of from time to time. Takes away the places
// where nothing is to be paid any more.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "app/clock.h"
#include "engine/payment_places.h"
#include "engine/provider_news.h"

namespace puntual {

class PaymentWatch {
 public:
  // Store, desk, creditor and clock must outlive the watch; `told` is called when money has come or gone, to wake the engine.
  // Nobody else asks the desk's providers meanwhile (they may be listened to).
  PaymentWatch(Store& store, const Desk& desk, const Creditor& creditor, const Clock& clock, std::function<void()> told);
  ~PaymentWatch();  // A call under way ends soon when the providers have been told so (ProviderSettings::stopping).
  // There is something to look up now. Any thread.
  void wake();

 private:
  void run();
  Store& store_;
  const Desk& desk_;
  const Creditor& creditor_;
  const Clock& clock_;
  std::function<void()> told_;
  PaymentRequestId last_place_;  // Of those that were looked at in turn.
  std::mutex mutex_;
  std::condition_variable woken_;
  bool has_news_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace puntual
