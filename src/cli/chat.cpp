// puntual chat: talk with the house as one of its debtors, in memory and on a clock that you move.
//
// What answers is the engine of `serve` on its real SQL; only the platform is the model of it. The
// same lines give the same talk.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iostream>

#include "app/input_file.h"
#include "app/words.h"
#include "base/embedded.h"
#include "base/locale.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/demo/play.h"
#include "engine/agreements.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"
#include "sim/arrival.h"

namespace puntual::cli {
namespace {

constexpr int32_t kOpensAtMs = static_cast<int32_t>(5 * kHourMs),
                  kTalkFromMs = static_cast<int32_t>(9 * kHourMs);
constexpr int32_t kChatPeople = 300;
const CivilDate kFirstDay = date_of(2000, 1, 1),
                kLastDay = date_of(2099, 12, 31);  // Of files: 1990 to 2100.
constexpr std::string_view kChatStrategy = "strategies/estandar.toml";
// Nobody is written to here: rows that name no proof of theirs are taken as with `import
// --consent`, or no reminder would ever leave.
constexpr std::string_view kConsent = "puntual chat";
constexpr std::string_view kHelp =
    "  Escriba como en WhatsApp; un número es el botón de esa posición.\n"
    "  /foto [TEXTO]  manda la foto de un comprobante     /voz            manda una nota de voz\n"
    "  /paga [MONTO]  paga eso, o todo                    /mañana         pasa al día siguiente a "
    "las 9:00\n"
    "  /dia N         pasan N días                        /hora 14:00     pasa a la próxima vez "
    "que sea esa hora\n"
    "  /estado        qué está abierto, y por qué         /quien [NOMBRE] quién es usted; o pase a "
    "ser otra persona\n"
    "  /salir\n";

struct ChatOptions {
  std::string portfolio;  // Bytes of a file; empty: the people of the demo.
  std::string country;
  CivilDate from;
  uint64_t seed = 1;
  bool is_familiar = false;
};

class Chat {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Chat>> open(const ChatOptions& options) {
    std::unique_ptr<Chat> chat(new Chat);
    Creditor creditor = demo::creditor_of_demo();
    const auto toml = embedded_file(kChatStrategy);
    PUNTUAL_CHECK(toml.has_value());
    ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(*toml, kChatStrategy));
    ASSIGN_OR_RETURN(TemplateCatalog templates,
                     TemplateCatalog::built_in(creditor.payment_link_base));
    const Zone zone = Zone::of(creditor.zone);
    const sim::WorldOptions world{.seed = options.seed,
                                  .start = zone.instant(options.from, kOpensAtMs),
                                  .people_act = false,
                                  .is_familiar = options.is_familiar,
                                  .listener = {}};
    ASSIGN_OR_RETURN(chat->world_, sim::World::create(world, creditor, std::move(templates),
                                                      {{strategy.name, strategy}}));
    RETURN_IF_ERROR(chat->import(options));
    RETURN_IF_ERROR(chat->world_->run_until(zone.instant(options.from, kTalkFromMs)));
    return chat;
  }

  // By a part of the name, the document, the phone or an invoice. Empty: whoever has heard from the
  // house this morning.
  Result<void> become(const std::string& who) {
    ASSIGN_OR_RETURN(const DebtorId id, who.empty() ? somebody_written_to() : find(who));
    id_ = id;
    seen_ = 0;
    ASSIGN_OR_RETURN(const auto debtor,
                     store().read([&](Tx& tx) { return tx.debtors.find(creditor().id, id_); }));
    if (!debtor) return fail(ErrorCode::NotFound, "nobody is '{}'", who);
    debtor_ = *debtor;
    zone_ = engine::home_zone(debtor_, creditor());
    return {};
  }

