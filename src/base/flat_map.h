// Keys to values that are put in and found, never taken out: one stretch of memory, so that a
// look-up among many touches one place of it. For what an import asks for every row.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"

namespace puntual {

// Key{} is no key. Hash: as good as std::hash of a number, it is mixed here. Not thread-safe.
template <class Key, class Value, class Hash = std::hash<Key>>
class FlatMap {
 public:
  // Null: not there. Valid until the next put().
  [[nodiscard]] const Value* find(const Key& key) const {
    const Slot& slot = slots_[place_of(key)];
    return slot.key == key && !(key == Key{}) ? &slot.value : nullptr;
  }
  [[nodiscard]] bool contains(const Key& key) const { return find(key) != nullptr; }
  // False: it was there, and has another value now.
  bool put(const Key& key, const Value& value) {
    PUNTUAL_CHECK(!(key == Key{}));
    Slot* slot = &slots_[place_of(key)];
    const bool is_new = slot->key == Key{};
    if (is_new && ++size_ * 2 > slots_.size()) {
      grow();
      slot = &slots_[place_of(key)];
    }
    *slot = {key, value};
    return is_new;
  }
  [[nodiscard]] size_t size() const { return size_; }

 private:
  struct Slot {
    Key key{};
    [[no_unique_address]] Value value{};
  };

  // Where it is, or would be.
  [[nodiscard]] size_t place_of(const Key& key) const {
    size_t place = (Hash()(key) * 0x9E3779B97F4A7C15U) >> shift_;
    while (!(slots_[place].key == key) && !(slots_[place].key == Key{}))
      place = (place + 1) & (slots_.size() - 1);
    return place;
  }

  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    --shift_;
    for (const Slot& slot : old) {
      if (!(slot.key == Key{})) slots_[place_of(slot.key)] = slot;
    }
  }

  int shift_ = 60;
  std::vector<Slot> slots_ = std::vector<Slot>(16);
  size_t size_ = 0;
};

struct Nothing {};

// Ids, none of which is 0.
class IdSet {
 public:
  // False: it was in it.
  bool add(int64_t id) { return ids_.put(id, {}); }
  [[nodiscard]] bool has(int64_t id) const { return ids_.contains(id); }

 private:
  FlatMap<int64_t, Nothing> ids_;
};

}  // namespace puntual
