// What it takes to read a message: N readings of messages as people write them, dates and sums
// included. A second line, understand_model, is the model alone, its features made.
#include "core/conversation/understand.h"

#include "bench.h"
#include "core/conversation/intent_model.h"

namespace puntual::bench {
namespace {

constexpr std::string_view kMessages[] = {
    "el viernes te pago la mitad porfa",
    "ya pagué, y no me escriban más",
    "Buenas tardes señorita, ¿me puede enviar la factura al correo?",
    "no tengo plata ahorita, me quedé sin trabajo",
    "cuanto debo",
    "número equivocado",
    "me pueden dar 3 cuotas de 100 mil?",
    "oi, fiz o pix hoje cedo",
    "gracias",
    "quiero hablar con un asesor, esto es un abuso",
    "soy la esposa, él está trabajando y vuelve el sábado; yo le digo",
    "si señora, el 30 sin falta le consigno 200 mil y el otro mes el resto"};

int run(int argc, char** argv) {
  const int64_t readings = size_of(argc, argv, 50'000);
  std::vector<std::vector<uint32_t>> features;
  for (const auto text : kMessages)
    features.push_back(conversation::intent_features(text, conversation::ask_rules(text)));
  float sum = 0;
  const Stopwatch model_watch;
  for (int64_t i = 0; i < readings; ++i)
    sum += conversation::probabilities(conversation::intent_model(),
                                       features[static_cast<size_t>(i) % std::size(kMessages)])[0];
  require(sum > 0, "the model said nothing");
  Figures("understand_model", readings)
      .add_stretch(readings, model_watch.seconds(), model_watch.cpu_seconds())
      .print();
  int64_t acted = 0;
  const Stopwatch watch;
  for (int64_t i = 0; i < readings; ++i) {
    const Reading reading =
        conversation::understand({.text = kMessages[static_cast<size_t>(i) % std::size(kMessages)],
                                  .today = date_of(2026, 11, 24),
                                  .locale = "es_CO",
                                  .currency = "COP",
                                  .balance_minor = 24'000'000});
    acted += reading.decision == ReadingDecision::Act;
  }
  const double seconds = watch.seconds(), cpu_seconds = watch.cpu_seconds();
  require(acted > 0 && acted < readings, "all messages were read alike");
  say(fmt::format("{:.1f} µs of a processor a message",
                  cpu_seconds * 1e6 / static_cast<double>(readings)));
  Figures("understand", readings).add_stretch(readings, seconds, cpu_seconds).print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
