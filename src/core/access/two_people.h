// What two people decide: one asks, or writes, and another one approves. Pure and thread-safe.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "core/access/right.h"

namespace puntual::access {

// Whether this may be one of the two. Forbidden: a key, which may be of who approves; and where the
// house wants four eyes also its token and the command line, which say any name.
[[nodiscard]] inline Result<void> may_be_one_of_two(const Principal& by, bool needs_four_eyes) {
  if (by.user_id != 0) return {};
  if (by.key_id != 0)
    return fail(ErrorCode::Forbidden, "two people decide this, each signed in: not a key");
  if (needs_four_eyes)
    return fail(ErrorCode::Forbidden,
                "this house wants four eyes ([access] four_eyes): each of the two does it in the "
                "page, signed in");
  return {};
}

// One is enough to say that somebody owes less than the books have it, for who is right waits for
// it; but where the house wants four eyes it must be known who that was.
[[nodiscard]] inline Result<void> may_take_debt_away(const Principal& by, bool needs_four_eyes) {
  if (!needs_four_eyes || by.user_id != 0) return {};
  return fail(ErrorCode::Forbidden,
              "this house wants four eyes ([access] four_eyes): who takes a debt away does it in "
              "the page, signed in");
}

// As records call who did something by a key; people sign in by their addresses, which have no
// blanks.
inline constexpr std::string_view kKeyName = "key ";

// A record's name of somebody who signs in: no key, and not the token of the settings.
[[nodiscard]] inline bool is_name_of_person(std::string_view name) {
  return !name.empty() && name != "api" && !name.starts_with(kKeyName);
}

// "Ana" and " aná" are one name.
[[nodiscard]] inline bool is_same_name(std::string_view a, std::string_view b) {
  const auto bare = [](std::string_view name) {
    std::string text = fold_text(name);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
    return text;
  };
  return bare(a) == bare(b);
}

}  // namespace puntual::access