  // False: that was the end.
  Result<bool> hear(const std::string& line) {
    if (line.starts_with('/')) return command(line);
    if (const auto* button = pressed(line)) {
      RETURN_IF_ERROR(world_->say(id_, button->title, button->payload,
                                  last_.is_interactive ? "interactive" : "button"));
    } else {
      RETURN_IF_ERROR(world_->say(id_, line));
    }
    RETURN_IF_ERROR(let_answer());
    return true;
  }

  // What has arrived since, each message under the moment at which it came.
  Result<void> show_arrived() {
    ASSIGN_OR_RETURN(auto messages,
                     store().read([&](Tx& tx) { return tx.outbox.of_debtor(creditor().id, id_); }));
    std::erase_if(messages, [&](const OutboxMessage& one) {
      return one.id.value <= seen_ || !may_have_left(one.state) || !one.in_flight_at;
    });
    std::ranges::sort(messages, {}, [](const OutboxMessage& one) {
      return std::pair(*one.in_flight_at, one.id);
    });
    for (const auto& message : messages) {
      last_ = sim::arrival_of(message, world_->desk().templates);
      seen_ = std::max(seen_, message.id.value);
      fmt::print("{} {}\n", faint(moment_text(*message.in_flight_at, zone_)),
                 strong(creditor().name + ":"));
      fmt::print("  {}{}\n", message.kind == "document" ? "[PDF] " : "",
                 for_terminal(last_.text, "  "));
      for (size_t i = 0; i < last_.buttons.size(); ++i)
        fmt::print("  [{}] {}\n", i + 1, for_terminal(last_.buttons[i].title));
    }
    std::fflush(stdout);
    return {};
  }

  Result<void> show_person() {
    ASSIGN_OR_RETURN(const auto open,
                     store().read([&](Tx& tx) { return tx.invoices.open_of(creditor().id, id_); }));
    fmt::print("{}, {}\n", strong(for_terminal(debtor_.name)), debtor_.phone);
    for (const auto& invoice : open) {
      fmt::print("  {} {}: {}{}\n", for_terminal(invoice.number), for_terminal(invoice.product),
                 format_money(invoice.balance(), engine::locale_of(debtor_, creditor())),
                 invoice.due_on ? ", vence el " + day_text(*invoice.due_on) : "");
    }
    if (open.empty()) fmt::print("  No debe nada.\n");
    return {};
  }

  [[nodiscard]] std::string prompt() const {
    return fmt::format("{} {} ", faint(moment_text(world_->now(), zone_)),
                       strong(for_terminal(first_name(debtor_.name)) + ">"));
  }

 private:
  Chat() = default;

  [[nodiscard]] Store& store() { return world_->store(); }
  [[nodiscard]] const Creditor& creditor() const { return world_->creditor(); }
  [[nodiscard]] std::string strong(const std::string& text) const {
    return has_colours_ ? "\x1b[1m" + text + "\x1b[0m" : text;
  }
  [[nodiscard]] std::string faint(const std::string& text) const {
    return has_colours_ ? "\x1b[2m" + text + "\x1b[0m" : text;
  }

  Result<void> import(const ChatOptions& options) {
    const auto load = [&](const std::string& bytes, FileKind kind) -> Result<void> {
      ASSIGN_OR_RETURN(const ImportFile file,
                       portfolio::open_import(bytes, {.kind = kind, .country = options.country}));
      ASSIGN_OR_RETURN(
          const ImportReport report,
          engine::import_file(
              world_->store(), world_->desk(), creditor(), file,
              {.consent_instrument = std::string(kConsent), .consent_on = {}, .confirmed_by = {}},
              world_->now()));
      if (report.rejected > 0)
        fmt::print(stderr, "{} filas no se entendieron:\n{}\n", report.rejected, report.rejects);
      return {};
    };
    if (!options.portfolio.empty()) return load(options.portfolio, FileKind::Portfolio);
    const auto people = sim::sample_people(options.seed, kChatPeople);
    RETURN_IF_ERROR(load(sim::sample_invoices_csv(people, options.from), FileKind::Portfolio));
    return load(sim::sample_payments_csv(people, options.seed, options.from), FileKind::Payments);
  }

