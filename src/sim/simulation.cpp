#include "sim/simulation.h"

#include <deque>

#include "base/embedded.h"
#include "core/strategy/strategy.h"
#include "engine/person_commands.h"
#include "sim/office.h"

namespace puntual::sim {
namespace {

constexpr size_t kTailLines = 40;
constexpr std::string_view kZone = "America/Bogota";

// What ERPs know of people in four countries: some have no consent, no zone, no phone, several
// invoices; two in a hundred share a phone.
std::string made_up_portfolio(SeededRandom& random, int people, CivilDate first_day,
                              bool is_one_land) {
  struct Land {
    std::string_view country, phone, zone;
    int64_t unit;
  };
  constexpr Land kLands[] = {{"CO", "+5730012", "America/Bogota", 1000},
                             {"PE", "+5198765", "America/Lima", 1},
                             {"CL", "+5698765", "America/Santiago", 500},
                             {"MX", "+52551234", "America/Mexico_City", 10}};
  std::string file =
      "documento;nombre;celular;pais;zona horaria;factura;valor factura;fecha "
      "vencimiento;autorizacion;verificado por;correo\n";
  int invoices = 0;
  for (int person = 0; person < people; ++person) {
    const Land& land = kLands[is_one_land ? 0 : random.below(std::size(kLands))];
    const size_t digits =
        (land.country == "PE" || land.country == "CL" ? 12 : 13) - land.phone.size();
    const int line = random.chance_ppm(20'000) ? 0 : person;
    const std::string phone =
        random.chance_ppm(20'000) ? "" : fmt::format("{}{:0{}}", land.phone, 1000 + line, digits);
    const std::string_view zone = random.chance_ppm(300'000) ? "" : land.zone;
    const std::string_view consent = random.chance_ppm(50'000) ? "" : "contrato";
    const std::string_view evidence =
        random.chance_ppm(250'000) ? "" : "contrato";  // The others are asked first.
    const std::string email = person % 3 == 0 ? "" : fmt::format("persona{}@example.com", person);
    const auto count = 1 + random.below(3);
    for (uint64_t i = 0; i < count; ++i) {
      const CivilDate due = first_day + static_cast<int32_t>(random.below(100)) - 70;
      const int64_t amount = static_cast<int64_t>(20 + random.below(400)) * land.unit;
      file += fmt::format("{};Persona {};{};{};{};F-{};{};{};{};{};{}\n", 10'000'000 + person,
                          person, phone, land.country, zone, ++invoices, amount, format_date(due),
                          consent, evidence, email);
    }
  }
  return file;
}

// Each trouble of the platform is there or not, by lot; all of them together would leave nothing
// that works.
std::string platform_troubles(SeededRandom& random) {
  static constexpr std::string_view kSends[] = {
      R"({"code":130429,"http_status":429,"ppm":20000})",
      R"({"code":131026,"async":true,"ppm":15000})",
      R"({"code":131026,"ppm":10000})",
      R"({"code":131056,"ppm":15000})",
      R"({"code":131000,"http_status":500,"ppm":10000})",
      R"({"code":131016,"http_status":503,"transient":true,"ppm":10000})",
      R"({"code":190,"http_status":401,"ppm":1500})",
      R"({"code":132015,"ppm":1500})",
      R"({"code":131049,"async":true,"ppm":10000})",
      R"({"code":131047,"http_status":400,"ppm":2000})",
      R"({"code":4,"ppm":5000})",
      R"({"code":80007,"ppm":5000})",
      R"({"code":131042,"ppm":1000})",
      R"({"code":131031,"ppm":1000})",
      R"({"code":999999,"ppm":3000})",
      R"({"kind":"html","ppm":8000})",
      R"({"kind":"empty","http_status":500,"ppm":8000})",
      R"({"kind":"hang","ppm":8000})",
      R"({"kind":"hang_after","ppm":8000})",
      R"({"kind":"truncated","ppm":8000})",
      R"({"kind":"reset_before","ppm":8000})",
      R"({"kind":"reset_after","ppm":8000})",
      R"({"kind":"wrong_json","ppm":5000})",
      R"({"kind":"no_id","ppm":5000})",
      R"({"kind":"redirect","ppm":5000})"};
  std::string list;
  for (const auto one : kSends) {
    if (random.below(2) == 0) continue;
    if (!list.empty()) list += ',';
    list += one;
  }
  // Up to seven days late; none is dropped for good, as the platform promises to deliver until it
  // is answered.
  constexpr int64_t kLatest[] = {kMinuteMs, kHourMs, 6 * kDayMs};
  return fmt::format(
      R"({{"send":[{}],"webhooks":{{"duplicate_ppm":{},"permute_ppm":{},"delay_ppm":{},"delay_min_ms":1000,"delay_max_ms":{}}},)"
      R"("platform":{{"webhook_batch_max":{},"delivered_omitted_ppm":{}}}}})",
      list, random.below(3) * 100'000, random.below(3) * 200'000, random.below(3) * 50'000,
      kLatest[random.below(3)], 1 + random.below(20), random.below(2) * 300'000);
}

struct Setting {
  SeededRandom random;
  CivilDate first_day;
  int houses = 1;
  int people = 0;
  bool talks = false;
  bool is_calm = false;
};

// In the year there are both changes of Chile's clocks, and every kind of holiday.
Setting setting_of(uint64_t seed, bool talks) {
  Setting setting{.random = SeededRandom(seed),
                  .first_day = date_of(2026, 1, 5),
                  .talks = talks,
                  .is_calm = talks && seed % 2 == 0};
  setting.first_day = setting.first_day + static_cast<int32_t>(setting.random.below(300));
  setting.houses = 1 + static_cast<int>(setting.random.below(3));
  setting.people =
      talks ? 3 * static_cast<int>(kCharacters) : 10 + static_cast<int>(setting.random.below(40));
  return setting;
}

// In every third house paying late costs something: more was agreed than the law allows from the
// middle of the year on.
std::shared_ptr<const ChargeRules> charges_of(uint64_t seed, const Setting& setting) {
  if (setting.talks || seed % 3 != 0) return nullptr;
  ChargeRules rules{.terms = {.agreed = {.micro_percent = 24'000'000},
                              .credit = "consumo_ordinario",
                              .since = date_of(2026, 1, 1),
                              .grace_days = static_cast<int32_t>(seed % 2) * 3,
                              .is_monthly = seed % 5 == 0},
                    .table = {},
                    .evidence = "Contrato",
                    .products = {}};
  rules.table = {.country = "CO",
                 .version = "sim",
                 .currency = "COP",
                 .round_minor = 100,
                 .order = {OwedPart::Interest, OwedPart::Costs, OwedPart::Capital},
                 .order_law = {},
                 .ceilings = {},
                 .costs = {},
                 .confirmed_by = "sim",
                 .confirmed_on = date_of(2026, 1, 1),
                 .confirmed_until = date_of(2027, 12, 31)};
  for (const auto& [from, to, rate] :
       {std::tuple(date_of(2026, 1, 1), date_of(2026, 6, 30), 25'020'000),
        std::tuple(date_of(2026, 7, 1), date_of(2027, 12, 31), 22'500'000)}) {
    rules.table.ceilings.push_back({.credit = rules.terms.credit,
                                    .from = from,
                                    .to = to,
                                    .rate = Rate{.micro_percent = rate},
                                    .law = "certificación"});
  }
  return std::make_shared<const ChargeRules>(std::move(rules));
}

Result<std::unique_ptr<World>> world_of(uint64_t seed, const Setting& setting,
                                        std::function<void(Instant, std::string_view)> listener) {
  const Creditor creditor{.id = CreditorId{1},
                          .name = "Colegio San Marcos",
                          .agent_name = "Laura",
                          .country = "CO",
                          .zone = std::string(kZone),
                          .locale = "es_CO",
                          .currency = "COP",
                          .help = "llame al 601 555 0100",
                          .payment_link_base = {},
                          .phone_number_id = {},
                          .strategy = "estandar"};
  ASSIGN_OR_RETURN(auto strategy, strategy::parse(*embedded_file("strategies/estandar.toml"),
                                                  "strategies/estandar.toml"));
  ASSIGN_OR_RETURN(auto templates, TemplateCatalog::built_in());
  WorldOptions options{.seed = seed, .start = Zone::of(kZone).instant(setting.first_day, 0)};
  options.houses = setting.houses;
  if (setting.houses == 1 && !setting.is_calm)
    options.messages_per_second = 1 + static_cast<int>(seed % 3);  // So few that there is a queue.
  options.charges = charges_of(seed, setting);
  options.import_grace_ms = 30 * kSecondMs;
  options.on_ramp = {.whatsapp_number = "576015550100", .ways = {Channel::Email, Channel::Sms}};
  if (!setting.is_calm) options.weather = Weather::of_seed(seed);
  options.listener = std::move(listener);
  return World::create(options, with_first_contact(creditor), std::move(templates),
                       {{"estandar", std::move(strategy)}});
}

// Half of the people have authorised e-mail, and half of those SMS as well.
Result<void> authorise_on_ramps(World& world) {
  return world.store().write([&](Tx& tx) -> Result<void> {
    int64_t number = 0;
    for (const auto id : tx.debtors.all(world.creditor().id)) {
      ++number;
      for (const auto& [channel, each] :
           {std::pair(Channel::Email, 2), std::pair(Channel::Sms, 4)}) {
        if (number % each != 0) continue;
        const store::ConsentEntry entry{.channel = channel,
                                        .at = world.now(),
                                        .is_dated = true,
                                        .kind = "form",
                                        .instrument = fmt::format("form {}", number),
                                        .text_version = {},
                                        .by = "operator"};
        RETURN_IF_ERROR(engine::grant_consent(tx, world.creditor(), id, entry, world.now()));
      }
    }
    return {};
  });
}

Result<void> settle_in(World& world, Setting& setting) {
  if (setting.talks) {
    return world.populate_talkers([next = size_t{0}]() mutable { return next++ % kCharacters; });
  }
  return world.populate([&](const store::DebtorForReview&) {
    auto draw = static_cast<int>(setting.random.below(100));
    for (const auto& [temperament, share] : known_temperaments()) {
      if ((draw -= share) < 0) return temperament;
    }
    return known_temperaments().front().first;
  });
}

Result<void> live(World& world, Setting& setting, Office& office, int days) {
  RETURN_IF_ERROR(office.import());
  RETURN_IF_ERROR(authorise_on_ramps(world));
  if (!setting.is_calm)
    RETURN_IF_ERROR(world.platform().load_faults(platform_troubles(setting.random), "faults"));
  RETURN_IF_ERROR(settle_in(world, setting));
  world.set_interference([&] { return office.act(); });
  const Zone zone = Zone::of(kZone);
  for (int day = 0; day < days; ++day) {
    const auto noon = static_cast<int32_t>(
        7 * kHourMs + static_cast<int64_t>(setting.random.below(12 * kHourMs)));
    RETURN_IF_ERROR(world.run_until(zone.instant(setting.first_day + day, noon)));
    if (!setting.is_calm) RETURN_IF_ERROR(office.act());
    if (setting.talks) RETURN_IF_ERROR(office.answer_waiting());
    RETURN_IF_ERROR(world.turn());
    RETURN_IF_ERROR(world.run_until(zone.instant(setting.first_day + day + 1, 0)));
    RETURN_IF_ERROR(world.check());
  }
  return {};
}

SimulationReport run(uint64_t seed, int days, bool talks,
                     std::function<void(Instant, std::string_view)> listener) {
  SimulationReport report{.seed = seed, .days = days};
  std::deque<std::string> tail;
  Setting setting = setting_of(seed, talks);
  auto world = world_of(seed, setting, [&](Instant at, std::string_view line) {
    if (listener) listener(at, line);
    tail.push_back(fmt::format("  {} {}", format_utc(at), line));
    if (tail.size() > kTailLines) tail.pop_front();
  });
  Result<void> lived;
  if (world) {
    Office office(**world, seed,
                  made_up_portfolio(setting.random, setting.people, setting.first_day, talks));
    lived = live(**world, setting, office, days);
    if (lived && talks) {
      lived = (*world)->store().read([&](Tx& tx) {
        report.talk = talk_figures(tx, (*world)->creditor().id, (*world)->population().talkers());
      });
    }
    const World& w = **world;
    report.turns = w.turns();
    report.sends = w.oracle().sends();
    report.faults = w.weather().counts();
    for (size_t i = 0; i < kNevers; ++i) report.never[i] = w.oracle().count(static_cast<Never>(i));
    report.digest = w.trace().digest();
  } else {
    lived = std::unexpected(world.error());
  }
  if (!lived) {
    const auto day =
        world ? ((*world)->now() - Zone::of(kZone).instant(setting.first_day, 0)) / kDayMs : 0;
    report.failure = fmt::format(
        "seed {} of {} days, on day {} with {} houses: {}\n{}\n  replay: make sim SEED={} "
        "DAYS={}{}",
        seed, days, day + 1, setting.houses, lived.error().message, fmt::join(tail, "\n"), seed,
        days, talks ? " TALK=1" : "");
  }
  return report;
}

}  // namespace

SimulationReport simulate(uint64_t seed, int days,
                          std::function<void(Instant, std::string_view)> listener) {
  return run(seed, days, false, std::move(listener));
}

SimulationReport simulate_talk(uint64_t seed, int days,
                               std::function<void(Instant, std::string_view)> listener) {
  return run(seed, days, true, std::move(listener));
}

}  // namespace puntual::sim
