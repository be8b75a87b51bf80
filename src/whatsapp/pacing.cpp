#include "whatsapp/pacing.h"

#include <algorithm>

namespace puntual::whatsapp {
namespace {

constexpr int kNumberDoublingsMax = 6;  // 64 s
constexpr int64_t kPairPeriodMs = 6000;
constexpr int kPairBurstMax = 45;
constexpr int kPairDoublingsMax = 6;  // 4^6 s, a little over an hour.
constexpr int kPairLimitReached = 131056;
constexpr int64_t kNever = INT64_MIN / 2;
constexpr int64_t kOneMessage = 1'000'000;

}  // namespace

int64_t pace_tick_ms(int messages_per_second) {
  constexpr int64_t kMessagesMax = 14;
  for (const int64_t tick_ms : {168, 84, 42, 21}) {
    if (messages_per_second * tick_ms <= kMessagesMax * kSecondMs) return tick_ms;
  }
  return 12;
}

NumberPace::NumberPace(int messages_per_second, int64_t window_ms)
    : window_ms_(window_ms),
      rate_(std::max(1, messages_per_second)),
      rate_now_(rate_),
      log_ms_(static_cast<size_t>(rate_), kNever) {}

// When the send that is rate_now_ sends back, counting the promised ones, has left the window.
Instant NumberPace::slot_free_at(int promised) const {
  if (promised >= rate_now_) return Instant{INT64_MAX};
  const size_t size = log_ms_.size();
  const size_t back = (next_slot_ + size - static_cast<size_t>(rate_now_ - promised)) % size;
  return Instant{log_ms_[back] + window_ms_};
}

Instant NumberPace::next_at(Instant now, int promised) const {
  return std::max({now, slot_free_at(promised), silent_until_});
}

int NumberPace::capacity(Instant now) const {
  if (now < silent_until_) return 0;
  const size_t size = log_ms_.size();
  int in_window = 0;
  while (in_window < rate_now_ &&
         log_ms_[(next_slot_ + size - 1 - static_cast<size_t>(in_window)) % size] + window_ms_ >
             now.ms) {
    ++in_window;
  }
  return rate_now_ - in_window;
}

void NumberPace::count(Instant now) {
  log_ms_[next_slot_] = now.ms;
  next_slot_ = (next_slot_ + 1) % log_ms_.size();
}

void NumberPace::refused(Instant now) {
  if (now < silent_until_) return;
  silent_until_ = now + (kSecondMs << refusals_);
  refusals_ = std::min(refusals_ + 1, kNumberDoublingsMax);
  rate_now_ = std::max(1, rate_now_ * 3 / 4);
  accepted_since_raise_ = 0;
}

void NumberPace::accepted(Instant now) {
  if (now < silent_until_) return;
  refusals_ = 0;
  if (rate_now_ == rate_ || ++accepted_since_raise_ < rate_now_) return;
  accepted_since_raise_ = 0;
  rate_now_ = std::min(rate_, rate_now_ + std::max(1, rate_ / 20));
}

EvenSpread::EvenSpread(int messages_per_second)
    : gain_per_ms_(int64_t{std::max(1, messages_per_second)} * 1020),
      // Some more, so that looking at the clock late costs nothing.
      tokens_max_(kOneMessage + (pace_tick_ms(messages_per_second) + 20) * gain_per_ms_),
      tokens_(tokens_max_) {}

int64_t EvenSpread::tokens_at(Instant now) const {
  const int64_t passed_ms = std::clamp<int64_t>(now - as_of_, 0, kMinuteMs);
  return std::min(tokens_max_, tokens_ + passed_ms * gain_per_ms_);
}

int EvenSpread::capacity(Instant now) const {
  return static_cast<int>(tokens_at(now) / kOneMessage);
}

Instant EvenSpread::next_at(Instant now) const {
  const int64_t missing = kOneMessage - tokens_at(now);
  return missing <= 0 ? now : now + (missing + gain_per_ms_ - 1) / gain_per_ms_;
}

void EvenSpread::count(Instant now) {
  tokens_ = std::max<int64_t>(0, tokens_at(now) - kOneMessage);
  as_of_ = now;
}

PairPace::Person& PairPace::person(std::string_view recipient, Instant now) {
  const auto found = people_.find(recipient);
  if (found != people_.end()) return found->second;
  if (people_.size() >= forget_at_size_) forget_settled(now);
  return people_[std::string(recipient)];
}

// Whoever owes nothing is as good as new; their growing silence is remembered an hour longer.
void PairPace::forget_settled(Instant now) {
  std::erase_if(people_, [now](const auto& entry) {
    const Person& one = entry.second;
    return one.paid_back_at <= now && (one.refusals == 0 || one.silent_until <= now - kHourMs);
  });
  forget_at_size_ = std::max<size_t>(1024, people_.size() * 2);
}

Instant PairPace::next_at(std::string_view recipient, Instant now) const {
  const auto found = people_.find(recipient);
  if (found == people_.end()) return now;
  const Person& one = found->second;
  if (now < one.silent_until) return std::max(one.silent_until, one.paid_back_at);
  const bool in_burst = now < one.burst_since + kPairPeriodMs && one.in_burst < kPairBurstMax;
  return in_burst ? now : std::max(now, one.paid_back_at);
}

void PairPace::count(std::string_view recipient, Instant now) {
  Person& one = person(recipient, now);
  if (one.paid_back_at <= now) {
    one.burst_since = now;
    one.in_burst = 0;
    one.paid_back_at = now;
  }
  ++one.in_burst;
  one.paid_back_at = one.paid_back_at + kPairPeriodMs;
}

void PairPace::refused(std::string_view recipient, Instant now) {
  Person& one = person(recipient, now);
  if (now < one.silent_until) return;
  one.silent_until = now + (kSecondMs << (2 * one.refusals));
  one.refusals = std::min(one.refusals + 1, kPairDoublingsMax);
}

void PairPace::accepted(std::string_view recipient, Instant now) {
  const auto found = people_.find(recipient);
  if (found != people_.end() && now >= found->second.silent_until) found->second.refusals = 0;
}

Instant Pacing::next_at(std::string_view recipient, Instant now) const {
  return std::max(number_.next_at(now), pairs_.next_at(recipient, now));
}

void Pacing::sent(std::string_view recipient, Instant now) {
  number_.count(now);
  pairs_.count(recipient, now);
}

void Pacing::accepted(std::string_view recipient, Instant now) {
  number_.accepted(now);
  pairs_.accepted(recipient, now);
}

void Pacing::refused(int error_code, std::string_view recipient, Instant now) {
  if (error_code == kThroughputReached) number_.refused(now);
  if (error_code == kPairLimitReached) pairs_.refused(recipient, now);
}

}  // namespace puntual::whatsapp
