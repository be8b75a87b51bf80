#include "app/payment_watch.h"

#include "app/log.h"

namespace puntual {
namespace {

constexpr auto kLookForPaymentsEvery = std::chrono::milliseconds(1000);  // Another node may have heard the notice.
constexpr auto kRestAfterFailure = std::chrono::milliseconds(5000);

}  // namespace

PaymentWatch::PaymentWatch(Store& store, const Desk& desk, const Creditor& creditor, const Clock& clock, std::function<void()> told)
    : store_(store), desk_(desk), creditor_(creditor), clock_(clock), told_(std::move(told)), thread_([this] { run(); }) {}

PaymentWatch::~PaymentWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void PaymentWatch::wake() {
  {
    const std::lock_guard lock(mutex_);
    has_news_ = true;
  }
  woken_.notify_one();
}

void PaymentWatch::run() {
  for (;;) {
    const auto report = engine::look_up_payments(store_, desk_, creditor_, clock_.now());
    if (!report) log_event("error", "payments", report.error().message);
    if (report && report->held > 0) log_event("warning", "payment_held", fmt::format("{} payments wait for a person: puntual payments unmatched", report->held));
    if (report && report->booked + report->reversed > 0) told_();
    const auto places = engine::withdraw_places(store_, desk_, creditor_, last_place_, clock_.now());
    if (!places) log_event("error", "payments", places.error().message);
    if (places && places->failed > 0) log_event("warning", "payment_place", fmt::format("{} places to pay could not be withdrawn yet: they are tried again", places->failed));
    std::unique_lock lock(mutex_);
    const bool has_more = report && (report->looked_up > 0 || (places && places->withdrawn > 0));
    if (!has_more) woken_.wait_for(lock, report ? kLookForPaymentsEvery : kRestAfterFailure, [this] { return stopping_ || has_news_; });
    has_news_ = false;
    if (stopping_) return;
  }
}

}  // namespace puntual
