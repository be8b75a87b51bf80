#include "sandbox/people.h"

#include <fmt/format.h>

#include <algorithm>

namespace puntual::sandbox {
namespace {

struct CallingCode {
  std::string_view digits;
  std::string_view country;
};
constexpr CallingCode kCallingCodes[] = {
    {"502", "GT"}, {"503", "SV"}, {"504", "HN"}, {"505", "NI"}, {"506", "CR"},
    {"507", "PA"}, {"591", "BO"}, {"593", "EC"}, {"595", "PY"}, {"598", "UY"},
    {"51", "PE"},  {"52", "MX"},  {"54", "AR"},  {"55", "BR"},  {"56", "CL"},
    {"57", "CO"},  {"58", "VE"},  {"34", "ES"},  {"1", "US"},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// FNV-1a: the same person has the same id in every run.
uint64_t hash_of(std::string_view text, uint64_t seed) {
  uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3ULL;
  return hash;
}

std::string user_id_of(std::string_view phone, uint64_t portfolio) {
  std::string_view country = "US";
  for (const auto& code : kCallingCodes) {
    if (phone.starts_with(code.digits)) {
      country = code.country;
      break;
    }
  }
  return fmt::format("{}.1{:019}", country,
                     hash_of(phone, portfolio) % 10'000'000'000'000'000'000ULL);
}

}  // namespace

bool Person::shows_phone(size_t number, Instant now) const {
  if (phone.empty()) return false;
  if (shape == Shape::PhoneAndUserId) return true;
  return number < lines.size() && now - lines[number].by_phone_at < 30 * kDayMs;
}

bool People::is_user_id(std::string_view text) {
  if (text.size() < 4 || text.size() > 136 || text[2] != '.') return false;
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return upper(text[0]) && upper(text[1]) && std::ranges::all_of(text.substr(3), [&](char c) {
           return is_digit(c) || upper(c) || (c >= 'a' && c <= 'z') || c == '.';
         });
}

std::string People::normalise(std::string_view phone, std::string_view home) {
  std::string digits;
  digits.reserve(phone.size());
  for (size_t i = 0; i < phone.size(); ++i) {
    const char c = phone[i];
    if (is_digit(c)) {
      digits += c;
    } else if (!(c == '+' && i == 0) && c != ' ' && c != '-' && c != '(' && c != ')') {
      return {};
    }
  }
  const bool complete =
      phone.starts_with('+') || (digits.starts_with(home) && digits.size() >= home.size() + 8);
  if (!complete) digits.insert(0, home);
  if (digits.size() < 7 || digits.size() > 15 || digits.front() == '0') return {};
  return digits;
}

Person* People::find(std::string_view address) {
  if (is_user_id(address)) {
    const auto found = by_user_id_.find(address);
    return found == by_user_id_.end() ? nullptr : found->second;
  }
  if (address.starts_with('+')) address.remove_prefix(1);
  const auto found = by_phone_.find(address);
  return found == by_phone_.end() ? nullptr : found->second;
}

Person* People::find_or_add(std::string_view address, std::string_view home, uint64_t portfolio) {
  if (is_user_id(address)) {
    if (Person* person = find(address)) return person;
    Person& person = people_.emplace_back();
    person.user_id = address;
    person.name = "Persona";
    person.shape = Shape::UserIdOnly;
    by_user_id_.emplace(person.user_id, &person);
    return &person;
  }
  std::string phone = normalise(address, home);
  if (phone.empty()) return nullptr;
  if (const auto found = by_phone_.find(phone); found != by_phone_.end()) return found->second;
  Person& person = people_.emplace_back();
  person.user_id = user_id_of(phone, portfolio);
  person.name = "Persona";
  by_user_id_.emplace(person.user_id, &person);
  by_phone_.emplace(phone, &person);
  person.phone = std::move(phone);
  return &person;
}

void People::change_identity(Person& person, std::string new_phone, uint64_t portfolio) {
  by_phone_.erase(person.phone);
  by_user_id_.erase(person.user_id);
  person.phone = std::move(new_phone);
  person.user_id = user_id_of(person.phone, portfolio);
  by_phone_[person.phone] = &person;
  by_user_id_[person.user_id] = &person;
}

bool People::count_initiated(Person& person, Instant now, int64_t limit) {
  while (!initiated_.empty() && now - initiated_.front().first >= kDayMs) {
    Person& oldest = *initiated_.front().second;
    if (oldest.counted &&
        oldest.initiated_at == initiated_.front().first) {  // Not written to since.
      oldest.counted = false;
      --unique_users_;
    }
    initiated_.pop_front();
  }
  if (!person.counted) {
    if (limit >= 0 && unique_users_ >= limit) return false;
    person.counted = true;
    ++unique_users_;
  }
  person.initiated_at = now;
  initiated_.emplace_back(now, &person);
  return true;
}

}  // namespace puntual::sandbox
