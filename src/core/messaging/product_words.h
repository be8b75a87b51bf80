// What the creditor's file calls the thing that is owed, where it is said in a message.
#pragma once

#include <string_view>

#include "core/portfolio/portfolio.h"

namespace puntual::messaging {

// May it be said as it stands? "Honorarios del juzgado" would have every message of that debt
// refused for ever, though nobody threatens: such a thing is "su cuenta" in messages, and doctor
// says so. Pure; thread-safe.
[[nodiscard]] bool is_sayable(std::string_view product, const Creditor& creditor);

}  // namespace puntual::messaging
