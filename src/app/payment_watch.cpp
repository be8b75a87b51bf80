#include "app/payment_watch.h"

#include "app/log.h"

namespace puntual {
namespace {

constexpr Beat::Rest kLookForPaymentsEvery(1000);  // Another node may have heard the notice.
constexpr Beat::Rest kRestAfterFailure(5000);

}  // namespace

PaymentWatch::PaymentWatch(Store& store, DeskNow desk, const Creditor& creditor, const Clock& clock,
                           std::function<void()> told)
    : store_(store),
      desk_(std::move(desk)),
      creditor_(creditor),
      clock_(clock),
      told_(std::move(told)),
      beat_([this] { return look_up(); }) {}

Beat::Rest PaymentWatch::look_up() {
  const auto desk = desk_();
  const auto refunds = engine::make_refunds(store_, *desk, creditor_, clock_.now());
  if (!refunds) log_event("error", "payments", refunds.error().message);
  if (refunds && refunds->failed > 0)
    log_event("warning", "payment_refund",
              fmt::format("{} refunds wait for their provider: they are asked for again",
                          refunds->failed));
  const auto report = engine::look_up_payments(store_, *desk, creditor_, clock_.now());
  if (!report) log_event("error", "payments", report.error().message);
  if (report && report->held > 0)
    log_event(
        "warning", "payment_held",
        fmt::format("{} payments wait for a person: puntual payments unmatched", report->held));
  if (report && report->booked + report->reversed > 0) told_();
  const auto places = engine::withdraw_places(store_, *desk, creditor_, last_place_, clock_.now());
  if (!places) log_event("error", "payments", places.error().message);
  if (places && places->failed > 0)
    log_event("warning", "payment_place",
              fmt::format("{} places to pay could not be withdrawn yet: they are tried again",
                          places->failed));
  if (!report) return kRestAfterFailure;
  return report->looked_up > 0 || (places && places->withdrawn > 0) ? Beat::Rest(0)
                                                                    : kLookForPaymentsEvery;
}

}  // namespace puntual
