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
    const bool is_part = static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (is_part) words += c;
    else if (words.back() != ' ') words += ' ';
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

Result<void> NameIndex::follow(Store& store, CreditorId creditor, Instant now) {
  if (now - made_at_ >= kMadeAnewMs) {
    entries_.clear();
    last_ = {};
    made_at_ = now;
  }
  auto ids = store.read([&](Tx& tx) { return tx.debtors.all(creditor); });
  if (!ids) return std::unexpected(std::move(ids).error());
  std::erase_if(*ids, [&](DebtorId id) { return id <= last_; });
  std::ranges::sort(*ids);
  for (size_t at = 0; at < ids->size(); at += kBatch) {
    const size_t end = std::min(at + kBatch, ids->size());
    RETURN_IF_ERROR(store.read([&](Tx& tx) {
      for (auto& one : tx.debtors.for_review(creditor, store::People({ids->begin() + static_cast<ptrdiff_t>(at), ids->begin() + static_cast<ptrdiff_t>(end)}))) {
        entries_.push_back({words_to_find(one.debtor.name), one.debtor.id});
      }
    }));
    last_ = (*ids)[end - 1];
  }
  if (!ids->empty()) std::ranges::sort(entries_, {}, &Entry::folded);
  return {};
}

Result<std::vector<DebtorId>> NameIndex::find(Store& store, CreditorId creditor, std::string_view text, size_t limit, Instant now) {
  const std::string wanted = words_to_find(text);
  std::vector<DebtorId> found;
  if (wanted.empty()) return found;
  const std::lock_guard turn(mutex_);
  RETURN_IF_ERROR(follow(store, creditor, now));
  for (const auto& entry : entries_) {
    if (has_all(entry.folded, wanted)) found.push_back(entry.id);
    if (found.size() == limit) break;
  }
  return found;
}

}  // namespace puntual