  Result<DebtorId> somebody_written_to() {
    return store().read([&](Tx& tx) -> Result<DebtorId> {
      const auto all = tx.debtors.all(creditor().id);
      for (const auto id : all) {
        const auto messages = tx.outbox.of_debtor(creditor().id, id);
        if (std::ranges::any_of(messages,
                                [](const OutboxMessage& one) { return may_have_left(one.state); }))
          return id;
      }
      if (all.empty()) return fail(ErrorCode::NotFound, "the portfolio has nobody to talk as");
      return all.front();
    });
  }

  // Names are matched from the beginning of a word; who owes comes first.
  Result<DebtorId> find(const std::string& who) {
    return store().read([&](Tx& tx) -> Result<DebtorId> {
      const std::string wanted = " " + fold_text(who);
      std::optional<DebtorId> found;
      for (const auto id : tx.debtors.all(creditor().id)) {
        const auto one = tx.debtors.find(creditor().id, id);
        if (!one || !(" " + fold_text(one->name)).contains(wanted)) continue;
        if (!tx.invoices.open_of(creditor().id, id).empty()) return id;
        if (!found) found = id;
      }
      if (found) return *found;
      const auto topic = engine::find_subject(tx, creditor(), who);
      if (!topic)
        return fail(ErrorCode::NotFound,
                    "'{}': nadie se llama así, ni es documento, teléfono o factura de alguien",
                    who);
      return *topic;
    });
  }

  // A number, if the last message has so many buttons.
  [[nodiscard]] const sim::ReplyButton* pressed(std::string_view line) const {
    size_t number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    const bool is_one = error == std::errc{} && end == line.data() + line.size() && number >= 1 &&
                        number <= last_.buttons.size();
    return is_one ? &last_.buttons[number - 1] : nullptr;
  }

  Result<void> let_answer() {
    RETURN_IF_ERROR(world_->turn());
    return world_->run_until(world_->now() + kMinuteMs);
  }

  Result<bool> command(const std::string& line) {
    const size_t blank = std::min(line.find(' '), line.size());
    const std::string verb = fold_text(line.substr(0, blank)),
                      rest = line.substr(std::min(blank + 1, line.size()));
    if (verb == "/salir") return false;
    if (verb == "/quien") {
      if (!rest.empty()) RETURN_IF_ERROR(become(rest));
      RETURN_IF_ERROR(show_person());
    } else if (verb == "/estado") {
      RETURN_IF_ERROR(show_state());
    } else if (verb == "/foto" || verb == "/voz") {
      RETURN_IF_ERROR(world_->say(id_, rest, {}, verb == "/foto" ? "image" : "audio"));
      RETURN_IF_ERROR(let_answer());
    } else if (verb == "/paga") {
      RETURN_IF_ERROR(pay(rest));
    } else if (verb == "/manana" || verb == "/dia" || verb == "/hora") {
      RETURN_IF_ERROR(move_clock(verb, rest));
    } else {
      fmt::print("{}", kHelp);
    }
    return true;
  }

  Result<void> move_clock(std::string_view verb, std::string_view rest) {
    const LocalTime now = zone_.local(world_->now());
    if (verb == "/manana") return world_->run_until(zone_.instant(now.date + 1, kTalkFromMs));
    int32_t first = 0, minutes = 0;
    const auto* const end = rest.data() + rest.size();
    const auto [colon, error] = std::from_chars(rest.data(), end, first);
    if (colon < end && *colon == ':') std::from_chars(colon + 1, end, minutes);
    if (error != std::errc{} || first < 0 || minutes < 0 || minutes > 59 ||
        first > (verb == "/dia" ? 366 : 23)) {
      return fail(ErrorCode::Invalid, "{} {}: se espera un número de días, o una hora como 14:00",
                  verb, rest);
    }
    if (verb == "/dia") return world_->run_until(zone_.instant(now.date + first, now.ms_of_day));
    const auto wanted = static_cast<int32_t>(first * kHourMs + minutes * kMinuteMs);
    return world_->run_until(zone_.instant(now.date + (wanted <= now.ms_of_day ? 1 : 0), wanted));
  }

