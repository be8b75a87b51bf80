#include "sim/forecast.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "core/messaging/price.h"
#include "engine/import_portfolio.h"
#include "sim/shards.h"

namespace puntual::sim {
namespace {

// Until this many people are one world, in which every event has its own second. More are cut into
// worlds of this many, however many processors there are, and take a quarter of an hour at a time.
// A database in memory walks over all of its pages at every commit: small worlds are cheaper,
// beside being bounded.
constexpr size_t kUndividedPeopleMax = 5000;
constexpr size_t kPeopleAWorld = 1000;
constexpr int64_t kCoarseQuantumMs = 15 * kMinuteMs;
// Of many worlds, which all do the same, one in so many is watched for violations.
constexpr size_t kOneWatchedOf = 10;
constexpr int kMessagesPerSecond = 80;  // Of the sending number, which all worlds share.

// What a world has seen, and what is told only when all are known.
struct Lived {
  Forecast forecast;
  std::map<int64_t, int64_t> sends_by_hour;
  std::map<std::string, double> squares;  // Of what each person paid, by currency.
};

Result<void> load(World& world, const ImportFile& file, const std::string& confirmed_by) {
  constexpr std::string_view kAssumed = "supuesto del pronóstico";
  const ImportOptions options{
      .consent_instrument = std::string(kAssumed),
      .consent_on = {},
      .confirmed_by = {
          .kind = confirmed_by, .reference = std::string(kAssumed), .verified_on = {}}};
  auto loaded = engine::import_file(world.store(), world.desk(), world.creditor(), file, options,
                                    world.now());
  if (!loaded) return std::unexpected(loaded.error());
  return {};
}

void split_codes(std::string_view codes, std::map<std::string, int64_t>& counts, int64_t times) {
  while (!codes.empty()) {
    const auto end = codes.find(' ');
    const auto code = codes.substr(0, end);
    if (!code.empty() &&
        code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos)
      counts[std::string(code)] += times;
    codes = end == std::string_view::npos ? std::string_view() : codes.substr(end + 1);
  }
}

void read_sends(Tx& tx, const World& world, Lived& lived) {
  Forecast& forecast = lived.forecast;
  const Zone zone = Zone::of(world.creditor().zone);
  auto rows = tx.db.query(
      "SELECT o.in_flight_at, o.step, o.template, o.kind, d.country, o.delivered_at, o.purpose "
      "FROM outbox o JOIN debtor d "
      "ON d.creditor_id = o.creditor_id AND d.id = o.debtor_id WHERE o.creditor_id = $1 AND "
      "o.in_flight_at IS NOT NULL",
      {world.creditor().id});
  while (rows.next()) {
    const CivilDate on = zone.local(rows.instant(0)).date;
    ++forecast.sends;
    const std::string day = format_date(on);
    ++forecast.sends_by_day[day];
    const auto purpose = rows.view(6);
    if (purpose == text_of(Purpose::PreDue) || purpose == text_of(Purpose::Overdue))
      ++forecast.reminders_by_day[day];
    if (purpose == text_of(Purpose::PaymentConfirmation)) ++forecast.thanks_by_day[day];
    ++forecast.sends_by_step[rows.text(1)];
    ++forecast.sends_by_template[rows.text(2)];
    ++lived.sends_by_hour[rows.integer(0) / kHourMs];
    if (!rows.is_null(5))
      forecast.cost_usd_micros += messaging::price_usd_micros(
          rows.view(4), rows.view(3) == "text" ? "service" : "utility", on);
  }
}

void read_reasons(Tx& tx, CreditorId creditor, Forecast& forecast) {
  auto rows = tx.db.query(
      "SELECT kind, detail, COUNT(*) FROM timeline WHERE creditor_id = $1 AND kind IN "
      "('proposed','postponed','cancelled','expired','silent') GROUP BY kind, detail",
      {creditor});
  while (rows.next()) {
    const bool is_code =
        !rows.view(1).empty() && rows.view(1).front() >= 'A' && rows.view(1).front() <= 'Z';
    if (rows.view(0) == "silent" && !is_code) {
      forecast.silences[rows.text(1)] += rows.integer(2);
    } else {
      split_codes(rows.view(1), forecast.refusals, rows.integer(2));
    }
  }
}

void read_collected(Tx& tx, CreditorId creditor, Lived& lived) {
  auto rows = tx.db.query(
      "SELECT debtor_id, currency, SUM(amount_minor), COUNT(*) FROM payment WHERE creditor_id = $1 "
      "AND source = 'sim' GROUP BY debtor_id, currency",
      {creditor});
  while (rows.next()) {
    auto& collected = lived.forecast.collected[rows.text(1)];
    collected.amount_minor += rows.integer(2);
    collected.payments += rows.integer(3);
    lived.squares[rows.text(1)] +=
        static_cast<double>(rows.integer(2)) * static_cast<double>(rows.integer(2));
  }
}

void read_start(Tx& tx, CreditorId creditor, Forecast& forecast) {
  forecast.people = static_cast<int64_t>(tx.debtors.all(creditor).size());
  auto rows = tx.db.query(
      "SELECT currency, COUNT(*), SUM(balance_minor) FROM invoice WHERE creditor_id = $1 AND "
      "balance_minor > 0 "
      "GROUP BY currency",
      {creditor});
  while (rows.next()) {
    forecast.open_invoices += rows.integer(1);
    forecast.open_minor[rows.text(0)] = rows.integer(2);
  }
  auto owing = tx.db.query(
      "SELECT COUNT(DISTINCT debtor_id) FROM invoice WHERE creditor_id = $1 AND balance_minor > 0",
      {creditor});
  if (owing.next()) forecast.people_owing = owing.integer(0);
}

void read_replies(Tx& tx, CreditorId creditor, Forecast& forecast) {
  auto count = [&](store::Sql sql) {
    auto rows = tx.db.query(sql, {creditor});
    return rows.next() ? rows.integer(0) : 0;
  };
  forecast.replies = count(
      "SELECT COUNT(*) FROM conversation_message WHERE creditor_id = $1 AND direction = 'in'");
  forecast.stops = count("SELECT COUNT(*) FROM opt_out WHERE creditor_id = $1");
}

// Of `shares` that share the number's pace.
WorldOptions world_options_of(const ForecastOptions& options, uint64_t seed, size_t shares) {
  WorldOptions world{.seed = seed,
                     .start = Zone::of(options.creditor.zone).instant(options.from, 0),
                     .messages_per_second = kMessagesPerSecond,
                     .rules = options.rules};
  if (shares == 1) return world;
  world.quantum_ms = kCoarseQuantumMs;  // One moment stands for all of it, also to the platform.
  const auto pace =
      kMessagesPerSecond * kCoarseQuantumMs / kSecondMs / static_cast<int64_t>(shares);
  world.messages_per_second = static_cast<int>(std::max<int64_t>(1, pace));
  return world;
}

// One part in a world of its own, which is gone when this returns.
Result<Lived> live(const ForecastOptions& options, const WorldOptions& world_options,
                   const ImportFile& portfolio, const ImportFile* payments) {
  const Zone zone = Zone::of(options.creditor.zone);
  Creditor creditor = options.creditor;
  creditor.strategy = options.strategy.name;
  ASSIGN_OR_RETURN(auto world, World::create(world_options, creditor, options.templates,
                                             {{options.strategy.name, options.strategy}}));
  RETURN_IF_ERROR(load(*world, portfolio, options.numbers_confirmed_by));
  if (payments != nullptr) RETURN_IF_ERROR(load(*world, *payments, {}));

  Lived lived;
  RETURN_IF_ERROR(
      world->store().read([&](Tx& tx) { read_start(tx, creditor.id, lived.forecast); }));
  RETURN_IF_ERROR(world->populate(
      [](const store::DebtorForReview& row) { return temperament_of(row.behaviour); }));
  RETURN_IF_ERROR(world->run_until(zone.instant(options.from + options.days, 0)));
  RETURN_IF_ERROR(world->store().read([&](Tx& tx) {
    read_sends(tx, *world, lived);
    read_reasons(tx, creditor.id, lived.forecast);
    read_replies(tx, creditor.id, lived.forecast);
    read_collected(tx, creditor.id, lived);
  }));
  if (world_options.is_watched) (void)world->check();
  lived.forecast.promises = world->population().promises();
  lived.forecast.violations = world->oracle().violations();
  lived.forecast.trace_hash = world->trace().digest();
  return lived;
}

// All parts, on all processors; what comes out does not depend on how many there are.
Result<std::vector<Lived>> live_all(const ForecastOptions& options, const ImportFile& portfolio,
                                    const ImportFile* payments, Shards shards) {
  std::vector<Shard>& parts = shards.parts;
  std::vector<Result<Lived>> lives(parts.size(), Lived{});
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < parts.size(); i = next++) {
      const Shard shard = std::move(parts[i]);
      const ImportFile invoices{
          .mapping = portfolio.mapping, .bytes = shard.invoices, .decoded = {}};
      const ImportFile history{.mapping = payments == nullptr ? ImportMapping{} : payments->mapping,
                               .bytes = shard.payments,
                               .decoded = {}};
      // Each has luck of its own: the first people of all worlds have the same ids.
      const uint64_t seed = options.seed ^ (i * 0xD1B54A32D192ED03ULL);
      WorldOptions world = world_options_of(options, seed, shards.part_count);
      world.is_watched = i % kOneWatchedOf == 0;
      lives[i] = live(options, world, invoices, payments == nullptr ? nullptr : &history);
    }
  };
  {
    std::vector<std::jthread> others(
        std::min<size_t>(std::max(1U, std::thread::hardware_concurrency()), parts.size()) - 1);
    for (auto& other : others) other = std::jthread(work);
    work();
  }
  std::vector<Lived> all;
  for (auto& one : lives) {
    if (!one) return std::unexpected(one.error());
    all.push_back(*std::move(one));
  }
  return all;
}

