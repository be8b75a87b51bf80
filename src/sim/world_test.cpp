// Months of a made-up portfolio, lived through by the production engine under faults: whatever the seed, the
// invariants hold. PUNTUAL_SEED and PUNTUAL_DAYS replay one run (make sim SEED=7 DAYS=90).
#include "sim/world.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>

#include "base/embedded.h"
#include "core/portfolio/import_detect.h"
#include "engine/import_portfolio.h"

namespace puntual::sim {
namespace {

constexpr int kPeople = 200;
const CivilDate kFirstDay = date_of(2026, 10, 1);

// What ERPs know of people in four countries: some have no consent, no zone, no phone, several invoices.
std::string made_up_portfolio(uint64_t seed) {
  struct Land {
    std::string_view country, phone, zone;
    int64_t unit;
  };
  constexpr Land kLands[] = {{"CO", "+5730012", "America/Bogota", 1000}, {"PE", "+5198765", "America/Lima", 1},
                             {"CL", "+5698765", "America/Santiago", 500}, {"MX", "+52551234", "America/Mexico_City", 10}};
  SeededRandom random(seed);
  std::string file = "documento;nombre;celular;pais;zona horaria;factura;valor factura;fecha vencimiento;autorizacion;verificado por\n";
  int invoices = 0;
  for (int person = 0; person < kPeople; ++person) {
    const Land& land = kLands[random.below(std::size(kLands))];
    const size_t digits = (land.country == "PE" || land.country == "CL" ? 12 : 13) - land.phone.size();
    const std::string phone = random.chance_ppm(20'000) ? "" : fmt::format("{}{:0{}}", land.phone, 1000 + person, digits);
    const std::string_view zone = random.chance_ppm(300'000) ? "" : land.zone;
    const std::string_view consent = random.chance_ppm(50'000) ? "" : "contrato";
    const std::string_view evidence = random.chance_ppm(250'000) ? "" : "contrato";  // The others are asked first.
    const auto count = 1 + random.below(3);
    for (uint64_t i = 0; i < count; ++i) {
      const CivilDate due = kFirstDay + static_cast<int32_t>(random.below(130)) - 70;
      const int64_t amount = static_cast<int64_t>(20 + random.below(400)) * land.unit;
      file += fmt::format("{};Persona {};{};{};{};F-{};{};{};{};{}\n", 10'000'000 + person, person, phone, land.country, zone, ++invoices,
                          amount, format_date(due), consent, evidence);
    }
  }
  return file;
}

// A little of everything that goes wrong on the way.
constexpr std::string_view kFaults = R"({"send":[{"code":130429,"ppm":20000},{"code":131026,"async":true,"ppm":10000},
  {"code":131056,"ppm":5000},{"kind":"html","ppm":5000},{"kind":"hang_after","ppm":5000},{"kind":"truncated","ppm":3000}],
  "webhooks":{"duplicate_ppm":50000,"drop_ppm":5000,"permute_ppm":100000,"delay_ppm":50000,"delay_min_ms":1000,"delay_max_ms":3600000}})";

struct Lived {
  std::string digest;
  int64_t sends = 0;
  std::string failure;  // With the end of the trace.
};

Result<std::unique_ptr<World>> make_world(uint64_t seed, std::function<void(Instant, std::string_view)> listener) {
  const Zone zone = Zone::of("America/Bogota");
  const Creditor creditor{.id = CreditorId{1}, .name = "Colegio San Marcos", .agent_name = "Laura", .country = "CO",
                          .zone = "America/Bogota", .locale = "es_CO", .currency = "COP", .help = "llame al 601 555 0100",
                          .payment_link_base = {}, .phone_number_id = {}, .strategy = "estandar"};
  ASSIGN_OR_RETURN(auto strategy, strategy::parse(*embedded_file("strategies/estandar.toml"), "strategies/estandar.toml"));
  ASSIGN_OR_RETURN(auto templates, TemplateCatalog::built_in());
  WorldOptions options{.seed = seed, .start = zone.instant(kFirstDay, 0)};
  options.listener = std::move(listener);
  ASSIGN_OR_RETURN(auto world, World::create(options, creditor, std::move(templates), {{"estandar", std::move(strategy)}}));
  const std::string file = made_up_portfolio(seed);
  ASSIGN_OR_RETURN(const ImportFile opened, portfolio::open_import(file, {.country = "CO", .currency = {}, .columns = {}}));
  ASSIGN_OR_RETURN(const ImportReport report, engine::import_file(world->store(), world->desk(), world->creditor(), opened, {}, world->now()));
  if (report.rejected > 0) return fail(ErrorCode::Invalid, "{}", report.rejects);
  RETURN_IF_ERROR(world->platform().load_faults(kFaults, "faults"));
  SeededRandom random(seed);
  RETURN_IF_ERROR(world->populate([&](const store::DebtorForReview&) {
    auto draw = static_cast<int>(random.below(100));
    for (const auto& [temperament, share] : known_temperaments()) {
      if ((draw -= share) < 0) return temperament;
    }
    return known_temperaments().front().first;
  }));
  return world;
}

Result<void> live_days(World& world, int days) {
  const Zone zone = Zone::of("America/Bogota");
  for (int day = 1; day <= days; ++day) {
    RETURN_IF_ERROR(world.run_until(zone.instant(kFirstDay + day, 0)));
    // Now and then the process dies while it sends, and comes back after a while.
    if (day % 8 == 3) world.stop_house_at_next_send();
    if (!world.house_is_up()) RETURN_IF_ERROR(world.start_house());
    RETURN_IF_ERROR(world.check());
  }
  return {};
}

Lived live_through(uint64_t seed, int days) {
  Lived result;
  std::deque<std::string> tail;
  auto world = make_world(seed, [&](Instant at, std::string_view line) {
    tail.push_back(fmt::format("  {} {}", format_utc(at), line));
    if (tail.size() > 40) tail.pop_front();
  });
  const auto lived = world ? live_days(**world, days) : Result<void>(std::unexpected(world.error()));
  if (!lived) result.failure = fmt::format("seed {} days {}: {}\n{}", seed, days, lived.error().message, fmt::join(tail, "\n"));
  if (world) {
    result.digest = (*world)->trace().digest();
    result.sends = (*world)->oracle().sends();
  }
  return result;
}

int64_t number_of_environment(const char* name, int64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == 0 ? fallback : std::atoll(text);
}

TEST(World, HoldsItsInvariantsUnderFaults) {
  for (const uint64_t seed : {1, 2, 3}) {
    const Lived one = live_through(seed, 60);
    EXPECT_EQ(one.failure, "");
    EXPECT_GT(one.sends, 200) << "seed " << seed;
  }
}

TEST(World, IsTheSameForTheSameSeed) {
  const Lived first = live_through(11, 20);
  EXPECT_EQ(first.failure, "");
  EXPECT_EQ(first.digest, live_through(11, 20).digest);
  EXPECT_NE(first.digest, live_through(12, 20).digest);
}

// One run of the seed and length asked for; a failure shows the end of its trace.
TEST(World, Replay) {
  const auto seed = static_cast<uint64_t>(number_of_environment("PUNTUAL_SEED", 5));
  const auto days = static_cast<int>(number_of_environment("PUNTUAL_DAYS", 30));
  const Lived one = live_through(seed, days);
  EXPECT_EQ(one.failure, "");
  fmt::print("seed {} days {}: {} messages, trace {}\n", seed, days, one.sends, one.digest);
}

}  // namespace
}  // namespace puntual::sim
