// Looks payments up at their providers: what notices spoke of at once, what nobody told of from
// time to time. Takes away the places where nothing is to be paid any more, and has money given
// back that a person has ordered back.
#pragma once

#include <functional>

#include "app/beat.h"
#include "app/clock.h"
#include "engine/payment_places.h"
#include "engine/provider_news.h"
#include "engine/refunds.h"

namespace puntual {

class PaymentWatch {
 public:
  // Store, creditor and clock must outlive the watch; `told` is called when money has come or gone,
  // to wake the engine. Nobody else asks the desk's providers meanwhile (they may be listened to).
  PaymentWatch(Store& store, DeskNow desk, const Creditor& creditor, const Clock& clock,
               std::function<void()> told);
  // It ends after a call under way, which ends soon when the providers have been told so
  // (ProviderSettings::stopping).

  // There is something to look up now. Any thread.
  void wake() { beat_.wake(); }

 private:
  Beat::Rest look_up();
  Store& store_;
  const DeskNow desk_;
  const Creditor& creditor_;
  const Clock& clock_;
  std::function<void()> told_;
  PaymentRequestId last_place_;  // Of those that were looked at in turn.
  Beat beat_;
};

}  // namespace puntual