void add_counts(std::map<std::string, int64_t>& sum, const std::map<std::string, int64_t>& counts) {
  for (const auto& [name, count] : counts) sum[name] += count;
}

void add_to(Lived& sum, const Lived& one) {
  Forecast& s = sum.forecast;
  const Forecast& f = one.forecast;
  for (const auto count :
       {&Forecast::people, &Forecast::people_owing, &Forecast::open_invoices, &Forecast::sends,
        &Forecast::cost_usd_micros, &Forecast::replies, &Forecast::promises, &Forecast::stops}) {
    s.*count += f.*count;
  }
  for (const auto counts :
       {&Forecast::open_minor, &Forecast::sends_by_day, &Forecast::reminders_by_day,
        &Forecast::thanks_by_day, &Forecast::sends_by_step, &Forecast::sends_by_template,
        &Forecast::refusals, &Forecast::silences}) {
    add_counts(s.*counts, f.*counts);
  }
  for (const auto& [currency, amount] : f.collected) {
    s.collected[currency].amount_minor += amount.amount_minor;
    s.collected[currency].payments += amount.payments;
  }
  for (const auto& [currency, squares] : one.squares) sum.squares[currency] += squares;
  for (const auto& [hour, count] : one.sends_by_hour) sum.sends_by_hour[hour] += count;
  s.violations.insert(s.violations.end(), f.violations.begin(), f.violations.end());
  s.trace_hash += f.trace_hash;
}

