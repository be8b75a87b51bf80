#include "core/messaging/price.h"

#include <charconv>
#include <string>
#include <vector>

#include "base/embedded.h"

namespace puntual::messaging {
namespace {

struct Rate {
  std::string_view country, category;
  CivilDate from;
  int64_t usd_micros = 0;
};

std::string_view take_cell(std::string_view& line) {
  const auto tab = line.find('\t');
  const auto cell = line.substr(0, tab);
  line = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
  return cell;
}

std::vector<Rate> load_rates() {
  std::vector<Rate> rates;
  std::string_view text = embedded_file("data/prices.tsv").value_or("");
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;
    Rate rate{.country = take_cell(line), .category = take_cell(line)};
    const auto from = parse_date(take_cell(line));
    const auto [stop, error] =
        std::from_chars(line.data(), line.data() + line.size(), rate.usd_micros);
    PUNTUAL_CHECK(from.has_value() && error == std::errc{});
    rate.from = *from;
    rates.push_back(rate);
  }
  return rates;
}

}  // namespace

int64_t price_usd_micros(std::string_view country, std::string_view category, CivilDate on) {
  static const std::vector<Rate> kRates = load_rates();
  const Rate* best = nullptr;
  const auto better = [&](const Rate& rate) {
    if (rate.category != category || rate.from > on ||
        (rate.country != country && rate.country != "*"))
      return false;
    if (best == nullptr) return true;
    const bool own = rate.country == country;
    const bool best_own = best->country == country;
    return own != best_own ? own : rate.from > best->from;
  };
  for (const auto& rate : kRates) {
    if (better(rate)) best = &rate;
  }
  return best == nullptr ? 0 : best->usd_micros;
}

}  // namespace puntual::messaging
