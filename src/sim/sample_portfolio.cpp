#include "sim/sample_portfolio.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>

#include "base/random.h"
#include "sim/population.h"

namespace puntual::sim {
namespace {

constexpr std::string_view kWomen[] = {
    "María",  "Luz",     "Ana",   "Valentina", "Camila",   "Paola",   "Sofía",    "Daniela",
    "Ángela", "Mónica",  "Rocío", "Lucía",     "Gabriela", "Íngrid",  "Verónica", "Milagros",
    "Rosa",   "Yolanda", "Inés",  "Natalia",   "Carmen",   "Beatriz", "Adriana",  "Noemí"};
constexpr std::string_view kMen[] = {"José",      "Luis",   "Andrés", "Óscar",   "Iván",  "Julián",
                                     "Sebastián", "Martín", "Jesús",  "Álvaro",  "Édgar", "Ramón",
                                     "Nicolás",   "Simón",  "Hernán", "Joaquín", "Rubén", "Tomás",
                                     "Wílmer",    "Fabián", "Germán", "Raúl",    "César", "Mateo"};
constexpr std::string_view kSecond[] = {"",          "",          "",       "Fernanda", "Elena",
                                        "del Pilar", "Alejandra", "Isabel", "Patricia"};
constexpr std::string_view kSecondMen[] = {"",        "",       "",        "David",  "Alberto",
                                           "Enrique", "Felipe", "Eduardo", "Antonio"};
constexpr std::string_view kSurnamesCo[] = {
    "Gómez",   "Rodríguez", "Muñoz",     "Ñáñez",    "Cárdenas", "Ospina",  "Restrepo",
    "Peña",    "Güiza",     "Zapata",    "Pérez",    "Hincapié", "Vélez",   "Chacón",
    "Beltrán", "Londoño",   "Marín",     "Quintero", "Suárez",   "Acevedo", "Bermúdez",
    "Patiño",  "Forero",    "Echeverri", "Galvis",   "Nieto",    "Rincón",  "Villamizar"};
constexpr std::string_view kSurnamesPe[] = {
    "Quispe", "Mamani",   "Huamán",   "Flores",  "Ccahuana", "Condori",  "Chávez",
    "Ñahui",  "Yupanqui", "Palomino", "Rojas",   "Vásquez",  "Espinoza", "Paredes",
    "Ccori",  "Salazar",  "Núñez",    "Cáceres", "Apaza",    "Luján"};

struct Product {
  std::string_view name;
  int64_t least, most, step;  // Major units.
  int32_t share;              // In a hundred.
  int64_t cents = 0;
};
constexpr Product kProductsCo[] = {{"Internet hogar", 69'000, 129'000, 10'000, 38, 90'000},
                                   {"Colegiatura", 480'000, 1'250'000, 10'000, 22},
                                   {"Arriendo", 850'000, 2'400'000, 50'000, 16},
                                   {"Cuota de crédito", 180'000, 650'000, 1'000, 24}};
constexpr Product kProductsPe[] = {{"Internet hogar", 79, 149, 10, 38, 90},
                                   {"Pensión escolar", 350, 980, 10, 26},
                                   {"Alquiler", 900, 2'200, 50, 14},
                                   {"Cuota de crédito", 180, 650, 1, 22}};

// How a temperament has paid until now; the segments of the strategy come from it.
struct Past {
  std::string_view temperament;
  int32_t late_min, late_max, open_min, open_max;
};
constexpr Past kPasts[] = {{"punctual", -5, 1, 0, 0},   {"forgetful", 3, 7, 0, 1},
                           {"late_payer", 9, 28, 1, 2}, {"hardship", 25, 55, 2, 3},
                           {"silent", 20, 45, 2, 4},    {"talkative", -1, 9, 0, 2},
                           {"angry", 8, 30, 1, 2},      {"unreachable", 15, 40, 2, 4}};

template <size_t kCount>
std::string_view pick(SeededRandom& random, const std::string_view (&words)[kCount]) {
  return words[random.below(kCount)];
}

int32_t between(SeededRandom& random, int32_t least, int32_t most) {
  return least + static_cast<int32_t>(random.below(static_cast<uint64_t>(most - least + 1)));
}

std::string full_name(SeededRandom& random, bool peru) {
  const bool woman = random.below(2) == 0;
  const std::string_view second = woman ? pick(random, kSecond) : pick(random, kSecondMen);
  std::string name(woman ? pick(random, kWomen) : pick(random, kMen));
  if (!second.empty()) name += fmt::format(" {}", second);
  const std::string_view first_surname =
      peru ? pick(random, kSurnamesPe) : pick(random, kSurnamesCo);
  std::string_view second_surname = first_surname;
  while (second_surname == first_surname)
    second_surname = peru ? pick(random, kSurnamesPe) : pick(random, kSurnamesCo);
  return fmt::format("{} {} {}", name, first_surname, second_surname);
}

const Product& product_of(SeededRandom& random, bool peru) {
  const std::span<const Product> products =
      peru ? std::span<const Product>(kProductsPe) : std::span<const Product>(kProductsCo);
  auto ticket = static_cast<int32_t>(random.below(100));
  for (const auto& product : products) {
    if ((ticket -= product.share) < 0) return product;
  }
  return products.front();
}

Money amount_of(SeededRandom& random, const Product& product, bool peru) {
  const int64_t steps = (product.most - product.least) / product.step;
  const int64_t major =
      product.least +
      product.step * static_cast<int64_t>(random.below(static_cast<uint64_t>(steps + 1)));
  return {major * 100 + product.cents, Currency::of(peru ? "PEN" : "COP")};
}

std::string_view temperament_of_ticket(SeededRandom& random) {
  auto ticket = static_cast<int32_t>(random.below(100));
  for (const auto& [temperament, share] : known_temperaments()) {
    if ((ticket -= share) < 0) return temperament.name;
  }
  return known_temperaments().front().first.name;
}

void give_past(SeededRandom& random, SamplePerson& person) {
  const auto* past =
      std::ranges::find(kPasts, std::string_view(person.temperament), &Past::temperament);
  PUNTUAL_CHECK(past != std::end(kPasts));
  person.late_min = past->late_min;
  person.late_max = past->late_max;
  person.months_open = between(random, past->open_min, past->open_max);
  // One in eight is new: no bill has been settled yet.
  person.months_before = random.below(8) == 0 ? 0 : between(random, 2, 5);
}

// The due date of a month, counted from the one of `today`.
CivilDate due_on(const SamplePerson& person, CivilDate today, int32_t months) {
  const YearMonthDay ymd = ymd_of(today);
  const int32_t month = ymd.year * 12 + ymd.month - 1 + months;
  return date_of(month / 12, month % 12 + 1, person.due_day);
}

constexpr std::string_view kMonths[] = {"enero",      "febrero", "marzo",     "abril",
                                        "mayo",       "junio",   "julio",     "agosto",
                                        "septiembre", "octubre", "noviembre", "diciembre"};

std::string number_of(const SamplePerson& person, CivilDate due) {
  const YearMonthDay ymd = ymd_of(due);
  return fmt::format("{}-{}{:02}{:02}", person.country == "PE" ? "F" : "FE", person.code.substr(1),
                     ymd.year % 100, ymd.month);
}

std::string day_text(CivilDate date) {
  const YearMonthDay ymd = ymd_of(date);
  return fmt::format("{:02}/{:02}/{}", ymd.day, ymd.month, ymd.year);
}

// "1.250.000,00"
std::string money_text(int64_t minor) {
  std::string digits = std::to_string(minor / 100);
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<size_t>(at), 1, '.');
  return fmt::format("{},{:02}", digits, minor % 100);
}

constexpr std::string_view kInvoiceTitles =
    "Código cliente;Nombre;Documento;País;Celular;Factura;Concepto;Fecha emisión;Fecha "
    "vencimiento;Moneda;Valor;Saldo;"
    "Autorización;Fecha autorización;Verificado por\n";
constexpr std::string_view kPaymentTitles =
    "Recibo;Documento;Factura;Fecha pago;Valor pagado;Moneda;Medio de pago\n";
constexpr int32_t kIssuedDaysBefore = 20;

void append_invoice(std::string& csv, const SamplePerson& person, CivilDate due) {
  const std::string_view consent = person.has_consent ? "Contrato de servicio, cláusula 12" : "";
  fmt::format_to(std::back_inserter(csv), "{};{};{};{};{};{};{} de {};{};{};{};{};{};{};{};{}\n",
                 person.code, person.name, person.document, person.country, person.phone,
                 number_of(person, due), person.product, kMonths[ymd_of(due).month - 1],
                 day_text(due - kIssuedDaysBefore), day_text(due), person.amount.currency.code(),
                 money_text(person.amount.minor), money_text(person.amount.minor), consent,
                 person.has_consent ? "15/01/2026" : "",
                 person.is_number_proven ? "Contrato de servicio, cláusula 3" : "");
}

// Months since the current one whose bills are in the first file, the last one first: those due
// ahead, the open ones behind, and before them the settled ones.
struct Months {
  int32_t newest = 0;  // The last that falls due within kSampleDaysAhead.
  int32_t oldest_open = 0;
  int32_t oldest = 0;
};
Months months_of(const SamplePerson& person, CivilDate today) {
  Months months;
  months.newest = due_on(person, today, 1) - today <= kSampleDaysAhead ? 1 : 0;
  const int32_t first_past = due_on(person, today, 0) < today ? 0 : -1;
  // Nobody is in the file without owing anything.
  const bool has_ahead = months.newest > first_past;
  const int32_t open = std::max(person.months_open, has_ahead ? 0 : 1);
  months.oldest_open = first_past - open + 1;
  months.oldest = months.oldest_open - person.months_before;
  return months;
}

}  // namespace

std::vector<SamplePerson> sample_people(uint64_t seed, int32_t count) {
  SeededRandom random(seed ^ 0x50554E5455414CULL);
  std::vector<SamplePerson> people;
  std::set<std::string> names;
  for (int32_t i = 0; i < count; ++i) {
    const bool peru = i % 3 == 2;
    SamplePerson person;
    do {
      person.name = full_name(random, peru);
    } while (!names.insert(person.name).second);
    person.code = fmt::format("C{:04}", i + 1);
    person.country = peru ? "PE" : "CO";
    person.document = peru ? fmt::format("4{:07}", i + 1) : fmt::format("1000{:06}", i + 1);
    person.phone = peru ? fmt::format("+51900{:06}", i + 1) : fmt::format("+57300{:07}", i + 1);
    const Product& product = product_of(random, peru);
    person.product = product.name;
    person.amount = amount_of(random, product, peru);
    person.due_day = between(random, 1, 28);
    person.has_consent = random.below(25) != 0;
    person.is_number_proven = i % 12 != 7;
    person.temperament = temperament_of_ticket(random);
    give_past(random, person);
    people.push_back(std::move(person));
  }
  return people;
}

std::string sample_invoices_csv(const std::vector<SamplePerson>& people, CivilDate today) {
  std::string csv(kInvoiceTitles);
  for (const auto& person : people) {
    const Months months = months_of(person, today);
    for (int32_t month = months.oldest; month <= months.newest; ++month)
      append_invoice(csv, person, due_on(person, today, month));
  }
  return csv;
}

std::string sample_payments_csv(const std::vector<SamplePerson>& people, uint64_t seed,
                                CivilDate today) {
  SeededRandom random(seed ^ 0x5041474F53ULL);
  std::string csv(kPaymentTitles);
  int32_t receipt = 0;
  for (const auto& person : people) {
    const Months months = months_of(person, today);
    for (int32_t month = months.oldest; month < months.oldest_open; ++month) {
      const CivilDate due = due_on(person, today, month);
      // History ends some days before the story: nobody is thanked for it any more.
      const CivilDate paid =
          std::min(due + between(random, person.late_min, person.late_max), today - 5);
      fmt::format_to(std::back_inserter(csv), "R{:05};{};{};{};{};{};{}\n", ++receipt,
                     person.document, number_of(person, due), day_text(paid),
                     money_text(person.amount.minor), person.amount.currency.code(),
                     person.country == "PE" ? "Yape" : "PSE");
    }
  }
  return csv;
}

std::string sample_new_invoices_csv(const std::vector<SamplePerson>& people, CivilDate first,
                                    CivilDate last) {
  std::string csv(kInvoiceTitles);
  for (const auto& person : people) {
    for (int32_t month = 0; month <= 1; ++month) {
      const CivilDate due = due_on(person, first, month);
      if (due >= first && due <= last) append_invoice(csv, person, due);
    }
  }
  return csv;
}

}  // namespace puntual::sim