// The spread is that of the people: each could as well have been another of their kind (a bootstrap
// over people, in closed form).
void tell_spread(Lived& lived) {
  const double people = static_cast<double>(std::max<int64_t>(1, lived.forecast.people));
  for (auto& [currency, amount] : lived.forecast.collected) {
    const double total = static_cast<double>(amount.amount_minor);
    const double variance = std::max(0.0, lived.squares[currency] - total * total / people);
    const auto spread = static_cast<int64_t>(1.2816 * std::sqrt(variance));
    amount.low_minor = std::max<int64_t>(0, amount.amount_minor - spread);
    amount.high_minor = amount.amount_minor + spread;
  }
}

// From those who lived through the days to all of them: one of these stands for `times`. The spread
// among few grows with them, so that it holds what the choice of these few adds.
void extrapolate(Lived& lived, double times) {
  const auto grow = [times](int64_t& count) {
    count = std::llround(static_cast<double>(count) * times);
  };
  const auto grow_all = [&](std::map<std::string, int64_t>& counts) {
    int64_t sum = 0;
    for (auto& [name, count] : counts) {
      grow(count);
      sum += count;
    }
    return sum;
  };
  Forecast& f = lived.forecast;
  for (const auto count : {&f.people, &f.people_owing, &f.open_invoices, &f.cost_usd_micros,
                           &f.replies, &f.promises, &f.stops})
    grow(*count);
  for (const auto counts : {&f.open_minor, &f.reminders_by_day, &f.thanks_by_day, &f.sends_by_step,
                            &f.sends_by_template, &f.refusals, &f.silences})
    grow_all(*counts);
  f.sends = grow_all(f.sends_by_day);
  for (auto& [currency, amount] : f.collected) {
    for (const auto part :
         {&amount.amount_minor, &amount.low_minor, &amount.high_minor, &amount.payments})
      grow(*part);
  }
  for (auto& [hour, count] : lived.sends_by_hour) grow(count);
}

}  // namespace

Result<Forecast> forecast(const ForecastOptions& options, const ImportFile& portfolio,
                          const ImportFile* payments) {
  ASSIGN_OR_RETURN(auto shards, cut_into_shards(portfolio, payments,
                                                {.undivided_max = kUndividedPeopleMax,
                                                 .people_each = kPeopleAWorld,
                                                 .people_max = options.people_max}));
  const double times = static_cast<double>(shards.people) /
                       static_cast<double>(std::max<size_t>(1, shards.people_in_parts));
  Lived sum;
  if (shards.part_count == 1) {
    ASSIGN_OR_RETURN(
        sum, live(options, world_options_of(options, options.seed, 1), portfolio, payments));
  } else {
    ASSIGN_OR_RETURN(const auto lives, live_all(options, portfolio, payments, std::move(shards)));
    for (const auto& one : lives) add_to(sum, one);
    sum.forecast.trace_hash = hex(sha256(sum.forecast.trace_hash));
  }
  tell_spread(sum);
  sum.forecast.lived_people = sum.forecast.people;
  if (times > 1) extrapolate(sum, times);
  for (const auto& [hour, count] : sum.sends_by_hour)
    sum.forecast.peak_sends_an_hour = std::max(sum.forecast.peak_sends_an_hour, count);
  return std::move(sum.forecast);
}

}  // namespace puntual::sim
