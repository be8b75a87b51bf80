#include "sim/weather.h"

namespace puntual::sim {
namespace {

struct Kind {
  std::string_view text;
  uint32_t ppm;  // Where it is frequent: of the occasions that there are.
};
constexpr std::array<Kind, kFaults> kKinds = {{{"dies_before_commit", 8'000},
                                               {"dies_after_commit", 8'000},
                                               {"dies_handing_over", 15'000},
                                               {"freezes", 2'000},
                                               {"read_fails", 5'000},
                                               {"write_fails", 20'000},
                                               {"commit_answer_lost", 20'000},
                                               {"not_connected", 30'000},
                                               {"slow_answer", 300'000},
                                               {"clock_skewed", 200'000},
                                               {"houses_interleave", 50'000},
                                               {"acts_in_between", 30'000},
                                               {"poison_webhook", 20'000},
                                               {"unknown_webhook", 20'000},
                                               {"clock_set", 3'000},
                                               {"template_paused", 3'000}}};

}  // namespace

std::string_view text_of(Fault fault) { return kKinds[static_cast<size_t>(fault)].text; }

Weather Weather::of_seed(uint64_t seed) {
  Weather weather;
  weather.random_ = SeededRandom(seed ^ 0x57EA7E5);
  weather.is_calm_ = false;
  for (size_t i = 0; i < kFaults; ++i) {
    const uint64_t draw = weather.random_.below(3);
    weather.ppm_[i] = draw == 0 ? 0 : draw == 1 ? kKinds[i].ppm / 5 : kKinds[i].ppm;
  }
  return weather;
}

bool Weather::strikes(Fault fault) {
  const auto i = static_cast<size_t>(fault);
  if (ppm_[i] == 0 || !random_.chance_ppm(ppm_[i])) return false;
  ++counts_[i];
  return true;
}

}  // namespace puntual::sim
