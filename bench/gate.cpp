// The gate alone: N decisions about people with ten contacts in their history, in several
// countries, at different hours. What planning and dispatch pay for each message, twice. A second
// line, gate_text, is the same with a text of 300 characters to read.
#include "core/compliance/gate.h"

#include "base/random.h"
#include "bench.h"

namespace puntual::bench {
namespace {

constexpr size_t kHistory = 10;
constexpr size_t kPeople = 1000;

struct Person {
  std::string_view country;
  std::vector<Contact> history;
  Instant now;
};

std::vector<Person> people() {
  static constexpr std::string_view kCountries[] = {"CO", "MX", "PE", "CL"};
  const Instant monday = *parse_rfc3339("2026-11-23T00:00:00-05:00");
  SeededRandom random(1);
  std::vector<Person> all(kPeople);
  for (size_t i = 0; i < all.size(); ++i) {
    all[i].country = kCountries[i % std::size(kCountries)];
    all[i].now = monday + static_cast<int64_t>(random.below(7 * kDayMs));
    for (size_t j = 0; j < kHistory; ++j) {
      const bool inbound = random.chance_ppm(200'000);
      all[i].history.push_back(
          {.at = all[i].now -
                 static_cast<int64_t>((kHistory - j) * 3 * kDayMs + random.below(kDayMs)),
           .direction = inbound ? Direction::In : Direction::Out});
    }
  }
  return all;
}

// The seventh of what was asked for when there is a text to read: it takes that much longer.
void measure(std::string_view name, int64_t decisions, const std::vector<Person>& all,
             std::string_view text) {
  int64_t allowed = 0;
  const Stopwatch watch;
  for (int64_t i = 0; i < decisions; ++i) {
    const Person& person = all[static_cast<size_t>(i) % all.size()];
    ContactRequest request;
    request.jurisdiction = person.country;
    request.history = person.history;
    if (!text.empty()) request.text = text;
    request.ttl_seconds = 3600;
    allowed += compliance::decide(request, person.now).allowed ? 1 : 0;
  }
  const double seconds = watch.seconds();
  const double cpu_seconds = watch.cpu_seconds();
  require(allowed > 0 && allowed < decisions, "the gate gave one answer to all");
  say(fmt::format("{}: {:.0f} % were allowed", name,
                  100.0 * static_cast<double>(allowed) / static_cast<double>(decisions)));
  Figures(name, decisions).add_stretch(decisions, seconds, cpu_seconds).print();
}

int run(int argc, char** argv) {
  const int64_t decisions = size_of(argc, argv, 2'000'000);
  const auto all = people();
  const std::string text =
      "Hola, Ana. Le escribe Laura, de Colegio Ejemplo. Su factura F-1 por $ 150.000 venció el "
      "17/11/2026 y todavía "
      "aparece pendiente en nuestros registros. Puede pagarla en línea o en cualquiera de nuestras "
      "oficinas. "
      "Si ya pagó, muchas gracias y disculpe la molestia. Responda BAJA para no recibir más "
      "mensajes.";
  measure("gate_text", std::max<int64_t>(1, decisions / 7), all, text);
  measure("gate", decisions, all, {});
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