  // In whole units: "50000", "50.000".
  Result<void> pay(std::string amount) {
    ASSIGN_OR_RETURN(const auto open,
                     store().read([&](Tx& tx) { return tx.invoices.open_of(creditor().id, id_); }));
    if (open.empty()) return fail(ErrorCode::Invalid, "no debe nada");
    Money paid{0, open.front().amount.currency};
    for (const auto& invoice : open) paid.minor += invoice.balance_minor;
    std::erase(amount, '.');
    if (!amount.empty()) {
      const auto [end, error] =
          std::from_chars(amount.data(), amount.data() + amount.size(), paid.minor);
      if (error != std::errc{} || end != amount.data() + amount.size() || paid.minor <= 0 ||
          paid.minor > 1'000'000'000) {
        return fail(ErrorCode::Invalid, "/paga {}: se espera un monto como 50000", amount);
      }
      paid.minor *= paid.currency.minor_per_major();
    }
    RETURN_IF_ERROR(world_->pay({.source = "chat",
                                 .source_id = std::to_string(++payments_),
                                 .reference = open.front().number,
                                 .debtor_id = id_,
                                 .amount = paid,
                                 .method = "PSE",
                                 .paid_on = zone_.local(world_->now()).date,
                                 .paid_at = world_->now()}));
    fmt::print("  {}\n",
               faint("(pagó " + format_money(paid, engine::locale_of(debtor_, creditor())) + ")"));
    return let_answer();
  }

  Result<void> show_state() {
    return store().read([&](Tx& tx) -> Result<void> {
      const Instant now = world_->now();
      ASSIGN_OR_RETURN(
          const Explanation known,
          engine::explain(tx, creditor(), {.debtor = id_, .invoice = {}, .message = {}}, now,
                          world_->desk().law));
      const auto line = [&](const std::string& title, const std::string& what) {
        fmt::print("  {} {}\n", strong(title + ":"), what);
      };
      const auto until = [&](std::optional<Instant> at) {
        return at && *at > now ? fmt::format(" Hasta el {}.", moment_text(*at, zone_))
                               : std::string();
      };
      const auto heard =
          std::find_if(known.events.rbegin(), known.events.rend(),
                       [](const TimelineEvent& one) { return one.kind == "understood"; });
      if (heard != known.events.rend()) line("Lo último se entendió así", heard->detail);
      for (const auto& stop : known.opt_outs) {
        if (!stop.lifted_at)
          line("Baja",
               fmt::format("{}, el {}", value_es(stop.through), moment_text(stop.at, zone_)));
      }
      if (!known.unfit.empty()) line("El número", reason_es(known.unfit));
      for (const auto& rest : tx.suspensions.active(creditor().id, id_, now))
        line("Los recordatorios descansan", reason_es(code_of(rest.kind)) + until(rest.until));
      if (const auto agreement = tx.agreements.active_of(creditor().id, id_)) {
        for (const auto& one : agreement->instalments) {
          line("Acordado", fmt::format("{} el {}",
                                       format_money({one.amount_minor, agreement->total.currency},
                                                    engine::locale_of(debtor_, creditor())),
                                       day_text(one.due_on)));
        }
      }
      for (const auto& task : tx.tasks.of_debtor(creditor().id, id_)) {
        if (!task.closed_at) line("Espera a una persona del equipo", for_terminal(task.summary));
      }
      const bool is_over = std::ranges::any_of(known.decision_now.reasons, [](Reason one) {
        return one == Reason::OptOutAll || one == Reason::OptOutChannel || one == Reason::Deceased;
      });
      if (is_over)
        line("El siguiente recordatorio",
             known.is_stop_in_doubt() ? "ninguno, hasta que alguien lo mire." : "ninguno.");
      else if (!known.silence.empty())
        line("El siguiente recordatorio", reason_es(known.silence) + until(known.silent_until));
      else if (known.next_review_at)
        line("El siguiente recordatorio",
             fmt::format("se decide el {}.", moment_text(*known.next_review_at, zone_)));
      return {};
    });
  }

