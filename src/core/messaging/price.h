// What the platform asks for a delivered message: list rates with their dates, from data/prices.tsv
// (contract whatsapp-cloud-api.md section 8, checked 2026-11-21). An estimate: webhooks and
// invoices tell the truth. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"

namespace puntual::messaging {

// Millionths of a US dollar for one delivered message of this category ("utility", "service") to a
// person in this country on this date. The rate of the region for countries that have none of their
// own.
[[nodiscard]] int64_t price_usd_micros(std::string_view country, std::string_view category,
                                       CivilDate on);

}  // namespace puntual::messaging
