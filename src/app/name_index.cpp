#include "app/name_index.h"

#include <algorithm>

#include "base/text.h"

namespace puntual {
namespace {

constexpr int64_t kMadeAnewMs = 10 * kMinuteMs;
constexpr size_t kBatch = 1000;

// " maria munoz": letters and digits alone, a blank before each word.
std::string words_to_find(std::string_view text) {
  std::string words = " ";
  for (const char c : fold_text(text)) {
    const bool is_part =
        static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (is_part)
      words += c;
    else if (words.back() != ' ')
      words += ' ';
  }
  if (words.back() == ' ') words.pop_back();
  return words;
}

bool has_all(std::string_view folded, std::string_view wanted) {
  while (!wanted.empty()) {
    const auto end = std::min(wanted.find(' ', 1), wanted.size());
    if (!folded.contains(wanted.substr(0, end))) return false;
    wanted.remove_prefix(end);
  }
  return true;
}

}  // namespace

Result<void> NameIndex::follow(Store& store, CreditorId creditor, Made& made) {
  auto ids = store.read([&](Tx& tx) { return tx.debtors.all(creditor); });
  if (!ids) return std::unexpected(std::move(ids).error());
  std::erase_if(*ids, [&](DebtorId id) { return id <= made.last; });
  std::ranges::sort(*ids);
  for (size_t at = 0; at < ids->size(); at += kBatch) {
    const size_t end = std::min(at + kBatch, ids->size());
    RETURN_IF_ERROR(store.read([&](Tx& tx) {
      for (auto& one : tx.debtors.for_review(
               creditor, store::People({ids->begin() + static_cast<ptrdiff_t>(at),
                                        ids->begin() + static_cast<ptrdiff_t>(end)}))) {
        made.entries.push_back({words_to_find(one.debtor.name), one.debtor.id});
      }
    }));
    made.last = (*ids)[end - 1];
  }
  if (!ids->empty()) std::ranges::sort(made.entries, {}, &Entry::folded);
  return {};
}

bool NameIndex::is_to_be_made(Instant now) {
  const std::lock_guard turn(mutex_);
  if (now - asked_at_ < kMadeAnewMs) return false;
  asked_at_ = now;
  return true;
}

Result<void> NameIndex::make(Store& store, CreditorId creditor) {
  Made made;
  RETURN_IF_ERROR(follow(store, creditor, made));
  const std::lock_guard turn(mutex_);
  made_ = std::move(made);
  return {};
}

Result<std::vector<DebtorId>> NameIndex::find(Store& store, CreditorId creditor,
                                              std::string_view text, size_t limit, Instant now) {
  const std::string wanted = words_to_find(text);
  std::vector<DebtorId> found;
  if (wanted.empty()) return found;
  const std::lock_guard turn(mutex_);
  if (!made_) {
    made_.emplace();
    asked_at_ = now;
  }
  RETURN_IF_ERROR(follow(store, creditor, *made_));
  for (const auto& entry : made_->entries) {
    if (has_all(entry.folded, wanted)) found.push_back(entry.id);
    if (found.size() == limit) break;
  }
  return found;
}

}  // namespace puntual