  std::unique_ptr<sim::World> world_;
  DebtorId id_;
  Debtor debtor_;
  Zone zone_ = Zone::utc();
  sim::Arrival last_;
  int64_t seen_ = 0;  // The newest message that was shown.
  int64_t payments_ = 0;
  bool has_colours_ = ::isatty(STDOUT_FILENO) == 1;
};

Result<int> run_chat(const Arguments& arguments) {
  ChatOptions options{.portfolio = {}, .country = arguments.text("--country"), .from = {}};
  if (arguments.has("--portfolio")) {
    ASSIGN_OR_RETURN(options.portfolio, read_table(arguments.text("--portfolio")));
  }
  ASSIGN_OR_RETURN(options.from, parse_date(arguments.text("--from")));
  if (options.from < kFirstDay || options.from > kLastDay) {
    fmt::print(stderr, "puntual: --from {}: expected a day from {} to {}\n",
               format_date(options.from), format_date(kFirstDay), format_date(kLastDay));
    return kUsage;
  }
  ASSIGN_OR_RETURN(const int64_t seed, arguments.number("--seed"));
  options.seed = static_cast<uint64_t>(seed);
  options.is_familiar = arguments.has("--familiar");
  ASSIGN_OR_RETURN(const auto chat, Chat::open(options));
  RETURN_IF_ERROR(chat->become(arguments.text("--as")));
  RETURN_IF_ERROR(chat->show_person());
  RETURN_IF_ERROR(chat->show_arrived());
  const bool is_typed = ::isatty(STDIN_FILENO) == 1;
  if (is_typed) fmt::print("{}", kHelp);
  std::string line;
  for (;;) {
    fmt::print("{}", chat->prompt());
    std::fflush(stdout);
    if (!std::getline(std::cin, line)) break;
    if (!is_typed)
      fmt::print("{}\n", for_terminal(line));  // So that what was piped in reads as a talk.
    if (line.empty()) continue;
    const auto goes_on = chat->hear(line);
    if (!goes_on && goes_on.error().code != ErrorCode::Invalid &&
        goes_on.error().code != ErrorCode::NotFound)
      return std::unexpected(goes_on.error());
    if (!goes_on)
      fmt::print("  {}\n", goes_on.error().message);
    else if (!*goes_on)
      return kOk;
    RETURN_IF_ERROR(chat->show_arrived());
  }
  fmt::print("\n");
  return kOk;
}

}  // namespace

Command chat_command() {
  return {
      .name = "chat",
      .summary =
          "Talk with it in the terminal as one of the debtors of the demo, on a clock that you "
          "move",
      .options = {{"--as", "NAME",
                   "Who you are: a part of a name, a document, a phone, an invoice; somebody who "
                   "was written to when left out"},
                  {"--portfolio", "FILE", "Invoices, as for import, instead of the demo's people"},
                  {"--country", "CC", "Where the people of that file are", false, "CO"},
                  {"--from", "YYYY-MM-DD", "The day it is", false, "2026-11-23"},
                  {"--familiar", "", "As with treatment = \"tu\""},
                  {"--seed", "S", "The same seed makes the same people", false, "1"}},
      .examples =
          "  puntual chat\n  puntual chat --as ana\n  printf 'hola\\ncuánto debo\\n/estado\\n' | "
          "puntual chat --as ana\n",
      .run = run_chat};
}

}  // namespace puntual::cli
