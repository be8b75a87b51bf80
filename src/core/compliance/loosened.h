// What a deployment's own pack of a country allows beyond the one that ships with the program. A
// deployment answers for its own reading of the law; nobody may have it without being told.
#pragma once

#include <string>
#include <vector>

#include "core/compliance/rule_book.h"

namespace puntual::compliance {

// One thing that is allowed and was not.
struct Loosening {
  std::string key;  // Of the pack: "messages.saturday", "caps", "content.CONTENT_THREAT".
  std::string es;   // "los sábados de 08:00-15:00 a 08:00-20:00".
};

// Compares the strict reading and the literal one, whatever the profile says today: it may be
// switched tomorrow. Empty: the own pack asks at least what ours asks. Pure.
[[nodiscard]] std::vector<Loosening> loosened(const Pack& own, const Pack& built_in);

// Of every country whose own pack is in force and has one of ours to be compared with.
struct LoosenedPack {
  std::string_view country, version, built_in_version;
  std::vector<Loosening> loosenings;  // Never empty.
};
[[nodiscard]] std::vector<LoosenedPack> loosened_packs(const RuleBook& book);

}  // namespace puntual::compliance
