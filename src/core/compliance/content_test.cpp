// Labelled texts: what reads as a threat, and above all what does not. The label names every
// finding that refuses; identity, statement and way out have their own tests.
#include "core/compliance/content.h"

#include <gtest/gtest.h>

namespace puntual::compliance {
namespace {

struct Labelled {
  std::string_view text;
  std::string_view label;  // "", or some of: threat court register ads third reason, then demand.
};

std::string label_of(const TextFindings& found) {
  std::string label;
  const auto add = [&](bool is, std::string_view name) {
    if (is) label += (label.empty() ? "" : " ") + std::string(name);
  };
  add(found.threat, "threat");
  add(found.court, "court");
  add(found.credit_register, "register");
  add(found.advertising, "ads");
  add(found.third_party, "third");
  add(found.reason_question, "reason");
  return label;
}

constexpr Labelled kTexts[] = {
    // Warm reminders, as the house writes them.
    {"Hola Ana, soy Laura del Colegio San Marcos. Te escribo para recordarte que la pensión de "
     "noviembre vence el viernes 27. ¡Que tengas un lindo día!",
     ""},
    {"Buenos días, don Carlos. Le saluda Mariela, de Aguas del Valle. Su recibo de octubre por $ "
     "54.300 está pendiente desde el 12. Si ya pagó, haga caso omiso de este mensaje.",
     ""},
    {"Hola, Pedro 👋 Somos Internet Hogar. Tu factura F-1020 por S/ 89,90 venció ayer. Puedes "
     "pagarla aquí: https://pagos.example.com/x1",
     ""},
    {"¿Cómo estás, Rosa? Sabemos que a veces el mes se complica. Si necesitas más plazo, cuéntanos "
     "y buscamos juntos una alternativa.",
     ""},
    {"Sin embargo, todavía no vemos tu pago. ¿Nos ayudas con el comprobante si ya lo hiciste?", ""},
    {"Te escribimos porque no hemos recibido el pago de la cuota 4. Puede ser un olvido: aquí "
     "tienes el enlace.",
     ""},
    {"Gracias por tu pago de $ 120.000. Te queda un saldo de $ 60.000 que vence el 15 de "
     "diciembre.",
     ""},
    {"¡Listo, Julián! Recibimos tu pago. Gracias por estar al día.", ""},
    {"Si quiere, podemos dividir la deuda en tres partes. ¿Le serviría?", ""},
    {"Le ofrecemos un descuento del 20 % sobre los intereses si paga antes del 30.", ""},
    {"Por alta demanda, nuestras líneas están ocupadas; por aquí le respondemos con gusto.", ""},
    {"La pensión de tu hijo Mateo vence mañana. Puedes contactarnos para cualquier duda.", ""},
    {"Llámanos si tú o tu esposo tienen preguntas: 601 555 0100.", ""},
    {"Hoy vence tu plan de pagos: tercera cuota de $ 80.000.", ""},
    {"Hola, María. ¿Hablo con María Pérez? Soy el asistente virtual de Créditos La Esperanza.", ""},
    {"Para evitar la suspensión del servicio, puede pagar hasta el jueves en cualquier sucursal.",
     ""},
    {"Este es un mensaje automático de Cobranzas Amables en nombre de Colegio San Marcos.", ""},
    {"Si no desea recibir más mensajes, responda BAJA.", ""},
    {"Ponte al día y olvídate del tema. Estamos para ayudarte.", ""},
    {"Nos avisas cuando hayas pagado y con gusto te enviamos el recibo.", ""},
    {"Su cuota incluye el interés de mora legal de la ley, calculado al 21 de noviembre.", ""},
    {"La empresa de su casa de siempre, Gas del Sur, le agradece su puntualidad.", ""},
    {"Olá Ana, aqui é a Laura da Escola São Marcos. Sua mensalidade vence amanhã. Qualquer dúvida, "
     "é só responder.",
     ""},
    {"Olá João, recebemos seu pagamento. Obrigado!", ""},
    {"Puede pagar con PSE, en efectivo o por transferencia. ¿Cuál le queda mejor?", ""},
    {"Su acuerdo quedó así: dos cuotas de $ 50.000, el 5 y el 20 de diciembre.", ""},
    {"Conozca su saldo escribiendo SALDO. Conozca sus alternativas de pago escribiendo OPCIONES.",
     ""},
    {"Este mensaje no constituye un procedimiento judicial ni una acción contra sus bienes.", ""},
    {"Le informamos que esta gestión no es un juicio ni busca el embargo de sus bienes.", ""},
    {"Aprovechamos para agradecerle su confianza.", ""},
    // Threats.
    {"Si no paga hoy, vamos a embargar su salario.", "threat court"},
    {"Pague hoy o lo embargamos.", "threat court"},
    {"Pague hoy o le embargan el sueldo", "threat court"},
    {"Mañana le embargamos la moto.", "threat court"},
    {"Si no paga van a embargarle la casa; sin embargo, puede pagar hoy.", "threat court"},
    {"Vamos penhorar o seu carro.", "threat court"},
    {"Sin embargo, puede pagar cuando quiera.", ""},
    // Pressure without a threatening word.
    {"Mañana pasará un asesor por su casa a cobrarle.", "threat"},
    {"Programamos una visita a su domicilio para el jueves.", "threat"},
    {"Si no paga, el niño no podrá presentar los exámenes.", "threat"},
    {"No entregaremos las notas hasta que esté al día.", "threat"},
    {"Retendremos el boletín de calificaciones.", "threat"},
    {"Si no paga habrá consecuencias.", "threat"},
    {"Este es el último aviso antes de proceso.", "threat"},
    {"Cortaremos el servicio mañana.", "threat"},
    {"En 24 horas le suspenderemos la línea.", "threat"},
    {"Su internet será suspendido hoy.", "threat"},
    {"Pague hoy antes de las 6.", "threat"},
    {"Debe pagar su cuota hoy antes de las 18:00.", "threat"},
    {"Amanhã um agente irá à sua casa.", "threat"},
    {"Cortaremos a luz amanhã.", "threat"},
    {"Pague hoje até as 18h.", "threat"},
    // What only looks like it.
    {"El técnico irá a su casa el lunes a revisar el módem.", ""},
    {"No le cortaremos el servicio mañana: tiene plazo hasta el 30.", ""},
    {"Su cuota vence hoy. Puede pagar hasta las 6 p. m. en cualquier punto.", ""},
    {"Si no paga antes del 30 de noviembre, el servicio se suspende según su contrato; puede pagar "
     "por partes.",
     ""},
    {"La fecha de corte es hoy; su próxima factura llega mañana.", ""},
    {"Este es el último recordatorio que le enviamos por este medio.", ""},
    {"Las notas de crédito de noviembre ya están en su estado de cuenta.", ""},
    {"Última advertencia: atente a las consecuencias.", "threat"},
    {"Tomaremos medidas si usted sigue sin responder.", "threat"},
    {"Sabemos dónde vives y dónde trabajas.", "threat"},
    {"Iremos a buscarlo a su domicilio con nuestros cobradores.", "threat"},
    {"Usted es un MOROSO y un sinvergüenza.", "threat"},
    {"Vas a perder tu casa por no pagar.", "threat"},
    {"Publicaremos su foto en redes sociales para que todos sepan.", "threat third"},
    {"Pague o lo denunciamos a la policía; puede terminar en la cárcel.", "threat"},
    {"Vas a arrepentirte. Te conviene pagar por las buenas.", "threat"},
    {"Iniciaremos acciones legales en su contra.", "threat court"},
    {"Faça o pagamento ou vamos penhorar seus bens.", "threat court"},
    {"Nos veremos obligados a proceder.", "threat"},
    {"Podemos querellarnos en su contra.", "threat"},
    {"Presentaremos una querella.", "threat court"},
    // Papers that look judicial.
    {"NOTIFICACIÓN JUDICIAL: se le cita a comparecer ante el juzgado tercero civil.", "court"},
    {"Su caso pasará a nuestros abogados esta semana.", "court"},
    {"Orden de pago emitida por el tribunal.", "court"},
    {"Su obligación entrará en etapa prejurídica.", "court"},
    {"Le llegará una demanda ejecutiva.", "court"},
    {"Todavía no es un procedimiento judicial, pero lo será mañana.", "court"},
    {"Seu débito será enviado a protesto em cartório.", "court"},
    // Credit registers.
    {"Evite el reporte negativo en DataCrédito.", "register"},
    {"Su nombre será reportado a las centrales de riesgo.", "register"},
    {"Cuida tu historial crediticio: no aparezcas en Infocorp.", "register"},
    {"Estás a punto de entrar a DICOM.", "register"},
    {"Evita afectar tu Buró de Crédito.", "register"},
    {"Seu nome será negativado no Serasa.", "register"},
    {"Lo incluiremos en el registro de morosos.", "register"},
    {"Quedará con antecedentes comerciales.", "register"},
    // Advertising.
    {"¡Promoción de fin de año! Renueva tu plan con el doble de megas.", "ads"},
    {"Paga tu factura y participa en el sorteo de una moto.", "ads"},
    {"Tienes un crédito preaprobado de hasta $ 5.000.000.", "ads"},
    {"Descubre nuestros nuevos planes de internet.", "ads"},
    {"Aprovecha nuestras ofertas del Black Friday.", "ads"},
    {"Compre ya su nuevo celular a cuotas.", "ads"},
    // Third parties.
    {"Si no responde, llamaremos a su jefe.", "third"},
    {"Vamos a informar a tus familiares de la deuda.", "third"},
    {"Dígale a su esposa que pague la deuda.", "third"},
    {"Sus referencias serán contactadas.", "third"},
    {"Contactaremos a sus vecinos y compañeros de trabajo.", "third"},
    {"Avisaremos a tu empleador que no has cumplido.", "third"},
    // Asking for reasons.
    {"¿Por qué no ha pagado su cuota?", "reason"},
    {"¿Cuál es el motivo de su atraso?", "reason"},
    {"Cuéntenos por qué no pagó.", "reason"},
    {"¿Qué pasó con tu pago de octubre?", "reason"},
    {"Explíquenos la razón del incumplimiento.", "reason"},
    {"¿A qué se debe el retraso?", "reason"},
    // From texts that an earlier list did not see.
    {"Si no cancela hoy su caso será remitido al departamento legal.", "court"},
    {"Paga y llévate un bono de regalo para tu próxima compra.", "ads"},
    {"¿Cuál es la razón por la que no ha realizado el pago?", "reason"},
    {"No se esconda, sabemos su dirección.", "threat"},
    {"Su historial en centrales se verá afectado.", "register"},
    {"Perderás todo lo que tienes.", "threat"},
    {"Recibimos tu reclamo y lo estamos revisando; mientras tanto no tienes que hacer nada.", ""},
    {"Su póliza se mantiene vigente si paga antes del 30 de noviembre.", ""},
    {"Tu próxima cuota es de $ 210.000 y vence el lunes. ¡Buen viaje!", ""},
    {"¿Puedes pasar a regularizarlo cuando tengas tiempo?", ""},
};

TEST(Content, LabelledTexts) {
  EXPECT_GE(std::size(kTexts), 60u);
  for (const auto& [text, label] : kTexts) EXPECT_EQ(label_of(read_text(text)), label) << text;
}

TEST(Content, AccentsCaseAndMarksDoNotHideAWord) {
  for (const std::string_view text :
       {"EMBARGARÉMOS... le vamos a EMBARGAR", "le vamos a *embargar*", "le vamos a em\u200Bbargar",
        "le vamos a émbárgár", "le vamos a emba\u0301rgar"}) {
    EXPECT_TRUE(read_text(text).threat) << text;
  }
  EXPECT_EQ(fold_text("¿Por qué,  Señor ÑANDÚ? Sí: 1.500,00"), "por que senor nandu . si 1 500 00");
}

TEST(Content, WhoWrites) {
  for (const std::string_view text :
       {"Hola Ana, soy Laura del Colegio San Marcos.", "Le saluda Mariela, de Aguas del Valle.",
        "Somos Internet Hogar.", "Te escribimos de Créditos La Esperanza.",
        "Aguas del Valle le recuerda su recibo.",
        "Mensaje automático en nombre de Colegio San Marcos.",
        "Colegio San Marcos: tu cuota vence mañana.",
        "Tu cuota vence mañana.\n— Colegio San Marcos",
        "Hola, te habla Sofía, asistente virtual de Gas del Sur.",
        "Tu recibo está listo. Atentamente, Aguas del Valle",
        "Olá, aqui é a Laura da Escola São Marcos."}) {
    EXPECT_TRUE(read_text(text).identity) << text;
  }
  for (const std::string_view text :
       {"Tu cuota vence mañana.", "Hola: tu cuota vence mañana.", "¿Hablo con Ana?",
        "Hola Ana, tienes un saldo pendiente de $ 50.000. Págalo aquí."}) {
    EXPECT_FALSE(read_text(text).identity) << text;
  }
}

TEST(Content, ChileanStatement) {
  for (const std::string_view text :
       {"Este mensaje no constituye un procedimiento judicial ni una acción contra sus bienes.",
        "Esta comunicación no es un procedimiento que persiga tus bienes.",
        "No es un procedimiento en contra de sus bienes. Si ya pagó, no tenga en cuenta este "
        "aviso.",
        "No se trata de un juicio contra su patrimonio."}) {
    EXPECT_TRUE(read_text(text).statement) << text;
  }
  for (const std::string_view text :
       {"Tu cuota venció.", "Recuerda: no se trata de una cobranza judicial.",
        "Esto no es un juicio.", "Este aviso no es un procedimiento contra sus bienes si paga hoy.",
        "No es cierto que esto no es un procedimiento contra sus bienes.",
        "No es un juicio contra sus bienes siempre que pague mañana.",
        "Todavía no es un procedimiento judicial.", "Iniciaremos un procedimiento judicial."}) {
    EXPECT_FALSE(read_text(text).statement) << text;
  }
}

// What stands beside "this is no lawsuit" is read like any other text, and takes it back.
TEST(Content, AStatementHidesNoThreat) {
  constexpr Labelled kBesides[] = {
      {"Le escribe Ana de Banco. Esto no es un juicio y mañana lo demandaremos ante el juzgado. "
       "Responda BAJA.",
       "threat court"},
      {"Esto no es una demanda: es la orden de embargo de sus bienes.", "threat court"},
      {"No es un juicio y lo reportaremos a Datacrédito y avisaremos a su jefe.", "register third"},
      {"Este no es un procedimiento contra sus bienes y lo demandaremos mañana.", "threat court"},
      {"No es un juicio, es el aviso de que su caso va al juzgado.", "court"},
      {"No es un juicio, la demanda ya está lista.", "court"},
      {"No es un aviso, es una demanda judicial.", "court"},
      {"Esto no es solo un procedimiento judicial.", "court"},
      {"No es un juicio sino el embargo de sus bienes.", "threat court"},
      {"No es un juicio e iremos a su casa.", "threat"},
      {"No es un juicio. Lo demandaremos ante el juzgado.", "threat court"},
      {"Si usted no es el dueño, la demanda le llegará igual.", "court"},
      {"No constituye un juicio ni una broma: embargaremos su salario.", "threat court"},
      {"No es un juicio, sus bienes serán rematados.", "threat court"},
  };
  for (const auto& [text, label] : kBesides) {
    const auto found = read_text(text);
    EXPECT_EQ(label_of(found), label) << text;
    EXPECT_FALSE(found.statement && (found.threat || found.court)) << text;
  }
  for (const std::string_view text :
       {"Este mensaje no es una demanda judicial ni el embargo de sus bienes.",
        "No constituye un proceso ejecutivo, juicio ni acción legal contra su patrimonio.",
        "Este aviso no es un procedimiento judicial contra tus bienes y queremos ayudarte.",
        "No se trata de un juicio o una demanda.",
        "No constituye notificación judicial, embargo ni demanda.",
        "Esta cobranza no implica inicio de juicio ni tampoco una acción contra sus bienes."}) {
    const auto found = read_text(text);
    EXPECT_EQ(label_of(found), "") << text;
    // Denied, and so no threat; a statement only where it names the person's assets.
    EXPECT_EQ(found.statement,
              text.find("bienes") != text.npos || text.find("patrimonio") != text.npos)
        << text;
  }
}

// Ley 1266 of Colombia, art. 12: twenty days' notice (checked 2026-11-21). A shorter term is a
// threat.
TEST(Content, ANoticeDoesNotPressWithTheRegister) {
  for (const std::string_view text :
       {"Mañana lo reportaremos a Datacrédito.", "Será reportado hoy a las centrales de riesgo.",
        "En 24 horas su nombre estará en Datacrédito.",
        "Si no paga en 5 días será reportado a las centrales de riesgo.",
        "Será reportado a Datacrédito si no paga hoy.",
        "Será reportado inmediatamente a las centrales de riesgo.",
        "Tiene 10 días para pagar. Después será reportado a Datacrédito.",
        "Amanhã seu nome será negativado no Serasa."}) {
    EXPECT_TRUE(read_text(text).register_threat) << text;
  }
  for (const std::string_view text : {"Si no paga dentro de los 20 días calendario siguientes a "
                                      "este aviso, podrá ser reportado a las centrales de riesgo.",
                                      "Su obligación tiene 45 días de mora. Transcurridos veinte "
                                      "días desde este aviso podrá ser reportada a Datacrédito.",
                                      "Hoy vence su cuota. Gracias.", "Mañana vence su cuota."}) {
    EXPECT_FALSE(read_text(text).register_threat) << text;
  }
}

TEST(Content, AStrangerLearnsNothing) {
  for (const std::string_view text :
       {"Usted debe.", "Está atrasada.", "Es por su préstamo.", "Su pago venció.", "Son 200 mil.",
        "Son $50000.", "Es por S/ 80", "Faltan 1.250.000", "Tiene una cuota", "Está en mora",
        "Você deve", "Sua fatura", "A parcela venceu", "R$ 20", "Un asunto pendiente",
        "quedan 89,90", "son ５００ pesos"}) {
    EXPECT_TRUE(tells_of_debt(text)) << text;
  }
  for (const std::string_view text :
       {"Hola, le escribe Laura de Colegio 24 de Mayo. Tenemos un mensaje para Ana Mora sobre su "
        "cuenta.",
        "Le escribe Ana de Créditos La Esperanza.", "Llámenos al 601 555 0100.",
        "Llámenos al 601.555.0100 o al +57 300 1234567.", "Atendemos de 8 a 5.",
        "Visite nuestra página.",
        "Olá, aqui é a Laura da Escola São Marcos. A senhora mora aqui?"}) {
    EXPECT_FALSE(tells_of_debt(text)) << text;
  }
}

TEST(Content, CourtPapersOfOtherNames) {
  EXPECT_TRUE(read_text("Carta notarial: tiene 24 horas para pagar.").court);
  EXPECT_TRUE(read_text("El perito visitará su hogar para el inventario de bienes.").court);
}

TEST(Content, WayOut) {
  for (const std::string_view text : {"Responde BAJA para no recibir más avisos.",
                                      "Si no desea recibir estos mensajes, escriba SALIR.",
                                      "Para dejar de recibir recordatorios escribe ALTO.",
                                      "Responda SAIR para deixar de receber."}) {
    EXPECT_TRUE(read_text(text).way_out) << text;
  }
  EXPECT_FALSE(read_text("Responde a este mensaje y te ayudamos.").way_out);
}

TEST(Content, DemandsEndAnExemption) {
  for (const std::string_view text : {"Por favor pague hoy.",
                                      "Realiza el pago antes del viernes.",
                                      "Tienes que ponerte al día.",
                                      "Te pedimos pagar el saldo.",
                                      "Recuerda que tu factura de octubre está pendiente.",
                                      "Además tienes otra factura vencida.",
                                      "¿Cuándo nos pagas el resto?",
                                      "Esperamos tu pago esta semana.",
                                      "Debe cancelar $ 50.000.",
                                      "Regularice su situación.",
                                      "Por favor, efetue o pagamento.",
                                      "Págame ya",
                                      "Hágame el pago",
                                      "Envíame el dinero",
                                      "Necesito que pagues hoy",
                                      "Necesitamos que nos pague",
                                      "Favor realizar el pago hoy",
                                      "Te falta pagar 200.000 hoy",
                                      "Consigna hoy a Bancolombia 123",
                                      "Transfiere hoy 200.000 a la cuenta 123",
                                      "Quedamos atentos a tu pago hoy",
                                      "Quedo a la espera de su abono",
                                      "Cancela hoy mismo",
                                      "Abonar hoy 20.000",
                                      "Puedes pagar aquí https://pagos.example.com/x1",
                                      "Haz clic para pagar",
                                      "Haga clic en el enlace para pagar",
                                      "Recordá pagar mañana",
                                      "Podés abonar hoy?",
                                      "¿Nos pagas?",
                                      "Hay que pagar hoy",
                                      "Salda tu deuda",
                                      "Envíe el pago por Nequi",
                                      "Favor cancelar la cuota",
                                      "Tenés que abonar",
                                      "Es importante que usted abone",
                                      "Acordate de pagar la cuota",
                                      "Págalos hoy",
                                      "Deposítelo en la cuenta",
                                      "Transfiéralo a la cuenta",
                                      "Consígnela",
                                      "Abónelo",
                                      "Liquídelo",
                                      "Cancélela",
                                      "Quite o débito",
                                      "Quite sua dívida",
                                      "No se atrase con lo que queda",
                                      "Esperamos el resto",
                                      "Liquide su adeudo"}) {
    EXPECT_TRUE(read_text(text).demand) << text;
  }
  for (const std::string_view text :
       {"Tu saldo es de $ 240.000 y vence el 5 de diciembre.",
        "Recibimos tu pago de $ 120.000. ¡Gracias!",
        "Te queda un saldo de $ 60.000.",
        "Puedes pagar por PSE o en efectivo; este es tu enlace: https://pagos.example.com/x1",
        "Su saldo es $ 120.000",
        "Gracias por pagar hoy",
        "ya pagaste, gracias",
        "Su pago fue recibido",
        "Puede pagar con PSE o en efectivo",
        "Puede pagar en cualquier sucursal o por la app.",
        "Recibimos tu transferencia, gracias",
        "Tu cuota es de $ 20.000 y vence mañana",
        "Envíenos el comprobante de pago, por favor",
        "Lo que pague se abona a intereses primero",
        "Estamos atentos a cualquier duda",
        "Quedó al día, no debe nada",
        "Una vez que pague, el servicio vuelve en dos horas",
        "Para pagar en efectivo muestre este código en caja",
        "Revisamos tu caso y te contamos",
        "Tu código es 483920.",
        "Listo, no te escribiremos más.",
        "Te paso con una persona de nuestro equipo.",
        "Quedó anotado: pagarás $ 50.000 el viernes 27.",
        "Cuando pague, le llegará el recibo por aquí."}) {
    EXPECT_FALSE(read_text(text).demand) << text;
  }
}

TEST(Content, WhatIsLeftToPay) {
  for (const std::string_view text : {"Falta el pago de $20.000.",
                                      "Recibimos su pago. Faltan $ 20.000.",
                                      "Resta pagar $ 20.000.",
                                      "Le falta pagar la otra mitad.",
                                      "Aún está pendiente la cuota de diciembre.",
                                      "Sigue pendiente su factura F-2.",
                                      "Tiene un saldo pendiente de $ 20.000.",
                                      "Queda por pagar $ 20.000.",
                                      "Saldo por pagar: $ 20.000.",
                                      "Pendiente: $ 20.000.",
                                      "Su saldo en mora es de $ 20.000.",
                                      "Quedan dos cuotas vencidas.",
                                      "Adeuda S/ 80.",
                                      "La próxima cuota vence el 15.",
                                      "Ainda falta pagar R$ 20.",
                                      "Falta pagar a parcela 3.",
                                      "A fatura continua em aberto.",
                                      "Não esqueça: há uma parcela em aberto.",
                                      "No olvide que tiene un saldo pendiente.",
                                      "Le queda un saldo vencido."}) {
    EXPECT_TRUE(read_text(text).still_owed) << text;
  }
  for (const std::string_view text :
       {"De esa factura quedan $ 20.000. ¡Muchas gracias!", "Saldo: $ 20.000.",
        "Dessa fatura restam R$ 20.", "Com ele, não fica nada em aberto dessa fatura.",
        "Con este pago no queda saldo pendiente por ese concepto.", "No le queda nada pendiente.",
        "Recibimos su pago de la cuota vencida el 3 de noviembre.", "No debe nada.",
        "Quedó al día, sin saldos pendientes.", "No hace falta que nos envíe el comprobante.",
        "Su plan de pagos sigue igual."}) {
    EXPECT_FALSE(read_text(text).still_owed) << text;
  }
}

// One word is both in Portuguese.
TEST(Content, AnApologyIsNoQuestionAfterReasons) {
  for (const std::string_view text :
       {"Pedimos desculpas: o valor estava errado.", "Peço desculpas pela demora.",
        "Desculpe o incômodo.", "Aceite as nossas desculpas pelo transtorno."})
    EXPECT_FALSE(read_text(text).reason_question) << text;
  for (const std::string_view text :
       {"Qual é a sua desculpa desta vez?", "Chega de desculpas.", "Não aceitamos desculpas.",
        "Pedimos desculpas, mas por que não pagou?", "Nos dê uma desculpa."})
    EXPECT_TRUE(read_text(text).reason_question) << text;
}

// Urgency that is not true, rights that are not lost, and a limitation that is denied.
TEST(Content, FalseUrgencyIsAThreat) {
  for (const std::string_view text :
       {"ÚLTIMA OPORTUNIDAD, pague hoy.",
        "¡Última oportunidad!",
        "Última oportunidad para pagar con el beneficio o perderá su cupo.",
        "Es su última oportunidad de pagar, o perderá el beneficio.",
        "Pague en las próximas 2 horas o perderá todos sus derechos.",
        "Tiene 3 horas para pagar.",
        "Perderá sus derechos.",
        "Es ahora o nunca.",
        "Se le acaba el tiempo.",
        "Ya no habrá más plazo.",
        "Su deuda no prescribe nunca.",
        "Esta deuda es imprescriptible.",
        "Las deudas nunca se borran.",
        "Aunque hayan pasado diez años, la obligación no prescribe.",
        "Su deuda es de por vida.",
        "Sus hijos heredarán la deuda.",
        "Última chance, pague hoje.",
        "Última oportunidade: quite hoje.",
        "Você perderá todos os seus direitos.",
        "Pague nas próximas 2 horas.",
        "Sua dívida nunca prescreve.",
        "É agora ou nunca.",
        "Seus filhos herdarão a dívida.",
        "Quedan 2 horas para pagar."}) {
    EXPECT_TRUE(read_text(text).threat) << text;
  }
  for (const std::string_view text :
       {"Esta es la última oportunidad de pagar con el descuento de noviembre.",
        "Su pago se ve reflejado en las próximas 24 horas.", "Usted conserva todos sus derechos.",
        "Le respondemos en las próximas 2 horas.", "Su fórmula médica no caduca.",
        "El enlace para pagar dura 24 horas.", "Conozca sus derechos en nuestra página.",
        "Seu boleto vence em três dias.", "El código vence en dos horas.",
        "La oferta de plan tiene plazo hasta el 30."}) {
    EXPECT_FALSE(read_text(text).threat) << text;
  }
}

// What an auditor still got through on 2026-11-23.
TEST(Content, NobodyIsPressedByTheirChildTheirCarTheirGodOrADeadDebt) {
  for (const std::string_view text :
       {"Si no paga retendremos la matrícula de su hijo.",
        "Su vehículo será retenido si no paga hoy.", "Dios castiga a quien no cumple.",
        "Aunque es una deuda prescrita debe pagarla ya.",
        "Se não pagar, seu filho não fará a prova.", "Sem o pagamento não faremos a matrícula."}) {
    EXPECT_TRUE(read_text(text).threat) << text;
  }
  for (const std::string_view text :
       {"Su pago de la matrícula venció el 10 de noviembre.",
        "El crédito de su vehículo vence mañana.", "Que Dios le bendiga. Gracias por su pago.",
        "Su cuota del celular venció ayer.", "A matrícula de março venceu ontem."}) {
    EXPECT_FALSE(read_text(text).threat) << text;
  }
}

}  // namespace
}  // namespace puntual::compliance
