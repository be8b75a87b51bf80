// puntual chat: what is piped in is a talk with the real engine, and the same each time.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

std::string talk(const std::string& lines, const std::string& who = "ana") {
  const auto ran = run({"chat", "--as", who}, lines);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return ran.out;
}

TEST(Chat, AnswersWhatIsAskedFromTheBooks) {
  const std::string out = talk("cuánto debo\n/paga\ncuánto debo\n");
  EXPECT_TRUE(out.contains("Hoy su saldo es de $")) << out;
  EXPECT_TRUE(out.contains("recibimos su pago")) << out;
  EXPECT_TRUE(out.contains("hoy no tiene ningún saldo")) << out;
}

TEST(Chat, AgreesByAButtonAndRemindsOfItAlone) {
  const std::string out = talk("no puedo pagar todo, me pueden dar cuotas?\n2\n/estado\n/dia 8\n");
  EXPECT_TRUE(out.contains("[2] Opción 2")) << out;
  EXPECT_TRUE(out.contains("Listo, quedó anotado: $")) << out;
  EXPECT_TRUE(out.contains("Los recordatorios descansan: Hay un acuerdo en curso")) << out;
  EXPECT_TRUE(out.contains("gracias por el acuerdo que hicimos")) << out;
}

TEST(Chat, IsSilentAfterAStopAndWhileAPersonIsWaitedFor) {
  const std::string stopped = talk("no me escriban más\nhola\n/dia 30\n/estado\n");
  EXPECT_TRUE(stopped.contains("No le enviaremos más mensajes")) << stopped;
  EXPECT_FALSE(stopped.contains("¿En qué le podemos ayudar?")) << stopped;
  EXPECT_TRUE(stopped.contains("Baja:")) << stopped;
  const std::string waits = talk("quiero hablar con una persona\ncuánto debo\n/estado\n");
  EXPECT_FALSE(waits.contains("Hoy su saldo")) << waits;
  EXPECT_TRUE(waits.contains("Espera a una persona del equipo: Pide hablar con una persona"))
      << waits;
}

TEST(Chat, IsTheSameEachTimeAndSaysWhatItDoesNotKnow) {
  const std::string lines = "hola\n/foto\nya pagué\n/quien nadie\n/dia x\n/mañana\n/salir\n";
  const std::string out = talk(lines);
  EXPECT_EQ(out, talk(lines));
  EXPECT_FALSE(out.contains("\x1b[")) << "no colours in a pipe";
  EXPECT_TRUE(out.contains("nadie se llama así")) << out;
  EXPECT_TRUE(out.contains("/dia x: se espera un número de días")) << out;
  EXPECT_EQ(run({"chat", "--as", "zzz"}, "").exit_code, 3);
}

}  // namespace
}  // namespace puntual::e2e
